/**
 * Texts as numbers. One pattern for both sides, so they take the same texts. Without FastParse the engine parses by the rules of
 * OLE Automation for the locale (en-US: comma between thousands, `$`); with it only signs and digits.
 */
import { fits, parse, rescale } from '#model/decimal.ts'
import type { DecimalType, FloatType, IntType } from '#model/types.ts'
import { float, intRange } from '#model/types.ts'
import type { Result } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Py } from '../python.ts'
import { atom, binary, fn, method } from '../python.ts'
import { checked, tooLarge } from './arithmetic.ts'
import { bind, castTo, matches, when, within } from './spark.ts'

const start = '^[ \t]*[+-]?'
const end = '[ \t]*$'
const dollar = '[$]?'

/** The characters that the patterns allow but numbers do not have. */
const noise = '$, \t'

interface NumberText {
	readonly pattern: string
	/** Reads the text without its noise. */
	readonly read: (digits: string) => Result
	readonly print: (digits: Py) => Py
}

const intDigits = (type: IntType): number => (type.bits < 64 ? 18 : 37)

function integer(type: IntType, fastParse: boolean): NumberText {
	const digits = intDigits(type)
	const { min, max } = intRange(type)
	return {
		// FastParse reads an all-blank integer as 0.
		pattern: fastParse
			? `${start}[0-9]{1,${digits}}${end}|^[ \t]+$`
			: `${start}${dollar}[0-9][0-9,]{0,${digits - 1}}${end}`,
		read: (text) => checked(BigInt(text.replace('+', '') || '0'), type),
		print: (text) => {
			const wide = type.bits < 64 ? 'bigint' : `decimal(${digits},0)`
			return castTo(within(method(fastParse ? zeroFilled(text) : text, 'cast', wide), min, max), type)
		},
	}
}

/** An empty text as 0. */
const zeroFilled = (text: Py): Py => fn('regexp_replace', text, '^$', '0')

function fixed(type: DecimalType): NumberText {
	const whole = Math.max(37 - type.scale, 1)
	return {
		pattern: `${start}${dollar}([0-9][0-9,]{0,${whole - 1}}([.][0-9]{0,40})?|[.][0-9]{1,40})${end}`,
		read: (text) => {
			const exact = parse(text)
			const result = exact === undefined ? undefined : rescale(exact, type.scale, 'half-up')
			return result === undefined || !fits(result, type.precision) ? tooLarge(type) : result
		},
		print: (text) => {
			const wide = method(text, 'cast', `decimal(38,${type.scale})`)
			if (type.precision === 38) return wide
			const limit = method(
				fn('lit', `1e${type.precision - type.scale}`),
				'cast',
				`decimal(${type.precision - type.scale + 1},0)`,
			)
			return castTo(
				bind(wide, (value) => when(binary('<', fn('abs', value), limit), value)),
				type,
			)
		},
	}
}

function floating(type: FloatType): NumberText {
	const infinite = fn('lit', atom('float("inf")'))
	return {
		pattern: `${start}${dollar}([0-9][0-9,]*([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?${end}`,
		read: (text) => {
			const number = type.bits === 32 ? Math.fround(Number(text)) : Number(text)
			return Number.isFinite(number) ? number : tooLarge(type)
		},
		print: (text) => {
			const number = castTo(text, float(64))
			return bind(type.bits === 32 ? castTo(number, type) : number, (value) =>
				when(binary('<', fn('abs', value), infinite), value),
			)
		},
	}
}

function rules(type: IntType | DecimalType | FloatType, fastParse: boolean): NumberText {
	if (type.kind === 'int') return integer(type, fastParse)
	return type.kind === 'decimal' ? fixed(type) : floating(type)
}

export function readNumber(text: string, type: IntType | DecimalType | FloatType, fastParse: boolean): Result {
	const { pattern, read } = rules(type, fastParse)
	if (!new RegExp(pattern).test(text)) return failure('conversion', `${JSON.stringify(text)} is no number`)
	return read(text.replace(/[$, \t]/g, ''))
}

export function printNumber(text: Py, type: IntType | DecimalType | FloatType, fastParse: boolean): Py {
	const { pattern, print } = rules(type, fastParse)
	return print(bind(text, (value) => when(matches(value, pattern), fn('translate', value, noise, ''))))
}
