/** Functions that cut, trim, join and change texts. Positions and lengths count UTF-16 units from 1. */
import type { DataType } from '#model/types.ts'
import { int, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Arguments, Operation, PysparkContext } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { binary, call, concat, fn, lit, method } from '../python.ts'
import { isNarrow, sql, unitCount, when } from './spark.ts'

const string = { kinds: ['string'] } as const
const count = { kinds: ['int'] } as const

/** Most UTF-16 units that REPLICATE makes: no column holds more than 4000, and a text must fit the memory. */
const longest = 2n ** 20n

/** A text type of that length, narrow when all its sources are. */
export function textLike(sources: readonly (DataType | undefined)[], length: number | undefined): DataType {
	return text(length === undefined ? undefined : Math.max(0, length), { unicode: !sources.every(isNarrow) })
}

export const lengthOf = (type: DataType | undefined): number | undefined =>
	type?.kind === 'string' ? type.length : undefined

const literalCount = (value: Value | undefined): number | undefined =>
	typeof value === 'bigint' ? Number(value) : undefined

/** Half a surrogate pair is no character; what a cut leaves of one reads as U+FFFD on both sides. */
const wellFormed = (value: string): string => value.toWellFormed()

/** The value, null where a count is below its least; literals that are in range need no test. */
function guarded(value: Py, tests: readonly (readonly [units: Py, least: number, literal: Value | undefined])[]): Py {
	const needed = tests.filter(([, least, literal]) => typeof literal !== 'bigint' || literal < BigInt(least))
	return needed.reduceRight((inner, [units, least]) => when(binary('>=', units, lit(least)), inner), value)
}

/** A count of any integer type as the INT that Spark's functions want; more than that no text has. */
const asInt = (units: Py, type: DataType | undefined): Py =>
	type?.kind === 'int' && type.bits === 32 && type.signed
		? units
		: method(fn('least', units, lit(2 ** 29)), 'cast', 'int')

interface CutPlan {
	readonly name: 'left' | 'right'
	readonly cut: (value: string, units: number) => string
	readonly narrow: (value: Py, units: Py) => Py
	readonly wide: (value: Py, units: Py) => Py
}

const cuts: readonly CutPlan[] = [
	{
		name: 'left',
		cut: (value, units) => value.slice(0, units),
		narrow: (value, units) => fn('left', value, units),
		wide: (value, units) => call('utf16_substring', value, lit(1), units),
	},
	{
		name: 'right',
		cut: (value, units) => (units === 0 ? '' : value.slice(-units)),
		narrow: (value, units) => fn('right', value, units),
		wide: (value, units) => call('utf16_right', value, units),
	},
]

const cutOperations: readonly Operation[] = cuts.map((plan) => ({
	id: `ssis.${plan.name}`,
	parameters: [
		{ name: 'text', ...string },
		{ name: 'count', ...count },
	],
	result: ([value], literals) => textLike([value], literalCount(literals[1]) ?? lengthOf(value)),
	nulls: 'propagate',
	canFail: true,
	evaluate: ([value, units]) => {
		if (typeof value !== 'string' || typeof units !== 'bigint') return failure('type', 'not a text and a count')
		if (units < 0n) return failure('argument', `a length of ${units} is negative`)
		return wellFormed(plan.cut(value, Number(units < 2n ** 31n ? units : 2n ** 31n)))
	},
	pyspark: ([value, units], { types, literals }) => {
		if (!isNarrow(types[0])) return plan.wide(value, units)
		return guarded(plan.narrow(value, asInt(units, types[1])), [[units, 0, literals[1]]])
	},
	source: `Microsoft: ${plan.name.toUpperCase()} (SSIS Expression)`,
}))

/** Spark's trim functions take U+0020 and nothing else, as the engine does. */
const trims = [
	{ name: 'ltrim', cut: (value: string) => value.replace(/^ +/, '') },
	{ name: 'rtrim', cut: (value: string) => value.replace(/ +$/, '') },
	{ name: 'trim', cut: (value: string) => value.replace(/^ +| +$/g, '') },
	// By whole characters: reversing units would tear surrogate pairs, which makes no text.
	{ name: 'reverse', cut: (value: string) => Array.from(value).reverse().join('') },
] as const

const plainOperations: readonly Operation[] = trims.map(({ name, cut }) => ({
	id: `ssis.${name}`,
	parameters: [{ name: 'text', ...string }],
	result: ([value]) => textLike([value], lengthOf(value)),
	nulls: 'propagate',
	canFail: false,
	evaluate: ([value]) => (typeof value === 'string' ? cut(value) : failure('type', 'not a text')),
	pyspark: ([value]) => fn(name, value),
	source: `Microsoft: ${name.toUpperCase()} (SSIS Expression)`,
}))

/** One letter for one, as Windows' LCMapString gives them: ß stays ß, and a Σ becomes σ wherever it stands. */
function eachLetter(text: string, change: (letter: string) => string): string {
	return Array.from(text, (letter) => {
		const changed = change(letter)
		return Array.from(changed).length === 1 ? changed : letter
	}).join('')
}

const letterCases = [
	{ name: 'lower', helper: 'lower_case', change: (letter: string) => letter.toLowerCase() },
	{ name: 'upper', helper: 'upper_case', change: (letter: string) => letter.toUpperCase() },
] as const

const caseOperations: readonly Operation[] = letterCases.map(({ name, helper, change }) => ({
	id: `ssis.${name}`,
	parameters: [{ name: 'text', ...string }],
	result: ([value]) => textLike([value], lengthOf(value)),
	nulls: 'propagate',
	canFail: false,
	evaluate: ([value]) => (typeof value === 'string' ? eachLetter(value, change) : failure('type', 'not a text')),
	pyspark: ([value]) => call(helper, value),
	source: `Microsoft: ${name.toUpperCase()} (SSIS Expression)`,
}))

function substringLength(type: DataType, literals: readonly (Value | undefined)[]): number | undefined {
	const written = literalCount(literals[2])
	const whole = lengthOf(type)
	const start = literalCount(literals[1])
	if (written !== undefined || whole === undefined || start === undefined) return written ?? whole
	return whole - start + 1
}

function printSubstring([value, start, units]: Arguments<Py>, { types, literals }: PysparkContext): Py {
	if (!isNarrow(types[0])) return call('utf16_substring', value, start, units)
	const cut = method(value, 'substr', asInt(start, types[1]), asInt(units, types[2]))
	return guarded(cut, [
		[start, 1, literals[1]],
		[units, 0, literals[2]],
	])
}

export const textOperations: readonly Operation[] = [
	...cutOperations,
	...plainOperations,
	...caseOperations,
	{
		id: 'ssis.substring',
		parameters: [
			{ name: 'text', ...string },
			{ name: 'start', ...count },
			{ name: 'length', ...count },
		],
		result: ([value], literals) => textLike([value], substringLength(value, literals)),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value, start, units]) => {
			if (typeof value !== 'string' || typeof start !== 'bigint' || typeof units !== 'bigint')
				return failure('type', 'not a text')
			if (start < 1n) return failure('argument', `a start of ${start}: the first position is 1`)
			if (units < 0n) return failure('argument', `a length of ${units} is negative`)
			return wellFormed(value.slice(Number(start) - 1, Number(start - 1n + units)))
		},
		pyspark: printSubstring,
		source: 'Microsoft: SUBSTRING (SSIS Expression)',
	},
	{
		id: 'ssis.len',
		parameters: [{ name: 'text', ...string }],
		result: () => int(32),
		nulls: 'propagate',
		canFail: false,
		evaluate: ([value]) => (typeof value === 'string' ? BigInt(value.length) : failure('type', 'not a text')),
		pyspark: ([value], { types }) => unitCount(value, isNarrow(types[0])),
		source: 'Microsoft: LEN (SSIS Expression)',
	},
	{
		id: 'ssis.concat',
		parameters: [
			{ name: 'left', ...string },
			{ name: 'right', ...string, variadic: true },
		],
		result: (types) => {
			const lengths = types.map(lengthOf)
			const known = lengths.every((length) => length !== undefined)
			return textLike(types, known ? lengths.reduce((sum, length) => sum + length, 0) : undefined)
		},
		nulls: 'propagate',
		canFail: false,
		evaluate: (args) => args.map((part) => (typeof part === 'string' ? part : '')).join(''),
		pyspark: (args) => concat(...args),
		source: 'Microsoft: + (Concatenate) (SSIS Expression)',
	},
	{
		id: 'ssis.replicate',
		parameters: [
			{ name: 'text', ...string },
			{ name: 'times', ...count },
		],
		result: ([value], literals) => {
			const [length, times] = [lengthOf(value), literalCount(literals[1])]
			return textLike([value], length === undefined || times === undefined ? undefined : length * times)
		},
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value, times]) => {
			if (typeof value !== 'string' || typeof times !== 'bigint') return failure('type', 'not a text and a number')
			if (times < 0n) return failure('argument', `${times} repetitions`)
			if (BigInt(value.length) * times > longest) return failure('overflow', 'the text becomes too long')
			return value === '' ? '' : value.repeat(Number(times))
		},
		pyspark: ([value, times], { types, literals }) => {
			const size = binary('*', method(unitCount(value, isNarrow(types[0])), 'cast', 'bigint'), times)
			const fits = when(binary('<=', size, lit(Number(longest))), value)
			const small = typeof literals[1] === 'bigint' && literals[1] <= 100n
			return guarded(sql('repeat', small ? value : fits, asInt(times, types[1])), [[times, 0, literals[1]]])
		},
		source: 'Microsoft: REPLICATE (SSIS Expression)',
	},
]
