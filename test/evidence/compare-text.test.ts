import { describe, expect, it } from 'vitest'
import { compareTexts } from '#evidence/compare-text.ts'
import type { TextFileTarget } from '#model/places.ts'
import { schema, textTarget } from '../support/model-builder.ts'

function targetOf(quoted: boolean): TextFileTarget {
	const operator = textTarget('OUT', ['NAME', 'TOTAL'], { quoted })
	if (operator.kind !== 'write' || operator.target.kind !== 'text-file') throw new Error('a text target was made')
	return operator.target
}

const floatTexts = new Set(['TOTAL'])
const compare = (
	expected: readonly string[],
	actual: string,
	quoted = false,
	floats: ReadonlySet<string> = floatTexts,
) => compareTexts(expected, [actual], targetOf(quoted), schema('NAME', 'TOTAL'), { floatTexts: floats }).toTheCharacter

describe('lines of a text file', () => {
	it('may differ in the last digits of a float that was written out', () => {
		expect(compare(['a,108.01', 'b,3'], 'b,2.9999999999999996\na,108.00999999999999\n')).toBe(true)
		expect(compare(['"a","108.01"'], '"a","108.00999999999999"\n', true)).toBe(true)
		expect(compare(['a,1.5E300'], 'a,1.500000000000001E300\n')).toBe(true)
	})
	it('may not differ in anything more than these digits', () => {
		expect(compare(['a,108.01'], 'a,108.02\n')).toBe(false)
		expect(compare(['a,108.01'], 'b,108.00999999999999\n')).toBe(false)
		expect(compare(['a,108.01'], '"a",108.00999999999999\n')).toBe(false)
		expect(compare(['a,108.01'], 'a,"108.00999999999999"\n')).toBe(false)
		expect(compare(['a,108.01'], 'a,108.00999999999999,\n')).toBe(false)
	})
	it('may not write the same float in another form', () => {
		expect(compare(['a,100'], 'a,1E2\n')).toBe(false)
		expect(compare(['a,100'], 'a,100.0\n')).toBe(false)
		expect(compare(['a,'], 'a,0\n')).toBe(false)
	})
	it('must agree in fields that were no floats, however close their numbers are', () => {
		expect(compare(['a,108.01'], 'a,108.00999999999999\n', false, new Set())).toBe(false)
		expect(compare(['108.01,1'], '108.00999999999999,1\n')).toBe(false)
	})
})
