/** Pieces of Spark text that the operations and conversions of this language share. */
import type { DataType } from '#model/types.ts'
import { makeDecimal } from '#model/values.ts'
import { literalText } from '../literals.ts'
import type { Py } from '../python.ts'
import { atom, binary, call, fn, lit, loose, method } from '../python.ts'
import { sparkType } from '../spark-types.ts'

/** Longest text that is rather repeated than bound to a name. */
const repeatable = 40

/**
 * Uses a value more than once. A long text is bound to a name by a lambda; without it nested operations would double the text at each level.
 */
export function bind(value: Py, body: (name: Py) => Py): Py {
	if (value.code.length <= repeatable) return body(value)
	return call('let', value, loose(`lambda v: ${body(atom('v')).code}`))
}

export const when = (condition: Py, value: Py): Py => fn('when', condition, value)

export const castTo = (value: Py, type: DataType): Py => method(value, 'cast', sparkType(type).toLowerCase())

/** A SQL function for which pyspark.sql.functions lacks a form that takes columns. */
export const sql = (name: string, ...args: readonly Py[]): Py => fn('call_function', name, ...args)

/** A whole number as a column of the narrowest of INT, BIGINT and decimal that holds it. */
export function whole(value: bigint): Py {
	if (value >= -(2n ** 31n) && value < 2n ** 31n) return fn('lit', atom(String(value)))
	const bits64 = value >= -(2n ** 63n) && value < 2n ** 63n
	// pyspark makes a Python int that does not fit an INT a BIGINT.
	if (bits64) return fn('lit', atom(String(value)))
	return literalText(makeDecimal(value, 0), {
		kind: 'decimal',
		precision: String(value).replace('-', '').length,
		scale: 0,
	})
}

/** `value.between(least, most)`. */
const between = (value: Py, least: bigint, most: bigint): Py => method(value, 'between', whole(least), whole(most))

/** The value where it lies in the range, otherwise null. */
export const within = (value: Py, least: bigint, most: bigint): Py =>
	bind(value, (name) => when(between(name, least, most), name))

/** The value, null where it equals the other. (`F.nullif` of Spark 3.5 cannot be built over columns.) */
export const unless = (value: Py, unwanted: Py): Py => bind(value, (name) => when(binary('!=', name, unwanted), name))

/**
 * Does the text match? The pattern is one that JavaScript understands alike; only `$` is printed as `\\z`, because Java's `$` also
 * matches before a line break at the end.
 */
export const matches = (value: Py, pattern: string): Py => method(value, 'rlike', javaPattern(pattern))
export const javaPattern = (pattern: string): string => pattern.replace(/\$(?=\||$)/g, '\\z')

/** The UTF-16 units of a text as bytes: Integration Services counts units, Spark counts characters. */
export const toUnits = (text: Py): Py => fn('encode', text, 'UTF-16BE')

/** Length of a text in UTF-16 units. `narrow`: it has no characters beyond U+FFFF, so units are characters. */
export const unitCount = (text: Py, narrow: boolean): Py => (narrow ? fn('length', text) : call('utf16_length', text))

export const emptyText: Py = lit('')

/** Does every text of this type consist of characters up to U+FFFF? So do those of a single-byte code page. */
export const isNarrow = (type: DataType | undefined): boolean => type?.kind === 'string' && !type.unicode
