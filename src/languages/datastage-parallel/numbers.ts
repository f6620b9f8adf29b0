/** Numbers in conversions: saturation, truncation, and the texts that DataStage writes for them. */
import {
	divideRounded,
	fits,
	format,
	fromNumber,
	parse,
	powerOfTen,
	type RoundingMode,
	rescale,
	toBigint,
} from '#model/decimal.ts'
import { type DecimalType, type FloatType, type IntType, intRange } from '#model/types.ts'
import { type Decimal, failure, makeDecimal, type Result } from '#model/values.ts'
import { isNumberText } from './operations/strings-tests.ts'

/** Into the range of the type: what is beyond becomes the end of the range, as the engine was seen to do with text. */
export function saturate(value: bigint, type: IntType): bigint {
	const { min, max } = intRange(type)
	return value < min ? min : value > max ? max : value
}

/** A double cut towards zero; NaN gives 0. */
export function saturateNumber(value: number, type: IntType): bigint {
	const { min, max } = intRange(type)
	if (Number.isNaN(value)) return 0n
	if (value >= Number(max)) return max
	if (value <= Number(min)) return min
	// Spark holds uint64 as a decimal, which takes the shortest digits of a double rather than its binary ones.
	return type.signed || type.bits < 64 ? BigInt(Math.trunc(value)) : toBigint(fromNumber(value) ?? makeDecimal(0n, 0))
}

/** Text that is no number gives 0 (the engine logs "Numeric string expected. Use default value"). */
export function textToInt(text: string, type: IntType): bigint {
	if (!isNumberText(text)) return 0n
	const plain = /^ *([+-]?)0*(\d{1,38})(?:\.\d*)? *$/.exec(text)
	if (!plain) return saturateNumber(Number(text), type)
	return saturate(BigInt(plain[2] ?? '0') * (plain[1] === '-' ? -1n : 1n), type)
}

export function textToNumber(text: string): number {
	return isNumberText(text) ? Number(text) : 0
}

export function textToDecimal(text: string, type: DecimalType, mode: RoundingMode = 'down'): Result {
	if (!isNumberText(text)) return makeDecimal(0n, type.scale)
	if (/[eE]/.test(text)) return numberToDecimal(Number(text), type, mode)
	return fitDecimal(parse(text.trim()) ?? makeDecimal(0n, 0), type, mode)
}

export function fitDecimal(value: Decimal, type: DecimalType, mode: RoundingMode = 'down'): Result {
	const rounded = rescale(value, type.scale, mode)
	return fits(rounded, type.precision)
		? rounded
		: failure('overflow', `${format(value)} has more digits than decimal(${type.precision},${type.scale})`)
}

/** Places that a double is first rounded to: as many as 38 digits allow, 18 more than the type has at most. */
export const guardScale = (type: DecimalType): number => Math.min(type.scale + 18, 38 - (type.precision - type.scale))

export function numberToDecimal(value: number, type: DecimalType, mode: RoundingMode = 'down'): Result {
	const exact = fromNumber(value)
	const bound = Number(powerOfTen(type.precision - type.scale))
	if (exact === undefined || Math.abs(value) >= bound)
		return failure('overflow', `${value} has more digits than decimal(${type.precision},${type.scale})`)
	return fitDecimal(rescale(exact, guardScale(type), 'half-up'), type, mode)
}

export const decimalToInt = (value: Decimal, mode: RoundingMode = 'down'): bigint =>
	divideRounded(value.unscaled, powerOfTen(value.scale), mode)

/** All digits of the type, with leading zeros; the point is there even without digits behind it: `00012344.120`, `7782.`. */
export function decimalDigits(value: Decimal, { precision, scale }: DecimalType): string {
	const { unscaled } = rescale(value, scale, 'down')
	const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(precision, '0')
	return `${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`
}

/**
 * A double as C's `%.17E` writes it: `1.29629629629629620E+01`. IBM's pages show both the exact binary digits and shortest digits
 * filled up with zeros; this is the second.
 */
export function scientific(value: number): string {
	if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NAN' : value > 0 ? 'INFINITY' : '-INFINITY'
	const [mantissa = '', exponent = ''] = (Object.is(value, -0) ? '-0e+0' : value.toExponential()).split('e')
	const [whole, fraction = ''] = mantissa.split('.')
	return `${whole}.${fraction.padEnd(17, '0')}E${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`
}

/**
 * A floating-point number in text files as C's `%g` writes it: no zeros and no point behind the last digit, an exponent below
 * 0.0001 and from 10^15 on. As many digits as it takes to read the same number back.
 */
export function floatText(value: number, { bits }: FloatType): string {
	if (!Number.isFinite(value)) return String(value)
	const digits = bits === 32 ? singleDigits(value) : value
	const [mantissa = '', exponent = '0'] = digits.toExponential().split('e')
	const power = Number(exponent)
	if (power >= -4 && power < 15) return Object.is(digits, -0) ? '-0' : String(digits)
	return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** The double of the fewest digits that is this number in single precision; whole numbers keep all of theirs. */
function singleDigits(value: number): number {
	if (Number.isInteger(value) && Math.abs(value) < 1e15) return value
	const precisions = [1, 2, 3, 4, 5, 6, 7, 8]
	const found = precisions.map((digits) => Number(value.toPrecision(digits))).find((one) => Math.fround(one) === value)
	return found ?? Number(value.toPrecision(9))
}
