/**
 * Texts as numbers. One pattern for both sides, so they take the same texts. Without FastParse the engine parses by the rules of
 * OLE Automation for the locale (en-US: comma between thousands, `$`); with it only signs and digits.
 */
import { fits, parse, rescale } from '#model/decimal.ts'
import type { DecimalType, FloatType, IntType } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import type { Result } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Py } from '../python.ts'
import { call } from '../python.ts'
import { sparkType } from '../spark-types.ts'
import { checked, tooLarge } from './arithmetic.ts'

const start = '^[ \t]*[+-]?'
const end = '[ \t]*$'
const dollar = '[$]?'

interface NumberText {
	readonly pattern: string
	/** Reads the text without its noise. */
	readonly read: (digits: string) => Result
	/** Calls the helper that holds the same pattern. */
	readonly print: (text: Py) => Py
}

const intDigits = (type: IntType): number => (type.bits < 64 ? 18 : 37)

function integer(type: IntType, fastParse: boolean): NumberText {
	const digits = intDigits(type)
	return {
		// FastParse reads an all-blank integer as 0.
		pattern: fastParse
			? `${start}[0-9]{1,${digits}}${end}|^[ \t]+$`
			: `${start}${dollar}[0-9][0-9,]{0,${digits - 1}}${end}`,
		read: (text) => checked(BigInt(text.replace('+', '') || '0'), type),
		print: (text) => call(fastParse ? 'parse_int_fast' : 'parse_int', text, typeName(type)),
	}
}

function fixed(type: DecimalType): NumberText {
	const whole = Math.max(37 - type.scale, 1)
	return {
		pattern: `${start}${dollar}([0-9][0-9,]{0,${whole - 1}}([.][0-9]{0,40})?|[.][0-9]{1,40})${end}`,
		read: (text) => {
			const exact = parse(text)
			const result = exact === undefined ? undefined : rescale(exact, type.scale, 'half-up')
			return result === undefined || !fits(result, type.precision) ? tooLarge(type) : result
		},
		print: (text) => call('parse_decimal', text, type.precision, type.scale),
	}
}

function floating(type: FloatType): NumberText {
	return {
		pattern: `${start}${dollar}([0-9][0-9,]*([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?${end}`,
		read: (text) => {
			const number = type.bits === 32 ? Math.fround(Number(text)) : Number(text)
			return Number.isFinite(number) ? number : tooLarge(type)
		},
		print: (text) => call('parse_float', text, sparkType(type).toLowerCase()),
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

export const printNumber = (text: Py, type: IntType | DecimalType | FloatType, fastParse: boolean): Py =>
	rules(type, fastParse).print(text)
