/** Small pieces of Spark text that this language's operations share. */
import { isError, type Value } from '#model/values.ts'
import type { PysparkContext } from '../catalogue.ts'
import { allOf, atom, binary, fn, lit, loose, method, type Py, unary } from '../python.ts'

/** A text that ends in this very cast needs no other. */
export const cast = (value: Py, type: string): Py =>
	value.level === 'atom' && value.code.endsWith(`.cast("${type}")`) ? value : method(value, 'cast', type)
/** `F.when(condition, value)`: null where the condition is not true. */
export const when = (condition: Py, value: Py): Py => fn('when', condition, value)
export const choose = (condition: Py, then: Py, otherwise: Py): Py =>
	method(when(condition, then), 'otherwise', otherwise)
/** A built-in whose Python wrapper takes plain values only; by name it takes columns. */
export const sql = (name: string, ...args: readonly Py[]): Py => fn('call_function', name, ...args)
/** Null where the condition is. */
export const decide = (condition: Py, then: Py, otherwise: Py): Py =>
	method(when(condition, then), 'when', unary('~', condition), otherwise)
export const both = (...parts: readonly Py[]): Py => ({
	code: parts.map((part) => `(${part.code})`).join(' & '),
	level: 'bit-and',
})

/** Longest text that is repeated rather than named. */
const SHORT = 72

/**
 * Uses a value several times: a short text is repeated, a long one is named by a lambda, or nested calls would grow
 * as powers of two. Names count upward from the inside, so none hides another.
 */
export function bind(value: Py, body: (value: Py) => Py): Py {
	if (value.code.length <= SHORT) return body(value)
	const used = [...body(atom('value')).code.matchAll(/\bvalue(\d+)\b/g)].map((match) => Number(match[1]))
	const name = `value${Math.max(0, ...used) + 1}`
	return atom(`let(${value.code}, lambda ${name}: ${body(atom(name)).code})`)
}

/** The value, or the bound where it is below. Spark's own `greatest` would give the bound for null. */
export const atLeast = (value: Py, bound: number): Py =>
	bind(value, (known) => choose(binary('<', known, lit(bound)), lit(bound), known))

/** The value cut to a range; null stays null. */
export const clamp = (value: Py, low: Py, high: Py): Py =>
	bind(value, (known) =>
		method(method(when(binary('>', known, high), high), 'when', binary('<', known, low), low), 'otherwise', known),
	)

/** `lambda name: body`. */
export const lambda = (names: string, body: Py): Py => loose(`lambda ${names}: ${body.code}`)

const REGEX_SPECIAL = /[\\^$.|?*+()[\]{}]/g

/** A pattern, for Java, that matches this text and nothing else. */
export const quotePattern = (text: string): string => text.replace(REGEX_SPECIAL, '\\$&')

/** The literal text argument at that position, if it is one. */
export function literalString(
	context: { readonly literals: readonly (Value | undefined)[] },
	position: number,
): string | undefined {
	const value = context.literals[position]
	return typeof value === 'string' ? value : undefined
}

/** The literal whole number at that position, if it is one. */
export function literalInt(
	context: { readonly literals: readonly (Value | undefined)[] },
	position: number,
): number | undefined {
	const value = context.literals[position]
	return typeof value === 'bigint' ? toCount(value) : undefined
}

/** Pattern column that matches the text argument literally. */
export function patternOf(argument: Py, context: PysparkContext, position: number): Py {
	const text = literalString(context, position)
	if (text !== undefined) return lit(quotePattern(text))
	// \Q…\E quotes, but for an \E inside.
	const inner = fn('replace', argument, lit('\\E'), lit('\\E\\\\E\\Q'))
	return fn('concat', lit('\\Q'), inner, lit('\\E'))
}

const MAX_INT = 2_147_483_647

/** A count or position as a plain number, cut to 32 bits: beyond that no text has characters. */
export function toCount(value: Value): number {
	if (typeof value !== 'bigint') throw new TypeError(isError(value) ? 'a failed value' : 'a whole number is expected')
	return value > BigInt(MAX_INT) ? MAX_INT : value < BigInt(-MAX_INT) - 1n ? -MAX_INT - 1 : Number(value)
}

/** INT column of a count or position, cut to 32 bits. */
export function count(argument: Py, context: PysparkContext, position: number): Py {
	const literal = literalInt(context, position)
	if (literal !== undefined) return lit(literal)
	const type = context.types[position]
	if (type?.kind !== 'int') throw new TypeError('a whole number is expected')
	if (type.bits < 32 || (type.bits === 32 && type.signed)) return cast(argument, 'int')
	return cast(clamp(argument, lit(-MAX_INT - 1), lit(MAX_INT)), 'int')
}

/** The value where every argument that is no constant is known: for texts that would hide a null. */
export function whenKnown(args: readonly Py[], context: PysparkContext, value: Py): Py {
	const tests = args
		.filter((_argument, at) => context.literals[at] === undefined)
		.map((argument) => method(argument, 'isNotNull'))
	const all = allOf(tests)
	return all === undefined ? value : when(all, value)
}

const MODEST = 1_000_000_000

/** The same, cut further so that a little can be added to it. Positions beyond mean the same to every operation. */
export function modest(argument: Py, context: PysparkContext, position: number): Py {
	const literal = literalInt(context, position)
	return literal === undefined
		? clamp(count(argument, context, position), lit(-MODEST), lit(MODEST))
		: lit(Math.max(-MODEST, Math.min(MODEST, literal)))
}
