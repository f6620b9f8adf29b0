/** Regular expressions, which must be constants, and fields stored into delimited texts. */
import { characters } from '#model/code-points.ts'
import type { Value } from '#model/values.ts'
import { binary, fn, lit, method, type Py } from '../../python.ts'
import { compile, javaPattern, patternProblem, wholePattern } from '../patterns.ts'
import {
	atLeast,
	bind,
	clamp,
	count,
	decide,
	literalString,
	patternOf,
	quotePattern,
	sql,
	toCount,
	when,
} from '../spark-text.ts'
import { family, intOf, literal, results, string, textAt, textOf } from './define.ts'

const subject = [textOf('text'), textOf('pattern', literal)]

function checked<T>(result: T) {
	return (_types: unknown, literals: readonly (Value | undefined)[]): T | { readonly problem: string } => {
		const problem = patternProblem(textAt(literals, 1))
		return problem === undefined ? result : { problem }
	}
}

/** The expression of a pattern that was checked when the call was typed. */
function expression(pattern: string, flags = ''): RegExp {
	const compiled = compile(pattern, flags)
	if (!(compiled instanceof RegExp)) throw new TypeError(compiled.message)
	return compiled
}

/** Replaces `n` fields from `start` (all new ones where `n` is 0 or less, after deleting as many old ones); missing fields are empty. */
function store(text: string, mark: string, start: number, n: number, by: string): string {
	const fields = text.split(mark)
	const from = Math.max(start, 1) - 1
	while (fields.length < from) fields.push('')
	const fresh = by.split(mark)
	const taken = n > 0 ? Array.from({ length: n }, (_none, at) => fresh[at] ?? '') : fresh
	return [...fields.slice(0, from), ...taken, ...fields.slice(from + Math.abs(n))].join(mark)
}

/** More fields than any text of ours has; it keeps an absurd number from filling the memory. */
const MOST = 10_000
const bounded = (value: number): number => Math.max(-MOST, Math.min(MOST, value))
const boundedText = (value: Py): Py => clamp(value, lit(-MOST), lit(MOST))
const empties = (times: Py): Py => sql('array_repeat', lit(''), atLeast(times, 0))

function storeText(text: Py, mark: Py, pattern: Py, start: Py, n: Py, by: Py): Py {
	const split = (value: Py): Py => sql('split', value, pattern)
	const from = binary('-', atLeast(boundedText(start), 1), lit(1))
	const old = split(text)
	const before = fn('concat', sql('slice', old, lit(1), from), empties(binary('-', from, fn('size', old))))
	const many = boundedText(n)
	const fresh = split(by)
	const exact = fn(
		'concat',
		sql('slice', fresh, lit(1), atLeast(many, 0)),
		empties(binary('-', many, fn('size', fresh))),
	)
	const after = sql('slice', old, binary('+', binary('+', from, fn('abs', many)), lit(1)), fn('size', old))
	return sql('array_join', fn('concat', before, decide(binary('>', many, lit(0)), exact, fresh), after), mark)
}

export const stringPatterns = family('IBM: Parallel transform functions, string functions', {
	'regex-match': {
		parameters: subject,
		result: checked(results.boolean()),
		evaluate: ([text, pattern]) => expression(`^(?:${string(pattern)})$`).test(string(text)),
		pyspark: ([text], { literals }) => method(text, 'rlike', wholePattern(textAt(literals, 1))),
	},
	'regex-contains': {
		parameters: subject,
		result: checked(results.boolean()),
		evaluate: ([text, pattern]) => expression(string(pattern)).test(string(text)),
		pyspark: ([text], { literals }) => method(text, 'rlike', javaPattern(textAt(literals, 1))),
	},
	// The position counts from 0; -1 where nothing is found.
	'regex-search': {
		parameters: subject,
		result: checked(results.int32()),
		evaluate: ([text, pattern]) => {
			const found = expression(string(pattern)).exec(string(text))
			return BigInt(found === null ? -1 : characters(string(text).slice(0, found.index)).length)
		},
		pyspark: ([text], { literals }) => {
			const pattern = javaPattern(textAt(literals, 1))
			const before = fn('regexp_extract', text, `\\A((?s:.*?))(?:${pattern})`, 1)
			return bind(text, (known) =>
				method(
					when(method(known, 'rlike', pattern), fn('length', before)),
					'when',
					method(known, 'isNotNull'),
					lit(-1),
				),
			)
		},
	},
	'regex-replace': {
		parameters: [...subject, textOf('by', literal)],
		result: checked(results.text()),
		evaluate: ([text, pattern, by]) => string(text).replace(expression(string(pattern), 'g'), () => string(by)),
		pyspark: ([text], { literals }) =>
			fn('regexp_replace', text, javaPattern(textAt(literals, 1)), textAt(literals, 2).replace(/[\\$]/g, '\\$&')),
	},
	// FieldStore(text, delimiter, start, number, new fields).
	'field-store': {
		parameters: [textOf('text'), textOf('delimiter', literal), intOf('start'), intOf('number'), textOf('fields')],
		result: (_types, literals) => (literals[1] === '' ? { problem: 'the delimiter is empty' } : results.text()),
		evaluate: ([text, delimiter, start, number, fields]) =>
			store(
				string(text),
				characters(string(delimiter))[0] ?? '',
				bounded(toCount(start)),
				bounded(toCount(number)),
				string(fields),
			),
		pyspark: ([text, delimiter, start, number, fields], context) => {
			const mark = characters(literalString(context, 1) ?? '')[0] ?? ''
			const pattern = mark === '' ? patternOf(delimiter, context, 1) : lit(quotePattern(mark))
			return storeText(text, lit(mark), pattern, count(start, context, 2), count(number, context, 3), fields)
		},
	},
})
