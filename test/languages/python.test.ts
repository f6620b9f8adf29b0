import { describe, expect, it } from 'vitest'
import { concat, fn, lit } from '#languages/python.ts'

describe('a number', () => {
	it('is spelled as formatted Python spells it', () => {
		expect(fn('lit', Number.MAX_VALUE).code).toBe('F.lit(1.7976931348623157e308)')
		expect(fn('lit', 1e-9).code).toBe('F.lit(1e-9)')
	})
})

describe('a chain of joined texts', () => {
	it('is one list, wherever the inner chain stands', () => {
		const chain = concat(concat(lit('a'), lit('b')), concat(lit('c'), lit('d')))
		expect(chain.code).toBe('F.concat(F.lit("a"), F.lit("b"), F.lit("c"), F.lit("d"))')
	})

	it('keeps what a function does to an inner chain', () => {
		expect(concat(fn('upper', concat(lit('a'), lit('b'))), lit('c')).code).toBe(
			'F.concat(F.upper(F.concat(F.lit("a"), F.lit("b"))), F.lit("c"))',
		)
	})
})
