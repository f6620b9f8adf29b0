/** ROUND, CEILING and FLOOR. The result keeps the scale: ROUND(137.1575, 3) is 137.1580. */
import type { RoundingMode } from '#model/decimal.ts'
import { fits, fromNumber, rescale, toNumber } from '#model/decimal.ts'
import type { DataType } from '#model/types.ts'
import { decimal } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { binary, fn, lit, method } from '../python.ts'
import { isDecimal, numberKinds, single, tooLarge } from './arithmetic.ts'
import { bind, castTo, when } from './spark.ts'

/** Doubles have no digit after the point that matters beyond these. */
const mostDigits = 17

/** One more digit before the point, because 99.9 may become 100.0. */
const roomier = (type: DataType): DataType =>
	type.kind === 'decimal' && type.scale > 0 ? decimal(Math.min(type.precision + 1, 38), type.scale) : type

function rounded(value: Value, digits: number, mode: RoundingMode, type: DataType): Result {
	if (typeof value === 'bigint') return value
	if (typeof value === 'number') {
		const exact = fromNumber(value)
		// The decimal image of the number is rounded, half away from zero; -0 becomes 0.
		return exact === undefined || exact.scale <= digits
			? value + 0
			: single(toNumber(rescale(exact, digits, mode)) + 0, type)
	}
	if (!isDecimal(value) || type.kind !== 'decimal') return failure('type', 'not a number')
	if (digits >= value.scale) return value
	const result = rescale(rescale(value, digits, mode), type.scale, 'down')
	return fits(result, type.precision) ? result : tooLarge(type)
}

/** A rounded decimal in its result type; only a type that is full already can overflow. */
function settled(value: Py, from: DataType | undefined, to: DataType): Py {
	if (from?.kind !== 'decimal' || to.kind !== 'decimal' || to.precision > from.precision || from.scale === 0)
		return castTo(value, to)
	const limit = method(
		lit(`1${'0'.repeat(to.precision - to.scale)}`),
		'cast',
		`decimal(${Math.min(38, to.precision - to.scale + 1)},0)`,
	)
	return castTo(
		bind(value, (name) => when(binary('<', fn('abs', name), limit), name)),
		to,
	)
}

const ends = [
	{ name: 'ceiling', print: 'ceil', mode: 'ceiling' },
	{ name: 'floor', print: 'floor', mode: 'floor' },
] as const

function printEnd(name: string, value: Py, from: DataType | undefined, to: DataType): Py {
	if (to.kind === 'int') return value
	if (to.kind === 'decimal') return to.scale === 0 ? value : settled(fn(name, value), from, to)
	// Spark gives a BIGINT here; beyond 2^53 every double is whole already.
	return bind(value, (x) =>
		method(when(binary('<', fn('abs', x), lit(2 ** 53)), castTo(fn(name, x), to)), 'otherwise', x),
	)
}

const endOperations: readonly Operation[] = ends.map(({ name, print, mode }) => ({
	id: `ssis.${name}`,
	parameters: [{ name: 'number', kinds: numberKinds }],
	result: ([type]) => roomier(type),
	nulls: 'propagate',
	canFail: true,
	evaluate: ([value], { result }) =>
		typeof value === 'number'
			? (mode === 'floor' ? Math.floor(value) : Math.ceil(value)) + 0
			: rounded(value, 0, mode, result),
	pyspark: ([value], { types, result }) => printEnd(print, value, types[0], result),
	source: `Microsoft: ${name.toUpperCase()} (SSIS Expression)`,
}))

function printRound(value: Py, digits: number, from: DataType | undefined, to: DataType): Py {
	if (to.kind === 'int' || (from?.kind === 'decimal' && digits >= from.scale)) return castTo(value, to)
	if (to.kind === 'decimal') return settled(fn('round', value, digits), from, to)
	return castTo(fn('round', value, Math.min(digits, 400)), to)
}

/** A number of digits from a column: Spark wants it written out, so each possible one is. */
function printAnyRound(value: Py, digits: Py, from: DataType | undefined, to: DataType): Py {
	if (to.kind === 'int') return when(binary('>=', digits, lit(0)), value)
	const most = from?.kind === 'decimal' ? from.scale : mostDigits
	let text: Py | undefined
	for (let count = 0; count < most; count += 1) {
		const [test, result] = [binary('==', digits, lit(count)), printRound(value, count, from, to)]
		text = text === undefined ? when(test, result) : method(text, 'when', test, result)
	}
	const [test, result] = [binary('>=', digits, lit(most)), castTo(value, to)]
	return text === undefined ? when(test, result) : method(text, 'when', test, result)
}

export const roundingOperations: readonly Operation[] = [
	...endOperations,
	{
		id: 'ssis.round',
		parameters: [
			{ name: 'number', kinds: numberKinds },
			{ name: 'digits', kinds: ['int'] },
		],
		result: ([type]) => roomier(type),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([value, digits], { result, literals }) => {
			if (typeof digits !== 'bigint') return failure('type', 'not a number of digits')
			if (digits < 0n) return failure('argument', `${digits} digits`)
			// Written out or not must not matter: from 17 digits on, a double keeps what it has.
			if (typeof value === 'number' && digits >= BigInt(mostDigits) && literals[1] === undefined) return value
			// Ties go away from zero; the page does not say.
			return rounded(value, Number(digits < 400n ? digits : 400n), 'half-up', result)
		},
		pyspark: ([value, digits], { types, literals, result }) => {
			const written = literals[1]
			if (typeof written !== 'bigint') return printAnyRound(value, digits, types[0], result)
			const text = printRound(value, Number(written < 400n ? written : 400n), types[0], result)
			return written < 0n ? when(binary('>=', digits, lit(0)), castTo(value, result)) : text
		},
		source: 'Microsoft: ROUND (SSIS Expression)',
	},
]
