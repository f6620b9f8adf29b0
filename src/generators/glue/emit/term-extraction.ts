import { pyString } from '#languages/python.ts'
import { column, reference } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'

/** A function finds the terms of each text; groups count them. */
export const termExtraction: Emitter<'term-extraction'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const found = context.fresh(`${name}_terms`)
	const { finds, mostWords, mostCharacters, caseless, least, scoring } = operator
	const [term, score] = [pyString(operator.term), pyString(operator.score)]
	const settings = [
		pyString(operator.text),
		`finds=${pyString(finds)}`,
		`most_words=${mostWords}`,
		`most_characters=${mostCharacters}`,
		`caseless=${caseless ? 'True' : 'False'}`,
	]
	const text = column(operator.text)
	const rows = `${input.name}.select(F.monotonically_increasing_id().alias("_row"), ${text.code})`
	const work = `${context.use('find_terms')}(${settings.join(', ')})`
	const enough = least > 1 ? [`filter(F.col("_frequency") >= ${least})`] : []
	const frequency = `F.col("_frequency").cast("double").alias(${score})`
	const weight = 'F.log(F.col("_all") / F.col("_rows"))'
	const isWeighed = scoring === 'tfidf'
	context.give(operator, 'out', { name, order: [], isSorted: false })
	return [
		`${found} = ${context.use('over_rows')}(${rows}, ${pyString(operator.name)}, ${work}, {"_terms": "array<string>"})`,
		assign(name, found, [
			`select("_row", F.explode("_terms").alias(${term}))`,
			`groupBy(${pyString(reference(operator.term))})`,
			`agg(F.count("*").alias("_frequency")${isWeighed ? ', F.count_distinct("_row").alias("_rows")' : ''})`,
			...enough,
			...(isWeighed ? [`crossJoin(${input.name}.agg(F.count("*").alias("_all")))`] : []),
			isWeighed
				? `select(${pyString(reference(operator.term))}, (F.col("_frequency") * ${weight}).alias(${score}))`
				: `select(${pyString(reference(operator.term))}, ${frequency})`,
		]),
	]
}
