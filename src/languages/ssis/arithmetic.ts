/** `+`, `-` and `*` of numbers. Operands have one type by then (decimals: any precision and scale). */
import { add, fits, multiply, rescale, subtract } from '#model/decimal.ts'
import type { DataType, DecimalType, IntType } from '#model/types.ts'
import { decimal, intRange, typeName } from '#model/types.ts'
import type { Decimal, Result, Value } from '#model/values.ts'
import { failure, makeDecimal } from '#model/values.ts'
import type { Operation, TypeProblem } from '../catalogue.ts'
import { literalText } from '../literals.ts'
import type { Py } from '../python.ts'
import { binary, fn, lit } from '../python.ts'
import { numericResult } from './numeric-types.ts'
import { castTo, when, within } from './spark.ts'

export const numberKinds: readonly DataType['kind'][] = ['int', 'decimal', 'float']

interface Meaning {
	readonly symbol: '+' | '-' | '*'
	readonly name: 'add' | 'subtract' | 'multiply'
	readonly ints: (left: bigint, right: bigint) => bigint
	readonly decimals: (left: Decimal, right: Decimal) => Decimal
	readonly floats: (left: number, right: number) => number
	readonly source: string
}

const meanings: readonly Meaning[] = [
	{ symbol: '+', name: 'add', ints: (a, b) => a + b, decimals: add, floats: (a, b) => a + b, source: '+ (Add)' },
	{
		symbol: '-',
		name: 'subtract',
		ints: (a, b) => a - b,
		decimals: subtract,
		floats: (a, b) => a - b,
		source: '- (Subtract)',
	},
	{
		symbol: '*',
		name: 'multiply',
		ints: (a, b) => a * b,
		decimals: multiply,
		floats: (a, b) => a * b,
		source: '* (Multiply)',
	},
]

export const arithmeticOperations: readonly Operation[] = meanings.map((meaning) => ({
	id: `ssis.${meaning.name}`,
	parameters: [
		{ name: 'left', kinds: numberKinds },
		{ name: 'right', kinds: numberKinds },
	],
	result: ([left, right]) => resultType(meaning, left, right),
	nulls: 'propagate',
	canFail: true,
	canFailWith: ({ types: [left, right] }) =>
		left?.kind !== 'decimal' || right?.kind !== 'decimal' || digitsNeeded(meaning, left, right) > 38,
	evaluate: ([left, right], { result }) => compute(meaning, left, right, result),
	pyspark: ([left, right], { types, result }) => print(meaning, [left, right], types, result),
	source: `Microsoft: ${meaning.source} (SSIS Expression), Integration Services Data Types in Expressions`,
}))

/** Why two operands of an operation on one type do not go together. */
export function mixedTypes(left: DataType, right: DataType): TypeProblem {
	return { problem: `${typeName(left)} and ${typeName(right)} do not go together; cast one of them` }
}

export function sameType(left: DataType, right: DataType): boolean {
	return typeName(left) === typeName(right)
}

function resultType(meaning: Meaning, left: DataType, right: DataType): DataType | TypeProblem {
	if (left.kind !== 'decimal' || right.kind !== 'decimal') return sameType(left, right) ? left : mixedTypes(left, right)
	const result = numericResult(meaning.symbol, left, right)
	const { precision, lost } = loss(meaning, left, right, result)
	if (lost === 0 || precision <= 38) return result
	return {
		problem: `the result of ${typeName(left)} ${meaning.symbol} ${typeName(right)} has more digits than any type; cast an operand`,
	}
}

/** Digits after the point that the result type cannot hold, and the digits that finding out takes. */
function loss(meaning: Meaning, left: DecimalType, right: DecimalType, result: DecimalType) {
	const scale = meaning.symbol === '*' ? left.scale + right.scale : Math.max(left.scale, right.scale)
	const lost = scale - result.scale
	const precision = meaning.symbol === '*' ? Math.max(lost, left.scale) + Math.max(lost, right.scale) + 1 : scale + 2
	return { lost, precision }
}

export function tooLarge(type: DataType): Result {
	return failure('overflow', `the result does not fit ${typeName(type)}`)
}

function compute(meaning: Meaning, left: Value, right: Value, type: DataType): Result {
	if (typeof left === 'bigint' && typeof right === 'bigint' && type.kind === 'int') {
		return checked(meaning.ints(left, right), type)
	}
	if (typeof left === 'number' && typeof right === 'number') return single(meaning.floats(left, right), type)
	if (isDecimal(left) && isDecimal(right) && type.kind === 'decimal') {
		const exact = meaning.decimals(left, right)
		const result = rescale(exact, type.scale, 'half-up')
		// "...exceeds the maximum size for numeric types" (0xC0049032): a digit is never dropped silently.
		const whole =
			exact.scale <= type.scale || result.unscaled * 10n ** BigInt(exact.scale - type.scale) === exact.unscaled
		return whole && fits(result, type.precision) ? result : tooLarge(type)
	}
	return failure('type', 'operands of different types')
}

export function isDecimal(value: Value): value is Decimal {
	return typeof value === 'object' && value !== null && value.kind === 'decimal'
}

/** An integer result, or overflow: never wrapped, never widened (0xC0049033). */
export function checked(value: bigint, type: IntType): Result {
	const { min, max } = intRange(type)
	return value >= min && value <= max ? value : tooLarge(type)
}

export const single = (value: number, type: DataType): number =>
	type.kind === 'float' && type.bits === 32 ? Math.fround(value) : value

function print(meaning: Meaning, args: readonly [Py, Py], types: readonly DataType[], result: DataType): Py {
	const [left, right] = args
	if (result.kind === 'float') return binary(meaning.symbol, left, right)
	const tried = fn(`try_${meaning.name}`, left, right)
	if (result.kind === 'int') return result.signed ? tried : inRange(tried, result)
	const [first, second] = types
	if (result.kind !== 'decimal' || first?.kind !== 'decimal' || second?.kind !== 'decimal') return tried
	if (digitsNeeded(meaning, first, second) <= 38) return binary(meaning.symbol, left, right)
	const { lost } = loss(meaning, first, second, result)
	return lost === 0 ? tried : when(isExact(meaning, args, [first, second], result), tried)
}

function digitsNeeded(meaning: Meaning, left: DecimalType, right: DecimalType): number {
	if (meaning.symbol === '*') return left.precision + right.precision + 1
	return Math.max(left.precision - left.scale, right.precision - right.scale) + Math.max(left.scale, right.scale) + 1
}

/** A result held by a wider Spark type, null outside the range of its own. */
function inRange(value: Py, type: IntType): Py {
	const { min, max } = intRange(type)
	return castTo(within(value, min, max), type)
}

/** Does the result have no digit below the last place that its type holds? Asked of the lowest digits alone, which are few. */
function isExact(
	meaning: Meaning,
	[left, right]: readonly [Py, Py],
	types: readonly [DecimalType, DecimalType],
	result: DecimalType,
): Py {
	const last = power(-result.scale)
	const { lost } = loss(meaning, ...types, result)
	const low = (operand: Py, { scale }: DecimalType): Py =>
		meaning.symbol === '*'
			? castTo(binary('%', operand, power(lost - scale)), decimal(Math.max(lost, scale), scale))
			: binary('%', operand, last)
	const lowest = binary(meaning.symbol, low(left, types[0]), low(right, types[1]))
	return binary('==', binary('%', lowest, last), lit(0))
}

function power(exponent: number): Py {
	const value = exponent < 0 ? makeDecimal(1n, -exponent) : makeDecimal(10n ** BigInt(exponent), 0)
	return literalText(value, decimal(Math.max(exponent + 1, -exponent, 1), Math.max(-exponent, 0)))
}
