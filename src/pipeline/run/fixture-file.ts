/** Rows that a user binds to a table or a query: JSON lines as they are, or CSV with a header turned into them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { JsonValue } from '#model/json-values.ts'
import type { Column } from '#model/types.ts'

/**
 * @param given path of the user's file
 * @param converted where JSON lines are written when the file is CSV
 * @returns path of a file of JSON lines
 */
export function fixtureFile(given: string, columns: readonly Column[], converted: string): string {
	if (/\.(jsonl|ndjson|json)$/i.test(given)) return given
	const rows = parse(readFileSync(given, 'utf8'), {
		columns: true,
		bom: true,
		skip_empty_lines: true,
		relax_column_count: true,
	}) as readonly Readonly<Record<string, string>>[]
	const lines = rows.map((row) =>
		JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, fieldValue(row, column)]))),
	)
	writeFileSync(converted, lines.map((line) => `${line}\n`).join(''))
	return converted
}

/** CSV cannot tell null from empty: an empty field is null where the column may be null or is not text. */
function fieldValue(row: Readonly<Record<string, string>>, column: Column): JsonValue {
	const text =
		row[column.name] ?? Object.entries(row).find(([name]) => name.toLowerCase() === column.name.toLowerCase())?.[1]
	if (text === undefined) return null
	if (text === '' && (column.nullable || column.type.kind !== 'string')) return null
	if (column.type.kind === 'boolean') return /^(true|1|-1|yes|y)$/i.test(text)
	if (column.type.kind === 'float') return Number(text)
	return text
}
