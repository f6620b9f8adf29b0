import { describe, expect, it } from 'vitest'
import { sameJson } from '#pipeline/expr/same-json.ts'

describe('results of expression cases are the same', () => {
	it.each([
		[1.5, '1.50'],
		[0.1, 0.1 + 1e-17],
		[null, null],
		['a ', 'a '],
		['2003-11-06T13:45:10.000', '2003-11-06 13:45:10'],
		[{ error: 'overflow' }, { error: 'conversion' }],
	] as const)('%j and %j', (expected, actual) => {
		expect(sameJson(expected, actual)).toBe(true)
	})

	it.each([
		[1, '1.01'],
		[null, ''],
		['a', 'a '],
		[1, null],
		[{ error: 'overflow' }, null],
		[true, 1],
	] as const)('but not %j and %j', (expected, actual) => {
		expect(sameJson(expected, actual)).toBe(false)
	})

	it('with a boolean for a documented 0 or 1 of an integer type', () => {
		expect(sameJson(1, true, 'int8')).toBe(true)
	})
})
