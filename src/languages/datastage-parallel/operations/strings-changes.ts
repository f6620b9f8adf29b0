/** Text functions that replace, translate, repeat or quote. */
import { characters } from '#model/code-points.ts'
import { failure, type Result, type Value } from '#model/values.ts'
import type { PysparkContext } from '../../catalogue.ts'
import { atom, binary, concat, fn, lit, method, type Py } from '../../python.ts'
import {
	atLeast,
	count,
	decide,
	lambda,
	literalInt,
	literalString,
	modest,
	patternOf,
	sql,
	toCount,
	when,
	whenKnown,
} from '../spark-text.ts'
import { family, intOf, optional, results, string, textOf } from './define.ts'

const one = [textOf('text')]

/** Replaces matches number `begin` and following, at most `many` of them (all when 0 or less). */
function replaceSome(text: string, part: string, by: string, many: number, begin: number): string {
	const first = Math.max(begin, 1)
	return text
		.split(part)
		.map((piece, at) =>
			at === 0 ? piece : at >= first && (many <= 0 || at < first + many) ? by + piece : part + piece,
		)
		.join('')
}

/** Joins the pieces between matches again; `chosen` tells whether the match before piece number `at` is replaced. */
function rejoin(pieces: Py, part: Py, by: Py, chosen: Py): Py {
	const piece = atom('piece')
	const joined = method(
		method(fn('when', binary('==', atom('at'), lit(0)), piece), 'when', chosen, fn('concat', by, piece)),
		'otherwise',
		fn('concat', part, piece),
	)
	return fn('array_join', fn('transform', pieces, lambda('piece, at', joined)), '')
}

const pieces = (text: Py, part: Py, context: PysparkContext): Py => sql('split', text, patternOf(part, context, 1))

type Texts = readonly [Py, Py, Py, Py, Py, ...Py[]]

function replaceText(args: Texts, context: PysparkContext): Py {
	const [text, part, by, many, begin] = args
	const all = args.length < 4 || (literalInt(context, 3) ?? 1) <= 0
	if (all && (args.length < 5 || (literalInt(context, 4) ?? 2) <= 1)) return fn('replace', text, part, by)
	const first = args.length < 5 ? lit(1) : atLeast(count(begin, context, 4), 1)
	const limit = count(many, context, 3)
	const reached = binary('>=', atom('at'), first)
	const within = binary('|', binary('<=', limit, lit(0)), binary('<', binary('-', atom('at'), first), limit))
	return whenKnown(args, context, rejoin(pieces(text, part, context), part, by, binary('&', reached, within)))
}

/** An empty part is never found: `Change` then gives the text, `Ereplace` puts the replacement in front. */
function replaceOrEmpty(args: Texts, context: PysparkContext, empty: Py): Py {
	const literal = literalString(context, 1)
	if (literal === '') return whenKnown(args, context, empty)
	const replaced = replaceText(args, context)
	return literal === undefined ? decide(binary('==', args[1], lit('')), empty, replaced) : replaced
}

const changeParameters = [
	...one,
	textOf('part'),
	textOf('by'),
	intOf('occurrences', optional),
	intOf('begin', optional),
]

/** IBM's samples fit: `occurrence` 0 means all, `fromRight` counts from the end; what the last argument does is not documented. */
function substitute(text: string, part: string, by: string, occurrence: number, fromRight: boolean): string {
	if (part === '') return text
	if (occurrence === 0) return text.replaceAll(part, () => by)
	const matches = text.split(part).length - 1
	const wanted = fromRight ? matches + 1 - occurrence : occurrence
	return wanted < 1 ? text : replaceSome(text, part, by, 1, wanted)
}

function substituteText(args: Texts, context: PysparkContext): Py {
	const [text, part, by, occurrence, fromRight] = args
	const number = literalInt(context, 3)
	const direction = literalInt(context, 4)
	const all = fn('replace', text, part, by)
	if (number === 0) return whenKnown(args, context, all)
	const split = pieces(text, part, context)
	const at = modest(occurrence, context, 3)
	const fromEnd = binary('-', fn('size', split), at)
	const wanted =
		direction === undefined ? decide(binary('!=', fromRight, lit(0)), fromEnd, at) : direction === 0 ? at : fromEnd
	const one = rejoin(split, part, by, binary('==', atom('at'), wanted))
	const some = number === undefined ? decide(binary('==', at, lit(0)), all, one) : one
	const literal = literalString(context, 1)
	if (literal === '') return whenKnown(args, context, text)
	return whenKnown(args, context, literal === undefined ? decide(binary('==', part, lit('')), text, some) : some)
}

/** More copies than any column takes; an absurd number fails instead of filling the memory. */
const COPIES = 1_000_000
const tooMany = failure('argument', `more than ${COPIES} copies`)

function repeat(text: Py, times: Py, context: PysparkContext, position: number): Py {
	const literal = literalInt(context, position)
	const copies = count(times, context, position)
	return literal !== undefined && literal <= COPIES
		? sql('repeat', text, copies)
		: when(binary('<=', copies, lit(COPIES)), sql('repeat', text, copies))
}

function repeated(text: string, times: Value, before = ''): Result {
	const copies = toCount(times)
	return copies > COPIES ? tooMany : before + text.repeat(Math.max(copies, 0))
}

function convert(from: string, to: string, text: string): string {
	const targets = characters(to)
	const map = new Map<string, string>()
	for (const [at, character] of characters(from).entries())
		if (!map.has(character)) map.set(character, targets[at] ?? '')
	return characters(text)
		.map((character) => map.get(character) ?? character)
		.join('')
}

const quote = (mark: string) => ({
	parameters: one,
	result: results.text,
	evaluate: ([text]: readonly unknown[]) => `${mark}${String(text)}${mark}`,
	pyspark: ([text]: readonly [Py, ...Py[]]) => fn('concat', lit(mark), text, lit(mark)),
})

export const stringChanges = family('IBM: Parallel transform functions, string functions', {
	change: {
		parameters: changeParameters,
		result: results.text,
		evaluate: ([text, part, by, many, begin]) =>
			part === ''
				? text
				: replaceSome(string(text), string(part), string(by), toCount(many ?? 0n), toCount(begin ?? 1n)),
		pyspark: (args, context) => replaceOrEmpty(args, context, args[0]),
	},
	ereplace: {
		parameters: changeParameters,
		result: results.text,
		evaluate: ([text, part, by, many, begin]) =>
			part === ''
				? `${string(by)}${string(text)}`
				: replaceSome(string(text), string(part), string(by), toCount(many ?? 0n), toCount(begin ?? 1n)),
		pyspark: (args, context) => replaceOrEmpty(args, context, fn('concat', args[2], args[0])),
	},
	'find-replace': {
		parameters: [...one, textOf('part'), textOf('by')],
		result: results.text,
		evaluate: ([text, part, by]) => (part === '' ? text : string(text).replaceAll(string(part), () => string(by))),
		pyspark: ([text, part, by]) => fn('replace', text, part, by),
	},
	'substitute-string': {
		parameters: [...one, textOf('part'), textOf('by'), intOf('occurrence'), intOf('from-right'), intOf('flag')],
		result: results.text,
		evaluate: ([text, part, by, occurrence, fromRight]) =>
			substitute(string(text), string(part), string(by), toCount(occurrence), fromRight !== 0n),
		pyspark: substituteText,
	},
	// The text comes last; characters without a counterpart are deleted.
	convert: {
		parameters: [textOf('from'), textOf('to'), textOf('text')],
		result: results.text,
		evaluate: ([from, to, text]) => convert(string(from), string(to), string(text)),
		pyspark: ([from, to, text]) => sql('translate', text, from, to),
	},
	// The number counts the copies that are appended; it is no total length.
	'pad-string': {
		parameters: [...one, textOf('pad'), intOf('copies')],
		result: results.text,
		canFail: true,
		evaluate: ([text, pad, copies]) => repeated(string(pad), copies, string(text)),
		pyspark: ([text, pad, copies], context) => fn('concat', text, repeat(pad, copies, context, 2)),
	},
	str: {
		parameters: [...one, intOf('times')],
		result: results.text,
		canFail: true,
		evaluate: ([text, times]) => repeated(string(text), times),
		pyspark: ([text, times], context) => repeat(text, times, context, 1),
	},
	space: {
		parameters: [intOf('times')],
		result: results.text,
		canFail: true,
		evaluate: ([times]) => repeated(' ', times),
		pyspark: ([times], context) => repeat(lit(' '), times, context, 0),
	},
	reverse: {
		parameters: one,
		result: results.text,
		evaluate: ([text]) => characters(string(text)).toReversed().join(''),
		pyspark: ([text]) => fn('reverse', text),
	},
	'up-case': {
		parameters: one,
		result: results.text,
		evaluate: ([text]) => string(text).toUpperCase(),
		pyspark: ([text]) => fn('upper', text),
	},
	'down-case': {
		parameters: one,
		result: results.text,
		evaluate: ([text]) => string(text).toLowerCase(),
		pyspark: ([text]) => fn('lower', text),
	},
	'd-quote': quote('"'),
	's-quote': quote("'"),
	concat: {
		parameters: [textOf('left'), textOf('right')],
		result: results.text,
		evaluate: ([left, right]) => string(left) + string(right),
		pyspark: ([left, right]) => concat(left, right),
	},
})
