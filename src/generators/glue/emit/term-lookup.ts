import { pyString } from '#languages/python.ts'
import { column, reference } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** Every row with the list of terms, in which a function counts; then a row for each term. */
export const termLookup: Emitter<'term-lookup'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const list = context.input(operator, 'reference')
	const name = context.variable(operator, 'out')
	const terms = context.fresh(`${list.name}_terms`)
	const counted = context.fresh(`${name}_counted`)
	const finds = `${context.use('count_terms')}(${pyString(operator.text)}, caseless=${operator.caseless ? 'True' : 'False'})`
	const made = '{"_found": "array<struct<term: string, frequency: int>>"}'
	context.give(operator, 'out', {
		name,
		order: context.carries(operator) ? input.order : [],
		isSorted: input.isSorted,
	})
	return [
		assign(terms, list.name, [
			`select(F.sort_array(F.collect_set(${pyString(reference(operator.list))})).alias("_terms"))`,
		]),
		`${counted} = ${context.use('over_rows')}(${input.name}.crossJoin(F.broadcast(${terms})), ${pyString(operator.name)}, ${finds}, ${made})`,
		assign(name, counted, [
			'withColumn("_found", F.explode("_found"))',
			`withColumn(${pyString(operator.term)}, ${column('_found').code}["term"])`,
			`withColumn(${pyString(operator.frequency)}, ${column('_found').code}["frequency"])`,
			'drop("_terms", "_found")',
		]),
	]
}
