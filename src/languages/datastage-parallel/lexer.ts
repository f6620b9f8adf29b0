/** Words of the parallel Transformer's expression language. */
import type { Span } from '#model/provenance.ts'

export type TokenKind = 'number' | 'text' | 'name' | 'system' | 'symbol' | 'end' | 'bad'

export interface Token {
	readonly kind: TokenKind
	/** As written, except for `text`: the text between the quotes. */
	readonly text: string
	readonly span: Span
}

const symbols = [
	'**',
	'<>',
	'!=',
	'<=',
	'>=',
	'=<',
	'=>',
	'=',
	'<',
	'>',
	'+',
	'-',
	'*',
	'/',
	'^',
	':',
	'(',
	')',
	'[',
	']',
	',',
	'.',
] as const

// The letters of any alphabet: Designer lets names be spelled so, although the engine's own documents allow ASCII only.
const nameStart = /[\p{L}_$#]/u
const namePart = /[\p{L}\p{N}_$#]/u

/**
 * Splits an expression into tokens. Never throws: what fits nowhere is a `bad` token, an unclosed quote too. The last token is `end`.
 * Two quotes in a row are no escape; a text that holds one kind of quote is written in the other (IBM: Transformer stage expressions).
 */
export function tokenize(text: string): readonly Token[] {
	const tokens: Token[] = []
	let at = 0
	while (at < text.length) {
		if (/\s/.test(text.charAt(at))) {
			at += 1
			continue
		}
		const token = readToken(text, at)
		tokens.push(token)
		at = token.span.end
	}
	tokens.push({ kind: 'end', text: '', span: { start: text.length, end: text.length } })
	return tokens
}

function readToken(text: string, start: number): Token {
	const first = text.charAt(start)
	if (first === '"' || first === "'") return readText(text, start, first)
	const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text.slice(start))
	if (number) return token('number', number[0], start, number[0].length)
	if (first === '@') return readWord('system', text, start)
	if (nameStart.test(characterAt(text, start))) return readWord('name', text, start)
	const symbol = symbols.find((candidate) => text.startsWith(candidate, start))
	if (symbol !== undefined) return token('symbol', symbol, start, symbol.length)
	const character = characterAt(text, start)
	return token('bad', character, start, character.length)
}

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0)

function token(kind: TokenKind, text: string, start: number, length: number): Token {
	return { kind, text, span: { start, end: start + length } }
}

function readText(text: string, start: number, quote: string): Token {
	const close = text.indexOf(quote, start + 1)
	if (close < 0) return token('bad', text.slice(start), start, text.length - start)
	return token('text', text.slice(start + 1, close), start, close + 1 - start)
}

function readWord(kind: 'name' | 'system', text: string, start: number): Token {
	let end = start + 1
	while (end < text.length) {
		const next = characterAt(text, end)
		if (!namePart.test(next)) break
		end += next.length
	}
	return token(kind, text.slice(start, end), start, end - start)
}
