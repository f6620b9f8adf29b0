/**
 * Writes `dist/index.js`: the Action as one file, with everything that it reads inside. `--check` compares instead, so
 * that what people run is what the sources say. Names and order do not depend on the machine: the same sources give the
 * same bytes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundle } from './bundle/bundle.ts'
import { root } from './rules/tree.ts'

const target = path.join(root, 'dist/index.js')
const text = await bundle(root)
if (!process.argv.includes('--check')) {
	mkdirSync(path.dirname(target), { recursive: true })
	writeFileSync(target, text)
	console.log(`wrote dist/index.js, ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB`)
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
	console.error('dist/index.js is not what the sources give; run `npm run bundle` and commit it.')
	process.exitCode = 1
}
