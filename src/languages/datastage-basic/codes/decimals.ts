/** The code `MDn[m][,][$][-|<|C|D][P][Z]`: masked decimals (IBM: DataStage BASIC, MD code: masked decimal conversion). */
import { divideRounded, format, powerOfTen } from '#model/decimal.ts'
import { makeDecimal } from '#model/values.ts'
import { bind } from '../../datastage-parallel/spark-text.ts'
import { atom, binary, call, fn, lit, method, type Py } from '../../python.ts'
import { decimalOfText } from '../numbers.ts'
import type { ConversionCode } from './code.ts'

export interface Mask {
	readonly decimals: number
	/** How far the point moves to the left. */
	readonly scale: number
	readonly commas: boolean
	readonly dollar: boolean
	/** Zero is the empty text. */
	readonly zero: boolean
	/** What stands after, and before, a negative value; what is as wide stands after the others. */
	readonly negative: { readonly before: string; readonly after: string; readonly blank: string }
}

/** Digits of a masked number without its sign; undefined where the text is no number. */
function maskedDigits(text: string, { decimals, scale, commas }: Pick<Mask, 'decimals' | 'scale' | 'commas'>) {
	const value = decimalOfText(text)
	if (value === undefined) return undefined
	// Rounded half up at the last digit that is shown (IBM: MD code, rounding).
	const drop = value.scale + scale - decimals
	const unscaled =
		drop > 0 ? divideRounded(value.unscaled, powerOfTen(drop), 'half-up') : value.unscaled * powerOfTen(-drop)
	const size = unscaled < 0n ? -unscaled : unscaled
	const [whole = '', fraction] = format(makeDecimal(size, decimals)).split('.')
	const grouped = commas ? whole.replace(/(?<=\d)(?=(\d{3})+$)/g, ',') : whole
	return {
		digits: fraction === undefined ? grouped : `${grouped}.${fraction}`,
		negative: unscaled < 0n,
		isZero: unscaled === 0n,
	}
}

/** Text that is no number stays. */
export function masked(text: string, mask: Mask): string {
	const parts = maskedDigits(text, mask)
	if (parts === undefined) return text
	if (parts.isZero && mask.zero) return ''
	const { before, after, blank } = mask.negative
	const shown = `${mask.dollar ? '$' : ''}${parts.digits}`
	return parts.negative ? `${before}${shown}${after}` : `${shown}${blank}`
}

export function maskedPyspark(text: Py, { decimals, scale, commas, dollar, zero, negative }: Mask): Py {
	const number = call('masked_number', text, decimals, scale, ...(commas ? [atom('commas=True')] : []))
	return bind(number, (shown) => {
		const amount = dollar ? fn('concat', lit('$'), shown) : shown
		const around = (before: string, after: string): Py => {
			const parts = [...(before === '' ? [] : [lit(before)]), amount, ...(after === '' ? [] : [lit(after)])]
			return parts.length === 1 ? amount : fn('concat', ...parts)
		}
		const isZero = method(shown, 'rlike', '\\A[0.,]*\\z')
		const isNegative = binary('&', method(text, 'rlike', '\\A *-'), { code: `~${isZero.code}`, level: 'unary' })
		const signed = fn('when', isNegative, around(negative.before, negative.after))
		const whole = method(signed, 'otherwise', around('', negative.blank))
		const result = zero ? method(fn('when', isZero, lit('')), 'otherwise', whole) : whole
		return fn('coalesce', fn('when', method(shown, 'isNotNull'), result), text)
	})
}

const signs: Readonly<Record<string, Mask['negative']>> = {
	'': { before: '-', after: '', blank: '' },
	'-': { before: '', after: '-', blank: ' ' },
	'<': { before: '<', after: '>', blank: '' },
	C: { before: '', after: 'CR', blank: '  ' },
	D: { before: '', after: 'DB', blank: '  ' },
}

export function readDecimalCode(code: string): ConversionCode | undefined {
	const match = /^MD(\d)?(\d)?([,$]*)([-<CD]?)(P?)(Z?)$/i.exec(code)
	if (match === null) return undefined
	const [, digits, moved, flags = '', sign = '', point, zero] = match
	// `P`: no scaling where the value has a point. It depends on each value, which is rare enough to leave alone.
	if (point !== '' && point !== undefined) return undefined
	const decimals = Number(digits ?? 0)
	const mask: Mask = {
		decimals,
		scale: moved === undefined ? decimals : Number(moved),
		commas: flags.includes(','),
		dollar: flags.includes('$'),
		zero: zero !== '' && zero !== undefined,
		negative: signs[sign.toUpperCase()] ?? { before: '-', after: '', blank: '' },
	}
	return {
		output: { evaluate: (text) => masked(text, mask), pyspark: (text) => maskedPyspark(text, mask) },
		input: {
			evaluate: (text) => unmasked(text, mask.scale),
			pyspark: (text) => call('unmasked_number', text, mask.scale),
		},
	}
}

const maskedShape = /^ *([-<(]?)\$?(\d{1,3}(?:,\d{3})*|\d*)(\.\d*)?(?:-|>|\)|CR|DB)? *$/i

/** The value behind a mask, its point moved to the right and rounded to a whole number. */
function unmasked(text: string, scale: number): string {
	const match = maskedShape.exec(text)
	const digits = match === null ? '' : `${(match[2] ?? '').replaceAll(',', '')}${(match[3] ?? '').replace(/\.$/, '')}`
	const value = decimalOfText(digits)
	if (value === undefined) return ''
	const drop = value.scale - scale
	const size =
		drop > 0 ? divideRounded(value.unscaled, powerOfTen(drop), 'half-up') : value.unscaled * powerOfTen(-drop)
	const negative = /^ *[-<(]|(?:-|CR|DB) *$/i.test(text) && size !== 0n
	return `${negative ? '-' : ''}${size}`
}
