/** `/`, `%` and unary minus. */
import { divide, fits, negate, rescale } from '#model/decimal.ts'
import type { DataType, IntType } from '#model/types.ts'
import { intRange } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Operation, TypeProblem } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { binary, fn, lit, unary } from '../python.ts'
import { checked, isDecimal, mixedTypes, numberKinds, sameType, single, tooLarge } from './arithmetic.ts'
import { numericResult } from './numeric-types.ts'
import { bind, castTo, sql, unless, when, whole } from './spark.ts'

const byZero = failure('div_by_zero', 'division by zero')

export const divisionOperations: readonly Operation[] = [
	{
		id: 'ssis.divide',
		parameters: [
			{ name: 'dividend', kinds: numberKinds },
			{ name: 'divisor', kinds: numberKinds },
		],
		result: ([left, right]) => quotientType(left, right),
		nulls: 'propagate',
		canFail: true,
		evaluate: ([left, right], { result }) => quotient(left, right, result),
		pyspark: ([left, right], { literals, result }) => printQuotient(left, right, literals[1], result),
		source: 'Microsoft: / (Divide) (SSIS Expression)',
	},
	{
		id: 'ssis.modulo',
		parameters: [
			{ name: 'dividend', kinds: ['int'] },
			{ name: 'divisor', kinds: ['int'] },
		],
		result: ([left, right]) => (sameType(left, right) ? left : mixedTypes(left, right)),
		nulls: 'propagate',
		canFail: true,
		// The sign is that of the dividend, as in C; the page does not say.
		evaluate: ([left, right]) =>
			typeof left !== 'bigint' || typeof right !== 'bigint'
				? failure('type', 'not integers')
				: right === 0n
					? byZero
					: left % right,
		pyspark: ([left, right], { literals, result }) => castedModulo(left, nonZero(right, literals[1]), result),
		source: 'Microsoft: % (Modulo) (SSIS Expression)',
	},
	{
		id: 'ssis.negate',
		parameters: [{ name: 'operand', kinds: numberKinds }],
		result: ([operand]) =>
			operand.kind === 'int' && !operand.signed ? { problem: 'an unsigned number has no negative' } : operand,
		nulls: 'propagate',
		canFail: true,
		evaluate: ([operand], { result }) => opposite(operand, result),
		pyspark: ([operand], { result }) =>
			result.kind === 'int' ? unary('-', unless(operand, leastOf(result))) : unary('-', operand),
		source: 'Microsoft: - (Negate) (SSIS Expression)',
	},
]

function quotientType(left: DataType, right: DataType): DataType | TypeProblem {
	if (left.kind === 'decimal' && right.kind === 'decimal') return numericResult('/', left, right)
	return sameType(left, right) ? left : mixedTypes(left, right)
}

function quotient(left: Value, right: Value, type: DataType): Result {
	if (typeof left === 'bigint' && typeof right === 'bigint' && type.kind === 'int') {
		return right === 0n ? byZero : checked(left / right, type)
	}
	if (typeof left === 'number' && typeof right === 'number') return right === 0 ? byZero : single(left / right, type)
	if (isDecimal(left) && isDecimal(right) && type.kind === 'decimal') {
		if (right.unscaled === 0n) return byZero
		// How the engine rounds is not documented; this is what Spark does, digit by digit (39 digits first, then the type's).
		const result = rescale(divide(left, right, 39, 'half-up'), type.scale, 'half-up')
		return fits(result, type.precision) ? result : tooLarge(type)
	}
	return failure('type', 'operands of different types')
}

function printQuotient(left: Py, right: Py, divisor: Value | undefined, type: DataType): Py {
	if (type.kind !== 'int')
		return type.kind === 'float' && type.bits === 32
			? castTo(fn('try_divide', left, right), type)
			: fn('try_divide', left, right)
	if (!type.signed && type.bits === 64) return castTo(fn('floor', fn('try_divide', left, right)), type)
	const safe = nonZero(right, divisor)
	if (!type.signed || (typeof divisor === 'bigint' && divisor !== -1n)) return castTo(sql('div', left, safe), type)
	// The only quotient that does not fit: the least number divided by -1.
	const { min } = intRange(type)
	if (type.bits < 64) return castTo(unless(sql('div', left, safe), whole(-min)), type)
	const fitsWhole = (dividend: Py): Py => binary('|', binary('!=', dividend, whole(min)), binary('!=', right, lit(-1)))
	return bind(left, (dividend) => sql('div', when(fitsWhole(dividend), dividend), safe))
}

function castedModulo(left: Py, right: Py, type: DataType): Py {
	const rest = binary('%', left, right)
	return type.kind === 'int' && !type.signed && type.bits === 64 ? castTo(rest, type) : rest
}

function nonZero(divisor: Py, literal: Value | undefined): Py {
	return typeof literal === 'bigint' && literal !== 0n ? divisor : unless(divisor, lit(0))
}

function opposite(value: Value, type: DataType): Result {
	if (typeof value === 'bigint' && type.kind === 'int') return checked(-value, type)
	if (typeof value === 'number') return -value
	return isDecimal(value) ? negate(value) : failure('type', 'not a number')
}

/** The least value of a signed type, which has no positive counterpart. */
export function leastOf(type: IntType): Py {
	const { min } = intRange(type)
	return whole(min)
}
