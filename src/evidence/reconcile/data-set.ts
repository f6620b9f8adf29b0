/** Data sets to reconcile: delimited text or JSON lines, as columns and rows of text. */
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { characters } from '#model/code-points.ts'
import { decodeText } from '../encoding.ts'

export interface DataSet {
	/** Names of the header or keys of JSON; `1`, `2`, … where there are none. */
	readonly columns: readonly string[]
	readonly named: boolean
	/** JSON tells null from the empty text; delimited text does not. */
	readonly knowsNull: boolean
	readonly rows: readonly (readonly (string | null)[])[]
}

export interface DataFormat {
	/** Absent: found out from the first lines. `jsonl` for JSON lines. */
	readonly delimiter?: string
	/** Default `"`; empty: quotes are data. */
	readonly quote?: string
	/** Default: true. */
	readonly header?: boolean
	/** Default `utf-8`. */
	readonly encoding?: string
	/** Characters of each column, where fields have no delimiter. Blanks at the end of a field are not part of it. */
	readonly widths?: readonly number[]
	/** Names of the columns of fixed width. */
	readonly names?: readonly string[]
}

/** Bytes that are read into memory at most; larger data needs another tool, and saying so is better than dying. */
export const mostBytes = 512 * 1024 * 1024

/**
 * Reads a file, or all part files of a folder (hidden ones and those that begin with `_` left out), each with its header.
 * @throws Error when nothing is there, or more than {@link mostBytes}.
 */
export async function readDataSet(place: string, format: DataFormat = {}): Promise<DataSet> {
	const files = await filesOf(place)
	const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
	if (sizes.reduce((sum, size) => sum + size, 0) > mostBytes) {
		throw new Error(
			`${place} is larger than ${mostBytes / 1024 / 1024} MB, which is more than fits into memory; give --on spark`,
		)
	}
	const texts = await Promise.all(
		files.map(async (file) => decodeText(await readFile(file), format.encoding ?? 'utf-8')),
	)
	if (format.widths !== undefined) return parseFixed(texts, format.widths, format)
	const isJson =
		format.delimiter === 'jsonl' ||
		(format.delimiter === undefined && files.every((file) => /\.(?:jsonl|ndjson)$/i.test(file)))
	const looksJson = format.delimiter === undefined && texts.some((text) => text.startsWith('{"'))
	return isJson || looksJson ? parseJsonLines(texts) : parseDelimited(texts, format)
}

async function filesOf(place: string): Promise<readonly string[]> {
	if (!(await stat(place)).isDirectory()) return [place]
	const entries = await readdir(place, { recursive: true, withFileTypes: true })
	return entries
		.filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort()
}

export function parseDelimited(texts: readonly string[], format: DataFormat): DataSet {
	const delimiter = format.delimiter ?? detectDelimiter(texts[0] ?? '')
	const quote = format.quote === '' ? null : (format.quote ?? '"')
	const header = format.header ?? true
	const parts = texts.map(
		(text) =>
			parse(text, {
				delimiter,
				quote,
				escape: quote,
				relax_quotes: true,
				relax_column_count: true,
				skip_empty_lines: true,
			}) as readonly (readonly string[])[],
	)
	const names = header ? (parts.find((part) => part.length > 0)?.[0] ?? []) : []
	const rows = parts.flatMap((part) => (header ? part.slice(1) : part))
	const width = rows.reduce((most, row) => Math.max(most, row.length), names.length)
	return {
		columns: Array.from({ length: width }, (_none, index) => names[index] ?? String(index + 1)),
		named: header,
		knowsNull: false,
		rows,
	}
}

/** Lines whose fields stand at fixed places. A line that is shorter lacks its last fields. */
function parseFixed(texts: readonly string[], widths: readonly number[], format: DataFormat): DataSet {
	const rows = texts.flatMap((text) => {
		const lines = text.split(/\r?\n/).filter((line) => line !== '')
		return lines.slice((format.header ?? true) ? 1 : 0).map((line) => cutLine(line, widths))
	})
	const columns = widths.map((_width, index) => format.names?.[index] ?? String(index + 1))
	return { columns, named: format.names !== undefined, knowsNull: false, rows }
}

function cutLine(line: string, widths: readonly number[]): readonly string[] {
	const all = characters(line)
	let at = 0
	return widths.map((width) => {
		at += width
		return all
			.slice(at - width, at)
			.join('')
			.trimEnd()
	})
}

/** The candidate that parts the first line into most fields. */
export function detectDelimiter(text: string): string {
	const line = text.split('\n', 1)[0] ?? ''
	const counts = [',', ';', '\t', '|'].map((candidate) => ({ candidate, count: line.split(candidate).length }))
	return counts.reduce((best, one) => (one.count > best.count ? one : best)).candidate
}

export function parseJsonLines(texts: readonly string[]): DataSet {
	const objects = texts.flatMap((text) =>
		text
			.split('\n')
			.filter((line) => line.trim() !== '')
			.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
	)
	const columns = [...new Set(objects.flatMap((one) => Object.keys(one)))]
	const rows = objects.map((one) =>
		columns.map((name) => (Object.hasOwn(one, name) && one[name] !== null ? plain(one[name]) : null)),
	)
	return { columns, named: true, knowsNull: true, rows }
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
