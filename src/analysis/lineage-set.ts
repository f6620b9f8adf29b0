/** Lineage of one column, and of all columns that leave a port. */

import type { SourcedExpression } from '#model/expressions.ts'
import type { AggregateFunction } from '#model/operators.ts'

export interface ColumnOrigin {
	/** Id of the read operator. */
	readonly operator: string
	readonly column: string
}

export type MadeWhat =
	| 'number'
	| 'key change'
	| 'error number'
	| 'generated value'
	| 'name of a column'
	| 'code of the change'
	| 'comparison with the dimension'
	| 'similarity'
	| 'count of a term'
	| 'number of the group'
	| 'script'
	| 'statement'

/** A change on the way. Renames and rows that merely pass are none. */
export interface ColumnStep {
	/** Id of the operator. */
	readonly operator: string
	/** The column's name behind the operator. */
	readonly column: string
	readonly how:
		| { readonly kind: 'expression'; readonly value: SourcedExpression }
		| { readonly kind: 'measure'; readonly function: AggregateFunction; readonly column?: string }
		/** A running number, a mark of the first row of a key, the number of an error: made by the operator itself. */
		| { readonly kind: 'made'; readonly what: MadeWhat }
		/** The value as it is, of one row among several: which. */
		| { readonly kind: 'chosen'; readonly which: string }
		/** The operator was not translated, so nobody can tell. */
		| { readonly kind: 'unknown' }
}

export interface Lineage {
	/** Each once, in order of first appearance. Empty for constants, parameters and what an operator makes. */
	readonly origins: readonly ColumnOrigin[]
	/** Each once, those nearer to the sources first. */
	readonly steps: readonly ColumnStep[]
}

export interface Known {
	readonly columns: ReadonlyMap<string, Lineage>
	/** Ids of the reads whose further columns travel along by name. */
	readonly open: readonly string[]
}

export const nothing: Known = { columns: new Map(), open: [] }
const empty: Lineage = { origins: [], steps: [] }

/** A column that no list names comes from the sources whose columns are not all known. */
export function lookUp(known: Known, column: string): Lineage {
	return (
		known.columns.get(column) ?? { origins: known.open.map((operator) => ({ operator, column })), steps: empty.steps }
	)
}

/** Value made of several columns. */
export function together(parts: readonly Lineage[]): Lineage {
	const [only] = parts
	if (only !== undefined && parts.length === 1) return only
	return {
		origins: distinct(
			parts.flatMap(({ origins }) => origins),
			({ operator, column }) => `${operator}\n${column}`,
		),
		steps: distinct(
			parts.flatMap(({ steps }) => steps),
			({ operator, column }) => `${operator}\n${column}`,
		),
	}
}

/** The same lineage with one more step at its end. */
export function after(lineage: Lineage, step: ColumnStep): Lineage {
	return { origins: lineage.origins, steps: [...lineage.steps, step] }
}

function distinct<T>(items: readonly T[], name: (item: T) => string): readonly T[] {
	return [...new Map(items.toReversed().map((item) => [name(item), item])).values()].toReversed()
}
