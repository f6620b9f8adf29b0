import { orderTexts } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** The first rows in the order of arrival. */
export const sample: Emitter<'sample'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const calls = [
		`orderBy(${list(orderTexts(input.order))})`,
		...(operator.skip > 0 ? [`offset(${operator.skip})`] : []),
		...(operator.rows === undefined ? [] : [`limit(${operator.rows})`]),
	]
	context.give(operator, 'out', { ...input, name })
	return assign(name, input.name, calls)
}
