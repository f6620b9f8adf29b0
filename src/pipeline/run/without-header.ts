import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PlaceEntry } from '#generators/jobs-file.ts'

/**
 * A file for a place whose files have no header. One that begins with the names of the columns, as tools export rows for tests,
 * is bound without that line: no job means its own column names as a row.
 *
 * @param temporary folder for the copy
 */
export function withoutHeader(place: PlaceEntry, at: string, temporary: string): string {
	const { format } = place
	if (place.role !== 'read' || place.kind !== 'text-file' || format === null || format.header) return at
	if (statSync(at, { throwIfNoEntry: false })?.isFile() !== true) return at
	const bytes = readFileSync(at)
	const end = bytes.indexOf(10)
	if (end < 0) return at
	const first = bytes.subarray(0, end).toString('latin1').replace(/\r$/, '')
	const names = first.split(format.delimiter).map((name) =>
		name
			.trim()
			.replace(/^"(.*)"$/, '$1')
			.toLowerCase(),
	)
	const wanted = place.columns.map(({ name }) => name.toLowerCase())
	// The reader may add a column of its own behind those of the file.
	if (names.length < 2 || names.some((name, index) => name !== wanted[index])) return at
	const copy = path.join(temporary, `${place.id.replace(/\W+/g, '_')}.txt`)
	writeFileSync(copy, bytes.subarray(end + 1))
	return copy
}
