import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PlaceEntry } from '#generators/jobs-file.ts'

const carriageReturn = 13
const lineFeed = 10

/** Does every text file that the job reads end its records with `\r\n`? */
export function readsWindowsLines(places: readonly PlaceEntry[]): boolean {
	const files = places.filter(({ role, kind }) => role === 'read' && kind === 'text-file')
	return files.length > 0 && files.every(({ format }) => format?.record_delimiter === '\r\n')
}

/**
 * Files for a job that reads `\r\n`, whose lines end with `\n` alone: version control has changed them on their way here.
 * They are given to the job as it was used to them, in a copy.
 *
 * @param at a file, or a folder with such files
 * @param temporary folder for the copy
 */
export function withWindowsLines(at: string, temporary: string): string {
	const found = statSync(at, { throwIfNoEntry: false })
	if (found === undefined) return at
	const files = found.isFile() ? [''] : readdirSync(at, { recursive: true, encoding: 'utf8' })
	const changed = files.filter((name) => hasPlainLines(path.join(at, name)))
	if (changed.length === 0) return at
	const copy = path.join(temporary, `lines of ${path.basename(at)}`)
	cpSync(at, copy, { recursive: true })
	for (const name of changed) {
		const file = path.join(copy, name)
		writeFileSync(file, readFileSync(file).toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
	}
	return copy
}

/** A text without any carriage return. A byte of zero tells a binary file, or one in UTF-16. */
function hasPlainLines(file: string): boolean {
	if (!statSync(file).isFile()) return false
	const bytes = readFileSync(file)
	return bytes.includes(lineFeed) && !bytes.includes(carriageReturn) && !bytes.includes(0)
}
