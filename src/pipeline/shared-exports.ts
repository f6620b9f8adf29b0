/** DSX files without a job: parameter sets, routines, shared containers, which jobs of other files in the folder refer to. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import path from 'node:path'

export interface SharedExport {
	readonly file: string
	/** It holds shared containers, which are accounted for themselves. */
	readonly isExport: boolean
}

/** Those in the folders of the given files, as paths of the same form (`/` as separator). */
export function sharedExports(files: readonly string[]): readonly SharedExport[] {
	const folders = new Set(files.filter(isDsx).map((file) => path.posix.dirname(file)))
	return [...folders].flatMap((folder) => {
		const found = dsxFilesIn(folder)
		return found.length < 2 ? [] : found.flatMap(sharedExport)
	})
}

export const isDsx = (file: string): boolean => file.toLowerCase().endsWith('.dsx')

function dsxFilesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder, { withFileTypes: true })
			.filter((entry) => entry.isFile() && isDsx(entry.name))
			.map((entry) => (folder === '.' ? entry.name : path.posix.join(folder, entry.name)))
			.toSorted()
	} catch {
		// Whoever reads the exports says why they cannot be read.
		return []
	}
}

const jobBegins = /BEGIN DSJOB\s/
const sharedBegins = /BEGIN DS(?:PARAMETERSETS|ROUTINES|DATACONNECTIONS|TABLEDEFS|SHAREDCONTAINER)\s/g
/** Longer than any line that is looked for. */
const overlap = 64

/** Reads no further than to the first job. */
function sharedExport(file: string): readonly SharedExport[] {
	const kinds = new Set<string>()
	let handle: number | undefined
	try {
		handle = openSync(file, 'r')
		const bytes = new Uint8Array(1 << 20)
		let text = ''
		for (let size = readSync(handle, bytes); size > 0; size = readSync(handle, bytes)) {
			// Exports in UTF-16 have a zero beside each sign.
			text = text.slice(-overlap) + Buffer.from(bytes.subarray(0, size)).toString('latin1').replaceAll('\0', '')
			if (jobBegins.test(text)) return []
			for (const [kind] of text.matchAll(sharedBegins)) kinds.add(kind.trim())
		}
	} catch {
		return []
	} finally {
		if (handle !== undefined) closeSync(handle)
	}
	return kinds.size === 0 ? [] : [{ file, isExport: kinds.has('BEGIN DSSHAREDCONTAINER') }]
}
