/** Text literals and their escapes. Source: Microsoft, "Numeric, String, and Boolean Literals". */
import type { Token } from './lexer.ts'
import { wstr } from './types.ts'

const escapes: Readonly<Record<string, string>> = {
	a: '\u0007',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	'"': '"',
	'\\': '\\',
}

/** The text literal that starts at the quotation mark at `start`. */
export function readString(text: string, start: number): Token {
	let value = ''
	let at = start + 1
	let message: string | undefined
	while (at < text.length && text.charAt(at) !== '"') {
		const piece = text.charAt(at) === '\\' ? readEscape(text, at) : { value: text.charAt(at), length: 1 }
		value += piece.value
		at += piece.length
		message ??= piece.message
	}
	if (at >= text.length) return bad('this text has no closing quotation mark', start, text.length)
	if (message !== undefined) return bad(message, start, at + 1)
	return { kind: 'literal', literal: { value, type: wstr(value.length) }, span: { start, end: at + 1 } }
}

interface Piece {
	readonly value: string
	readonly length: number
	readonly message?: string
}

function readEscape(text: string, at: number): Piece {
	const letter = text.charAt(at + 1)
	if (letter === 'x') {
		const code = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, at + 6))?.[0]
		if (code !== undefined && code !== '0000')
			return { value: String.fromCharCode(Number.parseInt(code, 16)), length: 6 }
		return { value: '', length: 2, message: '\\x must be followed by exactly four hexadecimal digits, not 0000' }
	}
	const value = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined
	if (value !== undefined) return { value, length: 2 }
	return { value: '', length: 2, message: `\\${letter} is no escape sequence` }
}

function bad(message: string, start: number, end: number): Token {
	return { kind: 'bad', message, span: { start, end } }
}
