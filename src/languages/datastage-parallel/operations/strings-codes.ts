/** Text functions over character codes, sounds and checksums. */
import { characters } from '#model/code-points.ts'
import { failure } from '#model/values.ts'
import { binary, fn, lit, method, type Py, unary } from '../../python.ts'
import { both, cast, choose, count, decide, modest, sql, toCount, when, whenKnown } from '../spark-text.ts'
import { family, integer, intOf, optional, results, string, textOf } from './define.ts'

const one = [textOf('text')]

const groups = '01230127022455012623010202'
const soundexCode = (letter: string): string =>
	letter === 'H' || letter === 'W' ? '7' : (groups[letter.charCodeAt(0) - 65] ?? '0')

/** American Soundex: H and W do not part equal codes, vowels and everything else do. A text that begins with no letter stays. */
function soundex(text: string): string {
	const letters = text.replace(/[a-z]/g, (letter) => letter.toUpperCase())
	if (!/^[A-Z]/.test(letters)) return text
	let code = letters.charAt(0)
	let last = soundexCode(code)
	for (const letter of letters.slice(1)) {
		const next = /[A-Z]/.test(letter) ? soundexCode(letter) : '0'
		if (next === '7') continue
		if (next !== '0' && next !== last) code += next
		if (code.length === 4) break
		last = next
	}
	return code.padEnd(4, '0')
}

/** Printable ASCII and where EBCDIC code page 037 has it. */
const ascii = Array.from({ length: 95 }, (_none, at) => String.fromCharCode(32 + at)).join('')
const ebcdic = [
	0x40, 0x5a, 0x7f, 0x7b, 0x5b, 0x6c, 0x50, 0x7d, 0x4d, 0x5d, 0x5c, 0x4e, 0x6b, 0x60, 0x4b, 0x61, 0xf0, 0xf1, 0xf2,
	0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0x7a, 0x5e, 0x4c, 0x7e, 0x6e, 0x6f, 0x7c, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5,
	0xc6, 0xc7, 0xc8, 0xc9, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7,
	0xe8, 0xe9, 0xba, 0xe0, 0xbb, 0xb0, 0x6d, 0x79, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x91, 0x92,
	0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xc0, 0x4f, 0xd0, 0xa1,
]
	.map((byte) => String.fromCharCode(byte))
	.join('')

const translate = (from: string, to: string) => ({
	parameters: one,
	result: results.text,
	evaluate: ([text]: readonly unknown[]) =>
		characters(String(text))
			.map((character) => (from.includes(character) ? to.charAt(from.indexOf(character)) : character))
			.join(''),
	pyspark: ([text]: readonly [Py, ...Py[]]) => sql('translate', text, lit(from), lit(to)),
})

/** The text of a code point that Unicode has; Spark's `chr` wraps at 256, so the bytes of UTF-32 are decoded. */
function fromCodePoint(code: Py): Py {
	return fn('decode', fn('unhex', fn('lpad', fn('hex', code), 8, '0')), 'UTF-32BE')
}
const isScalar = (code: bigint, last: bigint): boolean =>
	code >= 0n && code <= last && (code < 0xd800n || code > 0xdfffn)

const firstPoint = (text: string): bigint => BigInt(text.codePointAt(0) ?? 0)

export const stringCodes = family('IBM: Parallel transform functions, string and type conversion functions', {
	soundex: {
		parameters: one,
		result: results.text,
		evaluate: ([text]) => soundex(string(text)),
		pyspark: ([text]) => fn('soundex', text),
	},
	ascii: translate(ebcdic, ascii),
	ebcdic: translate(ascii, ebcdic),
	// Without the second argument a code above 127 gives an empty text.
	char: {
		parameters: [intOf('code'), intOf('allow-8-bits', optional)],
		result: results.text,
		evaluate: ([code, wide]) => {
			const last = wide !== undefined && wide !== 0n ? 255n : 127n
			return isScalar(integer(code), last) ? String.fromCharCode(Number(code)) : ''
		},
		pyspark: (args, context) => {
			const [code, wide] = args
			const last = args.length < 2 ? lit(127) : decide(binary('!=', wide, lit(0)), lit(255), lit(127))
			const small = count(code, context, 0)
			const inside = binary('&', binary('>=', small, lit(0)), binary('<=', small, last))
			const asText = when(inside, fromCodePoint(small))
			return method(asText, 'when', unary('~', inside), lit(''))
		},
	},
	'uni-char': {
		parameters: [intOf('code')],
		result: results.text,
		canFail: true,
		evaluate: ([code]) =>
			isScalar(integer(code), 0x10ffffn)
				? String.fromCodePoint(Number(code))
				: failure('argument', `${integer(code)} is no Unicode character`),
		pyspark: ([code], context) => {
			const point = count(code, context, 0)
			const valid = binary('|', method(point, 'between', 0, 0xd7ff), method(point, 'between', 0xe000, 0x10ffff))
			return when(valid, fromCodePoint(point))
		},
	},
	seq: {
		parameters: one,
		result: results.int32,
		evaluate: ([text]) => firstPoint(string(text)),
		pyspark: ([text]) => fn('ascii', text),
	},
	// The position counts from 0; beyond the text the code is 0.
	'seq-at': {
		parameters: [...one, intOf('position')],
		result: results.int32,
		evaluate: ([text, position]) => {
			const at = toCount(position)
			return firstPoint((at < 0 ? undefined : characters(string(text))[at]) ?? '')
		},
		pyspark: ([text, position], context) => {
			const at = modest(position, context, 1)
			const inside = both(binary('>=', at, lit(0)), binary('<', at, fn('length', text)))
			const code = fn('ascii', method(text, 'substr', binary('+', at, lit(1)), lit(1)))
			return whenKnown([text, position], context, choose(inside, code, lit(0)))
		},
	},
	// CRC-16/USB of the UTF-8 bytes; the documented sample fits.
	checksum: {
		parameters: one,
		result: results.int32,
		evaluate: ([text]) => BigInt(crc16(new TextEncoder().encode(string(text)))),
		pyspark: ([text]) => crc16Text(text),
	},
	crc32: {
		parameters: one,
		result: results.int64,
		evaluate: ([text]) => BigInt(crc32(new TextEncoder().encode(string(text)))),
		pyspark: ([text]) => cast(fn('crc32', cast(text, 'binary')), 'bigint'),
	},
})

const crc16 = (bytes: Uint8Array): number => crc(bytes, 0xffff, 0xa001) ^ 0xffff
const crc32 = (bytes: Uint8Array): number => (crc(bytes, 0xffffffff, 0xedb88320) ^ 0xffffffff) >>> 0

function crc(bytes: Uint8Array, start: number, polynomial: number): number {
	let register = start
	for (const byte of bytes) {
		register ^= byte
		for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ polynomial : register >>> 1
	}
	return register
}

function crc16Text(text: Py): Py {
	const name = (code: string): Py => ({ code, level: 'atom' })
	const shifted = fn('shiftright', name('register'), 1)
	const step = choose(
		binary('==', method(name('register'), 'bitwiseAND', lit(1)), lit(1)),
		method(shifted, 'bitwiseXOR', lit(0xa001)),
		shifted,
	)
	const eight = fn('aggregate', fn('sequence', lit(1), lit(8)), name('start'), {
		code: `lambda register, _: ${step.code}`,
		level: 'loose',
	})
	const byte = cast(fn('conv', name('byte'), 16, 10), 'int')
	const body = eight.code.replace('start,', `crc.bitwiseXOR(${byte.code}),`)
	const bytes = fn('regexp_extract_all', fn('hex', cast(text, 'binary')), lit('..'), lit(0))
	const sum = fn('aggregate', bytes, lit(0xffff), { code: `lambda crc, byte: ${body}`, level: 'loose' })
	return method(sum, 'bitwiseXOR', lit(0xffff))
}
