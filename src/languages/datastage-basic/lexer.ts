/** Words of DataStage BASIC (IBM: DataStage BASIC reference, character sets and constants). */
import type { Span } from '#model/provenance.ts'

export type TokenKind = 'number' | 'text' | 'name' | 'system' | 'symbol' | 'line' | 'end' | 'bad'

export interface Token {
	readonly kind: TokenKind
	/** As written, except for `text`: the text between the quotes. */
	readonly text: string
	readonly span: Span
}

const symbols = [
	'**',
	'<>',
	'><',
	'#<',
	'#>',
	'<=',
	'=<',
	'>=',
	'=>',
	'+=',
	'-=',
	':=',
	'=',
	'#',
	'<',
	'>',
	'+',
	'-',
	'*',
	'/',
	'^',
	':',
	'&',
	'!',
	'(',
	')',
	'[',
	']',
	',',
	';',
] as const

// A name goes on after a point: `link.column`, `DSU.Routine`, `@NULL.STR`.
const nameStart = /[\p{L}_$]/u
const namePart = /[\p{L}\p{N}_$.%]/u
const quotes = ['"', "'", '\\']

/**
 * Splits a text into tokens; the last one is `end`. Never throws: what fits nowhere is `bad`, a quote that its line does not close
 * too. Texts stand in double quotes, single quotes or backslashes, and know no escapes.
 */
export function tokenize(text: string, lines = false): readonly Token[] {
	const tokens: Token[] = []
	let at = 0
	while (at < text.length) {
		const first = text.charAt(at)
		if (/\s/.test(first)) {
			if (lines && first === '\n') tokens.push(token('line', first, at, 1))
			at += 1
			continue
		}
		const next = readToken(text, at)
		tokens.push(next)
		at = next.span.end
	}
	tokens.push(token('end', '', text.length, 0))
	return tokens
}

function token(kind: TokenKind, text: string, start: number, length: number): Token {
	return { kind, text, span: { start, end: start + length } }
}

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0)

function readToken(text: string, start: number): Token {
	const first = text.charAt(start)
	if (quotes.includes(first)) return readText(text, start, first)
	const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text.slice(start, start + 400))
	if (number) return token('number', number[0], start, number[0].length)
	if (first === '@') return readWord('system', text, start)
	if (nameStart.test(characterAt(text, start))) return readWord('name', text, start)
	const symbol = symbols.find((candidate) => text.startsWith(candidate, start))
	if (symbol !== undefined) return token('symbol', symbol, start, symbol.length)
	const character = characterAt(text, start)
	return token('bad', character, start, character.length)
}

function readText(text: string, start: number, quote: string): Token {
	const close = text.indexOf(quote, start + 1)
	const line = text.indexOf('\n', start)
	if (close < 0 || (line >= 0 && line < close)) {
		const end = line < 0 ? text.length : line
		return token('bad', text.slice(start, end), start, end - start)
	}
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
