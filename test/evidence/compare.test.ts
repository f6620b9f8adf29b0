import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareTables } from '#evidence/compare.ts'
import { decimal, float, int, text, timestamp } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { makeDecimal, makeTimestamp } from '#model/values.ts'
import { column } from '../reference/support.ts'

const schema = {
	columns: [column('i', int(64)), column('d', decimal(10, 2)), column('f', float(64)), column('s', text())],
	open: false,
}
const row = (i: bigint, f: number, s: string | null): Row => ({ i, d: makeDecimal(i * 100n, 2), f, s })

describe('bags of rows', () => {
	it('are equal in any order', () => {
		const rows = fc.array(fc.tuple(fc.bigInt(0n, 9n), fc.double({ noNaN: true }), fc.string()), { maxLength: 20 })
		fc.assert(
			fc.property(rows, fc.infiniteStream(fc.nat()), (given, ranks) => {
				const left = given.map(([i, f, s]) => row(i, f, s))
				const right = left
					.map((one) => ({ one, rank: ranks.next().value ?? 0 }))
					.toSorted((a, b) => a.rank - b.rank)
					.map(({ one }) => one)
				expect(compareTables(left, right, schema).equal).toBe(true)
			}),
		)
	})
	it('are different when a row is there once more', () => {
		const one = row(1n, 0, 'a')
		expect(compareTables([one, one], [one], schema)).toMatchObject({ equal: false, missing: 1, extra: 0 })
	})
	it('tell null from the empty text', () => {
		expect(compareTables([row(1n, 0, null)], [row(1n, 0, '')], schema).equal).toBe(false)
	})
	it('have a tolerance for floats only', () => {
		expect(compareTables([row(1n, 0.1 + 0.2, 'a')], [row(1n, 0.3, 'a')], schema).equal).toBe(true)
		expect(compareTables([row(1n, 1, 'a')], [row(1n, 1.001, 'a')], schema).equal).toBe(false)
	})
	it('compare decimals by value and timestamps to the microsecond', () => {
		const other = { columns: [column('d', decimal(10, 3)), column('t', timestamp())], open: false }
		const at = (d: bigint, scale: number, micros: bigint): Row => ({
			d: makeDecimal(d, scale),
			t: makeTimestamp(micros),
		})
		expect(compareTables([at(150n, 2, 1n)], [at(1500n, 3, 1n)], other).equal).toBe(true)
		expect(compareTables([at(150n, 2, 1n)], [at(150n, 2, 2n)], other).equal).toBe(false)
	})
	it('show a changed value as row and column', () => {
		expect(compareTables([row(1n, 1, 'a')], [row(1n, 1, 'b')], schema).samples).toEqual([
			{
				kind: 'changed',
				row: { i: 1, d: '1.00', f: 1, s: 'a' },
				columns: [{ name: 's', expected: 'a', actual: 'b' }],
			},
		])
	})
	it('compare place by place where an order is promised; rows that tie come in any turn', () => {
		const [a, b, c] = [row(1n, 0, 'a'), row(2n, 0, 'b'), row(2n, 0, 'c')]
		const order = [0, 1, 1]
		expect(compareTables([a, b, c], [a, c, b], schema, { order })).toMatchObject({ equal: true, misplaced: 0 })
		expect(compareTables([a, b, c], [b, a, c], schema, { order })).toMatchObject({
			equal: false,
			missing: 0,
			misplaced: 2,
		})
	})
})
