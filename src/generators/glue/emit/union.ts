import { atom, fn, lit, method, pyString } from '#languages/python.ts'
import type { UnionOperator } from '#model/operators.ts'
import { findColumn } from '#model/types.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { column, list, named, typeText } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'

/** Rows of several inputs, matched column by column as the source states, not by name. */
export const union: Emitter<'union'> = (operator, context) => {
	const name = context.variable(operator, 'out')
	const carries = context.carries(operator)
	const inputs = Array.from({ length: operator.inputs }, (_none, index) => oneInput(operator, index, carries, context))
	const [first, ...others] = inputs
	const inOrder = [`${hidden}_input`, hidden].map(byHidden)
	const order = !carries ? [] : operator.how === 'sorted' ? [...operator.keys, ...inOrder] : inOrder
	context.give(operator, 'out', { name, order, isSorted: false })
	return assign(
		name,
		first ?? '',
		others.map((other) => `union(${other})`),
	)
}

function oneInput(operator: UnionOperator, index: number, carries: boolean, context: FlowContext): string {
	const frame = context.input(operator, `in${index}`)
	const { schema } = context.link(operator, `in${index}`)
	const items = operator.columns.map(({ column: target, from }) => {
		const source = from[index] ?? null
		const wanted = typeText(target.type)
		if (source === null) return method(method(fn('lit', atom('None')), 'cast', wanted), 'alias', target.name).code
		const type = findColumn(schema, source)?.type
		const value = column(source)
		return named(type === undefined || typeText(type) === wanted ? value : method(value, 'cast', wanted), target.name)
	})
	if (carries) {
		// Orders of different shape cannot stand in one column, so each input is numbered by its own.
		context.needs('from pyspark.sql import Window')
		const position = `F.row_number().over(Window.orderBy(${list(orderTexts(frame.order))})).alias(${pyString(hidden)})`
		items.push(method(lit(index), 'alias', `${hidden}_input`).code, position)
	}
	return `${frame.name}.select(${items.join(', ')})`
}
