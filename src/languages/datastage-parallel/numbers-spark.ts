/** The Spark text of numbers.ts. Casts that could raise under ANSI stand behind a test that lets only safe values through. */
import type { RoundingMode } from '#model/decimal.ts'
import { type DecimalType, type FloatType, type IntType, intRange } from '#model/types.ts'
import { binary, fn, lit, method, type Py, unary } from '../python.ts'
import { sparkType } from '../spark-types.ts'
import { guardScale } from './numbers.ts'
import { EXPONENT_PATTERN, NUMBER_PATTERN } from './operations/strings-tests.ts'
import { bind, cast, choose, clamp as clampTo, sql, when } from './spark-text.ts'

const spark = (type: IntType | DecimalType | FloatType): string => sparkType(type).toLowerCase()
const number = (value: bigint, type: string): Py => cast(lit(value.toString()), type)
const otherwiseZero = (found: Py, text: Py, type: string): Py => method(found, 'when', method(text, 'isNotNull'), cast(lit(0), type))

function clamp(value: Py, held: string, type: IntType): Py {
	const { min, max } = intRange(type)
	return clampTo(value, number(min, held), number(max, held))
}

export function textToInt(text: Py, type: IntType): Py {
	return bind(text, (value) => {
		const digits = cast(fn('regexp_extract', value, '[+-]?\\d+', 0), 'decimal(38,0)')
		const plain = when(method(value, 'rlike', '\\A *[+-]?0*\\d{1,38}(\\.\\d*)? *\\z'), cast(clamp(digits, 'decimal(38,0)', type), spark(type)))
		const other = method(plain, 'when', method(value, 'rlike', NUMBER_PATTERN), numberToInt(cast(value, 'double'), type))
		return otherwiseZero(other, value, spark(type))
	})
}

export function numberToInt(value: Py, type: IntType): Py {
	const real = fn('nanvl', cast(value, 'double'), cast(lit(0), 'double'))
	if (type.signed || type.bits < 64) return cast(clamp(real, 'double', type), spark(type))
	// Held as a decimal, to which Spark would round, and whose bounds a double does not have exactly.
	const whole = bind(clampTo(real, cast(lit(-1), 'double'), cast(lit('1.9e19'), 'double')), (known) => binary('-', known, binary('%', known, lit(1))))
	return clamp(cast(whole, 'decimal(20,0)'), 'decimal(20,0)', type)
}

export function intToInt(value: Py, from: IntType, to: IntType): Py {
	const [source, target] = [intRange(from), intRange(to)]
	if (spark(from) === spark(to) && source.min === target.min && source.max === target.max) return value
	const inside = source.min >= target.min && source.max <= target.max
	return cast(inside ? value : clamp(cast(value, 'decimal(20,0)'), 'decimal(20,0)', to), spark(to))
}

export function decimalToInt(value: Py, from: DecimalType, to: IntType, mode: RoundingMode = 'down'): Py {
	return cast(clamp(cast(rounded(value, from, 0, mode), 'decimal(38,0)'), 'decimal(38,0)', to), spark(to))
}

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
			return bind(value, (known) => choose(binary('<', known, lit(0)), sql('ceil', known, lit(scale)), sql('floor', known, lit(scale))))
	}
}

/** The size must be below 10 to the power of `digits`. */
const within = (value: Py, digits: number): Py => binary('<', fn('abs', value), cast(lit(`1${'0'.repeat(digits)}`), `decimal(${digits + 1},0)`))

export function decimalToDecimal(value: Py, from: DecimalType, to: DecimalType, mode: RoundingMode = 'down'): Py {
	const fitted = rounded(value, from, to.scale, mode)
	const whole = to.precision - to.scale
	// Rounding away from zero can add a digit.
	const grows = to.scale < from.scale && mode !== 'down' ? 1 : 0
	if (from.precision - from.scale + grows <= whole) return cast(fitted, spark(to))
	return bind(fitted, (known) => (whole >= 38 ? cast(known, spark(to)) : when(within(known, whole), cast(known, spark(to)))))
}

export function intToDecimal(value: Py, from: IntType, to: DecimalType): Py {
	const digits = intRange(from).max.toString().length
	const whole = to.precision - to.scale
	if (digits <= whole) return cast(value, spark(to))
	return bind(value, (known) => when(within(cast(known, 'decimal(20,0)'), whole), cast(known, spark(to))))
}

export function numberToDecimal(value: Py, to: DecimalType, mode: RoundingMode = 'down'): Py {
	const whole = to.precision - to.scale
	const scale = guardScale(to)
	const precision = Math.min(38, whole + scale)
	const bound = cast(lit(`1${'0'.repeat(whole)}`), 'double')
	return bind(cast(value, 'double'), (known) => {
		const wide = cast(known, `decimal(${precision},${scale})`)
		return when(binary('<', fn('abs', known), bound), decimalToDecimal(wide, { kind: 'decimal', precision, scale }, to, mode))
	})
}

export function textToDecimal(text: Py, to: DecimalType, mode: RoundingMode = 'down', invalid: 'zero' | 'null' = 'zero'): Py {
	const whole = to.precision - to.scale
	return bind(text, (value) => {
		const places = mode === 'down' ? to.scale : Math.min(38 - whole, to.scale + 18)
		const digits = fn('regexp_replace', value, `\\A *([+-]?)0*(\\d*)(?:\\.(\\d{0,${places}})\\d*)? *\\z`, '$1\\0$2.$3')
		const held: DecimalType = { kind: 'decimal', precision: Math.min(38, whole + places), scale: places }
		const fits = binary('&', method(value, 'rlike', `\\A *[+-]?0*\\d{0,${whole}}(\\.\\d*)? *\\z`), method(value, 'rlike', NUMBER_PATTERN))
		const plain = when(fits, decimalToDecimal(cast(digits, spark(held)), held, to, mode))
		const exponent = method(plain, 'when', method(value, 'rlike', EXPONENT_PATTERN), numberToDecimal(cast(value, 'double'), to, mode))
		if (invalid === 'null') return exponent
		const bad = binary('&', method(value, 'isNotNull'), unary('~', method(value, 'rlike', NUMBER_PATTERN)))
		return method(exponent, 'when', bad, cast(lit(0), spark(to)))
	})
}

export function textToNumber(text: Py, type: FloatType): Py {
	return bind(text, (value) => {
		const found = when(method(value, 'rlike', NUMBER_PATTERN), cast(cast(value, 'double'), spark(type)))
		return otherwiseZero(found, value, spark(type))
	})
}

/** `sign` stands before numbers that are not negative: nothing, or a blank in text files. */
export function decimalDigits(value: Py, { precision, scale }: DecimalType, sign: string): Py {
	return bind(value, (known) => {
		const plain = cast(fn('abs', known), 'string')
		const point = scale === 0 ? 0 : 1
		const padded = fn('lpad', plain, precision + point, '0')
		const prefix = choose(binary('<', known, lit(0)), lit('-'), lit(sign))
		return scale === 0 ? fn('concat', prefix, padded, lit('.')) : fn('concat', prefix, padded)
	})
}

export const scientific = (value: Py): Py => when(method(value, 'isNotNull'), fn('format_string', '%.17E', value))
