/** Operators that compare two states of the same rows. */
import type { KeyPair, OperatorBase, TakenColumn } from './operator-base.ts'
import type { Column } from './types.ts'
import type { Value } from './values.ts'

/** What became of a row between before and after. */
export type Change = 'copy' | 'insert' | 'delete' | 'edit'

export type ChangeCodes = Readonly<Record<Change, bigint>>

/** What a column of captured changes holds. */
export type ChangeTake =
	/** The code of the change. */
	| { readonly kind: 'code' }
	/** The value after, for a deleted row the value before. */
	| { readonly kind: 'current'; readonly before: string; readonly after: string }
	/** The value of one side; `whenMissing` where that side has no row. */
	| { readonly kind: 'before' | 'after'; readonly column: string; readonly whenMissing: Value }

/**
 * Tells what changed between two sets of rows. Ports: `before`, `after` → `out`. Rows pair by key, nulls equal; of rows that
 * share a key the first pairs with the first and so on, in arrival order. In pairs of keys and values, left = before.
 */
export interface ChangeCaptureOperator extends OperatorBase {
	readonly kind: 'change-capture'
	readonly keys: readonly KeyPair[]
	/** A pair whose values differ is an edit, any other a copy. */
	readonly values: readonly KeyPair[]
	readonly columns: readonly (Column & { readonly take: ChangeTake })[]
	readonly codes: ChangeCodes
	/** Other changes leave no row. */
	readonly keeps: readonly Change[]
}

/**
 * Applies captured changes to the rows before. Ports: `before`, `changes` → `out`. Rows pair as for capturing. Without a change a
 * row stays; an insert adds its row beside any of its key; an edit replaces; a copy changes nothing; a delete removes, unless the
 * values differ. Changes that meet no row add theirs, deletes apart. In pairs, left = before.
 */
export interface ChangeApplyOperator extends OperatorBase {
	readonly kind: 'change-apply'
	readonly keys: readonly KeyPair[]
	/** Columns of the changes with the code; a code that is none of `codes` ends the run. */
	readonly code: string
	readonly codes: ChangeCodes
	/** What a delete compares; empty: it removes whatever has its key. */
	readonly deleteValues: readonly KeyPair[]
	readonly columns: readonly (Column & { readonly before: string; readonly change: string })[]
}

/** A boolean column: is there a version, and do any of these attributes differ from it? In pairs, left = input; nulls are equal. */
export interface AttributeChange {
	readonly name: string
	readonly values: readonly KeyPair[]
}

/**
 * Compares rows with the current versions of a slowly changing dimension. Ports: `in`, `dimension` → `out`: every input row, with
 * what its version says and what differs; what is then done with the row is up to the operators behind. Every row meets the
 * dimension as it arrived; of several versions of a key the first counts. In pairs, left = input.
 */
export interface SlowlyChangingOperator extends OperatorBase {
	readonly kind: 'slowly-changing'
	/** The business key. A null in it meets no version. */
	readonly keys: readonly KeyPair[]
	/** Name of the boolean column that tells whether there is a version. */
	readonly found: string
	/** Added behind `found`, each in turn: one for attributes that overwrite, one for those that make a new version, … */
	readonly changes: readonly AttributeChange[]
	/** Columns of the version (side `right`), added last. */
	readonly take: readonly TakenColumn[]
}
