import { allOf, method, pyString } from '#languages/python.ts'
import { orderTexts } from '../plan/row-order.ts'
import { list, named, reference, sideColumn } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { keyCondition } from './keys.ts'
import { similarities } from './similar.ts'

const row = '_row'
const place = '_place'

/** Every row with the reference rows that are most like it: each is compared with all. */
export const similarLookup: Emitter<'similar-lookup'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const references = context.input(operator, 'reference')
	const name = context.variable(operator, 'out')
	const placed = context.fresh(`${references.name}_placed`)
	const found = context.fresh(`${name}_found`)
	const window = context.fresh(`${name}_window`)
	context.needs('from pyspark.sql import Window')
	const { lines, whole, each, isMatch } = similarities(operator.similar, operator.minimum, name, context)
	const equal = operator.equal.length === 0 ? [] : [keyCondition(operator.equal, false)]
	const taken = operator.take.map((one) => named(sideColumn('right', one.column), one.name))
	const scores = operator.similar.flatMap(({ similarity }, index) => {
		const own = each[index]
		return similarity === undefined || own === undefined
			? []
			: [method(method(own, 'cast', 'float'), 'alias', similarity).code]
	})
	const score = pyString(reference(operator.similarity))
	const first = list(orderTexts(references.order))
	context.give(operator, 'out', {
		name,
		order: context.carries(operator) ? input.order : [],
		isSorted: false,
	})
	return [
		...lines,
		assign(placed, references.name, [`withColumn("${place}", F.row_number().over(Window.orderBy(${first})))`]),
		assign(found, `${input.name}.withColumn("${row}", F.monotonically_increasing_id()).alias("left")`, [
			`join(${placed}.alias("right"), ${(allOf([...equal, isMatch]) ?? isMatch).code}, "left")`,
			`select(${['"left.*"', ...taken, method(whole, 'alias', operator.similarity).code, ...scores, `"right.${place}"`].join(', ')})`,
		]),
		`${window} = Window.partitionBy("${row}").orderBy(F.desc(${score}))`,
		assign(name, found, [
			`withColumn(${pyString(operator.confidence)}, (F.col(${score}) / F.count("*").over(${window})).cast("float"))`,
			`withColumn("_rank", F.row_number().over(${window}.orderBy(F.desc(${score}), "${place}")))`,
			`filter(F.col("_rank") <= ${operator.matches})`,
			`withColumn(${pyString(operator.similarity)}, F.col(${score}).cast("float"))`,
			`drop("_rank", "${row}", "${place}")`,
		]),
	]
}
