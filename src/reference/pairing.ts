/** Rows of two sides by key, the first of a key with the first and so on: how change stages read their sorted inputs. */
import type { KeyPair } from '#model/operator-base.ts'
import type { SortKey } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import { compareRows, keyText, rowKey } from './keys.ts'
import { sideKeys } from './matching.ts'

export interface RowPair {
	readonly left: Row | undefined
	readonly right: Row | undefined
}

/** Pairs in the order of their keys, nulls first, then in that of the rows of a key. */
export function pairRows(left: readonly Row[], right: readonly Row[], keys: readonly KeyPair[]): readonly RowPair[] {
	const waiting = new Map<string, Row[]>()
	for (const row of right) {
		const key = rowKey(row, sideKeys(keys, 'right'))
		const rows = waiting.get(key)
		if (rows === undefined) waiting.set(key, [row])
		else rows.push(row)
	}
	const pairs = left.map((row): RowPair => {
		const partner = waiting.get(rowKey(row, sideKeys(keys, 'left')))?.shift()
		return { left: row, right: partner }
	})
	const rest = new Set([...waiting.values()].flat())
	const alone = right.filter((row) => rest.has(row)).map((row): RowPair => ({ left: undefined, right: row }))
	const order = keys.map(
		(_pair, index): SortKey => ({
			column: String(index),
			direction: 'ascending',
			nulls: 'first',
			collation: 'binary',
		}),
	)
	return [...pairs, ...alone]
		.map((pair) => ({ pair, key: keyRow(pair, keys) }))
		.toSorted((one, other) => compareRows(one.key, other.key, order))
		.map(({ pair }) => pair)
}

/** The key of a pair as a row: that of the right side where it is there. */
const keyRow = ({ left, right }: RowPair, keys: readonly KeyPair[]): Row =>
	Object.fromEntries(keys.map((key, index) => [String(index), right?.[key.right] ?? left?.[key.left] ?? null]))

/** Are the values equal, nulls too? */
export const sameValues = (left: Row, right: Row, values: readonly KeyPair[]): boolean =>
	values.every(
		(pair) => keyText(left[pair.left] ?? null, pair.collation) === keyText(right[pair.right] ?? null, pair.collation),
	)
