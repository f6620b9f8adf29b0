/** Which files hold what a run wrote to one place, in the order in which it was written. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Spark names the parts of one write after it: `part-00003-<id>-c000.txt`. */
const write = /^part-\d+-([0-9a-f-]{36})/

/**
 * The file itself; of a folder its part files, those of one write in the order of their names, and what was appended after
 * what it was appended to. Nothing when the run wrote nothing there.
 */
export function partFiles(place: string): readonly string[] {
	const found = statSync(place, { throwIfNoEntry: false })
	if (found === undefined) return []
	if (!found.isDirectory()) return [place]
	const parts = readdirSync(place)
		.filter((name) => !/^[._]/.test(name))
		.sort()
	const writes = [...Map.groupBy(parts, (name) => write.exec(name)?.[1] ?? '')].map(([, names]) => ({
		names,
		began: names.map((name) => writtenAt(path.join(place, name))).reduce((one, other) => (one < other ? one : other)),
	}))
	return writes
		.toSorted((one, other) => Number(one.began - other.began))
		.flatMap(({ names }) => names.map((name) => path.join(place, name)))
}

/** In nanoseconds: writes of small files follow one another quickly. */
const writtenAt = (file: string): bigint => statSync(file, { bigint: true }).mtimeNs

/** What a part file holds, unpacked where it was written packed. */
export function readPart(file: string): Buffer {
	const bytes = readFileSync(file)
	return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
