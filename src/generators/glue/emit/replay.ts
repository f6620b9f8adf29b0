import { pysparkValue } from '#languages/pyspark.ts'
import { atom, binary, pyString } from '#languages/python.ts'
import { orderTexts } from '../plan/row-order.ts'
import { list, reference, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** Rows up to and with one that releases are a stretch; the last row of a stretch says what its rows get. */
export const replay: Emitter<'replay'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	context.needs('from pyspark.sql import Window')
	const order = list(orderTexts(input.order))
	const all = context.fresh(`${name}_window`)
	const stretch = context.fresh(`${name}_stretch`)
	const whole = `${stretch}.rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)`
	const times = pysparkValue(operator.times.expression, context.scope)
	const releases = binary('>', times, atom('0')).code
	const message = pyString(context.message(operator, 'other rows are asked for than are held'))
	const latest = operator.latest.map(
		(column) => `withColumn(${pyString(column)}, F.last(${pyString(reference(column))}).over(${whole}))`,
	)
	context.give(operator, 'out', { name, order: context.carries(operator) ? input.order : [], isSorted: false })
	return [
		`${all} = Window.orderBy(${order})`,
		`${stretch} = Window.partitionBy("_stretch").orderBy(${order})`,
		assign(name, input.name, [
			`withColumn("_times", F.when(${releases}, ${times.code}))`,
			`withColumn("_stretch", F.count("_times").over(${all}.rowsBetween(Window.unboundedPreceding, -1)))`,
			`withColumn("_times", F.last("_times").over(${whole}))`,
			'filter("_times is not null")',
			`withColumn("_failed", F.col("_times") != F.count("*").over(${whole}))`,
			...latest,
			`withColumn(${pyString(operator.column.name)}, F.row_number().over(${stretch}).cast(${pyString(typeText(operator.column.type))}))`,
		]),
		`${name} = ${context.use('ensure')}(${name}, F.col("_failed"), ${message}).drop("_failed", "_times", "_stretch")`,
	]
}
