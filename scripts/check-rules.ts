/** Runs the project's own rules: layers, purity, file size, dependencies. `npm run check` calls it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checkDependencies, type Manifest } from './rules/dependencies.ts'
import { checkFileSize } from './rules/file-size.ts'
import { type Finding, renderFindings } from './rules/finding.ts'
import { checkLayers } from './rules/layers.ts'
import { checkPurity } from './rules/purity.ts'
import { readSources, root } from './rules/tree.ts'

const rules = {
	layers: () => checkLayers(readSources('src')),
	purity: () => checkPurity(readSources('src')),
	'file-size': () => checkFileSize(readSources('src', 'scripts', 'test', 'bench')),
	dependencies: () =>
		checkDependencies(
			JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest,
			readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8'),
		),
} as const satisfies { readonly [name: string]: () => readonly Finding[] }

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(rules, name))
if (unknown.length > 0) {
	console.error(`There is no rule ${unknown.join(', ')}; the rules are ${Object.keys(rules).join(', ')}.`)
	process.exit(2)
}

const findings = Object.entries(rules)
	.filter(([name]) => wanted.length === 0 || wanted.includes(name))
	.flatMap(([, check]) => check())
if (findings.length > 0) {
	console.log(renderFindings(findings))
	process.exitCode = 1
}
