import { describe, expect, it } from 'vitest'
import { atom } from '#languages/python.ts'
import { cutText, isLonger, textLength } from '#languages/text-length.ts'
import { text } from '#model/types.ts'

const unicode = text(3)
const plain = text(3, { unicode: false })

describe('the length of a text', () => {
	it('counts UTF-16 units for a Unicode type, characters for any other', () => {
		expect([textLength('a😀', unicode), textLength('a😀', plain)]).toEqual([3, 2])
	})

	it('is cut by the same count; half a character becomes U+FFFD', () => {
		expect([cutText('a😀b', 2, unicode), cutText('a😀b', 2, plain)]).toEqual(['a\ufffd', 'a😀'])
	})

	it('is tested alike on Spark', () => {
		expect(isLonger(atom('value'), 3, unicode).code).toBe('utf16_length(value) > 3')
		expect(isLonger(atom('value'), 3, plain).code).toBe('F.length(value) > 3')
	})
})
