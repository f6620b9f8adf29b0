/** Exact numbers between the numeric types: what aggregates and running numbers need. */
import { valueText } from '#model/json-values.ts'
import type { DataType } from '#model/types.ts'
import { intRange, typeName } from '#model/types.ts'
import type { Decimal, Result, Value } from '#model/values.ts'
import { failure, makeDecimal } from '#model/values.ts'

/** Integers and decimals as a decimal; undefined for anything else. */
export function toDecimal(value: Value): Decimal | undefined {
	if (typeof value === 'bigint') return makeDecimal(value, 0)
	return typeof value === 'object' && value?.kind === 'decimal' ? value : undefined
}

/** The nearest double of a number, the way a parser reads its digits. */
export function toFloat(value: Value): number {
	if (typeof value === 'number') return value
	const exact = toDecimal(value)
	if (exact === undefined) throw new Error('a value that is no number reached arithmetic')
	return Number(`${exact.unscaled}e${-exact.scale}`)
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
	const scale = Math.max(left.scale, right.scale)
	const raise = ({ unscaled, scale: own }: Decimal): bigint => unscaled * 10n ** BigInt(scale - own)
	return makeDecimal(raise(left) + raise(right), scale)
}

/** `value / divisor` to that many digits after the point, half away from zero. */
export function divideDecimal(value: Decimal, divisor: bigint, scale: number): Decimal {
	const shift = scale - value.scale
	const [numerator, denominator] =
		shift >= 0 ? [value.unscaled * 10n ** BigInt(shift), divisor] : [value.unscaled, divisor * 10n ** BigInt(-shift)]
	return makeDecimal(divideHalfUp(numerator, denominator), scale)
}

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
	const magnitude = numerator < 0n ? -numerator : numerator
	const rounded = (2n * magnitude + denominator) / (2n * denominator)
	return numerator < 0n ? -rounded : rounded
}

/**
 * A number as a value of another numeric type: decimals round half away from zero, to an integer the fraction is cut.
 * Values that are not numbers come back as they are.
 */
export function coerceNumber(value: Value, type: DataType): Result {
	if (value === null) return null
	const number = typeof value === 'number' ? value : toDecimal(value)
	if (number === undefined) return value
	switch (type.kind) {
		case 'float':
			return type.bits === 32 ? Math.fround(toFloat(value)) : toFloat(value)
		case 'int':
			return inRange(truncated(number), type)
		case 'decimal': {
			const exact = typeof number === 'number' ? decimalOfFloat(number) : number
			if (exact === undefined) return failure('overflow', `${valueText(value)} is not a ${typeName(type)}`)
			const fitted = divideDecimal(exact, 1n, type.scale)
			const magnitude = fitted.unscaled < 0n ? -fitted.unscaled : fitted.unscaled
			if (magnitude < 10n ** BigInt(type.precision)) return fitted
			return failure('overflow', `the result does not fit ${typeName(type)}`)
		}
		default:
			return value
	}
}

function truncated(number: number | Decimal): bigint | undefined {
	if (typeof number !== 'number') return number.unscaled / 10n ** BigInt(number.scale)
	return Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined
}

function inRange(value: bigint | undefined, type: Extract<DataType, { kind: 'int' }>): Result {
	const { min, max } = intRange(type)
	if (value !== undefined && value >= min && value <= max) return value
	return failure('overflow', `the result does not fit ${typeName(type)}`)
}

/** The shortest decimal that reads back as the same double. */
function decimalOfFloat(value: number): Decimal | undefined {
	const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
	if (match === null) return undefined
	const fraction = match[3] ?? ''
	const unscaled = BigInt(`${match[2] ?? ''}${fraction}`) * (match[1] === '-' ? -1n : 1n)
	const scale = fraction.length - Number(match[4] ?? 0)
	return scale >= 0 ? makeDecimal(unscaled, scale) : makeDecimal(unscaled * 10n ** BigInt(-scale), 0)
}
