import { allOf, atom, binary, fn, method, pyString } from '#languages/python.ts'
import { orderTexts } from '../plan/row-order.ts'
import { column, list, named, sideColumn } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { similarities } from './similar.ts'

/** Pairs of similar rows, out of which each row gets the first row of its group. */
export const similarGroup: Emitter<'similar-group'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const numbered = context.fresh(`${name}_numbered`)
	const pairs = context.fresh(`${name}_pairs`)
	const joined = context.fresh(`${name}_joined`)
	context.needs('from pyspark.sql import Window')
	const { lines, whole, each, isMatch } = similarities(
		operator.similar.map((one) => ({ ...one, left: one.column, right: one.column })),
		operator.minimum,
		name,
		context,
	)
	const number = pyString(operator.number)
	const [left, right] = [sideColumn('left', operator.number), sideColumn('right', operator.number)]
	const equal = operator.equal.map((one) => method(sideColumn('left', one), 'eqNullSafe', sideColumn('right', one)))
	const isPair = allOf([binary('<', left, right), ...equal, isMatch]) ?? isMatch
	const scores = operator.similar.flatMap(({ similarity }, index) => {
		const own = each[index]
		return similarity === undefined || own === undefined ? [] : [{ name: similarity, own }]
	})
	const ofFirst = [
		method(column(operator.number), 'alias', '_first').code,
		...operator.leading.map((one) => method(column(one.column), 'alias', one.name).code),
	]
	const made = [
		method(left, 'alias', '_first').code,
		method(right, 'alias', '_later').code,
		method(whole, 'alias', '_pair_similarity').code,
		...scores.map((one) => method(one.own, 'alias', one.name).code),
	]
	const begins = (value: string): string =>
		method(fn('coalesce', column(value), atom('F.lit(1.0)')), 'cast', 'float').code
	context.give(operator, 'out', { ...input, name, isSorted: false })
	return [
		...lines,
		assign(numbered, input.name, [
			`withColumn(${number}, F.row_number().over(Window.orderBy(${list(orderTexts(input.order))})))`,
			'persist()',
		]),
		assign(pairs, `${numbered}.alias("left")`, [
			`join(${numbered}.alias("right"), ${isPair.code})`,
			`select(${made.join(', ')})`,
		]),
		`${joined} = ${context.use('to_most_similar')}(${pairs}, ${pyString(operator.name)})`,
		assign(name, numbered, [
			`join(${joined}, F.col("_later") == ${column(operator.number).code}, "left")`,
			`withColumn(${pyString(operator.group)}, F.coalesce("_first", ${named(column(operator.number), operator.number)}))`,
			`withColumn(${pyString(operator.similarity)}, ${begins('_pair_similarity')})`,
			...scores.map((one) => `withColumn(${pyString(one.name)}, ${begins(one.name)})`),
			'drop("_first", "_later", "_pair_similarity")',
			...(operator.leading.length === 0
				? []
				: [
						`join(${numbered}.select(${ofFirst.join(', ')}), F.col("_first") == ${column(operator.group).code})`,
						'drop("_first")',
					]),
		]),
	]
}
