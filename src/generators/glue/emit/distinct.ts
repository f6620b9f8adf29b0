import { pyString } from '#languages/python.ts'
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
	const windowed = `${window} = Window.partitionBy(${keys}).orderBy(${order})`
	const ranked = `withColumn("_rank", F.row_number().over(${window}))`
	if (operator.onDuplicates === undefined)
		return [windowed, assign(name, input.name, [ranked, 'filter(F.col("_rank") == 1)', 'drop("_rank")'])]
	const message = pyString(context.message(operator, 'two rows have the same key'))
	return [
		windowed,
		assign(name, input.name, [ranked]),
		`${name} = ${context.use('ensure')}(${name}, F.col("_rank") > 1, ${message}).drop("_rank")`,
	]
}
