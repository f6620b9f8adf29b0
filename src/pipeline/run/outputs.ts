/** `outputs.json`: what a run wrote, where, and how to read it. */
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createGunzip } from 'node:zlib'
import { partFiles } from '#engines/part-files.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'

export interface OutputEntry {
	readonly job: string
	/** Name of the element that wrote it. */
	readonly output: string
	readonly kind: 'target' | 'reject'
	/** Path or `connection:table` as the export names it. */
	readonly legacy: string
	/** File or folder of part files, relative to the output folder. */
	readonly path: string
	readonly format:
		| { readonly delimiter: string; readonly quote: string | null; readonly header: boolean; readonly encoding: string }
		| 'jsonl'
		/** A copy, as it was. */
		| 'file'
	/** Rows in it, headers not counted. */
	readonly rows: number
}

export async function outputEntry(job: string, place: PlaceEntry, written: string, out: string): Promise<OutputEntry> {
	const format = place.kind === 'file' ? 'file' : place.kind === 'text-file' && place.format ? place.format : 'jsonl'
	const header = typeof format === 'object' && format.header
	return {
		job,
		output: place.element,
		kind: place.reject ? 'reject' : 'target',
		legacy: place.legacy,
		path: path.relative(out, written) || '.',
		format,
		rows: await countRows(written, header),
	}
}

async function countRows(written: string, header: boolean): Promise<number> {
	let rows = 0
	for (const file of partFiles(written)) {
		const lines = await countLines(file)
		rows += Math.max(0, lines - (header ? 1 : 0))
	}
	return rows
}

/** Line feeds, and a last line without one. */
async function countLines(file: string): Promise<number> {
	let lines = 0
	let last = 10
	const stored = createReadStream(file)
	const bytes = file.endsWith('.gz') ? stored.pipe(createGunzip()) : stored
	for await (const chunk of bytes as AsyncIterable<Buffer>) {
		for (const byte of chunk) if (byte === 10) lines++
		last = chunk.at(-1) ?? last
	}
	return last === 10 ? lines : lines + 1
}
