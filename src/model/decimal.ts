/** Exact decimal arithmetic on {@link Decimal} (unscaled bigint and scale), and whole numbers as decimals. */
import { type Decimal, makeDecimal } from './values.ts'

/**
 * How digits are dropped. `half-up` rounds ties away from zero (IBM `round_inf`, SQL), `down` towards zero (IBM `trunc_zero`),
 * `ceiling` and `floor` towards plus and minus infinity, `half-even` ties to the even neighbour.
 */
export type RoundingMode = 'half-up' | 'down' | 'ceiling' | 'floor' | 'half-even'

export const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent)

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

/** Quotient of whole numbers under a rounding mode. @throws RangeError when the divisor is 0. */
export function divideRounded(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
	const quotient = dividend / divisor
	const remainder = dividend % divisor
	if (remainder === 0n) return quotient
	const sign = dividend < 0n === divisor < 0n ? 1n : -1n
	return awayFromZero(quotient, remainder, divisor, sign, mode) ? quotient + sign : quotient
}

function awayFromZero(quotient: bigint, remainder: bigint, divisor: bigint, sign: bigint, mode: RoundingMode): boolean {
	switch (mode) {
		case 'down':
			return false
		case 'ceiling':
			return sign > 0n
		case 'floor':
			return sign < 0n
		case 'half-up':
		case 'half-even': {
			const twice = absolute(remainder) * 2n
			const size = absolute(divisor)
			if (twice !== size) return twice > size
			return mode === 'half-up' || quotient % 2n !== 0n
		}
	}
}

/** The same number at another scale; digits that do not fit are dropped under the mode. */
export function rescale(value: Decimal, scale: number, mode: RoundingMode): Decimal {
	if (scale >= value.scale) return makeDecimal(value.unscaled * powerOfTen(scale - value.scale), scale)
	return makeDecimal(divideRounded(value.unscaled, powerOfTen(value.scale - scale), mode), scale)
}

/** Both unscaled values at the larger of the two scales. */
function aligned(left: Decimal, right: Decimal): readonly [left: bigint, right: bigint, scale: number] {
	const scale = Math.max(left.scale, right.scale)
	return [left.unscaled * powerOfTen(scale - left.scale), right.unscaled * powerOfTen(scale - right.scale), scale]
}

export function add(left: Decimal, right: Decimal): Decimal {
	const [first, second, scale] = aligned(left, right)
	return makeDecimal(first + second, scale)
}

export function subtract(left: Decimal, right: Decimal): Decimal {
	const [first, second, scale] = aligned(left, right)
	return makeDecimal(first - second, scale)
}

/** The exact product; its scale is the sum of both scales. */
export function multiply(left: Decimal, right: Decimal): Decimal {
	return makeDecimal(left.unscaled * right.unscaled, left.scale + right.scale)
}

/** The quotient, rounded once at the scale. @throws RangeError when the divisor is 0. */
export function divide(left: Decimal, right: Decimal, scale: number, mode: RoundingMode): Decimal {
	const [first, second] = aligned(left, right)
	return makeDecimal(divideRounded(first * powerOfTen(scale), second, mode), scale)
}

/** Remainder with the sign of the dividend. @throws RangeError when the divisor is 0. */
export function remainder(left: Decimal, right: Decimal): Decimal {
	const [first, second, scale] = aligned(left, right)
	return makeDecimal(first % second, scale)
}

export function negate(value: Decimal): Decimal {
	return makeDecimal(-value.unscaled, value.scale)
}

/** -1, 0 or 1 by numeric value; the scales do not matter. */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
	const [first, second] = aligned(left, right)
	return first === second ? 0 : first < second ? -1 : 1
}

/** Has it at most `precision` digits at its scale? */
export function fits(value: Decimal, precision: number): boolean {
	return absolute(value.unscaled) < powerOfTen(precision)
}

export function fromBigint(value: bigint, scale = 0): Decimal {
	return makeDecimal(value * powerOfTen(scale), scale)
}

/** The whole part, digits after the point dropped under the mode (towards zero when none is given). */
export function toBigint(value: Decimal, mode: RoundingMode = 'down'): bigint {
	return rescale(value, 0, mode).unscaled
}

/**
 * Reads `[+-]digits[.digits][e[+-]digits]` (a point may stand first or last) exactly: `1.50` has scale 2, `1e3` scale 0.
 * Exponents beyond ±400 and any other text, blanks included, give undefined.
 */
export function parse(text: string): Decimal | undefined {
	const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
	if (!match) return undefined
	const [whole, fraction, exponent] = [match[2] ?? '', match[3] ?? '', Number(match[4] ?? 0)]
	if (whole + fraction === '' || Math.abs(exponent) > 400) return undefined
	const unscaled = BigInt(`${whole}${fraction}`) * (match[1] === '-' ? -1n : 1n)
	const scale = fraction.length - exponent
	return scale >= 0 ? makeDecimal(unscaled, scale) : makeDecimal(unscaled * powerOfTen(-scale), 0)
}

/** All digits of its scale, never an exponent: `-0.50`. */
export function format({ unscaled, scale }: Decimal): string {
	const digits = absolute(unscaled)
		.toString()
		.padStart(scale + 1, '0')
	const point = digits.length - scale
	const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
	return unscaled < 0n ? `-${text}` : text
}

/** The nearest double. */
export function toNumber(value: Decimal): number {
	return Number(format(value))
}

/**
 * The shortest decimal that reads back as the same double, which is what `BigDecimal.valueOf` in Java and `str` in Python give.
 * NaN and the infinities have none.
 */
export function fromNumber(value: number): Decimal | undefined {
	return Number.isFinite(value) ? parse(String(value)) : undefined
}

/** Every binary digit of the double, as `new BigDecimal(double)` in Java. NaN and the infinities have none. */
export function fromNumberExact(value: number): Decimal | undefined {
	if (!Number.isFinite(value)) return undefined
	let scaled = value
	let halvings = 0
	while (!Number.isInteger(scaled)) {
		scaled *= 2
		halvings += 1
	}
	// n / 2^k = n * 5^k / 10^k.
	return makeDecimal(BigInt(scaled) * 5n ** BigInt(halvings), halvings)
}
