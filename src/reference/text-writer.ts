/** The meaning of a text target: values arrive as texts; the writer adds quotes, delimiters and the header, nothing else. */
import { joinFields } from '#model/field-ends.ts'
import type { TextFileTarget } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import type { Row } from '#model/values.ts'

/** Lines that stand before the rows; where only a run knows how many, all count as rows. */
export const headLines = ({ above = [], aboveText, layout }: TextFileTarget): number =>
	aboveText === undefined ? above.length + (layout.header ? 1 : 0) : 0

/** The lines of a text that stands above the rows. */
export const linesAbove = (text: string): readonly string[] => (text === '' ? [] : text.split(/\r\n|\n/))

/** The lines of a file, header included, without record delimiters. */
export function writeLines(rows: readonly Row[], target: TextFileTarget, schema: Schema): readonly string[] {
	const lines = rows.map((row) =>
		joinFields(
			schema.columns.map(({ name }, index) => writeField(row[name] ?? null, target.quoted[index] ?? false, target)),
			target.layout,
		),
	)
	const { above = [] } = target
	if (!target.layout.header) return [...above, ...lines]
	const header = schema.columns.map(({ name }) => writeField(name, target.quotedHeader, target))
	return [...above, joinFields(header, target.layout), ...lines]
}

/** The whole file: every line ends with the record delimiter, the last too. */
export function writeText(lines: readonly string[], target: TextFileTarget): string {
	return lines.map((line) => line + target.layout.recordDelimiter).join('')
}

/** A null is nothing at all, not even quotes. */
function writeField(value: Row[string], quoted: boolean, { layout, doubleQuotes }: TextFileTarget): string {
	if (value === null || value === undefined) return ''
	if (typeof value !== 'string') throw new Error('a text target was given a value that is not text')
	const { quote } = layout
	if (!quoted || quote === undefined) return value
	return quote + (doubleQuotes ? value.replaceAll(quote, quote + quote) : value) + quote
}
