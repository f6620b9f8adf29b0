/** Comparing text files: by the fields of their records, and by their exact lines. */
import type { TextFileTarget } from '#model/places.ts'
import type { Schema } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { splitFields, splitRecords } from '#reference/text-reader.ts'
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
	const width = Math.max(schema.columns.length, 1)
	const table: Schema = {
		columns: [
			...schema.columns.map(({ name }) => ({ name, type: text(), nullable: true })),
			{ name: '(further fields)', type: text(), nullable: true },
		],
		open: false,
	}
	const parse = (line: string): Row => {
		const fields = splitFields(line, layout)
		const own = schema.columns.map(({ name }, index): [string, string | null] => [name, fields[index] ?? null])
		const more = fields.length > width ? fields.slice(width).join(layout.delimiter) : null
		return Object.fromEntries([...own, ['(further fields)', more]])
	}
	const byFields = compareTables(expected.map(parse), actual.map(parse), table, options)
	const sameHeader = headers.every((lines) => lines.every((line, index) => line === expectedLines[index]))
	const toTheCharacter = byFields.equal && sameHeader && sameLines(expected, actual)
	return { ...byFields, equal: byFields.equal && sameHeader, toTheCharacter }
}

function sameLines(left: readonly string[], right: readonly string[]): boolean {
	const sorted = right.toSorted()
	return left.length === right.length && left.toSorted().every((line, index) => line === sorted[index])
}
