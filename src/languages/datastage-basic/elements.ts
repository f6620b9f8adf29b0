/** Elements of dynamic arrays: texts whose fields, values and subvalues end with marks (IBM: DataStage BASIC, Dynamic Arrays). */
import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { boolean, int, text } from '#model/types.ts'
import { convertTo } from './coerce.ts'
import { chosen } from './conditional.ts'
import { folded } from './fold.ts'
import { type Builder, call, problem } from './lower-call.ts'
import { marks } from './operations/define.ts'

const levels = [marks.field, marks.value, marks.subvalue] as const
const mark = (level: number, span: Span): Expression => textLiteral(levels[level] ?? marks.subvalue, span)
const textLiteral = (value: string, span: Span): Expression => ({ kind: 'literal', value, type: text(), span })
const number = (value: bigint, span: Span): Expression => ({ kind: 'literal', value, type: int(32), span })

/** `array<field, value, subvalue>`; places that only the run knows count from 1. */
export function element(builder: Builder, array: Expression, places: readonly Expression[], span: Span): Expression {
	const known = places.map(folded)
	if (known.every(({ kind }) => kind === 'literal')) return call(builder, 'basic.extract', [array, ...known], span)
	return known.reduce(
		(rest, place, level) => call(builder, 'datastage.field', [rest, mark(level, span), place], span),
		array,
	)
}

/** How a function changes an element; the names are those of the functions. */
export type Change = 'replace' | 'insert' | 'delete'

/** The array with one element changed: the innermost place that is not 0 tells which. */
export function changed(
	builder: Builder,
	how: Change,
	array: Expression,
	places: readonly Expression[],
	value: Expression | undefined,
	span: Span,
): Expression {
	const known = places.map(folded)
	const deepest = known.findLastIndex((place) => !isZero(place))
	if (deepest < 0) return problem(builder, `${how} has no place`, span)
	return at(builder, { how, value, span }, array, known.slice(0, deepest + 1), 0)
}

interface Edit {
	readonly how: Change
	readonly value: Expression | undefined
	readonly span: Span
}

/** A level above the element: the part of the array that holds it is replaced by itself, changed. */
function at(
	builder: Builder,
	edit: Edit,
	whole: Expression,
	[place, ...deeper]: readonly Expression[],
	level: number,
): Expression {
	const { how, value, span } = edit
	if (place === undefined) return whole
	// A place of 0 above one that is not counts as 1 (IBM: DELETE function).
	const index = isZero(place) ? number(1n, span) : place
	if (deeper.length > 0) {
		if (isLast(index)) return problem(builder, 'a place inside of a new element is not translated', span)
		const part = call(builder, 'datastage.field', [whole, mark(level, span), index], span)
		return stored(builder, whole, level, index, -1n, at(builder, edit, part, deeper, level + 1), span)
	}
	if (how === 'delete') {
		if (isLast(index)) return problem(builder, 'only a place from 1 on can be deleted', span)
		return call(builder, 'basic.delete-element', [whole, mark(level, span), index], span)
	}
	if (value === undefined) return problem(builder, `${how} has no value`, span)
	if (isLast(index)) return appended(builder, whole, level, value, span)
	return stored(builder, whole, level, index, how === 'insert' ? 0n : -1n, value, span)
}

function stored(
	builder: Builder,
	whole: Expression,
	level: number,
	index: Expression,
	number_: bigint,
	value: Expression,
	span: Span,
): Expression {
	return call(
		builder,
		'datastage.field-store',
		[whole, mark(level, span), index, number(number_, span), convertTo(value, 'string') ?? value],
		span,
	)
}

/** The place -1: behind the last one; the first element needs no mark before it. */
function appended(builder: Builder, whole: Expression, level: number, value: Expression, span: Span): Expression {
	const array = convertTo(whole, 'string') ?? whole
	const isEmpty = call(builder, 'datastage.eq', [array, textLiteral('', span)], span)
	const more = call(builder, 'datastage.concat', [array, mark(level, span)], span)
	const longer = call(builder, 'datastage.concat', [more, value], span)
	return folded(chosen(builder, { ...isEmpty, type: boolean }, value, longer, span))
}

const isZero = (place: Expression): boolean => isNumber(place, 0)
const isLast = (place: Expression): boolean => isNumber(place, -1)
const isNumber = (place: Expression, wanted: number): boolean =>
	place.kind === 'literal' && (typeof place.value === 'bigint' || typeof place.value === 'number')
		? Number(place.value) === wanted
		: false
