/**
 * Rows of a test case: CSV whose header may tell each column's type, as `"NAME|ustring?(50)"`, `?` for nullable.
 * A field without quotes and without a character is null; the documents do not say so, but no real file contradicts it.
 */
import { parse } from 'csv-parse/sync'

export interface TestColumn {
	readonly name: string
	/** Type of the Orchestrate schema, without length: `int32`, `ustring`; absent where the header has names only. */
	readonly type?: string
}

export interface TestRows {
	readonly columns: readonly TestColumn[]
	readonly rows: readonly (readonly (string | null)[])[]
}

/** @throws Error when the text is not CSV, or a record has another number of fields than the header. */
export function readTestRows(text: string): TestRows {
	const records: readonly (readonly (string | null)[])[] = parse(text, {
		bom: true,
		skip_empty_lines: true,
		cast: (value, { quoting, header }) => (value === '' && !quoting && !header ? null : value),
	})
	const [head, ...rows] = records
	return { columns: (head ?? []).map((cell) => columnOf(cell ?? '')), rows }
}

function columnOf(cell: string): TestColumn {
	const match = /^(.*)\|([a-z]\w*)(?:\[[^\]]*\])?\??(?:[[(].*[\])])?$/i.exec(cell)
	return match === null ? { name: cell } : { name: match[1] ?? '', type: (match[2] ?? '').toLowerCase() }
}

/** Its values are texts, which differ where a character differs: `007` is not `7`. */
export const isText = ({ type }: TestColumn): boolean => type === 'string' || type === 'ustring'

/** Its values went through arithmetic that two engines do in another order. */
export const isFloat = ({ type }: TestColumn): boolean => type === 'dfloat' || type === 'sfloat'

/** Position of each wanted column among those of the rows, letter case aside; -1 where it is not there. */
export function positions(columns: readonly TestColumn[], wanted: readonly string[]): readonly number[] {
	const fold = (name: string): string => name.trim().toLowerCase()
	return wanted.map((name) => {
		const exact = columns.findIndex((one) => one.name === name)
		return exact >= 0 ? exact : columns.findIndex((one) => fold(one.name) === fold(name))
	})
}
