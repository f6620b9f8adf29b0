import { describe, expect, it } from 'vitest'
import { decimal, float, int } from '#model/types.ts'
import { makeDecimal } from '#model/values.ts'
import { coerceNumber, divideDecimal } from '#reference/numbers.ts'

describe('numbers between types', () => {
	it('round half away from zero into a decimal', () => {
		expect(coerceNumber(makeDecimal(125n, 2), decimal(4, 1))).toEqual(makeDecimal(13n, 1))
		expect(coerceNumber(makeDecimal(-125n, 2), decimal(4, 1))).toEqual(makeDecimal(-13n, 1))
		expect(coerceNumber(0.1, decimal(4, 2))).toEqual(makeDecimal(10n, 2))
	})
	it('overflow is an error, never another number', () => {
		expect(coerceNumber(128n, int(8))).toMatchObject({ error: 'overflow' })
		expect(coerceNumber(makeDecimal(1000n, 0), decimal(3, 0))).toMatchObject({ error: 'overflow' })
		expect(coerceNumber(Number.NaN, int(32))).toMatchObject({ error: 'overflow' })
	})
	it('reach the nearest double', () => {
		expect(coerceNumber(makeDecimal(12345678901234567890123n, 20), float(64))).toBe(123.45678901234568)
		expect(coerceNumber(9007199254740993n, float(64))).toBe(9007199254740992)
	})
	it('divide exactly', () => {
		expect(divideDecimal(makeDecimal(10n, 0), 3n, 4)).toEqual(makeDecimal(33333n, 4))
		expect(divideDecimal(makeDecimal(-5n, 0), 2n, 0)).toEqual(makeDecimal(-3n, 0))
	})
})
