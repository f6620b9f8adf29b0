/** Mathematical functions. Angles are radians. */
import { divideRounded, format, fromNumber, powerOfTen, rescale, toNumber } from '#model/decimal.ts'
import { type DataType, decimal, int, intRange } from '#model/types.ts'
import { failure, makeDecimal, type Result, type Value } from '#model/values.ts'
import type { Arguments } from '../../catalogue.ts'
import { type BinaryOperator, binary, fn, lit, method, type Py } from '../../python.ts'
import { saturateNumber } from '../numbers.ts'
import * as spark from '../numbers-spark.ts'
import { bind, both, cast, choose, literalInt, when } from '../spark-text.ts'
import { asDecimal, order } from './arithmetic.ts'
import {
	anyOf,
	decimalOf,
	double,
	family,
	floatOf,
	integer,
	intOf,
	literal,
	numberOf,
	optionalLiteral,
	results,
	string,
	textAt,
	textOf,
} from './define.ts'

const one = [floatOf('operand')]
const finite = (value: number): Result =>
	Number.isFinite(value) ? value : failure('domain', 'the function has no value there')

/** A function of doubles; `domain` is where it has a value. */
const real = (compute: (x: number) => number, name: string, domain?: (x: Py) => Py) => ({
	parameters: one,
	result: results.double,
	canFail: true,
	evaluate: ([x]: Arguments<Value>) => finite(compute(double(x))),
	pyspark: ([x]: Arguments<Py>) =>
		finiteText(domain === undefined ? fn(name, x) : bind(x, (value) => when(domain(value), fn(name, value)))),
})

const LARGEST = Number.MAX_VALUE
/** Infinity and NaN become null; most functions stay below. */
const finiteText = (value: Py): Py => bind(value, (known) => when(binary('<=', fn('abs', known), lit(LARGEST)), known))

const keep = (left: Value, right: Value, wanted: number): Value => (order(left, right) === wanted ? left : right)
const extreme = (wanted: -1 | 1, first: BinaryOperator, second: BinaryOperator) => ({
	parameters: [anyOf('left'), anyOf('right')],
	result: ([type]: Arguments<DataType>) => type,
	evaluate: ([left, right]: Arguments<Value>) => keep(left, right, wanted),
	// Spark's own least and greatest skip nulls.
	pyspark: ([left, right]: Arguments<Py>) =>
		method(when(binary(first, left, right), left), 'when', binary(second, left, right), right),
})

const whole = (mode: 'ceiling' | 'floor', name: 'ceil' | 'floor') => ({
	parameters: [numberOf('operand')],
	result: ([type]: Arguments<DataType>): DataType =>
		type.kind === 'decimal' ? decimal(Math.min(38, type.precision - type.scale + 1), 0) : int(64),
	evaluate: ([value]: Arguments<Value>): Result => {
		if (typeof value === 'bigint') return value
		if (typeof value === 'number') return saturateNumber(Math[name](value), int(64))
		return rescale(asDecimal(value), 0, mode)
	},
	pyspark: (
		[value]: Arguments<Py>,
		{ types, result }: { readonly types: readonly DataType[]; readonly result: DataType },
	): Py => {
		const [type] = types
		if (type?.kind === 'int') return cast(value, 'bigint')
		if (type?.kind === 'float') return spark.numberToInt(binary('+', fn(name, value), lit(0)), int(64))
		return cast(fn(name, value), result.kind === 'decimal' ? `decimal(${result.precision},0)` : 'bigint')
	},
})

const bits = (apply: (left: bigint, right: bigint) => bigint, name: string) => ({
	parameters: [intOf('left'), intOf('right')],
	result: results.int64,
	evaluate: ([left, right]: Arguments<Value>) => BigInt.asIntN(64, apply(integer(left), integer(right))),
	pyspark: ([left, right]: Arguments<Py>) => method(cast(left, 'bigint'), name, cast(right, 'bigint')),
})

/** Rounds the shortest decimal text of a double, or cuts it; both sides see at most 18 places. */
function fix(value: number, places: number, cut: boolean): Result {
	const exact = fromNumber(value)
	if (exact === undefined || Math.abs(value) >= 1e15) return value
	return toNumber(rescale(rescale(exact, 20, 'half-up'), places, cut ? 'down' : 'half-up'))
}
function fixText(value: Py, places: number, cut: boolean): Py {
	const held = { kind: 'decimal', precision: 38, scale: 20 } as const
	return bind(value, (known) =>
		choose(
			binary('<', fn('abs', known), cast(lit('1e15'), 'double')),
			cast(spark.rounded(cast(known, 'decimal(38,20)'), held, places, cut ? 'down' : 'half-up'), 'double'),
			known,
		),
	)
}
const placesOf = (literals: readonly (Value | undefined)[], position: number, usual: number): number => {
	const value = literals[position]
	return typeof value === 'bigint' ? Math.max(0, Math.min(15, Number(value))) : usual
}

const maskOf = (list: string): bigint =>
	list.split(',').reduce((mask, bit) => mask | (1n << BigInt(Number.parseInt(bit, 10) - 1)), 0n)

const toInteger = (nearest: boolean) => ({
	parameters: [numberOf('operand')],
	result: results.int64,
	evaluate: ([value]: Arguments<Value>): Result => {
		if (typeof value === 'bigint') return value
		if (typeof value === 'number')
			return saturateNumber(nearest ? Math.sign(value) * Math.round(Math.abs(value)) : value, int(64))
		const { unscaled, scale } = asDecimal(value)
		const { min, max } = intRange(int(64))
		const rounded = divideRounded(unscaled, powerOfTen(scale), 'half-up')
		return rounded < min ? min : rounded > max ? max : rounded
	},
	pyspark: ([value]: Arguments<Py>, { types }: { readonly types: readonly DataType[] }): Py => {
		const [type] = types
		if (type?.kind === 'int') return spark.intToInt(value, type, int(64))
		if (type?.kind === 'decimal') return spark.decimalToInt(value, type, int(64), 'half-up')
		return spark.numberToInt(nearest ? fn('round', value) : value, int(64))
	},
})

export const numberFunctions = family('IBM: Parallel transform functions, mathematical, number and utility functions', {
	abs: {
		parameters: [numberOf('operand')],
		result: ([type]) => (type.kind === 'int' ? int(64) : type),
		canFail: true,
		evaluate: ([value]) => {
			if (typeof value === 'bigint')
				return value === -(2n ** 63n)
					? failure('overflow', 'the result is beyond 64 bits')
					: value < 0n
						? -value
						: value
			if (typeof value === 'number') return Math.abs(value)
			const known = asDecimal(value)
			return makeDecimal(known.unscaled < 0n ? -known.unscaled : known.unscaled, known.scale)
		},
		pyspark: ([value], { types }) => {
			const [type] = types
			if (type?.kind !== 'int') return fn('abs', value)
			const wide = cast(value, 'bigint')
			return type.bits < 64
				? fn('abs', wide)
				: when(binary('>', wide, cast(lit('-9223372036854775808'), 'bigint')), fn('abs', wide))
		},
	},
	fabs: {
		parameters: one,
		result: results.double,
		evaluate: ([x]) => Math.abs(double(x)),
		pyspark: ([x]) => fn('abs', x),
	},
	ceil: whole('ceiling', 'ceil'),
	floor: whole('floor', 'floor'),
	max: extreme(1, '>=', '<'),
	min: extreme(-1, '<=', '>'),
	// The whole part of the quotient.
	div: {
		parameters: [floatOf('left'), floatOf('right')],
		result: results.double,
		canFail: true,
		evaluate: ([left, right]) =>
			right === 0 ? failure('div_by_zero', 'division by zero') : Math.trunc(double(left) / double(right)) + 0,
		pyspark: ([left, right]) =>
			bind(fn('try_divide', left, right), (quotient) =>
				binary(
					'*',
					fn('signum', quotient),
					fn('round', binary('-', fn('abs', quotient), binary('%', fn('abs', quotient), lit(1)))),
				),
			),
	},
	exp: real(Math.exp, 'exp'),
	ln: real((x) => (x > 0 ? Math.log(x) : Number.NaN), 'ln'),
	log10: real((x) => (x > 0 ? Math.log10(x) : Number.NaN), 'log10'),
	sqrt: real(Math.sqrt, 'sqrt', (x) => binary('>=', x, lit(0))),
	acos: real(Math.acos, 'acos', (x) => binary('<=', fn('abs', x), lit(1))),
	asin: real(Math.asin, 'asin', (x) => binary('<=', fn('abs', x), lit(1))),
	atan: real(Math.atan, 'atan'),
	cos: real(Math.cos, 'cos'),
	cosh: real(Math.cosh, 'cosh'),
	sin: real(Math.sin, 'sin'),
	sinh: real(Math.sinh, 'sinh'),
	tan: real(Math.tan, 'tan'),
	tanh: real(Math.tanh, 'tanh'),
	atan2: {
		parameters: [floatOf('y'), floatOf('x')],
		result: results.double,
		evaluate: ([y, x]) => Math.atan2(double(y), double(x)),
		pyspark: ([y, x]) => fn('atan2', y, x),
	},
	pwr: {
		parameters: [floatOf('base'), floatOf('exponent')],
		result: results.double,
		canFail: true,
		evaluate: ([base, exponent]) => finite(double(base) ** double(exponent)),
		pyspark: ([base, exponent]) => finiteText(fn('pow', base, exponent)),
	},
	ldexp: {
		parameters: [floatOf('mantissa'), intOf('exponent')],
		result: results.double,
		canFail: true,
		evaluate: ([mantissa, exponent]) => finite(double(mantissa) * 2 ** Number(integer(exponent))),
		pyspark: ([mantissa, exponent]) =>
			finiteText(binary('*', mantissa, fn('pow', cast(lit(2), 'double'), cast(exponent, 'double')))),
	},
	// Fix(x, places = 4, mode = 0): mode 0 rounds, any other cuts.
	fix: {
		parameters: [floatOf('operand'), intOf('places', optionalLiteral), intOf('mode', optionalLiteral)],
		result: results.double,
		evaluate: ([value], { literals }) => fix(double(value), placesOf(literals, 1, 4), placesOf(literals, 2, 0) !== 0),
		pyspark: ([value], context) =>
			fixText(value, placesOf(context.literals, 1, 4), (literalInt(context, 2) ?? 0) !== 0),
	},
	// The digits behind the point as a number, without the zeros at the end.
	mantissa: {
		parameters: [decimalOf('operand')],
		result: results.double,
		evaluate: ([value]) => Number((format(asDecimal(value)).split('.')[1] ?? '').replace(/0+$/, '') || '0'),
		pyspark: ([value]) =>
			cast(fn('concat', lit('0'), fn('regexp_extract', cast(value, 'string'), '\\.(\\d*?)0*$', 1)), 'double'),
	},
	'bit-and': bits((left, right) => left & right, 'bitwiseAND'),
	'bit-or': bits((left, right) => left | right, 'bitwiseOR'),
	'bit-xor': bits((left, right) => left ^ right, 'bitwiseXOR'),
	'bit-expand': {
		parameters: [intOf('operand')],
		result: results.text,
		evaluate: ([value]) => BigInt.asUintN(64, integer(value)).toString(2),
		pyspark: ([value]) => fn('bin', cast(value, 'bigint')),
	},
	'bit-compress': {
		parameters: [textOf('bits')],
		result: results.int64,
		canFail: true,
		evaluate: ([value]) =>
			/^[01]{1,63}$/.test(string(value))
				? BigInt(`0b${string(value)}`)
				: failure('argument', 'digits 0 and 1 are expected'),
		pyspark: ([value]) =>
			bind(value, (known) =>
				when(method(known, 'rlike', '\\A[01]{1,63}\\z'), cast(fn('conv', known, 2, 10), 'bigint')),
			),
	},
	// Bit numbers count from 1 at the lowest bit; IBM's samples were recomputed.
	'set-bit': {
		parameters: [intOf('operand'), textOf('bits', literal), intOf('state', literal)],
		result: (_types, literals) =>
			/^\s*([1-9]|[1-5]\d|6[0-3])\s*(,\s*([1-9]|[1-5]\d|6[0-3])\s*)*$/.test(textAt(literals, 1))
				? results.int64()
				: { problem: 'the bits are numbers from 1 to 63, separated by commas' },
		evaluate: ([value, list, state]) =>
			state === 0n ? integer(value) & ~maskOf(string(list)) : integer(value) | maskOf(string(list)),
		pyspark: ([value], { literals }) => {
			const mask = maskOf(textAt(literals, 1))
			const chosen = literals[2] === 0n ? ~mask : mask
			return method(
				cast(value, 'bigint'),
				literals[2] === 0n ? 'bitwiseAND' : 'bitwiseOR',
				cast(lit(chosen.toString()), 'bigint'),
			)
		},
	},
	'as-integer': toInteger(false),
	'as-integer-nearest': toInteger(true),
	'num-to-str-fixed': {
		parameters: [floatOf('operand'), intOf('places', literal)],
		result: results.text,
		canFail: true,
		evaluate: ([value], { literals }) => {
			const exact = fromNumber(double(value))
			if (exact === undefined || Math.abs(double(value)) >= 1e18)
				return failure('overflow', 'the number has too many digits')
			return format(rescale(rescale(exact, 20, 'half-up'), placesOf(literals, 1, 0), 'half-up'))
		},
		pyspark: ([value], context) => {
			const places = placesOf(context.literals, 1, 0)
			return bind(value, (known) =>
				when(
					both(binary('<', fn('abs', known), cast(lit('1e18'), 'double'))),
					cast(fn('round', cast(known, 'decimal(38,20)'), places), 'string'),
				),
			)
		},
	},
})
