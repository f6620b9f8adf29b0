import { hidden, orderTexts } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { Emitter } from './context.ts'

/** Gives a frame to a write function, in the order that the source promises. */
export const write: Emitter<'write'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const first = input.order[0]
	const isOrdered = first !== undefined && !first.column.startsWith(hidden) && !input.isSorted
	context.output(operator, isOrdered ? `${input.name}.orderBy(${list(orderTexts(input.order))})` : input.name)
	return []
}
