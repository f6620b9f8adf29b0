/**
 * Fields of COBOL records. A record is read as characters that stand for its bytes, U+0000 to U+00FF; these conversions make texts
 * and numbers of them. The `format` of the cast says how a field is written:
 *
 * - `datastage.bytes-text`: the character set, `IBM037` (EBCDIC) or `UTF-8`;
 * - `datastage.zoned`: where the sign stands in a text of digits, `trailing` or `leading` where it is part of a digit (`{` is +0, `J` is -1), `… separate` for a character of its own;
 * - `datastage.packed`: `zeros` where bytes of zeros alone are a zero;
 * - `datastage.binary`: `big` or `little`, and `unsigned`.
 *
 * Decimals have no point: the last digits are those behind it, as many as the type has.
 */
import type { DataType } from '#model/types.ts'
import { intRange, typeName } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { failure, makeDecimal } from '#model/values.ts'
import type { Conversion, ConversionContext, PysparkConversionContext } from '../catalogue.ts'
import { atom, call, fn, type Py } from '../python.ts'
import { bytesOf, hexOf, spellBinary, spellPacked, spellText, spellZoned } from './cobol-fields.ts'
import { ebcdicText } from './ebcdic.ts'

export const bytesText: Conversion = {
	id: 'datastage.bytes-text',
	allows: (from, to) => from.kind === 'string' && to.kind === 'string',
	canFail: () => false,
	evaluate(value, { format }) {
		if (typeof value !== 'string') return failure('conversion', 'a field of bytes is a text')
		const bytes = bytesOf(value)
		return format === 'IBM037'
			? ebcdicText(bytes)
			: new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
	},
	pyspark: (value, { format }) => call('text_of_bytes', value, format ?? 'UTF-8'),
	spell: (value, { format, width }) => (typeof value === 'string' ? spellText(value, width, format) : undefined),
	source: 'IBM: Complex Flat File stage, record options: character set',
}

const isNumber = (type: DataType): boolean => type.kind === 'int' || type.kind === 'decimal'

/** A conversion to a number that has signed digits on its way. */
function digitConversion(
	id: string,
	digits: (field: string, format: string | undefined) => string | undefined,
	pyspark: (field: Py, context: PysparkConversionContext) => Py,
	spell: (number: bigint, width: number, format: string | undefined) => string | undefined,
	source: string,
): Conversion {
	return {
		id,
		allows: (from, to) => from.kind === 'string' && isNumber(to),
		canFail: () => true,
		evaluate: (value, context) =>
			numberOf(typeof value === 'string' ? digits(value, context.format) : undefined, value, context),
		pyspark: (value, context) => numberColumn(pyspark(value, context), context.to),
		spell(value, { width, format }) {
			const number = typeof value === 'object' && value.kind === 'decimal' ? value.unscaled : value
			return typeof number === 'bigint' ? spell(number, width, format) : undefined
		},
		source,
	}
}

function numberOf(digits: string | undefined, field: Value, { to }: ConversionContext): Result {
	const unreadable = failure(
		'conversion',
		`the bytes ${typeof field === 'string' ? hexOf(field) : ''} are no ${typeName(to)}`,
	)
	if (digits === undefined) return unreadable
	const number = BigInt(digits)
	if (to.kind === 'int') {
		const { min, max } = intRange(to)
		return number < min || number > max ? unreadable : number
	}
	const size = number < 0n ? -number : number
	if (to.kind !== 'decimal' || size >= 10n ** BigInt(to.precision)) return unreadable
	return makeDecimal(number, to.scale)
}

const numberColumn = (digits: Py, to: DataType): Py =>
	to.kind === 'decimal'
		? call('implied_point', digits, to.precision, to.scale)
		: call('field_to_int', digits, typeName(to))

const overpunched = '{ABCDEFGHI}JKLMNOPQR'

function zonedDigits(field: string, format: string | undefined): string | undefined {
	if (format === 'leading separate') return /^[+-]\d+$/.test(field) ? field.replace('+', '') : undefined
	if (format === 'trailing separate') {
		const [, digits, sign] = /^(\d+)([+-])$/.exec(field) ?? []
		return digits === undefined ? undefined : `${sign === '-' ? '-' : ''}${digits}`
	}
	const pattern = format === 'leading' ? /^[0-9{A-I}J-R]\d*$/ : /^\d*[0-9{A-I}J-R]$/
	if (!pattern.test(field)) return undefined
	const digits = field.replace(/[{A-I}J-R]/, (mark) => String(overpunched.indexOf(mark) % 10))
	return /[}J-R]/.test(field) ? `-${digits}` : digits
}

export const zoned = digitConversion(
	'datastage.zoned',
	zonedDigits,
	(value, { format }) => call('zoned_digits', value, format ?? 'trailing'),
	spellZoned,
	'IBM: Complex Flat File stage, native type DISPLAY_NUMERIC; IBM: Enterprise COBOL, SIGN clause',
)

function packedDigits(field: string, format: string | undefined): string | undefined {
	const hex = hexOf(field)
	if (format === 'zeros' && /^0+$/.test(hex)) return '0'
	if (!/^\d+[A-F]$/.test(hex)) return undefined
	return `${/[BD]$/.test(hex) ? '-' : ''}${hex.slice(0, -1)}`
}

export const packed = digitConversion(
	'datastage.packed',
	packedDigits,
	(value, { format }) => call('packed_digits', value, ...(format === 'zeros' ? [atom('zeros=True')] : [])),
	spellPacked,
	'IBM: Decimal type properties, Packed and Allow all zeros; IBM: Enterprise COBOL, COMP-3',
)

/** Bytes of a binary number: COBOL knows these three sizes. */
const sizes: ReadonlySet<number> = new Set([2, 4, 8])

function binaryDigits(field: string, format = 'big'): string | undefined {
	const bytes = bytesOf(field)
	if (!sizes.has(bytes.length)) return undefined
	const ordered = format.startsWith('little') ? bytes.toReversed() : bytes
	const number = ordered.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
	return String(format.endsWith('unsigned') ? number : BigInt.asIntN(bytes.length * 8, number))
}

export const binaryNumber = digitConversion(
	'datastage.binary',
	binaryDigits,
	(value, { format = 'big' }) =>
		call(
			'binary_digits',
			format.startsWith('little') ? fn('reverse', value) : value,
			...(format.endsWith('unsigned') ? [atom('signed=False')] : []),
		),
	spellBinary,
	'IBM: Complex Flat File stage, native types BINARY and NATIVE_BINARY, byte order',
)
