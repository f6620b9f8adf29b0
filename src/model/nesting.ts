/** Operators that put rows into a column, and take them out of it again. */
import type { KeyColumn, OperatorBase } from './operator-base.ts'
import type { Column } from './types.ts'

/**
 * Makes one row of all rows of a key: they become the records of a vector, in the order in which they came.
 * Ports: `in` → `out`: the keys that leave as columns of their own (of several spellings the first), then the vector.
 */
export interface GatherOperator extends OperatorBase {
	readonly kind: 'gather'
	readonly keys: readonly KeyColumn[]
	readonly passes: readonly string[]
	/** The input columns that each record holds. */
	readonly fields: readonly Column[]
	/** Name of the vector. */
	readonly into: string
}

/**
 * Makes a row of each record of a vector; of an empty vector none.
 * Ports: `in` → `out`: the columns that pass, then the fields of the record.
 */
export interface SpreadOperator extends OperatorBase {
	readonly kind: 'spread'
	readonly from: string
	readonly passes: readonly string[]
	readonly fields: readonly Column[]
}
