/** Text of columns and types. */
import type { Py } from '#languages/python.ts'
import { allOf, anyOf, atom, fn, method, pyString, unary } from '#languages/python.ts'
import { mayBeNull } from '#languages/python-nulls.ts'
import { plainSparkType } from '#languages/spark-types.ts'
import type { DataType } from '#model/types.ts'

/** A name where Spark parses names: a dot, a back quote or a star in it is part of the name. */
export function reference(name: string): string {
	return /[.`*]/.test(name) ? `\`${name.replaceAll('`', '``')}\`` : name
}

/** `F.col("name")`. */
export const column = (name: string): Py => fn('col', reference(name))

/** `F.col("side.name")`: a column of one side of a join. */
export const sideColumn = (side: string, name: string): Py => fn('col', `${side}.${reference(name)}`)

/** A column of one side of a join in a `select`: a plain name where it needs no more. */
export const selected = (value: Py): string => /^F\.col\(("(?:[^"\\]|\\.)*")\)$/.exec(value.code)?.[1] ?? value.code

/** The name of a type as scripts write it: `decimal(7,2)`. */
export const typeText = (type: DataType): string => plainSparkType(type)

/** A text of a column under a name; a plain column of that name needs no alias. */
export function named(value: Py, name: string): string {
	return value.code === column(name).code ? pyString(reference(name)) : method(value, 'alias', name).code
}

/** A boolean text that is false where the test is null. */
export const orFalse = (test: Py): Py => (mayBeNull(test) ? fn('coalesce', test, fn('lit', false)) : test)

/** Holds where none of the tests does: for `x.isNull()` that x is there. */
export function noneOf(tests: readonly Py[]): Py | undefined {
	const values = tests.flatMap(({ code, level }) =>
		level === 'atom' ? (/^(.+)\.isNull\(\)$/s.exec(code)?.[1] ?? []) : [],
	)
	if (values.length === tests.length) return allOf(values.map((value) => atom(`${value}.isNotNull()`)))
	const any = anyOf(tests)
	if (any?.level === 'unary' && any.code.startsWith('~') && !mayBeNull(any)) return { ...any, code: any.code.slice(1) }
	return any && unary('~', orFalse(any))
}

/** Arguments of a call, printed. */
export const list = (parts: readonly (Py | string)[]): string =>
	parts.map((part) => (typeof part === 'string' ? part : part.code)).join(', ')
