/** Numeric literals. Source: Microsoft, "Numeric, String, and Boolean Literals". */
import { parse } from '#model/decimal.ts'
import { intRange } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Token } from './lexer.ts'
import type { SsisType } from './types.ts'
import { numeric, plain, toModel } from './types.ts'

export interface Literal {
	readonly value: Exclude<Value, null>
	readonly type: SsisType
	/** An integer too large for the type that its suffix gives; the value is kept for the message. */
	readonly overflow?: true
}

const start = /\.?\d/y
const hexadecimal = /0[xX]([0-9a-fA-F]+)([uUlL]*)/y
const digits = /(\d*)(\.\d*)?([eE][+-]?\d+)?([a-zA-Z_]*)/y

/** The number that starts at `at`, a `bad` token when it is malformed, undefined when none starts there. */
export function readNumber(text: string, at: number): Token | undefined {
	start.lastIndex = at
	if (!start.test(text)) return undefined
	hexadecimal.lastIndex = at
	const hex = hexadecimal.exec(text)
	digits.lastIndex = at
	const match = hex ?? digits.exec(text)
	if (match === null) return undefined
	const span = { start: at, end: at + match[0].length }
	const literal = hex === null ? decimalLiteral(match) : integer(`0x${hex[1] ?? ''}`, hex[2] ?? '')
	if (literal === undefined) return { kind: 'bad', message: `${match[0]} is not a number`, span }
	return { kind: 'literal', literal, span }
}

function decimalLiteral(match: RegExpExecArray): Literal | undefined {
	const [, whole = '', fraction, exponent, suffix = ''] = match
	if (fraction === undefined && exponent === undefined && !/^f$/i.test(suffix)) return integer(whole, suffix)
	const digitsText = `${whole}${fraction ?? ''}`
	const written = `${digitsText}${exponent ?? ''}`
	if (/^f$/i.test(suffix)) return { value: Math.fround(Number(written)), type: plain('DT_R4') }
	// The page does not say what an exponent without a suffix gives; the wider type loses nothing.
	if (/^l$/i.test(suffix) || (suffix === '' && exponent !== undefined))
		return { value: Number(written), type: plain('DT_R8') }
	return suffix === '' ? fixedPoint(whole, (fraction ?? '.').slice(1)) : undefined
}

/** `6.09` is a DT_NUMERIC(3,2): precision and scale from the digits, leading zeros not counted. */
function fixedPoint(whole: string, fraction: string): Literal | undefined {
	const value = parse(`${whole}.${fraction}`)
	if (value === undefined) return undefined
	const precision = Math.max(whole.replace(/^0+/, '').length + fraction.length, 1)
	const type = numeric(Math.min(precision, 38), Math.min(fraction.length, 38))
	return precision > 38 ? { value, type, overflow: true } : { value, type }
}

function integer(digitsText: string, suffix: string): Literal | undefined {
	const letters = suffix.toLowerCase()
	if (!['', 'u', 'l', 'ul', 'lu'].includes(letters)) return undefined
	const name = letters === '' ? 'DT_I4' : letters === 'u' ? 'DT_UI4' : letters === 'l' ? 'DT_I8' : 'DT_UI8'
	const value = BigInt(digitsText)
	const type = plain(name)
	const model = toModel(type)
	const fits = model.kind === 'int' && value <= intRange(model).max
	return fits ? { value, type } : { value, type, overflow: true }
}
