/** `Conversion(text, code, "I" | "O")`: the BASIC conversion codes of number bases. The others are refused. */
import type { Value } from '#model/values.ts'
import { fn, lit, method, type Py } from '../../python.ts'
import { bind, cast, when } from '../spark-text.ts'
import { family, literal, results, string, textAt, textOf } from './define.ts'

const bases: Readonly<Record<string, number>> = { X: 16, O: 8, B: 2 }
const digitsOf: Readonly<Record<number, string>> = { 16: '0-9A-Fa-f', 8: '0-7', 2: '01' }
/** Digits that a byte takes. */
const widths: Readonly<Record<number, number>> = { 16: 2, 8: 3, 2: 8 }

const codePattern = /^M([XOB])(0C)?$/i
const read = (literals: readonly (Value | undefined)[]) => {
	const match = codePattern.exec(textAt(literals, 1))
	const base = bases[match?.[1]?.toUpperCase() ?? ''] ?? 16
	return { base, characters: match?.[2] !== undefined, input: textAt(literals, 2).toUpperCase() === 'I' }
}

/** Text that the code does not fit becomes the empty text, as BASIC sets STATUS() and gives nothing. */
function convert(text: string, { base, characters, input }: ReturnType<typeof read>): string {
	const width = widths[base] ?? 2
	if (characters && !input) {
		return [...new TextEncoder().encode(text)]
			.map((byte) => byte.toString(base).toUpperCase().padStart(width, '0'))
			.join('')
	}
	const pattern = input ? digitsOf[base] : '0-9'
	if (!new RegExp(`^[${pattern}]{1,${base === 2 ? 63 : 15}}$`).test(text)) return ''
	return input ? parseDigits(text, base).toString() : BigInt(text).toString(base).toUpperCase()
}

function convertText(text: Py, { base, characters, input }: ReturnType<typeof read>): Py {
	const width = widths[base] ?? 2
	if (characters && !input) {
		const hex = fn('hex', cast(text, 'binary'))
		if (base === 16) return hex
		const byte = fn('lpad', fn('conv', { code: 'byte', level: 'atom' }, 16, base), width, '0')
		return fn(
			'array_join',
			fn('transform', fn('regexp_extract_all', hex, lit('..'), lit(0)), {
				code: `lambda byte: ${byte.code}`,
				level: 'loose',
			}),
			'',
		)
	}
	const pattern = `\\A[${input ? (digitsOf[base] ?? '') : '0-9'}]{1,${base === 2 ? 63 : 15}}\\z`
	const converted = (value: Py): Py => fn('conv', value, input ? base : 10, input ? 10 : base)
	return bind(text, (known) =>
		method(when(method(known, 'rlike', pattern), converted(known)), 'when', method(known, 'isNotNull'), lit('')),
	)
}

export const conversionCodes = family('IBM: Conversion codes MB, MO, MX (Iconv and Oconv)', {
	conversion: {
		parameters: [textOf('text'), textOf('code', literal), textOf('direction', literal)],
		result: (_types, literals) => {
			const { characters, input } = read(literals)
			const known =
				codePattern.test(textAt(literals, 1)) && /^[IO]$/i.test(textAt(literals, 2)) && !(characters && input)
			return known ? results.text() : { problem: `the conversion code ${textAt(literals, 1)} is not translated` }
		},
		evaluate: ([text], { literals }) => convert(string(text), read(literals)),
		pyspark: ([text], { literals }) => convertText(text, read(literals)),
	},
})

function parseDigits(text: string, base: number): bigint {
	return text.split('').reduce((sum, digit) => sum * BigInt(base) + BigInt(Number.parseInt(digit, base)), 0n)
}
