/** Numbers as texts and texts as numbers, by the rules of the invariant culture (RG-D081). */
import { format, fromBigint, fromNumber, parse, rescale } from '#model/decimal.ts'
import type { Decimal } from '#model/values.ts'
import type { ScriptValue } from '../runtime.ts'
import { raise } from '../runtime.ts'

/** `Double.ToString()`: fifteen digits, an exponent from 1E+15 on and below 0.0001. */
export function floatText(value: number, digits = 15): string {
	if (Number.isNaN(value)) return 'NaN'
	if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
	if (value === 0) return '0'
	const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e')
	const power = Number(exponent)
	const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
	if (power >= digits || power < -4)
		return `${short}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
	const plain = fromNumber(Number(value.toPrecision(digits)))
	return plain === undefined ? String(value) : trimmedZeros(format(plain))
}

const trimmedZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** The number of a value of any numeric kind, exactly (a float by its fifteen digits). */
function exact(value: ScriptValue): Decimal | undefined {
	if (typeof value === 'bigint') return fromBigint(value)
	if (typeof value === 'number')
		return Number.isFinite(value) ? (fromNumber(Number(value.toPrecision(15))) ?? undefined) : undefined
	return typeof value === 'object' && value !== null && value.kind === 'decimal' ? value : undefined
}

/** Formats that are understood: D, F, N, X with digits, and pictures of `0`, `#`, `,` and one point. */
export function isNumberFormat(text: string): boolean {
	return /^[DFNXdfnx]\d{0,2}$/.test(text) || /^(?:[0#]+(?:,[0#]+)*)(?:\.[0#]+)?$/.test(text)
}

/** A number by a format for which {@link isNumberFormat} holds. */
export function formatNumber(value: ScriptValue, pattern: string): string {
	const number = exact(value)
	if (number === undefined)
		return typeof value === 'number' ? floatText(value) : raise('FormatException', 'Format specifier was invalid.')
	const standard = /^([DFNXdfnx])(\d{0,2})$/.exec(pattern)
	if (standard === null) return byPicture(number, pattern)
	const [, letter = '', digits = ''] = standard
	const kind = letter.toUpperCase()
	if (kind === 'D' || kind === 'X') return formatWhole(value, letter, digits === '' ? 1 : Number(digits))
	const places = digits === '' ? 2 : Number(digits)
	const rounded = rescale(number, places, 'half-up')
	const text = format(rounded)
	const [whole = '', fraction] = text.replace('-', '').split('.')
	const grouped = kind === 'N' ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole
	const sign = rounded.unscaled < 0n ? '-' : ''
	return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** Digits, decimal or hexadecimal; of whole numbers alone. */
function formatWhole(value: ScriptValue, letter: string, width: number): string {
	if (typeof value !== 'bigint') return raise('FormatException', 'Format specifier was invalid.')
	if (letter === 'D' || letter === 'd')
		return `${value < 0n ? '-' : ''}${(value < 0n ? -value : value).toString().padStart(width, '0')}`
	const hex = (value < 0n ? BigInt.asUintN(32, value) : value).toString(16).padStart(width, '0')
	return letter === 'X' ? hex.toUpperCase() : hex
}

function byPicture(number: Decimal, pattern: string): string {
	const [left = '', right = ''] = pattern.split('.')
	const isGrouped = left.includes(',')
	const least = (left.match(/0/g) ?? []).length
	const rounded = rescale(number, right.length, 'half-up')
	const [whole = '', fraction = ''] = format(rounded).replace('-', '').split('.')
	const fixed = right.lastIndexOf('0') + 1
	const kept = fraction.slice(0, fixed) + fraction.slice(fixed).replace(/0+$/, '')
	const digits = whole.replace(/^0+/, '').padStart(least, '0')
	const grouped = isGrouped ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits
	const text = `${grouped}${kept === '' ? '' : `.${kept}`}`
	return `${rounded.unscaled < 0n ? '-' : ''}${text}`
}

const wholePattern = /^[\t-\r ]*([+-]?\d+)[\t-\r ]*$/
const decimalPattern = /^[\t-\r ]*([+-]?)(\d[\d,]*\.?\d*|\.\d+)[\t-\r ]*$/
const floatPattern = /^[\t-\r ]*([+-]?)(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d{1,4})?[\t-\r ]*$/i

export function readWhole(text: string): bigint | undefined {
	const found = wholePattern.exec(text)
	return found === null ? undefined : BigInt((found[1] ?? '').replace('+', ''))
}

export function readDecimal(text: string): Decimal | undefined {
	const [, sign = '', digits] = decimalPattern.exec(text) ?? []
	return digits === undefined ? undefined : parse(`${sign}${digits.replaceAll(',', '')}`)
}

export function readFloat(text: string): number | undefined {
	const [, sign = '', digits, exponent = ''] = floatPattern.exec(text) ?? []
	return digits === undefined ? undefined : Number(`${sign}${digits.replaceAll(',', '')}${exponent}`)
}
