import { describe, expect, it } from 'vitest'
import { countingRange, mayOverflow, rowNumbers } from '#importers/datastage/wide-arithmetic.ts'
import { lowerParallel } from '#languages/datastage-parallel/lower.ts'
import type { Column } from '#model/types.ts'
import { date, decimal, int, text } from '#model/types.ts'
import { column } from '../../support/model-builder.ts'

const columns = new Map<string, Column>([
	['L.SMALL', column('SMALL', int(16))],
	['L.A', column('A', int(32))],
	['L.B', column('B', int(32))],
	['L.BIG', column('BIG', int(64))],
	['L.D', column('D', decimal(9, 2))],
	['L.T', column('T', text(20))],
	['L.WHEN', column('WHEN', date)],
	['@INROWNUM', column('ROWS', int(64))],
])
const overflows = (written: string): boolean =>
	mayOverflow(
		lowerParallel(written, { columns, parameters: new Map() }, {}).expression,
		new Map([['ROWS', rowNumbers]]),
	)

describe('whole numbers that may not fit', () => {
	it.each(['L.A + L.B', 'L.A * L.B * 100', 'L.A + 1', '0 - L.A', 'L.BIG + 1', 'If L.T = "x" Then L.A + 1 Else 0'])(
		'%s',
		(written) => expect(overflows(written)).toBe(true),
	)
	it.each([
		'L.SMALL + L.SMALL',
		'L.SMALL * 1000',
		'1 + 2',
		'Len(L.T) - 4',
		'(@INROWNUM - 1) * 4 + 1',
		'YearFromDate(L.WHEN) * 100 + MonthFromDate(L.WHEN)',
		'L.D + 1',
		'L.A',
		'L.BIG + 0',
		'Mod(L.A, 12) + 1',
		'(If L.T = "x" Then 1 Else 2) + L.SMALL',
	])('not in %s', (written) => expect(overflows(written)).toBe(false))
})

describe('variables that only count', () => {
	const start = { kind: 'literal', value: 0n, type: int(32) } as const
	const range = (written: string) =>
		countingRange('A', lowerParallel(written, { columns, parameters: new Map() }, {}).expression, start)
	it.each(['L.A + 1', 'If L.T = "x" Then 1 Else L.A + 1', 'NullToZero(L.A) + 1', 'If L.B > 5 Then L.A Else L.A - 1'])(
		'%s',
		(written) => expect(range(written)).toMatchObject({ bits: 32 }),
	)
	it.each(['L.A + 2', 'L.A + L.A', 'L.B + 1', 'If L.T = "x" Then L.B Else L.A + 1', 'L.A * 1', 'L.D + 1'])(
		'not %s',
		(written) => expect(range(written)).toBeUndefined(),
	)
})
