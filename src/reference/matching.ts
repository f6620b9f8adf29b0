/** Finding rows by key without comparing each with each. */
import type { KeyPair } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { KeyColumn } from './keys.ts'
import { hasNullKey, rowKey } from './keys.ts'

export function sideKeys(keys: readonly KeyPair[], side: 'left' | 'right'): readonly KeyColumn[] {
	return keys.map((key) => ({ column: key[side], collation: key.collation }))
}

export interface RowIndex {
	/** Do two of the indexed rows have the same key? */
	hasDuplicates(): boolean
	/** Gives, for rows of the other side with these key columns, the indexed rows of equal key in their order. */
	finder(keys: readonly KeyColumn[]): (row: Row) => readonly Row[]
}

const nothing: readonly Row[] = []

/** `nullsEqual`: null keys match each other; otherwise a row with a null key matches nothing. */
export function indexRows(rows: readonly Row[], keys: readonly KeyColumn[], nullsEqual: boolean): RowIndex {
	const groups = new Map<string, Row[]>()
	for (const row of rows) {
		if (!nullsEqual && hasNullKey(row, keys)) continue
		const key = rowKey(row, keys)
		const group = groups.get(key)
		if (group === undefined) groups.set(key, [row])
		else group.push(row)
	}
	return {
		hasDuplicates: () => [...groups.values()].some((group) => group.length > 1),
		finder: (others) => (row) =>
			!nullsEqual && hasNullKey(row, others) ? nothing : (groups.get(rowKey(row, others)) ?? nothing),
	}
}
