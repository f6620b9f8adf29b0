/**
 * Whole numbers that may leave the width in which the compiled Transformer calculates them. Its code declares `int32` for what
 * comes of columns of 32 bits (`int32 InterVar0_0 = (a * b) * 100`, also where the target is wider); no document tells what it
 * does with a result that does not fit.
 */
import type { CallExpression, Expression } from '#model/expressions.ts'
import { children } from '#model/expressions.ts'
import type { DataType } from '#model/types.ts'
import { int, intRange } from '#model/types.ts'

/** Least and greatest value, and the bits that the engine gives the value. */
export interface Range {
	readonly min: bigint
	readonly max: bigint
	readonly bits: 32 | 64
}

/** No text, list of rows or span of dates is longer. */
const countable = 1n << 30n
/** What numbers rows, or the turns of a loop: no job counts further. */
export const rowNumbers: Range = { min: 0n, max: 1n << 40n, bits: 64 }

const arithmetic: ReadonlySet<string> = new Set([
	'datastage.add',
	'datastage.subtract',
	'datastage.multiply',
	'datastage.negate',
])

/**
 * May a sum, difference or product of whole numbers be too large for the engine?
 * @param counters columns that count rows or turns of a loop, and how far
 */
export function mayOverflow(expression: Expression, counters: ReadonlyMap<string, Range>): boolean {
	if (expression.kind === 'call' && expression.type.kind === 'int' && arithmetic.has(expression.operation)) {
		const result = computed(expression, counters)
		if (result !== undefined && !fits(result)) return true
	}
	return children(expression).some((part) => mayOverflow(part, counters))
}

function fits({ min, max, bits }: Range): boolean {
	const width = intRange(int(bits))
	return min >= width.min && max <= width.max
}

function rangeOf(expression: Expression, counters: ReadonlyMap<string, Range>): Range | undefined {
	const { kind, type } = expression
	switch (kind) {
		case 'literal':
			return typeof expression.value === 'bigint' ? sized(expression.value, expression.value) : undefined
		case 'column':
			return counters.get(expression.name) ?? ofType(type)
		case 'if':
			return joined([expression.then, expression.otherwise].map((part) => rangeOf(part, counters)))
		case 'cast':
			return type.kind === 'int' && expression.operand.type.kind === 'int'
				? (rangeOf(expression.operand, counters) ?? ofType(type))
				: ofType(type)
		case 'call':
			return computed(expression, counters)
		default:
			return ofType(type)
	}
}

function computed(call: CallExpression, counters: ReadonlyMap<string, Range>): Range | undefined {
	if (call.type.kind !== 'int') return undefined
	const parts = call.args.map((part) => rangeOf(part, counters))
	const [left, right] = parts
	switch (call.operation) {
		case 'datastage.add':
			return of(left, right, (a, b) => [a.min + b.min, a.max + b.max])
		case 'datastage.subtract':
			return of(left, right, (a, b) => [a.min - b.max, a.max - b.min])
		case 'datastage.multiply':
			return of(left, right, (a, b) => [a.min * b.min, a.min * b.max, a.max * b.min, a.max * b.max])
		case 'datastage.negate':
			return of(left, left, (a) => [-a.max, -a.min])
		case 'datastage.null-to-value':
			return joined(parts)
		case 'datastage.mod':
			return remainderOf(left, right) ?? ofType(call.type)
		default:
			// What is told of texts and dates alone is a length, a place, a number of days.
			return call.args.some(({ type, kind }) => isNumber(type) && kind !== 'literal')
				? ofType(call.type)
				: within(ofType(call.type), { min: -countable, max: countable, bits: 32 })
	}
}

function of(left: Range | undefined, right: Range | undefined, ends: (a: Range, b: Range) => readonly bigint[]) {
	if (left === undefined || right === undefined) return undefined
	const [first = 0n, ...others] = ends(left, right)
	return {
		min: others.reduce((least, end) => (end < least ? end : least), first),
		max: others.reduce((most, end) => (end > most ? end : most), first),
		bits: left.bits === 64 || right.bits === 64 ? 64 : 32,
	} as const
}

const joined = (parts: readonly (Range | undefined)[]): Range | undefined =>
	parts.reduce((one, other) => of(one, other, (a, b) => [a.min, a.max, b.min, b.max]), parts[0])

/** Less than the divisor, with the sign of what is divided. */
function remainderOf(left: Range | undefined, right: Range | undefined): Range | undefined {
	if (right === undefined || right.min !== right.max || right.min === 0n) return undefined
	const most = (right.min < 0n ? -right.min : right.min) - 1n
	return { min: left !== undefined && left.min >= 0n ? 0n : -most, max: most, bits: 32 }
}

/**
 * How far a variable goes that only counts: each row leaves it as it is, sets it to a constant, or takes it one further.
 * Undefined: it does more. No group of rows is longer than `countable`.
 */
export function countingRange(name: string, value: Expression, initial: Expression): Range | undefined {
	const set: bigint[] = []
	const counts = (part: Expression): boolean => {
		if (part.kind === 'literal' && typeof part.value === 'bigint') {
			set.push(part.value)
			return true
		}
		if (part.kind === 'column') return part.name === name
		if (part.kind === 'if') return counts(part.then) && counts(part.otherwise)
		if (part.kind === 'cast') return part.type.kind === 'int' && counts(part.operand)
		if (part.kind !== 'call') return false
		const [first, second] = part.args
		if (first === undefined || second === undefined) return false
		if (part.operation === 'datastage.null-to-value') return counts(first) && counts(second)
		if (part.operation === 'datastage.add')
			return (counts(first) && isOne(second)) || (isOne(first) && second.kind === 'column' && counts(second))
		return part.operation === 'datastage.subtract' && counts(first) && isOne(second)
	}
	if (!counts(value) || !counts(initial)) return undefined
	const ends = set.reduce((most, one) => (one < 0n ? (-one > most ? -one : most) : one > most ? one : most), 0n)
	return { min: -countable - ends, max: countable + ends, bits: 32 }
}

const isOne = (part: Expression): boolean => part.kind === 'literal' && part.value === 1n

/** The narrower of the two: a year has 16 bits. */
const within = (one: Range | undefined, other: Range): Range => (one === undefined || one.max > other.max ? other : one)

const sized = (min: bigint, max: bigint): Range => {
	const range = { min, max, bits: 32 } as const
	return fits(range) ? range : { ...range, bits: 64 }
}

function ofType(type: DataType): Range | undefined {
	if (type.kind !== 'int') return undefined
	const { min, max } = intRange(type)
	return sized(min, max)
}

const isNumber = ({ kind }: DataType): boolean => kind === 'int' || kind === 'decimal' || kind === 'float'
