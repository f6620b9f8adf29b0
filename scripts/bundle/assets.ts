/**
 * Files that the program reads while it runs (Python, style sheets, WebAssembly, requirements), put into the bundle. In
 * the sources they are found beside the module that needs them: `new URL('…', import.meta.url)`, or `resolve('package/…')`.
 * In the bundle the same expressions ask `bundled(…)` of `unpack.ts`, which unpacks them.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Plugin } from 'esbuild'

/** Bytes by path below the folder that they are unpacked to. */
export type Assets = Map<string, Uint8Array>

const besideModule = /new URL\(\s*(['"])([^'"`]+)\1,\s*import\.meta\.url,?\s*\)/g
const ofPackage = /createRequire\(import\.meta\.url\)\.resolve\(\s*'([^']+)',?\s*\)/g
const besidePackage = /`\$\{__dirname\}\/([^`$]+)`/g

/**
 * Collects what modules ask for into `assets` while esbuild loads them.
 *
 * @param programs modules that become processes of their own; `unpack.ts` writes something in their place
 */
export function assetsPlugin(root: string, programs: readonly string[], assets: Assets): Plugin {
	const add = (file: string): string => {
		const name = path.relative(root, file).split(path.sep).join('/')
		if (programs.includes(name)) return JSON.stringify(name)
		if (name.endsWith('.ts')) throw new Error(`${name} becomes a process: name it in scripts/bundle.ts`)
		for (const one of filesBelow(file)) assets.set(`${name}${one}`, readFileSync(`${file}${one}`))
		return JSON.stringify(name)
	}
	const rewritten = (text: string, file: string): string =>
		text
			.replace(besideModule, (_, _quote, name: string) => `bundled(${add(path.resolve(path.dirname(file), name))})`)
			.replace(ofPackage, (_, name: string) => `bundled(${add(createRequire(file).resolve(name))}).pathname`)
	return {
		name: 'assets',
		setup(build) {
			build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path: file }) => ({
				contents: rewritten(readFileSync(file, 'utf8'), file),
				loader: 'ts',
			}))
			build.onLoad({ filter: /\/web-tree-sitter\/web-tree-sitter\.js$/ }, ({ path: file }) => ({
				contents: rewritten(readFileSync(file, 'utf8'), file),
				loader: 'js',
			}))
			build.onLoad({ filter: /\/ruff-wasm-nodejs\/ruff_wasm\.js$/ }, ({ path: file }) => ({
				contents: readFileSync(file, 'utf8').replace(
					besidePackage,
					(_, name: string) => `bundled(${add(path.resolve(path.dirname(file), name))}).pathname`,
				),
				loader: 'js',
			}))
		},
	}
}

/** Paths of the files of a folder, each beginning with `/`; for a file the empty path alone. */
function filesBelow(place: string): readonly string[] {
	if (!statSync(place).isDirectory()) return ['']
	return readdirSync(place, { recursive: true, encoding: 'utf8' })
		.filter((name) => !name.includes('__pycache__') && statSync(path.join(place, name)).isFile())
		.map((name) => `/${name.split(path.sep).join('/')}`)
		.sort()
}

/** Lengths and bytes one after the other, as `unpack.ts` takes them apart. */
export function packed(assets: Assets): {
	readonly index: readonly (readonly [string, number])[]
	readonly bytes: Uint8Array
} {
	const sorted = [...assets].sort(([left], [right]) => (left < right ? -1 : 1))
	return {
		index: sorted.map(([name, bytes]) => [name, bytes.length] as const),
		bytes: Buffer.concat(sorted.map(([, bytes]) => bytes)),
	}
}
