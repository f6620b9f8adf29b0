/** The rows that a declared difference changes, in words and as lines of a table: the same in every document. */
import type { ChangedOutput, DifferenceRows, RowDifference } from './difference-rows.ts'
import type { JsonObject, JsonValue } from './json-values.ts'

/** One line of a table: a value, or a whole row, of a target. */
export interface ShownLine {
	readonly output: string
	/** What tells the row: its columns that do not change. */
	readonly row: string
	/** Empty: the whole row. */
	readonly column: string
	readonly old: string
	readonly new: string
}

const longestRow = 80

export function rowsSentence(rows: DifferenceRows): string {
	switch (rows.kind) {
		case 'hidden':
			return `Its rows cannot be shown: ${rows.because}.`
		case 'unseen':
			return `No test row shows it, supposing that ${rows.legacy}.`
		case 'shown':
			return `Supposing that ${rows.legacy}: ${shownSentence(rows)} (test rows "${rows.scenario}").`
	}
}

function shownSentence({ outputs, stops }: Extract<DifferenceRows, { kind: 'shown' }>): string {
	if (stops !== undefined) return `the old job would stop at ${stops}`
	return outputs.map(outputSentence).join(', ')
}

function outputSentence({ name, rows, changed, order }: ChangedOutput): string {
	const verb = changed === 1 ? 'differs' : 'differ'
	return order ? `${rows} rows of ${name} come in another order` : `${changed} of ${rows} rows of ${name} ${verb}`
}

/** The samples of all outputs. In another order, each line is a place of the file. */
export function shownLines(rows: DifferenceRows): readonly ShownLine[] {
	if (rows.kind !== 'shown') return []
	return rows.outputs.flatMap(({ name, samples, order }) =>
		samples.flatMap((sample) => linesOf(sample, order).map((line) => ({ output: name, ...line }))),
	)
}

function linesOf(sample: RowDifference, order: boolean): readonly Omit<ShownLine, 'output'>[] {
	if (sample.kind === 'changed' && !order) {
		const names = new Set(sample.columns.map(({ name }) => name))
		const same = Object.fromEntries(Object.entries(sample.row).filter(([name]) => !names.has(name)))
		return sample.columns.map(({ name, expected, actual }) => ({
			row: rowText(same),
			column: name,
			old: valueWords(expected),
			new: valueWords(actual),
		}))
	}
	if (sample.kind !== 'changed') {
		const text = rowText(sample.row)
		const isOld = sample.kind === 'missing'
		return [{ row: '', column: '', old: isOld ? text : '–', new: isOld ? '–' : text }]
	}
	const now = { ...sample.row, ...Object.fromEntries(sample.columns.map(({ name, actual }) => [name, actual])) }
	return [{ row: '', column: '', old: rowText(sample.row), new: rowText(now) }]
}

function rowText(row: JsonObject): string {
	const text = Object.entries(row)
		.map(([name, value]) => `${name}=${valueWords(value)}`)
		.join(', ')
	return text.length <= longestRow ? text : `${text.slice(0, longestRow - 1).trimEnd()}…`
}

/** A blank at an end must be seen. */
function valueWords(value: JsonValue): string {
	if (value === null) return 'null'
	if (typeof value !== 'string') return JSON.stringify(value)
	return value === '' || value !== value.trim() ? `"${value}"` : value
}
