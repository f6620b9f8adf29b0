/** How BASIC reads numbers in texts and writes them: values have no types, and a text that looks like a number is one. */
import { format, fromNumber, parse, rescale } from '#model/decimal.ts'
import type { Decimal } from '#model/values.ts'
import { isNumberText } from '../datastage-parallel/operations/strings-tests.ts'

/** Digits after the point when a number becomes text: PRECISION, which is 4 unless a routine sets another (IBM: PRECISION statement). */
const PRECISION = 4

/** The empty text counts as no number where values are compared, and as 0 where a number is needed. */
export { isNumberText as looksNumeric }

/** A text that is no number gives 0; the engine warns and goes on (IBM: DataStage BASIC, data types). */
export const numberOfText = (text: string): number => (isNumberText(text) ? Number(text) : 0)

/** Larger numbers keep the digits of a double. */
const LIMIT = 1e33

/** `0.7071`, `45`: at most 4 digits after the point, and no zeros at the end. */
export function numberText(value: number): string {
	const exact = Math.abs(value) < LIMIT ? fromNumber(value) : undefined
	return exact === undefined ? largeText(value) : plainDigits(rescale(exact, PRECISION, 'half-up'))
}

/** `1.0E33`, as Spark spells it. */
function largeText(value: number): string {
	if (!Number.isFinite(value)) return String(value)
	const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
	return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

/** A decimal without the zeros at its end. */
export function plainDigits(value: Decimal): string {
	return format(value.scale === 0 ? rescale(value, 1, 'down') : value).replace(/\.?0+$/, '')
}

/** The exact value of a numeric text without exponent tricks; undefined where it is none, or too long. */
export function decimalOfText(text: string): Decimal | undefined {
	return /^ *[+-]?(?:\d{1,24}\.?\d{0,12}|\.\d{1,12}) *$/.test(text) ? parse(text.trim()) : undefined
}

/** Truth of a text: numbers other than 0 and other texts than the empty one (IBM: Logical operators). */
export const truthOfText = (text: string): boolean => (isNumberText(text) ? Number(text) !== 0 : text !== '')
