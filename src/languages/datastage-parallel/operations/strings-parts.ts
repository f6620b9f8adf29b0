/** Parts of texts: by position, by delimiter. Positions and lengths count characters. */
import { characters } from '#model/code-points.ts'
import type { Value } from '#model/values.ts'
import type { PysparkContext } from '../../catalogue.ts'
import { binary, fn, lit, method, type Py } from '../../python.ts'
import {
	atLeast,
	choose,
	count,
	decide,
	lambda,
	literalInt,
	literalString,
	modest,
	patternOf,
	quotePattern,
	sql,
	toCount,
	whenKnown,
} from '../spark-text.ts'
import { family, intOf, optional, results, string, textOf } from './define.ts'

const nth = [textOf('text'), textOf('part'), intOf('occurrence')]

function substring(text: string, start: number, length: number): string {
	const from = Math.max(start, 1) - 1
	return characters(text)
		.slice(from, from + Math.max(length, 0))
		.join('')
}

const atLeastOne = (value: Py, literal: number | undefined): Py =>
	literal === undefined ? atLeast(value, 1) : lit(Math.max(literal, 1))

function substringText(text: Py, start: Py, length: Py): Py {
	return method(text, 'substr', start, length)
}

function field(text: string, delimiter: string, occurrence: number, fields: number): string {
	const [mark] = characters(delimiter)
	const from = Math.max(occurrence, 1) - 1
	if (mark === undefined) return from === 0 && fields > 0 ? text : ''
	return text
		.split(mark)
		.slice(from, from + Math.max(fields, 0))
		.join(mark)
}

/** Only the first character of the delimiter counts. */
function mark(delimiter: Py, context: PysparkContext): Py {
	const literal = literalString(context, 1)
	return literal === undefined ? method(delimiter, 'substr', 1, 1) : lit(characters(literal)[0] ?? '')
}

function fieldText(text: Py, delimiter: Py, occurrence: Py, fields: Py | undefined, context: PysparkContext): Py {
	const by = mark(delimiter, context)
	const at = atLeastOne(count(occurrence, context, 2), literalInt(context, 2))
	const several =
		fields !== undefined && literalInt(context, 3) !== 1 ? atLeast(count(fields, context, 3), 0) : undefined
	const found =
		several === undefined ? fn('split_part', text, by, at) : fieldsText(text, delimiter, at, several, context)
	const literal = literalString(context, 1)
	if (literal !== undefined && literal !== '') return found
	const whole = binary('==', at, lit(1))
	const some = several === undefined ? whole : binary('&', whole, binary('>', several, lit(0)))
	const undivided = decide(some, text, fn('left', text, lit(0)))
	return literal === '' ? undivided : decide(binary('==', by, lit('')), undivided, found)
}

function fieldsText(text: Py, delimiter: Py, at: Py, fields: Py, context: PysparkContext): Py {
	const parts = sql('split', text, markPattern(delimiter, context))
	return sql('array_join', sql('slice', parts, at, fields), mark(delimiter, context))
}

/** Pattern of the delimiter's first character. */
function markPattern(delimiter: Py, context: PysparkContext): Py {
	const literal = literalString(context, 1)
	if (literal !== undefined) return lit(quotePattern(characters(literal)[0] ?? ''))
	return patternOf(mark(delimiter, context), { ...context, literals: [] }, 1)
}

/** The positions, from 1, where a part begins; matches may overlap. */
function positions(text: string, part: string): readonly number[] {
	const all = characters(text)
	const wanted = characters(part)
	const found: number[] = []
	for (let at = 0; at + wanted.length <= all.length; at += 1) {
		if (wanted.every((character, offset) => all[at + offset] === character)) found.push(at + 1)
	}
	return found
}

function index(text: Value, part: Value, occurrence: Value): number {
	const at = toCount(occurrence)
	return at < 1 ? 0 : (positions(string(text), string(part))[at - 1] ?? 0)
}

function indexText([text, part, occurrence]: readonly [Py, Py, Py, ...Py[]], context: PysparkContext): Py {
	if (literalInt(context, 2) === 1) return sql('locate', part, text)
	const here = binary('==', method(text, 'substr', { code: 'at', level: 'atom' }, fn('length', part)), part)
	const all = fn('filter', fn('sequence', lit(1), binary('+', fn('length', text), lit(1))), lambda('at', here))
	const at = modest(occurrence, context, 2)
	const nothingFound = fn('coalesce', fn('get', all, binary('-', at, lit(1))), lit(0))
	return whenKnown([text, part, occurrence], context, nothingFound)
}

const zeroBased = {
	parameters: nth,
	result: results.int32,
	evaluate: ([text, part, occurrence]: readonly [Value, Value, Value, ...Value[]]) =>
		BigInt(index(text, part, occurrence) - 1),
	pyspark: (args: readonly [Py, Py, Py, ...Py[]], context: PysparkContext) =>
		binary('-', indexText(args, context), lit(1)),
}

export const stringParts = family('IBM: Parallel transform functions, string functions', {
	left: {
		parameters: [textOf('text'), intOf('length')],
		result: results.text,
		evaluate: ([text, length]) => substring(string(text), 1, toCount(length)),
		pyspark: ([text, length], context) => fn('left', text, count(length, context, 1)),
	},
	right: {
		parameters: [textOf('text'), intOf('length')],
		result: results.text,
		evaluate: ([text, length]) => {
			const all = characters(string(text))
			return all.slice(Math.max(all.length - Math.max(toCount(length), 0), 0)).join('')
		},
		pyspark: ([text, length], context) => fn('right', text, count(length, context, 1)),
	},
	// text[start, length] and Substrings1; a start below 1 counts as 1.
	substring: {
		parameters: [textOf('text'), intOf('start'), intOf('length')],
		result: results.text,
		evaluate: ([text, start, length]) => substring(string(text), toCount(start), toCount(length)),
		pyspark: ([text, start, length], context) =>
			substringText(text, atLeastOne(count(start, context, 1), literalInt(context, 1)), count(length, context, 2)),
	},
	// Substrings: the start counts from 0.
	'substring-from-0': {
		parameters: [textOf('text'), intOf('start'), intOf('length')],
		result: results.text,
		evaluate: ([text, start, length]) => substring(string(text), toCount(start) + 1, toCount(length)),
		pyspark: ([text, start, length], context) =>
			substringText(text, binary('+', atLeast(modest(start, context, 1), 0), lit(1)), count(length, context, 2)),
	},
	field: {
		parameters: [textOf('text'), textOf('delimiter'), intOf('occurrence'), intOf('fields', optional)],
		result: results.text,
		evaluate: ([text, delimiter, occurrence, fields]) =>
			field(string(text), string(delimiter), toCount(occurrence), fields === undefined ? 1 : toCount(fields)),
		pyspark: (args, context) => fieldText(args[0], args[1], args[2], args.length > 3 ? args[3] : undefined, context),
	},
	index: {
		parameters: nth,
		result: results.int32,
		evaluate: ([text, part, occurrence]) => BigInt(index(text, part, occurrence)),
		pyspark: indexText,
	},
	'index-from-0': zeroBased,
	len: {
		parameters: [textOf('text')],
		result: results.int32,
		evaluate: ([text]) => BigInt(characters(string(text)).length),
		pyspark: ([text]) => fn('length', text),
	},
	'size-of': {
		parameters: [textOf('text')],
		result: results.int32,
		evaluate: ([text]) => BigInt(new TextEncoder().encode(string(text)).length),
		pyspark: ([text]) => fn('octet_length', text),
	},
	// Count: matches overlap unless a third argument that is not zero is given.
	count: {
		parameters: [textOf('text'), textOf('part'), intOf('apart', optional)],
		result: results.int32,
		evaluate: ([text, part, apart]) => {
			if (part === '') return 0n
			if (apart === undefined || apart === 0n) return BigInt(positions(string(text), string(part)).length)
			return BigInt(string(text).split(string(part)).length - 1)
		},
		pyspark: (args, context) => {
			const [text, part, apart] = args
			const pattern = patternOf(part, context, 1)
			const separate = fn('regexp_count', text, pattern)
			const overlapping = fn('regexp_count', text, fn('concat', lit('(?='), pattern, lit(')')))
			const once = literalInt(context, 2)
			const chosen =
				args.length < 3 || once === 0
					? overlapping
					: once === undefined
						? decide(binary('!=', apart, lit(0)), separate, overlapping)
						: separate
			const literal = literalString(context, 1)
			if (literal === '') return binary('*', fn('length', text), lit(0))
			return literal === undefined
				? choose(binary('==', part, lit('')), binary('*', fn('length', text), lit(0)), chosen)
				: chosen
		},
	},
	dcount: {
		parameters: [textOf('text'), textOf('delimiter')],
		result: results.int32,
		evaluate: ([text, delimiter]) => {
			const [by] = characters(string(delimiter))
			if (text === '') return 0n
			return by === undefined ? 1n : BigInt(string(text).split(by).length)
		},
		pyspark: ([text, delimiter], context) => {
			const fields = binary('+', fn('regexp_count', text, markPattern(delimiter, context)), lit(1))
			const literal = literalString(context, 1)
			const counted =
				literal === ''
					? lit(1)
					: literal === undefined
						? choose(binary('==', delimiter, lit('')), lit(1), fields)
						: fields
			return choose(binary('==', text, lit('')), lit(0), counted)
		},
	},
})
