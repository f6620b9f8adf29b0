/** Operators that make other rows of the rows they get: columns of rows, rows of columns, a part of the rows, rows of nothing. */
import type { KeyColumn, OperatorBase } from './operator-base.ts'
import type { Column } from './types.ts'
import type { Value } from './values.ts'

/** What a pivoted column holds. */
export type PivotTake =
	/** The value of a group's first row, in arrival order. */
	| { readonly kind: 'first'; readonly column: string }
	/** The value of the row that stands at that place in its group, from 0; null where there is none. */
	| { readonly kind: 'place'; readonly column: string; readonly place: number }
	/** The value of the row whose pivot key has that value; null where there is none. */
	| { readonly kind: 'value'; readonly column: string; readonly value: Value }

/** How a row finds its columns when they go by value. */
export interface PivotKey extends KeyColumn {
	/** A row whose key no column names, or whose key is null. Two rows of a group with the same key always end the run. */
	readonly onUnknown: 'fail' | 'drop'
}

/** Makes one row of the rows of a group. Ports: `in` → `out`. */
export interface PivotOperator extends OperatorBase {
	readonly kind: 'pivot'
	readonly keys: readonly KeyColumn[]
	/** `all`: the rows of a key are one group. `runs`: a group ends where the next row in arrival order has another key. */
	readonly grouping: 'all' | 'runs'
	/** There when a column goes by value. */
	readonly pivotKey?: PivotKey
	readonly columns: readonly (Column & { readonly take: PivotTake })[]
}

/** One of the rows that an input row becomes. */
export interface UnpivotedRow {
	/** For each made column, in order, the input column that feeds it; null: nothing does, the value is null. */
	readonly from: readonly (string | null)[]
	/** Value of the key column on this row. */
	readonly key: Value
}

/** Makes several rows of each row. Ports: `in` → `out`: the columns that pass, the made columns, the key column, the index. */
export interface UnpivotOperator extends OperatorBase {
	readonly kind: 'unpivot'
	readonly passes: readonly string[]
	readonly made: readonly Column[]
	readonly key?: Column
	/** Name of an int32 column that numbers the rows of an input row from 0. */
	readonly index?: string
	readonly rows: readonly UnpivotedRow[]
	/**
	 * A row whose made values are all null. `keep`: it is there. `skip`: it is not, but of an input row that would leave none,
	 * the first stays, without key.
	 */
	readonly nulls: 'keep' | 'skip'
}

/** Which rows a sample takes. Random ones follow from seed and arrival order alone, so that a run can be repeated. */
export type SampleHow =
	/** Of the rows behind the first `skip` every `period`th (1 when absent), the first included; at most `rows`. */
	| { readonly how: 'head'; readonly skip: number; readonly period?: number; readonly rows?: number }
	/** The last rows. */
	| { readonly how: 'tail'; readonly rows: number }
	/** A random share for each port, in hundredths; together at most 100. */
	| { readonly how: 'percent'; readonly seed: number; readonly shares: readonly SampleShare[] }
	/** That many random rows, all when there are fewer. */
	| { readonly how: 'rows'; readonly seed: number; readonly rows: number }

export interface SampleShare {
	readonly port: string
	readonly percent: number
}

/**
 * Some of the rows, in arrival order. Ports: `in` → `out` (`percent`: the ports of its shares), and `rest`, the rows that no
 * other port took.
 */
export type SampleOperator = OperatorBase & { readonly kind: 'sample' } & SampleHow

/** How the values of a generated column follow each other; n = number of the row, from 0. */
export type Generator =
	/** The n-th of the values, and from the first again. */
	| { readonly kind: 'list'; readonly values: readonly Value[] }
	/**
	 * `start + step × (n mod period)`; without period it never begins again. In units of the last digit: 1 for integers and floats,
	 * that of the scale for decimals, days for dates, microseconds for times and timestamps.
	 */
	| { readonly kind: 'series'; readonly start: bigint; readonly step: bigint; readonly period?: bigint }
	/** The n-th of these characters, and from the first again, `length` times. */
	| { readonly kind: 'repeat'; readonly characters: string; readonly length: number }

/**
 * Makes columns out of nothing: with an input `in`, for each of its rows in arrival order; without one, for `rows` rows.
 * Ports: → `out`, the input's columns (less those of the same name) and the made ones.
 */
export interface GenerateOperator extends OperatorBase {
	readonly kind: 'generate'
	/** How many, or the parameter whose text is that whole number. Absent: one for each input row. */
	readonly rows?: number | { readonly parameter: string }
	readonly columns: readonly (Column & { readonly generator: Generator })[]
}
