/** Sources of a flow, and rows for them. */
import { characterCount, sliceCharacters } from '#model/code-points.ts'
import { joinFields, recordWidth } from '#model/field-ends.ts'
import { valueText } from '#model/json-values.ts'
import type { DataFlow, ReadOperator } from '#model/operators.ts'
import type { TextFileSource } from '#model/places.ts'
import type { Column } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type { SourceData } from '#reference/context.ts'
import { fitFields, splitFields } from '#reference/text-reader.ts'

/** A row by column, or a record of a text file as it stands. */
export type SourceRow = { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'raw'; readonly record: string }

/** Rows for several sources, by read operator. */
export type SourceRows = ReadonlyMap<string, readonly SourceRow[]>

export function sourcesOf(flow: DataFlow): readonly ReadOperator[] {
	return flow.operators.filter((operator) => operator.kind === 'read')
}

/** Those of the first part, then those of the others. */
export function mergeRows(...parts: readonly SourceRows[]): SourceRows {
	const merged = new Map<string, SourceRow[]>()
	for (const part of parts) {
		for (const [source, rows] of part) merged.set(source, [...(merged.get(source) ?? []), ...rows])
	}
	return merged
}

/** Columns that a source's data holds; the raw record is made by the reader. */
export function dataColumns({ schema, source }: ReadOperator): readonly Column[] {
	return source.kind === 'text-file'
		? schema.columns.filter(({ name }) => name !== source.recordColumn)
		: schema.columns
}

/** Can a record of the file say that value, so that reading gives it back? */
export function canHold(operator: ReadOperator, column: string, value: Value): boolean {
	const { source } = operator
	if (source.kind !== 'text-file') return true
	if (typeof value !== 'string' || breaksRecord(value, source.layout.recordDelimiter)) return false
	const columns = dataColumns(operator)
	const { fields: ends } = source.layout
	const end = ends?.[columns.findIndex(({ name }) => name === column)]
	// What is shorter than its width is read with blanks behind it.
	if (end?.kind === 'width') return characterCount(value) <= end.width
	const row = Object.fromEntries(columns.map(({ name }): [string, Value] => [name, name === column ? value : '1']))
	const record = recordOf(row, operator, source)
	const fields =
		source.fieldCount === 'fit' ? fitFields(record, source.layout, columns.length) : splitFields(record, source.layout)
	return fields.length === columns.length && fields[columns.findIndex(({ name }) => name === column)] === value
}

/** Where nothing ends a record, each byte may be part of a field. */
const breaksRecord = (value: string, end: string): boolean =>
	end !== '' && (value.includes(end) || /[\r\n]/.test(value))

/** Quotes a field only where it has to be, so that both forms occur. */
function recordOf(row: Row, operator: ReadOperator, { layout }: TextFileSource): string {
	if (layout.fields !== undefined) {
		return joinFields(
			dataColumns(operator).map(({ name }) => valueText(row[name] ?? '')),
			layout,
		)
	}
	return dataColumns(operator)
		.map(({ name }) => {
			const text = valueText(row[name] ?? '')
			const { quote } = layout
			if (quote === undefined || !(text.includes(layout.delimiter) || text.startsWith(quote))) return text
			return quote + text.replaceAll(quote, quote + quote) + quote
		})
		.join(layout.delimiter)
}

/**
 * The data of a source: a file with its skipped lines and header, or typed rows.
 *
 * @param head what the skipped lines and the header say: a row like any other, in place of names
 */
export function sourceData(operator: ReadOperator, rows: readonly SourceRow[], head?: Row): SourceData {
	const { source } = operator
	if (source.kind !== 'text-file') {
		return { kind: 'rows', rows: rows.flatMap((one) => (one.kind === 'row' ? [one.row] : [])) }
	}
	const { layout, skipLines } = source
	const names = dataColumns(operator).map(({ name }) => name)
	const given = head && recordOf(head, operator, source)
	const lines = [
		...Array.from({ length: skipLines }, (_skipped, index) => given ?? `skipped ${index + 1}`),
		...(layout.header ? [given ?? joinFields(names, layout)] : []),
		...rows.map((one) => (one.kind === 'raw' ? one.record : recordOf(one.row, operator, source))),
	]
	return { kind: 'text', files: [lines.map((line) => line + layout.recordDelimiter).join('')] }
}

/** Records with a field too many, one too few, only the first, and none at all, made of the fields of an everyday row. */
export function malformedRecords(operator: ReadOperator, row: Row): readonly string[] {
	if (operator.source.kind !== 'text-file') return []
	const { delimiter, fields: ends } = operator.source.layout
	if (ends !== undefined) {
		if (operator.source.fieldCount === 'fit' || operator.source.layout.recordDelimiter === '') return []
		const whole = recordOf(row, operator, operator.source)
		return ['', sliceCharacters(whole, 0, recordWidth(ends) - 1), `${whole}1`]
	}
	const fields = dataColumns(operator).map(({ name }) => valueText(row[name] ?? ''))
	const first = (count: number): string => fields.slice(0, count).join(delimiter)
	const short = fields.length > 1 ? [...new Set([first(fields.length - 1), first(1), ''])] : []
	return [[...fields, '1'].join(delimiter), ...short]
}
