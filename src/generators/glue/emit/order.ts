/** Keeping the columns that order a frame's rows when an operator selects others. */
import type { ProjectColumn } from '#model/operators.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { hidden } from '../plan/row-order.ts'

export interface CarriedOrder {
	readonly order: RowOrder
	/** Columns to keep under a hidden name: `[hidden name, column]`; equal when the column is hidden already. */
	readonly copies: readonly (readonly [string, string])[]
}

/**
 * The order behind a projection. `outputs`: what it derives. `passes`: is the input's column of that name still there, unchanged?
 */
export function carryOrder(
	order: RowOrder,
	outputs: readonly ProjectColumn[],
	passes: (name: string) => boolean,
): CarriedOrder {
	const copies: (readonly [string, string])[] = []
	const carried = order.map((key) => {
		if (passes(key.column)) return key
		const renamed = outputs.find(
			({ value }) => value.expression.kind === 'column' && value.expression.name === key.column,
		)
		if (renamed !== undefined && isPlain(renamed)) return { ...key, column: renamed.name }
		const copy = key.column.startsWith(hidden) ? key.column : `${hidden}_${key.column}`
		if (!copies.some(([name]) => name === copy)) copies.push([copy, key.column])
		return { ...key, column: copy }
	})
	return { order: carried, copies }
}

/** Does the derived column always equal the one that it names? */
function isPlain({ value, type, onNull }: ProjectColumn): boolean {
	const { expression } = value
	if (expression.kind !== 'column' || onNull.kind === 'default') return false
	return (
		type.kind !== 'string' ||
		expression.type.kind !== 'string' ||
		(type.length ?? Infinity) >= (expression.type.length ?? Infinity)
	)
}
