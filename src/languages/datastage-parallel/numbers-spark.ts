/** The Spark text of numbers.ts. Casts that could raise under ANSI stand behind a test that lets only safe values through. */
import type { RoundingMode } from '#model/decimal.ts'
import { type DecimalType, type FloatType, type IntType, intRange, typeName } from '#model/types.ts'
import { binary, call, fn, lit, method, type Py, unary } from '../python.ts'
import { sparkType } from '../spark-types.ts'
import { guardScale } from './numbers.ts'
import { EXPONENT_PATTERN, NUMBER_PATTERN } from './operations/strings-tests.ts'
import { bind, cast, sql, when } from './spark-text.ts'

const spark = (type: IntType | DecimalType | FloatType): string => sparkType(type).toLowerCase()
export const textToInt = (text: Py, type: IntType): Py => call('text_to_int', text, typeName(type))

export const numberToInt = (value: Py, type: IntType): Py => call('float_to_int', value, typeName(type))

export function intToInt(value: Py, from: IntType, to: IntType): Py {
	const [source, target] = [intRange(from), intRange(to)]
	if (spark(from) === spark(to) && source.min === target.min && source.max === target.max) return value
	const inside = source.min >= target.min && source.max <= target.max
	return inside ? cast(value, spark(to)) : call('saturate', value, typeName(to))
}

export const decimalToInt = (value: Py, from: DecimalType, to: IntType, mode: RoundingMode = 'down'): Py =>
	call('saturate', rounded(value, from, 0, mode), typeName(to))

/** A decimal column with fewer places. */
export function rounded(value: Py, from: DecimalType, scale: number, mode: RoundingMode): Py {
	if (scale >= from.scale) return value
	switch (mode) {
		case 'half-up':
			return fn('round', value, scale)
		case 'half-even':
			return fn('bround', value, scale)
		case 'floor':
			return sql('floor', value, lit(scale))
		case 'ceiling':
			return sql('ceil', value, lit(scale))
		case 'down':
			return call('round_down', value, scale)
	}
}

export function decimalToDecimal(value: Py, from: DecimalType, to: DecimalType, mode: RoundingMode = 'down'): Py {
	const fitted = rounded(value, from, to.scale, mode)
	const whole = to.precision - to.scale
	// Rounding away from zero can add a digit.
	const grows = to.scale < from.scale && mode !== 'down' ? 1 : 0
	if (from.precision - from.scale + grows <= whole) return cast(fitted, spark(to))
	return whole >= 38 ? cast(fitted, spark(to)) : sized(fitted, to)
}

const sized = (value: Py, to: DecimalType): Py => call('fit_decimal', value, to.precision, to.scale)

export function intToDecimal(value: Py, from: IntType, to: DecimalType): Py {
	const digits = intRange(from).max.toString().length
	const whole = to.precision - to.scale
	if (digits <= whole) return cast(value, spark(to))
	return sized(value, to)
}

export function numberToDecimal(value: Py, to: DecimalType, mode: RoundingMode = 'down'): Py {
	if (mode === 'down' && to.precision - to.scale < 38) return call('float_to_decimal', value, to.precision, to.scale)
	const whole = to.precision - to.scale
	const scale = guardScale(to)
	const precision = Math.min(38, whole + scale)
	const bound = cast(lit(`1${'0'.repeat(whole)}`), 'double')
	return bind(cast(value, 'double'), (known) => {
		const wide = cast(known, `decimal(${precision},${scale})`)
		return when(
			binary('<', fn('abs', known), bound),
			decimalToDecimal(wide, { kind: 'decimal', precision, scale }, to, mode),
		)
	})
}

export function textToDecimal(
	text: Py,
	to: DecimalType,
	mode: RoundingMode = 'down',
	invalid: 'zero' | 'null' = 'zero',
): Py {
	const whole = to.precision - to.scale
	if (mode === 'down' && invalid === 'zero' && whole < 38) return call('text_to_decimal', text, to.precision, to.scale)
	return bind(text, (value) => {
		const places = mode === 'down' ? to.scale : Math.min(38 - whole, to.scale + 18)
		const digits = fn('regexp_replace', value, `\\A *([+-]?)0*(\\d*)(?:\\.(\\d{0,${places}})\\d*)? *\\z`, '$1\\0$2.$3')
		const held: DecimalType = { kind: 'decimal', precision: Math.min(38, whole + places), scale: places }
		const fits = binary(
			'&',
			method(value, 'rlike', `\\A *[+-]?0*\\d{0,${whole}}(\\.\\d*)? *\\z`),
			method(value, 'rlike', NUMBER_PATTERN),
		)
		const plain = when(fits, decimalToDecimal(cast(digits, spark(held)), held, to, mode))
		const exponent = method(
			plain,
			'when',
			method(value, 'rlike', EXPONENT_PATTERN),
			numberToDecimal(cast(value, 'double'), to, mode),
		)
		if (invalid === 'null') return exponent
		const bad = binary('&', method(value, 'isNotNull'), unary('~', method(value, 'rlike', NUMBER_PATTERN)))
		return method(exponent, 'when', bad, cast(lit(0), spark(to)))
	})
}

export const textToNumber = (text: Py, type: FloatType): Py => call('text_to_float', text, spark(type))

/** `sign` stands before numbers that are not negative: nothing, or a blank in text files. */
export const decimalDigits = (value: Py, { precision, scale }: DecimalType, sign: string): Py =>
	call('decimal_text', value, precision, scale, ...(sign === '' ? [] : [sign]))

export const scientific = (value: Py): Py => when(method(value, 'isNotNull'), fn('format_string', '%.17E', value))
