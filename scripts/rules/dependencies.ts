import type { Finding } from './finding.ts'

/** The parts of `package.json` that the rule reads. */
export type Manifest = {
	readonly dependencies?: { readonly [name: string]: string }
	readonly devDependencies?: { readonly [name: string]: string }
}

const list = 'docs/dependencies.md'

/** Every direct dependency has an exact version and a sentence, and no sentence outlives its dependency. */
export function checkDependencies(manifest: Manifest, document: string): readonly Finding[] {
	const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
	const described = [...document.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? '')
	const loose = versions.filter(([, version]) => !/^\d/.test(version))
	const undescribed = versions.filter(([name]) => !described.includes(name))
	const gone = described.filter((name) => !versions.some(([known]) => known === name))
	return [
		...loose.map(([name, version]) => ({
			file: 'package.json',
			what: `${name} has the version range ${version}.`,
			why: 'two machines must run the same code.',
			remedy: `npm install --save-exact ${name}.`,
		})),
		...undescribed.map(([name]) => ({
			file: list,
			what: `${name} is not in the table.`,
			why: 'a dependency is a promise to follow its releases, so its reason is written down.',
			remedy: 'add a line: why this one, what else was looked at.',
		})),
		...gone.map((name) => ({
			file: list,
			what: `${name} is in the table and not in package.json.`,
			why: 'a list that lies is not read.',
			remedy: 'remove its line.',
		})),
	]
}
