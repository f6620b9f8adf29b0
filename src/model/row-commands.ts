/** Statements that a database runs for single rows, while the rows pass. */
import type { SourcedExpression } from './expressions.ts'
import type { OperatorBase } from './operator-base.ts'
import type { DataType } from './types.ts'

/** What a `?` marker of the statement is for: it takes the value of a column, gives one, or does both. */
export type CommandParameter =
	| { readonly kind: 'takes'; readonly column: string }
	| { readonly kind: 'gives'; readonly column: string; readonly type: DataType }
	| { readonly kind: 'both'; readonly column: string; readonly type: DataType }

/**
 * Runs a statement for each row, one after the other as they arrive, and puts what it gives back into the row. What else it does
 * is the database's own affair. Ports: `in` → `out`: the rows, with the columns of parameters that give added or replaced.
 */
export interface CommandOperator extends OperatorBase {
	readonly kind: 'command'
	readonly connection: string
	readonly sql: SourcedExpression
	/** One for each marker, in order. */
	readonly parameters: readonly CommandParameter[]
}

/** The column whose value a marker takes, if it takes one. */
export const takenBy = (parameter: CommandParameter): string | undefined =>
	parameter.kind === 'gives' ? undefined : parameter.column

/** Columns that get a value, in the order of the markers. */
export const givenBy = ({
	parameters,
}: CommandOperator): readonly { readonly column: string; readonly type: DataType }[] =>
	parameters.flatMap((one) => (one.kind === 'takes' ? [] : [one]))
