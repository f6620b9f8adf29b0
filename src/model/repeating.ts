/** Operators that give rows more than once, or know the row that follows. */
import type { SourcedExpression } from './expressions.ts'
import type { KeyColumn, OperatorBase } from './operator-base.ts'
import type { Column } from './types.ts'

/** Gives each row again and again while the number of the pass is within a bound; not at all where that is null. Ports: `in` → `out`. */
export interface RepeatOperator extends OperatorBase {
	readonly kind: 'repeat'
	readonly times: SourcedExpression
	/** Is the pass whose number equals the bound the last, or the one before it? */
	readonly inclusive: boolean
	/** Added: the number of the pass, from 1. */
	readonly column: Column
}

/**
 * Adds 1 to the last row of each run of equal keys in arrival order and 0 to the others; without keys, 1 to the last row of all.
 * Ports: `in` → `out`.
 */
export interface LookAheadOperator extends OperatorBase {
	readonly kind: 'look-ahead'
	readonly keys: readonly KeyColumn[]
	readonly column: Column
}

/**
 * Holds rows back in arrival order until one says how many it releases, itself included: all that are held, or the run fails.
 * A released row keeps its own columns except `latest`, which take the values of the row that released it. Rows that are
 * still held at the end are gone. Ports: `in` → `out`.
 */
export interface ReplayOperator extends OperatorBase {
	readonly kind: 'replay'
	/** Null or not positive: the row is held. */
	readonly times: SourcedExpression
	readonly latest: readonly string[]
	/** Added: the number of the released row, from 1. */
	readonly column: Column
}
