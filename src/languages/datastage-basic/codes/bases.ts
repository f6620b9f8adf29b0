/** The codes MX, MO, MB and their `0C` forms: numbers and characters in other bases (IBM: DataStage BASIC, radix conversions). */

import { bind, lambda } from '../../datastage-parallel/spark-text.ts'
import { fn, lit, method, type Py } from '../../python.ts'
import type { ConversionCode } from './code.ts'

const bases: Readonly<
	Record<string, { readonly base: number; readonly digits: string; readonly width: number; readonly most: number }>
> = {
	X: { base: 16, digits: '0-9A-Fa-f', width: 2, most: 15 },
	O: { base: 8, digits: '0-7', width: 3, most: 20 },
	B: { base: 2, digits: '01', width: 8, most: 62 },
}

/** What does not fit: nothing on the way in, the text itself on the way out. */
export function readBaseCode(code: string): ConversionCode | undefined {
	const match = /^M([XOB])(0C)?$/i.exec(code)
	const found = bases[match?.[1]?.toUpperCase() ?? '']
	if (match === null || found === undefined) return undefined
	const { base, digits, width, most } = found
	if (match[2] !== undefined)
		return {
			output: { evaluate: (text) => bytes(text, base, width), pyspark: (text) => bytesPyspark(text, base, width) },
		}
	const inward = `[${digits}]{1,${most}}`
	return {
		output: {
			evaluate: (text) => (/^\d{1,15}$/.test(text) ? Number(text).toString(base).toUpperCase() : text),
			pyspark: (text) => converted(text, '\\d{1,15}', 10, base, text),
		},
		input: {
			evaluate: (text) => (new RegExp(`^${inward}$`).test(text) ? parseDigits(text, base).toString() : ''),
			pyspark: (text) => converted(text, inward, base, 10, lit('')),
		},
	}
}

function converted(text: Py, pattern: string, from: number, to: number, instead: Py): Py {
	return bind(text, (known) => {
		const digits = fn('when', method(known, 'rlike', `\\A${pattern}\\z`), fn('conv', known, from, to))
		return method(digits, 'when', method(known, 'isNotNull'), instead.code === text.code ? known : instead)
	})
}

const bytes = (text: string, base: number, width: number): string =>
	[...new TextEncoder().encode(text)].map((byte) => byte.toString(base).toUpperCase().padStart(width, '0')).join('')

function bytesPyspark(text: Py, base: number, width: number): Py {
	const hex = fn('hex', method(text, 'cast', 'binary'))
	if (base === 16) return hex
	const byte = fn('lpad', fn('conv', { code: 'byte', level: 'atom' }, 16, base), width, '0')
	return fn('array_join', fn('transform', fn('regexp_extract_all', hex, lit('..'), lit(0)), lambda('byte', byte)), '')
}

function parseDigits(text: string, base: number): bigint {
	return text.split('').reduce((sum, digit) => sum * BigInt(base) + BigInt(Number.parseInt(digit, base)), 0n)
}
