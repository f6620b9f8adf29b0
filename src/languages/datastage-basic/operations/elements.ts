/** Functions of dynamic arrays, texts whose elements end with marks. */
import { characters } from '#model/code-points.ts'
import { intOf, literal, results, string, textAt, textOf } from '../../datastage-parallel/operations/define.ts'
import {
	atLeast,
	bind,
	cast,
	clamp,
	count,
	literalInt,
	quotePattern,
	sql,
	toCount,
} from '../../datastage-parallel/spark-text.ts'
import { binary, fn, lit } from '../../python.ts'
import { family } from './define.ts'

/** Farther behind than any element; it keeps sums of places from running over. */
const FAR = 1_000_000_000

const first = (text: string): string => characters(text)[0] ?? ''

export const elementFunctions = family('IBM: DataStage BASIC, dynamic arrays', {
	// The place of an element that is that text, from 1; 0 where there is none.
	locate: {
		parameters: [textOf('value'), textOf('array'), textOf('mark', literal)],
		result: results.int32,
		evaluate: ([value, array, mark]) =>
			BigInt(
				string(array)
					.split(first(string(mark)))
					.indexOf(string(value)) + 1,
			),
		pyspark: ([value, array], { literals }) =>
			cast(sql('array_position', sql('split', array, lit(quotePattern(first(textAt(literals, 2))))), value), 'int'),
	},
	// An element goes with its mark; a place that the array does not have changes nothing.
	'delete-element': {
		parameters: [textOf('array'), textOf('mark', literal), intOf('place')],
		result: results.text,
		evaluate: ([array, mark, place]) =>
			string(array)
				.split(first(string(mark)))
				.filter((_element, index) => index + 1 !== toCount(place))
				.join(first(string(mark))),
		pyspark: ([array, , place], context) => {
			const mark = first(textAt(context.literals, 1))
			const index =
				literalInt(context, 2) === undefined
					? clamp(count(place, context, 2), lit(0), lit(FAR))
					: count(place, context, 2)
			return bind(sql('split', array, lit(quotePattern(mark))), (known) => {
				const before = sql('slice', known, lit(1), atLeast(binary('-', index, lit(1)), 0))
				const after = sql('slice', known, atLeast(binary('+', index, lit(1)), 1), fn('size', known))
				return sql('array_join', fn('concat', before, after), lit(mark))
			})
		},
	},
})
