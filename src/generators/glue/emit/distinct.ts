import { orderTexts, orderWithin } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

/** The first or last row of each key, in the order of arrival. */
export const distinct: Emitter<'distinct'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const window = context.fresh(`${name}_window`)
	context.needs('from pyspark.sql import Window')
	const keys = list(operator.keys.map(({ column, collation }) => keyText(column, collation)))
	const order = list(orderTexts(orderWithin(operator.keys, input.order), operator.keep === 'last'))
	context.give(operator, 'out', { name, order: context.carries(operator) ? input.order : [], isSorted: false })
	return [
		`${window} = Window.partitionBy(${keys}).orderBy(${order})`,
		assign(name, input.name, [
			`withColumn("_rank", F.row_number().over(${window}))`,
			'filter(F.col("_rank") == 1)',
			'drop("_rank")',
		]),
	]
}
