import { describe, expect, it } from 'vitest'
import { fn } from '#languages/python.ts'
import { foldedColumn, foldedText } from '#languages/shared/folding.ts'
import { collationIgnoring, ignoredBy, sameCollation } from '#model/collation.ts'

const T = fn('col', 'T')

describe('what texts of keys compare by', () => {
	it('is the text itself unless something is ignored', () => {
		expect(foldedText('Ä b', 'binary')).toBe('Ä b')
		expect(foldedColumn(T, 'binary').code).toBe('F.col("T")')
	})

	it.each([
		['case', 'ÄB', 'äb'],
		['accents', 'Ä e\u0301 ガ', 'A e カ'],
		['symbols', ' $1,0-0% ', '100'],
		['kana', 'カか', 'かか'],
		['width', 'Ａ ｶﾞ\u3000', 'A ガ '],
	] as const)('leaves out differences in %s', (ignored, text, folded) => {
		expect(foldedText(text, collationIgnoring(new Set([ignored])))).toBe(folded)
	})

	it('leaves out several one after the other, whatever order they were named in', () => {
		const both = collationIgnoring(new Set(['case', 'width'] as const))
		expect(both).toEqual({ ignores: ['width', 'case'] })
		expect(foldedText('ＡbＣ', both)).toBe('abc')
		expect(foldedColumn(T, both).code).toBe('F.lower(one_width(F.col("T")))')
	})
})

describe('collations', () => {
	it('of the same differences are the same', () => {
		expect(collationIgnoring(new Set())).toBe('binary')
		expect(collationIgnoring(new Set(['case'] as const))).toBe('caseless')
		expect(ignoredBy('caseless')).toEqual(['case'])
		expect(sameCollation('caseless', { ignores: ['case'] })).toBe(true)
		expect(sameCollation('binary', { ignores: ['kana'] })).toBe(false)
	})
})
