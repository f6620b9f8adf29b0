/** A cursor over tokens that collects problems; expressions and routines share it. */
import type { Span } from '#model/provenance.ts'
import type { ExpressionProblem } from '../datastage-parallel/syntax.ts'
import type { Token } from './lexer.ts'

export interface TokenStream {
	peek(ahead?: number): Token
	next(): Token
	/** Takes the next token when it is one of those symbols. */
	takeSymbol(...symbols: readonly string[]): string | undefined
	/** Takes the next token when it is one of these words, letter case aside; gives the word as listed. */
	takeWord(...words: readonly string[]): string | undefined
	expect(symbol: string, after: string): void
	expectWord(word: string, after: string): void
	problem(message: string, span?: Span): void
	/** From the start of a span to the end of the token taken last. */
	since(start: number): Span
	/** Reads on, and goes back to where it was when `read` gives undefined. */
	attempt<T>(read: () => T | undefined): T | undefined
	readonly problems: readonly ExpressionProblem[]
}

export const isWord = (token: Token, ...words: readonly string[]): boolean =>
	token.kind === 'name' && words.includes(token.text.toLowerCase())

export function describe(token: Token): string {
	if (token.kind === 'end') return 'the end'
	if (token.kind === 'line') return 'the end of the line'
	if (token.kind === 'bad' && /^["'\\]/.test(token.text)) return 'a text whose quote is never closed'
	return token.kind === 'text' ? `the text "${token.text}"` : `\`${token.text}\``
}

export function tokenStream(tokens: readonly Token[], length: number): TokenStream {
	const end: Token = { kind: 'end', text: '', span: { start: length, end: length } }
	const problems: ExpressionProblem[] = []
	let at = 0
	const stream: TokenStream = {
		problems,
		peek: (ahead = 0) => tokens[at + ahead] ?? end,
		next: () => {
			const token = tokens[at] ?? end
			if (token.kind !== 'end') at += 1
			return token
		},
		takeSymbol: (...symbols) => {
			const token = stream.peek()
			return token.kind === 'symbol' && symbols.includes(token.text) ? stream.next().text : undefined
		},
		takeWord: (...words) => (isWord(stream.peek(), ...words) ? stream.next().text.toLowerCase() : undefined),
		expect: (symbol, after) => {
			if (stream.takeSymbol(symbol) === undefined)
				stream.problem(`\`${symbol}\` expected after ${after}, found ${describe(stream.peek())}`)
		},
		expectWord: (word, after) => {
			if (stream.takeWord(word.toLowerCase()) === undefined)
				stream.problem(`${word} expected after ${after}, found ${describe(stream.peek())}`)
		},
		problem: (message, span) => {
			const place = span ?? stream.peek().span
			// One slip makes many follow-ups at the same place; the first says enough.
			if (problems.some((known) => known.span.start === place.start)) return
			problems.push({ code: 'expression/syntax', message, span: place })
		},
		since: (start) => ({ start, end: Math.max(start, tokens[at - 1]?.span.end ?? start) }),
		attempt: (read) => {
			const [place, known] = [at, problems.length]
			const result = read()
			if (result === undefined) {
				at = place
				problems.length = known
			}
			return result
		},
	}
	return stream
}
