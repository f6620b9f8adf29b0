/** Key expressions of range lookups: bounds that a column of the input and one of the reference have to meet. */
import type { RangeBound } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import type { StageContext, StageInput } from '../stage-context.ts'

const comparison = /^\(?\s*([\w$]+)\.([\w$]+)\s*(<=|>=|<|>)\s*([\w$]+)\.([\w$]+)\s*\)?$/
const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** Is the key expression a range rather than the value that the key equals? */
export const isRange = (expression: string): boolean => /[<>]/.test(expression)

/**
 * `in.AMOUNT >= ref.LOW And in.AMOUNT < ref.HIGH`, the names of either side first. Anything else refuses the stage.
 *
 * @param scope the column of the input that a name means
 */
export function readRange(
	context: StageContext,
	expression: string,
	reference: StageInput,
	scope: (link: string | undefined, column: string) => Column | undefined,
): readonly RangeBound[] {
	const parts = expression.split(/\s+and\s+/i).map((part) => part.trim().replace(/^\((.*)\)$/, '$1'))
	return parts.flatMap((part): readonly RangeBound[] => {
		const match = comparison.exec(part)
		const bound = match === null ? undefined : boundOf(match, reference, scope)
		if (bound !== undefined) return [bound]
		context.refuse(`its range ${part} is not a comparison of a column of each side`)
		return []
	})
}

function boundOf(
	[, firstLink = '', firstColumn = '', sign = '', secondLink = '', secondColumn = '']: RegExpExecArray,
	reference: StageInput,
	scope: (link: string | undefined, column: string) => Column | undefined,
): RangeBound | undefined {
	const test = sign as RangeBound['test']
	const isReference = (link: string): boolean => link.toLowerCase() === reference.link.name.toLowerCase()
	if (isReference(firstLink) === isReference(secondLink)) return undefined
	const [link, name, other] = isReference(firstLink)
		? [secondLink, secondColumn, firstColumn]
		: [firstLink, firstColumn, secondColumn]
	const left = scope(link, name)
	const right = findDsColumn(reference.stream.schema.columns, other)
	if (left === undefined || right === undefined || !comparable(left, right)) return undefined
	return { left: left.name, test: isReference(firstLink) ? mirrored[test] : test, right: right.name }
}

/** Numbers compare by value, others with their own kind only. */
function comparable({ type: left }: Column, { type: right }: Column): boolean {
	const isExact = (kind: string): boolean => kind === 'int' || kind === 'decimal'
	return left.kind === right.kind || (isExact(left.kind) && isExact(right.kind))
}
