import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeDecimal } from '#model/values.ts'
import { compareRows, compareTexts, compareValues, keyText, rowKey } from '#reference/keys.ts'

describe('key texts', () => {
	it('are equal for equal numbers of any scale', () => {
		expect(keyText(makeDecimal(150n, 2))).toBe(keyText(makeDecimal(15n, 1)))
		expect(keyText(makeDecimal(-200n, 2))).toBe(keyText(-2n))
		expect(keyText(-0)).toBe(keyText(0))
	})
	it('tell null, empty and the text null apart', () => {
		expect(new Set([keyText(null), keyText(''), keyText('null')]).size).toBe(3)
	})
	it('fold letter case only when asked', () => {
		expect(keyText('Straße', 'caseless')).toBe(keyText('STRAßE', 'caseless'))
		expect(keyText('a')).not.toBe(keyText('A'))
	})
	it('of several columns never run together', () => {
		const keys = [
			{ column: 'a', collation: 'binary' as const },
			{ column: 'b', collation: 'binary' as const },
		]
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
				expect(rowKey({ a, b }, keys) === rowKey({ a: c, b: d }, keys)).toBe(a === c && b === d)
			}),
		)
	})
})

describe('order', () => {
	it('of texts is by code point, not by UTF-16 unit', () => {
		expect(compareTexts('\uff5e', '😀')).toBeLessThan(0)
		expect(['\uff5e', '😀'].toSorted()).toEqual(['😀', '\uff5e'])
		const point = (text: string): readonly number[] => Array.from(text).map((char) => char.codePointAt(0) ?? 0)
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
				const [a, b] = [point(left), point(right)]
				const index = a.findIndex((value, at) => value !== b[at])
				const expected = index === -1 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? -1)
				expect(Math.sign(compareTexts(left, right))).toBe(Math.sign(expected))
			}),
		)
	})
	it('of integers and decimals is by value', () => {
		expect(compareValues(2n, makeDecimal(25n, 1))).toBeLessThan(0)
		expect(compareValues(makeDecimal(20n, 1), 2n)).toBe(0)
	})
	it('of rows puts nulls where the key says, in either direction', () => {
		const key = (direction: 'ascending' | 'descending', nulls: 'first' | 'last') =>
			[{ column: 'k', direction, nulls, collation: 'binary' }] as const
		expect(compareRows({ k: null }, { k: 1n }, key('ascending', 'first'))).toBeLessThan(0)
		expect(compareRows({ k: null }, { k: 1n }, key('descending', 'first'))).toBeLessThan(0)
		expect(compareRows({ k: null }, { k: 1n }, key('descending', 'last'))).toBeGreaterThan(0)
		expect(compareRows({ k: 2n }, { k: 1n }, key('descending', 'last'))).toBeLessThan(0)
	})
})
