/** Comparing text files: by the fields of their records, and by their exact lines. */
import type { TextFileTarget, TextLayout } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { rawFields, splitFields, splitRecords } from '#reference/text-reader.ts'
import { headLines } from '#reference/text-writer.ts'
import type { CompareOptions, Comparison } from './compare.ts'
import { compareTables } from './compare.ts'

export interface TextComparison extends Comparison {
	/** Equal as bags of exact lines too: quotes, header and all. */
	readonly toTheCharacter: boolean
}

/**
 * Compares what the reference wrote with the part files of a run, each of which carries the header where there is one.
 * Both must agree: fields say what differs, lines that nothing else does.
 */
export function compareTexts(
	expectedLines: readonly string[],
	actualFiles: readonly string[],
	target: TextFileTarget,
	schema: Schema,
	options: CompareOptions = {},
): TextComparison {
	const { layout } = target
	const parts = actualFiles.map((file) => splitRecords(file, layout))
	const head = headLines(target)
	const headers = parts.filter((lines) => lines.length > 0).map((lines) => lines.slice(0, head))
	const actual = parts.flatMap((lines) => lines.slice(head))
	const expected = expectedLines.slice(head)
	const table = asTexts(schema)
	const compareBy = (split: typeof splitFields): Comparison => {
		const parse = (line: string): Row => rowOf(split(line, layout), schema, layout)
		return compareTables(expected.map(parse), actual.map(parse), table, options)
	}
	const byFields = compareBy(splitFields)
	const sameHeader = headers.every((lines) => lines.every((line, index) => line === expectedLines[index]))
	const toTheCharacter =
		byFields.equal && sameHeader && (sameLines(expected, actual) || (hasFloats(options) && compareBy(rawFields).equal))
	return { ...byFields, equal: byFields.equal && sameHeader, toTheCharacter }
}

const further = '(further fields)'

const asTexts = ({ columns }: Schema): Schema => ({
	columns: [
		...columns.map(({ name }) => ({ name, type: text(), nullable: true })),
		{ name: further, type: text(), nullable: true },
	],
	open: false,
})

function rowOf(fields: readonly string[], { columns }: Schema, { delimiter }: TextLayout): Row {
	const width = Math.max(columns.length, 1)
	const own = columns.map(({ name }, index): [string, string | null] => [name, fields[index] ?? null])
	const more = fields.length > width ? fields.slice(width).join(delimiter) : null
	return Object.fromEntries([...own, [further, more]])
}

const hasFloats = ({ floatTexts }: CompareOptions): boolean => floatTexts !== undefined && floatTexts.size > 0

function sameLines(left: readonly string[], right: readonly string[]): boolean {
	const sorted = right.toSorted()
	return left.length === right.length && left.toSorted().every((line, index) => line === sorted[index])
}
