import { describe, expect, it } from 'vitest'
import type { Py } from '#languages/python.ts'
import { atom, binary, fn, lit, method, unary } from '#languages/python.ts'
import { mayBeNull } from '#languages/python-nulls.ts'

const a = fn('col', 'A')
const b = fn('col', 'B')
const isThere = (text: Py): Py => method(text, 'isNotNull')
const isGone = (text: Py): Py => method(text, 'isNull')
const and = (left: Py, right: Py): Py => binary('&', left, right)
const or = (left: Py, right: Py): Py => binary('|', left, right)
const isEmpty = binary('==', a, lit(''))

describe('the text of a condition', () => {
	it('may be null where it compares what may be null', () => {
		expect(mayBeNull(isEmpty)).toBe(true)
		expect(mayBeNull(unary('~', isEmpty))).toBe(true)
		expect(mayBeNull(and(isThere(b), isEmpty))).toBe(true)
		expect(mayBeNull(atom('condition'))).toBe(true)
		expect(mayBeNull(lit(true))).toBe(false)
	})

	it('is never null where an `and` asks first whether the value is there', () => {
		expect(mayBeNull(and(isThere(a), isEmpty))).toBe(false)
		expect(mayBeNull(and(isEmpty, isThere(a)))).toBe(false)
		expect(mayBeNull(and(and(isThere(a), isGone(b)), isEmpty))).toBe(false)
		expect(mayBeNull(unary('~', and(isThere(a), isEmpty)))).toBe(false)
	})

	it('is never null where an `or` takes the null', () => {
		expect(mayBeNull(or(isGone(a), isEmpty))).toBe(false)
		expect(mayBeNull(or(unary('~', isThere(a)), isEmpty))).toBe(false)
		expect(mayBeNull(or(isGone(b), isEmpty))).toBe(true)
	})

	it('is null again where the question stands on the wrong side', () => {
		// A null: false or null is null, and so is true and null.
		expect(mayBeNull(or(isThere(a), isEmpty))).toBe(true)
		expect(mayBeNull(and(isGone(a), isEmpty))).toBe(true)
		// The question has an answer of its own: true or (null) is true, false or (null) is null.
		expect(mayBeNull(or(and(isThere(a), isGone(b)), isEmpty))).toBe(true)
		expect(mayBeNull(and(or(isThere(a), isGone(b)), isEmpty))).toBe(true)
	})

	it('is never null where every value of a choice is there, whatever the conditions are', () => {
		const chosen = (last: Py): Py =>
			method(method(fn('when', isEmpty, lit(true)), 'when', b, isGone(b)), 'otherwise', last)
		expect(mayBeNull(chosen(lit(false)))).toBe(false)
		expect(mayBeNull(chosen(isEmpty))).toBe(true)
		expect(mayBeNull(fn('when', isGone(a), lit(true)))).toBe(true)
		expect(mayBeNull(method(fn('when', isGone(a), lit(true)), 'when', isThere(a), lit(false)))).toBe(true)
	})

	it('is never null with a value to fall back on', () => {
		expect(mayBeNull(fn('coalesce', a, lit('')))).toBe(false)
		expect(mayBeNull(fn('coalesce', a, b))).toBe(true)
		expect(mayBeNull(fn('lit', atom('None')))).toBe(true)
	})
})
