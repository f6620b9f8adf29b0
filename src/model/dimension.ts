/** An operator that keeps a dimension up to date, row after row. */
import type { KeyPair, OperatorBase } from './operator-base.ts'
import type { Column } from './types.ts'

/** What a row of the dimension gets when it begins. */
export type DimensionValue =
	| { readonly kind: 'column'; readonly column: string }
	/** The column, which holds the greatest key before the run, and the number of rows that have begun in it. */
	| { readonly kind: 'next-key'; readonly above: string }
	/** What the row before of the same key has in the column of that name of the dimension; the input's column where there is none. */
	| { readonly kind: 'previous'; readonly of: string; readonly otherwise: string }

/** A column of the dimension: the rows at `dimension` have it, and those that leave by `changes`. */
export interface DimensionColumn extends Column {
	/**
	 * What happens where the input differs. `kept`: nothing, it stays as the row began. `overwritten`: the row takes the value.
	 * `versioned`: the row ends and another begins. The latter two take their values from a column of the input.
	 */
	readonly role: 'kept' | 'overwritten' | 'versioned'
	readonly value: DimensionValue
	/** The column of the input that it takes when the row ends; absent: it keeps its value then. */
	readonly ended?: string
}

/**
 * Compares each row with the current row of its key in a dimension, and tells what becomes of the dimension. Ports: `in`,
 * `dimension` → `out`, `changes`. Rows of `in` come in arrival order, and meet what the ones before have made of the dimension; of
 * several rows of a key at `dimension` the first counts. `out` gives every row, with what the dimension then says; `changes` gives
 * each row of the dimension that begins, ends or takes other values, one that ends before the one that takes its place. Nulls are
 * equal where values are compared.
 */
export interface MaintainDimensionOperator extends OperatorBase {
	readonly kind: 'maintain-dimension'
	/** In pairs, left = input. A null in a key meets no row, so that one begins. */
	readonly keys: readonly KeyPair[]
	readonly columns: readonly DimensionColumn[]
	/** Columns of the dimension that `out` adds. */
	readonly take: readonly { readonly name: string; readonly column: string }[]
	/** Added to `out`: how many rows have begun up to there, a 64-bit number. */
	readonly begun?: string
}

/** The column of the input that a column of the dimension is compared with; after each row the dimension has its value. */
export const comparedWith = ({ role, value }: DimensionColumn): string | undefined =>
	role !== 'kept' && value.kind === 'column' ? value.column : undefined

/** The pairs of columns that are compared, left = input. */
export const comparedPairs = (
	columns: readonly DimensionColumn[],
	role?: DimensionColumn['role'],
): readonly KeyPair[] =>
	columns.flatMap((one) => {
		const left = comparedWith(one)
		const isMeant = role === undefined || one.role === role
		return left === undefined || !isMeant ? [] : [{ left, right: one.name, collation: 'binary' }]
	})

/** The column of the input behind a value. */
export function columnBehind(value: DimensionValue): string {
	if (value.kind === 'column') return value.column
	return value.kind === 'next-key' ? value.above : value.otherwise
}
