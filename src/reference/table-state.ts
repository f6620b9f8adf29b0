/** What rows do to a table, one after the other: the meaning of keyed writes. */
import type { Change } from '#model/places.ts'
import { inserts } from '#model/places.ts'
import type { Row } from '#model/values.ts'
import type { KeyColumn } from './keys.ts'
import { hasNullKey, rowKey } from './keys.ts'

const columnsOf = (keys: readonly string[]): readonly KeyColumn[] =>
	keys.map((column) => ({ column, collation: 'binary' }))

/**
 * The rows that count: of several with one key the last, or the first where only new rows are inserted. A null key finds no row,
 * so such rows all count where rows are inserted, and none does where they are only changed.
 */
export function settledRows(rows: readonly Row[], change: Change): readonly Row[] {
	const columns = columnsOf(change.keys)
	const counts = new Map<string, Row>()
	for (const row of rows) {
		if (hasNullKey(row, columns)) continue
		const key = rowKey(row, columns)
		if (change.mode !== 'insert-new' || !counts.has(key)) counts.set(key, row)
	}
	return rows.filter((row) => (hasNullKey(row, columns) ? inserts(change) : counts.get(rowKey(row, columns)) === row))
}

/** The table after the change; columns that the new rows lack stay as they are, or are null. */
export function changeTable(table: readonly Row[], rows: readonly Row[], change: Change): readonly Row[] {
	const columns = columnsOf(change.keys)
	const settled = settledRows(rows, change)
	const found = new Map(
		settled.filter((row) => !hasNullKey(row, columns)).map((row) => [rowKey(row, columns), row] as const),
	)
	const partner = (row: Row): Row | undefined =>
		hasNullKey(row, columns) ? undefined : found.get(rowKey(row, columns))
	const there = new Set(table.map((row) => partner(row)))
	const fresh = settled.filter((row) => !there.has(row))
	switch (change.mode) {
		case 'update':
			return table.map((row) => ({ ...row, ...partner(row) }))
		case 'delete':
			return table.filter((row) => partner(row) === undefined)
		case 'update-insert':
		case 'insert-update':
			return [...table.map((row) => ({ ...row, ...partner(row) })), ...fresh]
		case 'delete-insert':
			return [...table.filter((row) => partner(row) === undefined), ...settled]
		case 'insert-new':
			return [...table, ...fresh]
	}
}
