/** Text functions that answer yes or no, or compare. IBM types them int8; here they are boolean until a number is asked for. */
import { compareText, sliceCharacters } from '#model/code-points.ts'
import type { Value } from '#model/values.ts'
import { binary, fn, lit, method, type Py } from '../../python.ts'
import { count, lambda, toCount, when } from '../spark-text.ts'
import { family, intOf, literal, optional, results, string, textOf } from './define.ts'

const one = [textOf('text')]
const two = [textOf('left'), textOf('right')]

/** What counts as a number: blanks around, a sign, digits with a point, an exponent. */
export const NUMBER_PATTERN = '\\A *[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})? *\\z'
/** The same with an exponent, which must be there. */
export const EXPONENT_PATTERN = '\\A *[+-]?(\\d+\\.?\\d*|\\.\\d+)[eE][+-]?\\d{1,3} *\\z'
export const isNumberText = (text: string): boolean => /^ *[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})? *$/.test(text)

const order = (left: Value, right: Value): bigint => BigInt(compareText(string(left), string(right)))
const orderText = (left: Py, right: Py): Py =>
	method(
		method(when(binary('<', left, right), lit(-1)), 'when', binary('>', left, right), lit(1)),
		'when',
		binary('==', left, right),
		lit(0),
	)
const int8 = (value: Py): Py => method(value, 'cast', 'tinyint')

/** Runs of digits get one width, so that they compare as numbers where they meet. Runs beyond 40 digits are cut in parts. */
const RUN = 40
function alignNumbers(text: string): string {
	return text.replace(/[0-9]{1,40}/g, (run) => run.replace(/^0+(?=[0-9])/, '').padStart(RUN, '0'))
}
function alignNumbersText(text: Py): Py {
	const runs = fn('regexp_extract_all', text, lit(`[0-9]{1,${RUN}}|[^0-9]+`), lit(0))
	const part = (name: string): Py => ({ code: name, level: 'atom' })
	const padded = fn('lpad', fn('regexp_replace', part('run'), '^0+(?=[0-9])', ''), RUN, '0')
	const aligned = method(when(method(part('run'), 'rlike', '^[0-9]'), padded), 'otherwise', part('run'))
	return fn('array_join', fn('transform', runs, lambda('run', aligned)), '')
}

const lower = (value: Py): Py => fn('lower', value)
const cut = (value: Py, length: Py): Py => method(value, 'substr', lit(1), length)
const first = (value: Value, length: Value): string => sliceCharacters(string(value), 0, toCount(length))

export const stringTests = family('IBM: Parallel transform functions, string functions', {
	'al-num': {
		parameters: one,
		result: results.boolean,
		evaluate: ([text]) => /^[0-9A-Za-z]+$/.test(string(text)),
		pyspark: ([text]) => method(text, 'rlike', '\\A[0-9A-Za-z]+\\z'),
	},
	alpha: {
		parameters: one,
		result: results.boolean,
		evaluate: ([text]) => /^[A-Za-z]+$/.test(string(text)),
		pyspark: ([text]) => method(text, 'rlike', '\\A[A-Za-z]+\\z'),
	},
	num: {
		parameters: one,
		result: results.boolean,
		evaluate: ([text]) => isNumberText(string(text)),
		pyspark: ([text]) => method(text, 'rlike', NUMBER_PATTERN),
	},
	contains: {
		parameters: [textOf('text'), textOf('part')],
		result: results.boolean,
		evaluate: ([text, part]) => string(text).includes(string(part)),
		pyspark: ([text, part]) => fn('contains', text, part),
	},
	'starts-with': {
		parameters: [textOf('text'), textOf('part')],
		result: results.boolean,
		evaluate: ([text, part]) => string(text).startsWith(string(part)),
		pyspark: ([text, part]) => fn('startswith', text, part),
	},
	'ends-with': {
		parameters: [textOf('text'), textOf('part')],
		result: results.boolean,
		evaluate: ([text, part]) => string(text).endsWith(string(part)),
		pyspark: ([text, part]) => fn('endswith', text, part),
	},
	'compare-text': {
		parameters: two,
		result: results.int8,
		evaluate: ([left, right]) => order(left, right),
		pyspark: ([left, right]) => int8(orderText(left, right)),
	},
	// Compare(a, b, "L" | "R"): R compares numbers at the same position by value.
	compare: {
		parameters: [...two, textOf('justification', { ...literal, ...optional })],
		result: (_types, literals) => {
			const side = literals[2]
			if (side === undefined || (typeof side === 'string' && /^[LR]$/i.test(side))) return results.int8()
			return { problem: 'the justification is "L" or "R"' }
		},
		evaluate: ([left, right, side]) =>
			side === 'R' || side === 'r'
				? order(alignNumbers(string(left)), alignNumbers(string(right)))
				: order(left, right),
		pyspark: ([left, right], context) => {
			const side = context.literals[2]
			const numeric = side === 'R' || side === 'r'
			return int8(numeric ? orderText(alignNumbersText(left), alignNumbersText(right)) : orderText(left, right))
		},
	},
	'compare-no-case': {
		parameters: two,
		result: results.int8,
		evaluate: ([left, right]) => order(string(left).toLowerCase(), string(right).toLowerCase()),
		pyspark: ([left, right]) => int8(orderText(lower(left), lower(right))),
	},
	// The number is how many characters are compared.
	'compare-num': {
		parameters: [...two, intOf('length')],
		result: results.int8,
		evaluate: ([left, right, length]) => order(first(left, length), first(right, length)),
		pyspark: ([left, right, length], context) => {
			const characters = count(length, context, 2)
			return int8(orderText(cut(left, characters), cut(right, characters)))
		},
	},
	'compare-num-no-case': {
		parameters: [...two, intOf('length')],
		result: results.int8,
		evaluate: ([left, right, length]) => order(first(left, length).toLowerCase(), first(right, length).toLowerCase()),
		pyspark: ([left, right, length], context) => {
			const characters = count(length, context, 2)
			return int8(orderText(lower(cut(left, characters)), lower(cut(right, characters))))
		},
	},
})
