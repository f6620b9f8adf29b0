import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeDsx, unescapeDsx } from '#importers/datastage/formats/dsx/escapes.ts'

describe('escapes of DSX', () => {
	it.each([
		['plain', 'plain'],
		['C:\\\\etl\\\\in', 'C:\\etl\\in'],
		['\\\\(A)', '\\(A)'],
		['a\\(A)b', 'a\nb'],
		['\\(2)\\(2)0\\(1)', '\u{2}\u{2}0\u{1}'],
		['\\(02)', '\u{2}'],
		['\\(20AC)', '€'],
		['say \\"x\\"', 'say "x"'],
		['\\(xyz)', '(xyz)'],
		['p\\Sq\\Vr', 'p\u{E0FC}q\u{E0FD}r'],
		['end\\', 'end\\'],
	])('reads %s', (raw, text) => {
		expect(unescapeDsx(raw)).toBe(text)
	})

	it('gives back every text that was escaped', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => unescapeDsx(escapeDsx(text)) === text))
	})
})
