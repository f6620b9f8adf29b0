/** The order of a frame's rows, as the text of what a window or sort takes. */
import type { Py } from '#languages/python.ts'
import { atom, fn, pyString } from '#languages/python.ts'
import { foldedColumn } from '#languages/shared/folding.ts'
import type { KeyColumn } from '#model/operator-base.ts'
import type { SortKey } from '#model/operators.ts'
import { column, reference } from '../emit/columns.ts'

/** Columns that hold what orders rows begin like this; no column of an export is called so. */
export const hidden = '_order'

/** Sort keys, from the most significant. Hidden columns are among them. */
export type RowOrder = readonly SortKey[]

export const byHidden = (name: string): SortKey => ({
	column: name,
	direction: 'ascending',
	nulls: 'first',
	collation: 'binary',
})

/** Arguments of `orderBy`; `reversed` puts the last row first. */
export function orderTexts(order: RowOrder, reversed = false): readonly Py[] {
	return distinctKeys(order).map((key) => {
		const descending = (key.direction === 'descending') !== reversed
		const nullsFirst = (key.nulls === 'first') !== reversed
		const target =
			key.collation === 'binary'
				? atom(pyString(reference(key.column)))
				: foldedColumn(column(key.column), key.collation)
		if (!descending && nullsFirst && key.column.startsWith(hidden)) return target
		return fn(`${descending ? 'desc' : 'asc'}_nulls_${nullsFirst ? 'first' : 'last'}`, target)
	})
}

/** The order within rows that share those keys: a key itself tells none of them from another. */
export function orderWithin(keys: readonly KeyColumn[], order: RowOrder): RowOrder {
	const fixed = new Set(keys.filter(({ collation }) => collation === 'binary').map(({ column }) => column))
	const rest = order.filter((key) => !fixed.has(key.column))
	return rest.length === 0 ? order : rest
}

/** Sorts after sorts name a column again, which then tells nothing more. */
function distinctKeys(order: RowOrder): RowOrder {
	const told = new Set<string>()
	return order.filter(({ column: name, collation }) => {
		const isNew = !told.has(name)
		if (collation === 'binary') told.add(name)
		return isNew
	})
}
