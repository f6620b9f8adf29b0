import { describe, expect, it } from 'vitest'
import { valueText } from '#model/json-values.ts'
import type { Change } from '#model/places.ts'
import type { Row } from '#model/values.ts'
import { changeTable, settledRows } from '#reference/table-state.ts'

const row = (K: bigint | null, V: string): Row => ({ K, V })
const table: readonly Row[] = [
	{ K: 1n, V: 'old', W: 'kept' },
	{ K: 2n, V: 'old', W: 'kept' },
	{ K: null, V: 'old', W: 'kept' },
]
const rows = [row(2n, 'first'), row(3n, 'first'), row(null, 'none'), row(2n, 'last'), row(3n, 'last')]
const tableAfter = (mode: Change['mode']) =>
	changeTable(table, rows, { mode, keys: ['K'] }).map(({ K = null, V = null, W = '-' }) =>
		[K, V, W ?? '-'].map(valueText).join(' '),
	)

describe('a table whose rows are found by key', () => {
	it('updates what it finds, and no more; other columns stay', () =>
		expect(tableAfter('update')).toEqual(['1 old kept', '2 last kept', 'null old kept']))

	it('deletes what it finds; a null key finds nothing', () =>
		expect(tableAfter('delete')).toEqual(['1 old kept', 'null old kept']))

	it.each(['update-insert', 'insert-update'] as const)('%s: changes or adds, the last row of a key counts', (mode) =>
		expect(tableAfter(mode)).toEqual(['1 old kept', '2 last kept', 'null old kept', 'null none -', '3 last -']),
	)

	it('deletes, then inserts: nothing of the old row stays', () =>
		expect(tableAfter('delete-insert')).toEqual(['1 old kept', 'null old kept', 'null none -', '2 last -', '3 last -']))

	it('inserts new rows only, the first of each key', () =>
		expect(tableAfter('insert-new')).toEqual(['1 old kept', '2 old kept', 'null old kept', '3 first -', 'null none -']))
})

it('settles rows to one for each key; null keys stay where rows are inserted', () => {
	const keys = ['K']
	expect(settledRows(rows, { mode: 'update', keys })).toEqual([row(2n, 'last'), row(3n, 'last')])
	expect(settledRows(rows, { mode: 'insert-new', keys })).toEqual([
		row(2n, 'first'),
		row(3n, 'first'),
		row(null, 'none'),
	])
})
