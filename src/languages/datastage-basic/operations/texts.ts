/** Functions of texts that mean something else in BASIC than in the parallel engine. */
import { characters } from '#model/code-points.ts'
import { failure, type Value } from '#model/values.ts'
import type { PysparkContext } from '../../catalogue.ts'
import {
	integer,
	intOf,
	literal,
	optionalLiteral,
	results,
	string,
	textOf,
} from '../../datastage-parallel/operations/define.ts'
import {
	bind,
	choose,
	count,
	decide,
	literalInt,
	literalString,
	patternOf,
	sql,
	toCount,
	when,
} from '../../datastage-parallel/spark-text.ts'
import { binary, call, fn, lit, method, type Py } from '../../python.ts'
import { foldText } from '../texts.ts'
import { family, MARKS_PATTERN, marks } from './define.ts'

const subject = [textOf('text'), textOf('part')]
const hasMarks = (text: string): boolean => new RegExp(MARKS_PATTERN).test(text)
const noMarks = failure('argument', 'a value holds several, and only single ones are translated')

/** How often a part occurs; matches never overlap. An empty part counts characters (IBM: COUNT function). */
function occurrences(text: string, part: string): number {
	return part === '' ? characters(text).length : text.split(part).length - 1
}

function occurrencesText(text: Py, part: Py, context: PysparkContext): Py {
	const literalPart = literalString(context, 1)
	const counted = fn('regexp_count', text, patternOf(part, context, 1))
	if (literalPart !== undefined) return literalPart === '' ? fn('length', text) : counted
	return decide(binary('==', part, lit('')), fn('length', text), counted)
}

/** Position of a match, from 1; a null text or part gives 0, an empty part 1 (IBM: INDEX function). */
function index(text: Value, part: Value, occurrence: Value): bigint | null {
	if (occurrence === null) return null
	if (text === null || part === null) return 0n
	const at = toCount(occurrence)
	if (part === '') return 1n
	const pieces = string(text).split(string(part))
	if (at < 1 || pieces.length <= at) return 0n
	return BigInt(characters(pieces.slice(0, at).join(string(part))).length + 1)
}

function indexText([text, part, occurrence]: readonly [Py, Py, Py, ...Py[]], context: PysparkContext): Py {
	const found = foundText(text, part, occurrence, context)
	const literalPart = literalString(context, 1)
	const known = literalPart === undefined ? choose(binary('==', part, lit('')), lit(1), found) : found
	const safe = fn('coalesce', literalPart === '' ? choose(method(text, 'isNotNull'), lit(1), lit(0)) : known, lit(0))
	// What `when` leaves open above is null only for a null text.
	const whole = literalPart === undefined ? when(method(text, 'isNotNull'), safe) : safe
	const result = literalPart === undefined ? fn('coalesce', whole, lit(0)) : whole
	return literalInt(context, 2) === undefined ? when(method(occurrence, 'isNotNull'), result) : result
}

function foundText(text: Py, part: Py, occurrence: Py, context: PysparkContext): Py {
	if (literalInt(context, 2) === 1) return sql('locate', part, text)
	const at = count(occurrence, context, 2)
	const pieces = sql('split', text, patternOf(part, context, 1))
	return bind(pieces, (known) => {
		const before = sql(
			'array_join',
			sql('slice', known, lit(1), literalInt(context, 2) === undefined ? fn('greatest', at, lit(0)) : at),
			part,
		)
		const inside = binary('&', binary('>=', at, lit(1)), binary('>', fn('size', known), at))
		return choose(inside, binary('+', fn('length', before), lit(1)), lit(0))
	})
}

const markOf = [marks.field, marks.value, marks.subvalue] as const

/** One element of a dynamic array: field, value of it, subvalue of that; 0 stands for all of them. */
function extract(text: string, places: readonly Value[]): string {
	return places.reduce<string>((rest, place, level) => {
		const at = toCount(place ?? 0n)
		return at === 0 ? rest : (rest.split(markOf[level] ?? marks.subvalue)[at - 1] ?? '')
	}, text)
}

export const textFunctions = family('IBM: DataStage BASIC, string functions', {
	count: {
		parameters: subject,
		result: results.int32,
		evaluate: ([text, part]) => BigInt(occurrences(string(text), string(part))),
		pyspark: ([text, part], context) => occurrencesText(text, part, context),
	},
	// The delimiter may have several characters; the empty text has no fields.
	dcount: {
		parameters: [textOf('text'), textOf('delimiter')],
		result: results.int32,
		evaluate: ([text, by]) => (text === '' ? 0n : BigInt(occurrences(string(text), string(by)) + 1)),
		pyspark: ([text, by], context) =>
			decide(binary('==', text, lit('')), lit(0), binary('+', occurrencesText(text, by, context), lit(1))),
	},
	index: {
		parameters: [...subject, intOf('occurrence')],
		result: results.int32,
		nulls: 'custom',
		evaluate: ([text, part, occurrence]) => index(text, part, occurrence),
		pyspark: indexText,
	},
	// CHAR counts to 255 and starts again.
	char: {
		parameters: [intOf('code')],
		result: results.text,
		evaluate: ([code]) => (integer(code) < 0n ? '' : String.fromCharCode(Number(BigInt.asUintN(8, integer(code))))),
		pyspark: ([code]) => fn('char', code),
	},
	cats: {
		parameters: [textOf('left'), textOf('right')],
		result: results.text,
		canFail: true,
		evaluate: ([left, right]) => (hasMarks(string(left) + string(right)) ? noMarks : string(left) + string(right)),
		pyspark: ([left, right]) =>
			bind(fn('concat', left, right), (known) =>
				when({ code: `~${method(known, 'rlike', MARKS_PATTERN).code}`, level: 'unary' }, known),
			),
	},
	// The start counts from 1, unlike in the parallel engine.
	substrings: {
		parameters: [textOf('text'), intOf('start'), intOf('length')],
		result: results.text,
		canFail: true,
		evaluate: ([text, start, length]) => {
			if (hasMarks(string(text))) return noMarks
			const from = Math.max(toCount(start), 1) - 1
			return characters(string(text))
				.slice(from, from + Math.max(toCount(length), 0))
				.join('')
		},
		pyspark: ([text, start, length], context) => {
			const from = count(start, context, 1)
			const least =
				literalInt(context, 1) === undefined
					? bind(from, (known) => choose(binary('<', known, lit(1)), lit(1), known))
					: lit(Math.max(literalInt(context, 1) ?? 1, 1))
			const plain = { code: `~${method(text, 'rlike', MARKS_PATTERN).code}`, level: 'unary' } as const
			return when(plain, method(text, 'substr', least, count(length, context, 2)))
		},
	},
	extract: {
		parameters: [
			textOf('text'),
			intOf('field', literal),
			intOf('value', optionalLiteral),
			intOf('subvalue', optionalLiteral),
		],
		result: (_types, literals) =>
			literals.slice(1).some((place) => typeof place === 'bigint' && place < 0n)
				? { problem: 'elements count from 1' }
				: results.text(),
		evaluate: ([text, ...places]) => extract(string(text), places),
		pyspark: ([text], { literals }) =>
			literals.slice(1).reduce<Py>((rest, place, level) => {
				const at = toCount(place ?? 0n)
				return at === 0 ? rest : fn('split_part', rest, lit(markOf[level] ?? marks.subvalue), lit(at))
			}, text),
	},
	// Lines of at most that many characters, with field marks between them.
	fold: {
		parameters: [textOf('text'), intOf('width', literal)],
		result: (_types, literals) => {
			const width = toCount(literals[1] ?? 0n)
			return width >= 1 && width <= 10_000 ? results.text() : { problem: 'the width is a number from 1 to 10000' }
		},
		evaluate: ([text, width]) => foldText(string(text), toCount(width)).join(marks.field),
		pyspark: ([text], context) => fn('array_join', call('fold_text', text, literalInt(context, 1) ?? 1), marks.field),
	},
})
