/** FINDSTRING, REPLACE, CODEPOINT, TOKEN and TOKENCOUNT. */
import type { DataType } from '#model/types.ts'
import { int } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { atom, binary, fn, lit, loose, method } from '../python.ts'
import { bind, emptyText, isNarrow, sql, toUnits, unitCount, unless, when } from './spark.ts'
import { lengthOf, textLike } from './text.ts'

const string = { kinds: ['string'] } as const

/** 1-based position of the n-th occurrence, which may overlap the one before; 0 when there are fewer, or nothing to look for. */
function find(value: string, wanted: string, occurrence: bigint): bigint {
	let at = -1
	for (let left = occurrence; left > 0n; left -= 1n) {
		at = wanted === '' ? -1 : value.indexOf(wanted, at + 1)
		if (at < 0) return 0n
	}
	return BigInt(at + 1)
}

function tokens(value: string, delimiters: string): readonly string[] {
	const found: string[] = ['']
	for (const character of value) {
		if (delimiters.includes(character)) found.push('')
		else found[found.length - 1] += character
	}
	return found.filter((token) => token !== '')
}

/** Is it written out, and a position that an INT holds? */
const isPosition = (literal: Value | undefined): literal is bigint =>
	typeof literal === 'bigint' && literal > 0n && literal < 2n ** 31n

/** The tokens of a text as an array column. */
function printTokens(value: Py, delimiters: Py, literal: Value | undefined): Py {
	const parts = typeof literal === 'string' ? splitAt(value, literal) : splitAtAny(value, delimiters)
	return fn('filter', parts, loose('lambda token: token != ""'))
}

function splitAt(value: Py, delimiters: string): Py {
	if (delimiters === '') return fn('array', value)
	const escaped = Array.from(delimiters, (character) =>
		/[\\\]^[&~-]/.test(character) ? `\\${character}` : character,
	).join('')
	return fn('split', value, `[${escaped}]`)
}

/** Delimiters from a column: each becomes the first of them, at which the text is then split. */
function splitAtAny(value: Py, delimiters: Py): Py {
	const first = method(delimiters, 'substr', 1, 1)
	const united = sql('translate', value, delimiters, sql('repeat', first, fn('length', delimiters)))
	const split = sql('split', united, fn('concat', lit('\\Q'), first, lit('\\E')))
	return method(
		when(binary('!=', delimiters, emptyText), split),
		'when',
		binary('==', delimiters, emptyText),
		fn('array', value),
	)
}

function printFind(value: Py, wanted: Py, occurrence: Py, narrow: boolean): Py {
	// What stands before the n-th occurrence; the whole text when there are fewer. Spark, too, lets occurrences overlap.
	return bind(sql('substring_index', value, wanted, occurrence), (before) =>
		method(
			when(binary('==', before, value), lit(0)),
			'when',
			method(before, 'isNotNull'),
			binary('+', unitCount(before, narrow), lit(1)),
		),
	)
}

const replacedLength = (types: readonly DataType[]): number | undefined => {
	const [whole, wanted, put] = types.map(lengthOf)
	return put !== undefined && wanted !== undefined && put <= wanted ? whole : undefined
}

export const searchOperations: readonly Operation[] = [
	{
		id: 'ssis.findstring',
		parameters: [
			{ name: 'text', ...string },
			{ name: 'wanted', ...string },
			{ name: 'occurrence', kinds: ['int'] },
		],
		result: () => int(32),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value, wanted, occurrence]) => {
			if (typeof value !== 'string' || typeof wanted !== 'string' || typeof occurrence !== 'bigint')
				return failure('type', 'not texts')
			if (occurrence < 1n) return failure('argument', `occurrence ${occurrence}: the first is 1`)
			return find(value, wanted, occurrence)
		},
		pyspark: ([value, wanted, occurrence], { types, literals }) => {
			const [, searched, nth] = literals
			const number = method(fn('least', occurrence, lit(2 ** 30)), 'cast', 'int')
			const position = printFind(value, wanted, isPosition(nth) ? lit(Number(nth)) : number, isNarrow(types[0]))
			// Spark finds an empty text before the first character.
			const some = typeof searched === 'string' && searched !== ''
			const found = some
				? position
				: method(
						when(binary('!=', wanted, emptyText), position),
						'when',
						binary('&', method(value, 'isNotNull'), method(wanted, 'isNotNull')),
						lit(0),
					)
			return typeof nth === 'bigint' && nth > 0n ? found : when(binary('>', occurrence, lit(0)), found)
		},
		source: 'Microsoft: FINDSTRING (SSIS Expression)',
	},
	{
		id: 'ssis.replace',
		parameters: [
			{ name: 'text', ...string },
			{ name: 'search', ...string },
			{ name: 'replacement', ...string },
		],
		result: (types) => textLike(types, replacedLength(types)),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value, search, replacement]) => {
			if (typeof value !== 'string' || typeof search !== 'string' || typeof replacement !== 'string')
				return failure('type', 'not texts')
			return search === '' ? failure('argument', 'there is nothing to look for') : value.split(search).join(replacement)
		},
		pyspark: ([value, search, replacement], { literals }) => {
			const replaced = fn('replace', value, search, replacement)
			const some = typeof literals[1] === 'string' && literals[1] !== ''
			return some ? replaced : when(binary('!=', search, emptyText), replaced)
		},
		source: 'Microsoft: REPLACE (SSIS Expression)',
	},
	{
		id: 'ssis.codepoint',
		parameters: [{ name: 'text', ...string }],
		result: () => int(16, false),
		nulls: 'propagate',
		canFail: false,
		givesNull: true,
		evaluate: ([value]) => {
			if (typeof value !== 'string') return failure('type', 'not a text')
			return value === '' ? null : BigInt(value.charCodeAt(0))
		},
		pyspark: ([value]) => {
			const unit = fn('hex', method(toUnits(value), 'substr', 1, 2))
			return method(fn('conv', unless(unit, emptyText), 16, 10), 'cast', 'int')
		},
		source: 'Microsoft: CODEPOINT (SSIS Expression)',
	},
	{
		id: 'ssis.token',
		parameters: [
			{ name: 'text', ...string },
			{ name: 'delimiters', ...string },
			{ name: 'occurrence', kinds: ['int'] },
		],
		result: ([value]) => textLike([value], lengthOf(value)),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value, delimiters, occurrence]) => {
			if (typeof value !== 'string' || typeof delimiters !== 'string' || typeof occurrence !== 'bigint')
				return failure('type', 'not texts')
			if (occurrence < 1n) return failure('argument', `token ${occurrence}: the first is 1`)
			// The page says NULL in its remarks and shows an empty text in its example.
			return tokens(value, delimiters)[Number(occurrence) - 1] ?? ''
		},
		pyspark: ([value, delimiters, occurrence], { literals }) => {
			const [, set, nth] = literals
			const index = isPosition(nth)
				? lit(Number(nth) - 1)
				: method(fn('least', binary('-', fn('greatest', occurrence, lit(1)), lit(1)), lit(2 ** 30)), 'cast', 'int')
			const token = fn('coalesce', fn('get', printTokens(value, delimiters, set), index), emptyText)
			const operands =
				typeof set === 'string'
					? method(value, 'isNotNull')
					: binary('&', method(value, 'isNotNull'), method(delimiters, 'isNotNull'))
			const found = when(operands, token)
			return typeof nth === 'bigint' && nth > 0n ? found : when(binary('>', occurrence, lit(0)), found)
		},
		source: 'Microsoft: TOKEN (SSIS Expression)',
	},
	{
		id: 'ssis.tokencount',
		parameters: [
			{ name: 'text', ...string },
			{ name: 'delimiters', ...string },
		],
		result: () => int(32),
		nulls: 'custom',
		canFail: false,
		evaluate: ([value, delimiters]) =>
			typeof value === 'string' && typeof delimiters === 'string' ? BigInt(tokens(value, delimiters).length) : 0n,
		pyspark: ([value, delimiters], { literals }) =>
			fn('coalesce', fn('array_size', printTokens(value, delimiters, literals[1])), atom('F.lit(0)')),
		source: 'Microsoft: TOKENCOUNT (SSIS Expression)',
	},
]
