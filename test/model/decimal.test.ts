import { describe, expect, it } from 'vitest'
import type { RoundingMode } from '#model/decimal.ts'
import {
	add,
	compare,
	divide,
	divideRounded,
	fits,
	format,
	fromBigint,
	fromNumber,
	fromNumberExact,
	multiply,
	parse,
	remainder,
	rescale,
	subtract,
	toBigint,
	toNumber,
} from '#model/decimal.ts'
import type { Decimal } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'

function decimal(text: string): Decimal {
	const value = parse(text)
	if (value === undefined) throw new Error(`${text} is no decimal`)
	return value
}

describe('parse and format', () => {
	it('keep every digit', () => {
		for (const text of ['0', '-0.50', '12345678901234567890.123456789', '0.00'])
			expect(format(decimal(text))).toBe(text)
	})

	it('read points without digits on one side, signs and exponents', () => {
		expect(decimal('.5')).toEqual(makeDecimal(5n, 1))
		expect(decimal('5.')).toEqual(makeDecimal(5n, 0))
		expect(decimal('+1.5e-2')).toEqual(makeDecimal(15n, 3))
		expect(decimal('1.5E3')).toEqual(makeDecimal(1500n, 0))
	})

	it('refuse anything else', () => {
		for (const text of ['', '.', '-', ' 1', '1 ', '1,5', '1e', '1e999', 'NaN', '0x1'])
			expect(parse(text)).toBeUndefined()
	})
})

describe('rounding', () => {
	const table: readonly (readonly [string, Readonly<Record<RoundingMode, string>>])[] = [
		['1.4', { 'half-up': '1', down: '1', ceiling: '2', floor: '1', 'half-even': '1' }],
		['1.5', { 'half-up': '2', down: '1', ceiling: '2', floor: '1', 'half-even': '2' }],
		['2.5', { 'half-up': '3', down: '2', ceiling: '3', floor: '2', 'half-even': '2' }],
		['-1.4', { 'half-up': '-1', down: '-1', ceiling: '-1', floor: '-2', 'half-even': '-1' }],
		['-1.5', { 'half-up': '-2', down: '-1', ceiling: '-1', floor: '-2', 'half-even': '-2' }],
		['-0.5', { 'half-up': '-1', down: '0', ceiling: '0', floor: '-1', 'half-even': '0' }],
	]
	it.each(table)('%s under each mode', (text, expected) => {
		for (const mode of ['half-up', 'down', 'ceiling', 'floor', 'half-even'] as const)
			expect(`${mode} ${format(rescale(decimal(text), 0, mode))}`).toBe(`${mode} ${expected[mode]}`)
	})

	it('adds zeros when the scale grows', () => expect(format(rescale(decimal('1.5'), 3, 'down'))).toBe('1.500'))

	it('takes the sign from both sides of a division', () => {
		expect(divideRounded(7n, -2n, 'floor')).toBe(-4n)
		expect(divideRounded(-7n, -2n, 'half-up')).toBe(4n)
		expect(divideRounded(-7n, 2n, 'ceiling')).toBe(-3n)
	})
})

describe('arithmetic', () => {
	it('aligns scales', () => {
		expect(format(add(decimal('1.5'), decimal('0.25')))).toBe('1.75')
		expect(format(subtract(decimal('1'), decimal('0.001')))).toBe('0.999')
		expect(format(multiply(decimal('1.5'), decimal('-0.25')))).toBe('-0.375')
		expect(format(remainder(decimal('-7.5'), decimal('2')))).toBe('-1.5')
	})

	it('divides to a scale, rounded once', () => {
		expect(format(divide(decimal('56'), decimal('4.32'), 10, 'half-up'))).toBe('12.9629629630')
		expect(format(divide(decimal('-2'), decimal('3'), 2, 'down'))).toBe('-0.66')
		expect(() => divide(decimal('1'), decimal('0.0'), 2, 'down')).toThrow(RangeError)
	})

	it('compares by value, not by scale', () => {
		expect(compare(decimal('1.50'), decimal('1.5'))).toBe(0)
		expect(compare(decimal('-1'), decimal('0.001'))).toBe(-1)
		expect(compare(decimal('10'), decimal('9.99'))).toBe(1)
	})

	it('knows how many digits fit', () => {
		expect(fits(decimal('99.99'), 4)).toBe(true)
		expect(fits(decimal('-100.00'), 4)).toBe(false)
	})
})

describe('other numbers', () => {
	it('become decimals and back', () => {
		expect(format(fromBigint(-3n, 2))).toBe('-3.00')
		expect(toBigint(decimal('-3.99'))).toBe(-3n)
		expect(toBigint(decimal('-3.5'), 'half-up')).toBe(-4n)
		expect(toNumber(decimal('0.1'))).toBe(0.1)
	})

	it('doubles: shortest text, or every binary digit', () => {
		expect(fromNumber(0.1)).toEqual(makeDecimal(1n, 1))
		expect(fromNumber(1e21)).toEqual(makeDecimal(10n ** 21n, 0))
		expect(format(fromNumberExact(0.1) ?? makeDecimal(0n, 0))).toBe(
			'0.1000000000000000055511151231257827021181583404541015625',
		)
		expect(fromNumber(Number.NaN)).toBeUndefined()
		expect(fromNumberExact(Number.POSITIVE_INFINITY)).toBeUndefined()
	})
})
