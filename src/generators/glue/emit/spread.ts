import { fn, method, pyString } from '#languages/python.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { byHidden, hidden } from '../plan/row-order.ts'
import { column, named, reference } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { carryOrder } from './order.ts'

const item = '_record'

/** A row of each struct of an array. */
export const spread: Emitter<'spread'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const carries = context.carries(operator)
	const passes = (one: string): boolean => operator.passes.includes(one)
	const carried = carries ? carryOrder(input.order, [], passes) : { order: [], copies: [] }
	const last = `${hidden}_record_${name}`
	const order: RowOrder = carries ? [...carried.order, byHidden(last)] : []
	const rows = pyString(reference(operator.from))
	const exploded = carries
		? `F.posexplode(${rows}).alias(${pyString(last)}, ${pyString(item)})`
		: `F.explode(${rows}).alias(${pyString(item)})`
	const fields = operator.fields.map(
		(field) => method(fn('col', `${item}.${reference(field.name)}`), 'alias', field.name).code,
	)
	context.give(operator, 'out', { name, order, isSorted: false })
	return assign(name, input.name, [
		`select("*", ${exploded})`,
		`select(${[
			...operator.passes.map((one) => named(column(one), one)),
			...fields,
			...carried.copies.map(([copy, from]) => named(column(from), copy)),
			...(carries ? [pyString(last)] : []),
		].join(', ')})`,
	])
}
