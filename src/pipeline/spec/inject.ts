/** Rows of a test case as the files and fixtures that the generated job reads. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { encodeText } from '#evidence/encoding.ts'
import { findRead } from '#evidence/inputs.ts'
import type { PlaceEntry } from '#generators/jobs-file.ts'
import { characterCount } from '#model/code-points.ts'
import { joinFields } from '#model/field-ends.ts'
import type { Job } from '#model/job.ts'
import type { JsonValue } from '#model/json-values.ts'
import { decodeValue, WireError } from '#model/json-values.ts'
import type { TextFileSource, TextLayout } from '#model/places.ts'
import type { Column } from '#model/types.ts'
import type { TestRows } from './test-data.ts'
import { positions } from './test-data.ts'

export type Injected = { readonly file: string } | { readonly problem: string }

/**
 * @param folder where the file is written
 * @returns what `--bind` would be given; or why the rows do not fit the place
 */
export function injectRows(job: Job, place: PlaceEntry, rows: TestRows, folder: string): Injected {
	const operator = findRead(job, place)?.operator
	const source = operator?.source.kind === 'text-file' ? operator.source : undefined
	const columns = columnsOf(place, source)
	const found = positions(
		rows.columns,
		columns.map(({ name }) => name),
	)
	const missing = columns.find((column, index) => found[index] === -1 && !column.nullable)
	if (missing !== undefined) return { problem: `the test data has no column ${missing.name}, which the job reads` }
	const name = path.join(folder, `${place.id.replace(/\W+/g, '_')}${source === undefined ? '.jsonl' : '.txt'}`)
	const cells = rows.rows.map((row) => found.map((index) => row[index] ?? null))
	return source === undefined ? writeJson(name, columns, cells) : writeText(name, columns, cells, source)
}

/** The reader may add a column with the whole record, which no file holds. */
function columnsOf(place: PlaceEntry, source: TextFileSource | undefined): readonly Column[] {
	return place.columns.filter(({ name }) => name !== source?.recordColumn)
}

type Cells = readonly (string | null)[]

function writeJson(file: string, columns: readonly Column[], rows: readonly Cells[]): Injected {
	const lines: string[] = []
	for (const [number, row] of rows.entries()) {
		const values: Record<string, JsonValue> = {}
		for (const [index, column] of columns.entries()) {
			const value = jsonValue(row[index] ?? null, column)
			try {
				decodeValue(value, column.type)
			} catch (error) {
				if (!(error instanceof WireError)) throw error
				return { problem: `row ${number + 1} of the test data, column ${column.name}: ${error.message}` }
			}
			values[column.name] = value
		}
		lines.push(JSON.stringify(values))
	}
	writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
	return { file }
}

function jsonValue(cell: string | null, { type }: Column): JsonValue {
	if (cell === null) return null
	if (type.kind === 'boolean') return /^(?:true|1|-1|yes|y)$/i.test(cell.trim())
	// Orchestrate prints doubles in whole numbers with a fraction; a column of the job may be an integer all the same.
	if (type.kind === 'int') return cell.trim().replace(/\.0*$/, '')
	return type.kind === 'string' ? cell : cell.trim()
}

function writeText(
	file: string,
	columns: readonly Column[],
	rows: readonly Cells[],
	{ layout, skipLines }: TextFileSource,
): Injected {
	const lines: string[] = []
	if (layout.header)
		lines.push(
			joinFields(
				columns.map(({ name }) => quoted(name, layout)),
				layout,
			),
		)
	for (const [number, row] of rows.entries()) {
		const loose = row.findIndex((cell, index) => cell !== null && !fits(cell, index, layout))
		if (loose >= 0)
			return { problem: `row ${number + 1} of the test data: the file cannot hold ${JSON.stringify(row[loose])}` }
		lines.push(
			joinFields(
				row.map((cell) => (cell === null ? '' : quoted(cell, layout))),
				layout,
			),
		)
	}
	const skipped = Array.from({ length: skipLines }, () => '')
	const text = [...skipped, ...lines].map((line) => line + layout.recordDelimiter).join('')
	writeFileSync(file, encodeText(text, layout.encoding))
	return { file }
}

const isSpecial = (cell: string, { delimiter, quote }: TextLayout): boolean =>
	(delimiter !== '' && cell.includes(delimiter)) || (quote !== undefined && cell.includes(quote))

/** What would end a record or its field cannot stand in it, unless quotes protect it; a width cuts what is longer. */
function fits(cell: string, index: number, layout: TextLayout): boolean {
	if (layout.recordDelimiter !== '' && cell.includes(layout.recordDelimiter)) return false
	const end = layout.fields?.[index]
	if (end?.kind === 'width') return characterCount(cell) <= end.width
	if (end?.kind === 'delimiter') return end.delimiter === '' || !cell.includes(end.delimiter)
	return layout.quote !== undefined || !isSpecial(cell, layout)
}

/** Quotes only where they are needed, and around the empty text: nothing at all may mean null. */
function quoted(cell: string, layout: TextLayout): string {
	const { quote, fields } = layout
	if (quote === undefined || fields !== undefined || (cell !== '' && !isSpecial(cell, layout))) return cell
	return quote + cell.replaceAll(quote, quote + quote) + quote
}
