/** Writes the documents that are printed from the code; with `--check` it writes nothing and names those out of date. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { printedDocuments } from './docs/registry.ts'
import { root } from './rules/tree.ts'

const checkOnly = process.argv.includes('--check')

const stale = printedDocuments
	.map((document) => ({ path: document.path, file: path.join(root, document.path), text: document.render() }))
	.filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)

for (const document of stale) {
	if (checkOnly) {
		console.log(`${document.path} differs from what the code says.`)
		continue
	}
	mkdirSync(path.dirname(document.file), { recursive: true })
	writeFileSync(document.file, document.text)
	console.log(`wrote ${document.path}`)
}

if (checkOnly && stale.length > 0) {
	console.log('Why: these documents are printed from the code, and readers trust them.\nDo: npm run docs, then commit.')
	process.exitCode = 1
}
