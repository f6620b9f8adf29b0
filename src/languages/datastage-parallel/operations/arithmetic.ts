/** Operators: arithmetic on two values of one kind, comparison, and the types that they give. */
import { compareText } from '#model/code-points.ts'
import { add, compare, divide, fits, multiply, negate, remainder, rescale, subtract } from '#model/decimal.ts'
import { boolean, type DataType, type DecimalType, decimal, float, int } from '#model/types.ts'
import { type Decimal, failure, type Result, type Value } from '#model/values.ts'
import type { Arguments, Operation, TypeContext, TypeProblem } from '../../catalogue.ts'
import { atom, type BinaryOperator, binary, fn, lit, method, type Py, unary } from '../../python.ts'
import { sparkType } from '../../spark-types.ts'
import { both, cast, choose, when } from '../spark-text.ts'
import { anyOf, double, family, integer, numberOf } from './define.ts'

type Name = 'add' | 'subtract' | 'multiply' | 'divide'

/** Spark's own rule: what does not fit into 38 digits loses digits after the point, but keeps 6 of them. */
function capped(precision: number, scale: number): DecimalType {
	if (precision <= 38) return decimal(precision, scale)
	return decimal(38, Math.max(38 - (precision - scale), Math.min(scale, 6)))
}

function decimalResult(name: Name, left: DecimalType, right: DecimalType): DecimalType {
	const whole = Math.max(left.precision - left.scale, right.precision - right.scale)
	const scale = Math.max(left.scale, right.scale)
	if (name === 'multiply') return capped(left.precision + right.precision + 1, left.scale + right.scale)
	if (name !== 'divide') return capped(whole + scale + 1, scale)
	// Quotients have the 10 places of APT_DECIMAL_INTERM_SCALE.
	const quotient = capped(left.precision - left.scale + right.scale + 20, 20)
	return decimal(Math.min(38, quotient.precision - quotient.scale + 10), Math.min(10, quotient.scale))
}

const resultOf =
	(name: Name) =>
	([left, right]: Arguments<DataType>): DataType | TypeProblem => {
		if (left.kind === 'decimal' && right.kind === 'decimal') return decimalResult(name, left, right)
		if (left.kind !== right.kind) return { problem: 'both sides must have one kind of number' }
		return left.kind === 'float' || name === 'divide' ? float(64) : int(64)
	}

const decimals = { add, subtract, multiply } as const
const integers = {
	add: (left: bigint, right: bigint) => left + right,
	subtract: (left: bigint, right: bigint) => left - right,
	multiply: (left: bigint, right: bigint) => left * right,
} as const
const floats = {
	add: (left: number, right: number) => left + right,
	subtract: (left: number, right: number) => left - right,
	multiply: (left: number, right: number) => left * right,
} as const

const inLong = (value: bigint): Result =>
	value === BigInt.asIntN(64, value) ? value : failure('overflow', 'the result is beyond 64 bits')

function checked(value: Decimal, type: DataType): Result {
	if (type.kind !== 'decimal') throw new TypeError('a decimal is expected')
	const rounded = rescale(value, type.scale, 'half-up')
	return fits(rounded, type.precision)
		? rounded
		: failure('overflow', `the result has more than ${type.precision} digits`)
}

function compute(name: Exclude<Name, 'divide'>, left: Value, right: Value, type: DataType): Result {
	if (typeof left === 'bigint' && typeof right === 'bigint') return inLong(integers[name](left, right))
	if (typeof left === 'number' && typeof right === 'number') return floats[name](left, right)
	return checked(decimals[name](asDecimal(left), asDecimal(right)), type)
}

export function asDecimal(value: Value): Decimal {
	if (typeof value === 'object' && value !== null && value.kind === 'decimal') return value
	throw new TypeError('a decimal is expected')
}

const signs = { add: '+', subtract: '-', multiply: '*' } as const satisfies Record<string, BinaryOperator>

const isLong = (type: DataType | undefined): boolean => type?.kind === 'int' && type.bits === 64 && type.signed

/** Can no result overflow? Then Spark's own type of the result is the operation's. */
function staysWithin(name: Exclude<Name, 'divide'>, types: readonly DataType[], result: DataType): boolean {
	if (result.kind === 'float') return true
	const [left, right] = types
	if (left?.kind !== 'decimal' || right?.kind !== 'decimal')
		return types.every((type) => type.kind === 'int' && type.bits < 64)
	if (name === 'multiply') return left.precision + right.precision + 1 <= 38
	return Math.max(left.precision - left.scale, right.precision - right.scale) + Math.max(left.scale, right.scale) < 38
}

function computeText(
	name: Exclude<Name, 'divide'>,
	[left, right]: Arguments<Py>,
	types: readonly DataType[],
	result: DataType,
): Py {
	if (result.kind === 'float') return binary(signs[name], cast(left, 'double'), cast(right, 'double'))
	const safe = staysWithin(name, types, result)
	if (result.kind === 'decimal')
		return safe
			? binary(signs[name], left, right)
			: cast(fn(`try_${name}`, left, right), sparkType(result).toLowerCase())
	const [first, second] = [left, right].map((side, at) => (isLong(types[at]) ? side : cast(side, 'bigint'))) as [Py, Py]
	return safe ? binary(signs[name], first, second) : fn(`try_${name}`, first, second)
}

const arithmetic = (name: Exclude<Name, 'divide'>) => ({
	parameters: [numberOf('left'), numberOf('right')],
	result: resultOf(name),
	canFail: true,
	canFailWith: ({ types, result }: TypeContext) => !staysWithin(name, types, result),
	evaluate: ([left, right]: Arguments<Value>, { result }: { readonly result: DataType }) =>
		compute(name, left, right, result),
	pyspark: (
		args: Arguments<Py>,
		{ types, result }: { readonly types: readonly DataType[]; readonly result: DataType },
	) => computeText(name, args, types, result),
})

function quotient(left: Value, right: Value, type: DataType): Result {
	if (type.kind === 'decimal') {
		const divisor = asDecimal(right)
		return divisor.unscaled === 0n
			? failure('div_by_zero', 'division by zero')
			: checked(divide(asDecimal(left), divisor, 20, 'half-up'), type)
	}
	return Number(right) === 0 ? failure('div_by_zero', 'division by zero') : Number(left) / Number(right)
}

function quotientText(left: Py, right: Py, types: readonly DataType[], type: DataType): Py {
	if (type.kind !== 'decimal') return fn('try_divide', cast(left, 'double'), cast(right, 'double'))
	const [first, second] = [types[0], types[1]]
	if (first?.kind !== 'decimal' || second?.kind !== 'decimal') throw new TypeError('decimals are expected')
	// Spark gives a quotient `scale + precision of the divisor + 1` places; a wider divisor makes that 20 or more.
	const precision = Math.max(second.precision, Math.min(38, 19 - first.scale))
	const wide = precision === second.precision ? right : cast(right, `decimal(${precision},${second.scale})`)
	return cast(fn('try_divide', left, wide), sparkType(type).toLowerCase())
}

export function order(left: Value, right: Value): number {
	if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
	if (typeof left === 'object' && typeof right === 'object' && left !== null && right !== null) {
		if (left.kind === 'decimal' && right.kind === 'decimal') return compare(left, right)
		return rank(comparable(left), comparable(right))
	}
	return rank(left as bigint | number | boolean, right as bigint | number | boolean)
}

function comparable(value: Exclude<Value, null | string | number | bigint | boolean>): bigint | number | string {
	if (value.kind === 'date') return value.days
	if (value.kind === 'binary') return value.hex
	if (value.kind === 'decimal') return value.unscaled
	if ('micros' in value) return value.micros
	throw new TypeError(`a ${value.kind} has no order`)
}

const rank = (left: bigint | number | boolean | string, right: bigint | number | boolean | string): number =>
	left < right ? -1 : left > right ? 1 : 0

const comparison = (sign: BinaryOperator, holds: (order: number) => boolean) => ({
	parameters: [anyOf('left'), anyOf('right')],
	result: () => boolean,
	evaluate: ([left, right]: Arguments<Value>) => holds(order(left, right)),
	pyspark: ([left, right]: Arguments<Py>) => binary(sign, left, right),
})

function modulus(left: Value, right: Value): Result {
	if (typeof left === 'bigint') return right === 0n ? failure('div_by_zero', 'division by zero') : left % integer(right)
	const divisor = asDecimal(right)
	return divisor.unscaled === 0n ? failure('div_by_zero', 'division by zero') : remainder(asDecimal(left), divisor)
}

export const operators: readonly Operation[] = family(
	'IBM: Transformer stage expressions, operators; Decimal field conversions',
	{
		add: arithmetic('add'),
		subtract: arithmetic('subtract'),
		multiply: arithmetic('multiply'),
		divide: {
			parameters: [numberOf('left'), numberOf('right')],
			result: resultOf('divide'),
			canFail: true,
			evaluate: ([left, right], { result }) => quotient(left, right, result),
			pyspark: ([left, right], { types, result }) => quotientText(left, right, types, result),
		},
		// The remainder has the sign of the dividend, as in C.
		mod: {
			parameters: [
				{ name: 'left', kinds: ['int'] },
				{ name: 'right', kinds: ['int'] },
			],
			result: () => int(64),
			canFail: true,
			evaluate: ([left, right]) => modulus(left, right),
			pyspark: ([left, right]) =>
				when(both(binary('!=', right, lit(0))), binary('%', cast(left, 'bigint'), cast(right, 'bigint'))),
		},
		negate: {
			parameters: [numberOf('operand')],
			result: ([type]) => (type.kind === 'int' ? int(64) : type),
			canFail: true,
			evaluate: ([value]) => {
				if (typeof value === 'bigint') return inLong(-value)
				return typeof value === 'number' ? -double(value) : negate(asDecimal(value))
			},
			pyspark: ([value], { types }) => {
				const [type] = types
				if (type?.kind !== 'int') return unary('-', value)
				return type.bits < 64
					? unary('-', cast(value, 'bigint'))
					: fn('try_subtract', cast(lit(0), 'bigint'), cast(value, 'bigint'))
			},
		},
		eq: comparison('==', (sign) => sign === 0),
		ne: comparison('!=', (sign) => sign !== 0),
		lt: comparison('<', (sign) => sign < 0),
		gt: comparison('>', (sign) => sign > 0),
		le: comparison('<=', (sign) => sign <= 0),
		ge: comparison('>=', (sign) => sign >= 0),
		'null-to-value': {
			parameters: [anyOf('value'), anyOf('instead')],
			result: ([type]) => type,
			nulls: 'custom',
			evaluate: ([value, instead]) => value ?? instead,
			pyspark: ([value, instead]) => fn('coalesce', value, instead),
		},
		'make-null': {
			parameters: [anyOf('value'), anyOf('null-value')],
			result: ([type]) => type,
			nulls: 'custom',
			evaluate: ([value, mark]) => (value !== null && mark !== null && order(value, mark) === 0 ? null : value),
			pyspark: ([value, mark]) => choose(method(value, 'eqNullSafe', mark), fn('lit', atom('None')), value),
		},
	},
)
