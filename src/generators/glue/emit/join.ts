import { method, pyString } from '#languages/python.ts'
import type { JoinOperator } from '#model/operators.ts'
import { hidden } from '../plan/row-order.ts'
import { selected, sideColumn } from './columns.ts'
import type { Emitter, Frame } from './context.ts'
import { assign } from './context.ts'
import { keyCondition, takenText } from './keys.ts'

const mark = '_there'

/** Rows of two inputs by key. A side without a row is told by a mark of its own, never by a null in its data. */
export const join: Emitter<'join'> = (operator, context) => {
	const [left, right] = [context.input(operator, 'left'), context.input(operator, 'right')]
	const columns = operator.columns.map((taken) => {
		const value = takenText(taken, context.link(operator, taken.side).schema, mark)
		const isSame = taken.whenMissing === null && taken.column === taken.name
		return isSame ? selected(value) : method(value, 'alias', taken.name).code
	})
	const order = context.carries(operator) ? joinedOrder(left, right) : []
	const orders = order.map(({ copy, side, from }) => method(sideColumn(side, from), 'alias', copy.column).code)
	const name = context.variable(operator, 'out')
	context.give(operator, 'out', { name, order: order.map(({ copy }) => copy), isSorted: false })
	return assign(name, side(operator, left, 'left'), [
		`join(${side(operator, right, 'right')}, ${keyCondition(operator.keys, operator.nullsEqual).code}, ${pyString(operator.how)})`,
		`select(${[...columns, ...orders].join(', ')})`,
	])
}

function side(operator: JoinOperator, frame: Frame, which: 'left' | 'right'): string {
	const needsMark = operator.columns.some((taken) => taken.side === which && taken.whenMissing !== null)
	const marked = needsMark ? `.withColumn("${mark}", F.lit(True))` : ''
	return `${frame.name}${marked}.alias("${which}")`
}

/** Left rows in their order, for each its right rows; right rows alone come last. */
function joinedOrder(left: Frame, right: Frame) {
	const copies = (frame: Frame, which: 'left' | 'right') =>
		frame.order.map((key, index) => ({
			side: which,
			from: key.column,
			copy: { ...key, column: `${hidden}_${which}_${index}`, nulls: 'last' as const },
		}))
	return [...copies(left, 'left'), ...copies(right, 'right')]
}
