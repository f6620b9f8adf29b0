import { pyString } from '#languages/python.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { orderTexts } from '../plan/row-order.ts'
import { list, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

/** Compares the key of a row with that of the next in the order of arrival; the very last row has no next. */
export const lookAhead: Emitter<'look-ahead'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const order: RowOrder = input.order
	context.needs('from pyspark.sql import Window')
	const window = context.fresh(`${name}_window`)
	const own = `F.struct(${list(operator.keys.map(({ column, collation }) => keyText(column, collation)))})`
	const next = operator.keys.length === 0 ? `F.lead(F.lit(1)).over(${window})` : `F.lead(${own}).over(${window})`
	const goesOn = operator.keys.length === 0 ? `${next}.isNotNull()` : `${own}.eqNullSafe(${next})`
	const value = `F.when(${goesOn}, 0).otherwise(1).cast(${pyString(typeText(operator.column.type))})`
	context.give(operator, 'out', { ...input, name, isSorted: false })
	return [
		`${window} = Window.orderBy(${list(orderTexts(order))})`,
		assign(name, input.name, [`withColumn(${pyString(operator.column.name)}, ${value})`]),
	]
}
