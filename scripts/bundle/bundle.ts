import { brotliCompressSync, constants } from 'node:zlib'
import { build } from 'esbuild'
import type { Assets } from './assets.ts'
import { assetsPlugin, packed } from './assets.ts'
import type { Archive } from './unpack.ts'

/** Programs that run as processes of their own: they load the same file, and find what is unpacked already. */
const programs = ['src/pipeline/unit-child.ts', 'src/pipeline/rooted-child.ts']

const entry = `
switch (globalThis.reglueProgram) {
${programs.map((file) => `case '${file}': await import('./${file}'); break`).join('\n')}
default: await import('./src/action/main.ts')
}
`

/** A name that is free in `unpack.ts` and stays so until the rest of the bundle is known. */
const place = 'REGLUE_ARCHIVE'

/** What CommonJS modules expect to find, under names that no module of the bundle has. */
const banner = `const require = process.getBuiltinModule('node:module').createRequire(import.meta.url)`

/** @returns the text of the bundle */
export async function bundle(root: string): Promise<string> {
	const assets: Assets = new Map()
	const result = await build({
		stdin: { contents: entry, resolveDir: root, sourcefile: 'bundle-entry.js' },
		absWorkingDir: root,
		bundle: true,
		platform: 'node',
		target: 'node24',
		format: 'esm',
		// Packages with two builds: the CommonJS one of jsonc-parser requires files in ways that no bundler sees.
		mainFields: ['module', 'main'],
		write: false,
		minifySyntax: true,
		minifyWhitespace: true,
		charset: 'utf8',
		lineLimit: 160,
		legalComments: 'none',
		banner: { js: banner },
		inject: ['scripts/bundle/unpack.ts'],
		// nunjucks watches templates with it in development only, and does without where it is not there.
		external: ['chokidar'],
		plugins: [assetsPlugin(root, programs, assets)],
		logLevel: 'warning',
	})
	const [output] = result.outputFiles
	if (output === undefined) throw new Error('esbuild gave no file')
	const archive = JSON.stringify(JSON.stringify(archiveOf(assets)))
	if (!output.text.includes(place)) throw new Error('the bundle has no place for what the program reads')
	return output.text.replace(place, () => archive)
}

function archiveOf(assets: Assets): Archive {
	const { index, bytes } = packed(assets)
	const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_LGWIN: window } = constants
	const small = brotliCompressSync(bytes, { params: { [quality]: 9, [window]: 22 } })
	return { index, programs, bytes: small.toString('base64') }
}
