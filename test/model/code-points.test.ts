import { describe, expect, it } from 'vitest'
import { characterCount, compareText, sliceCharacters } from '#model/code-points.ts'

describe('text by code point', () => {
	it('counts a character outside the basic plane once', () => {
		expect(characterCount('a😀b')).toBe(3)
		expect(sliceCharacters('a😀b', 1, 2)).toBe('😀')
		expect(sliceCharacters('abc', -5, 99)).toBe('abc')
	})

	it('orders by code point, not by UTF-16 unit', () => {
		expect(compareText('\uffee', '😀')).toBe(-1)
		expect(['\uffee', '😀'].toSorted()).toEqual(['😀', '\uffee'])
		expect(compareText('ab', 'abc')).toBe(-1)
		expect(compareText('b', 'abc')).toBe(1)
		expect(compareText('é', 'é')).toBe(0)
	})
})
