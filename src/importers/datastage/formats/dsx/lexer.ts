/**
 * The lexical layer of DSX: lines `BEGIN X`, `END X`, `Key "value"` and `Key =+=+=+=` with raw lines up to `=+=+=+=`.
 * It walks the decoded text by offsets; a value's text is cut out and unescaped only when somebody asks for it,
 * so skipped parts of a large export cost no memory.
 */
import { unescapeDsx } from './escapes.ts'

interface TokenBase {
	/** First and last line, counted from 1 by line feeds. */
	readonly line: number
	readonly lastLine: number
}
export interface BeginToken extends TokenBase {
	readonly kind: 'begin'
	readonly name: string
}
export interface EndToken extends TokenBase {
	readonly kind: 'end'
	readonly name: string
}
export interface ValueToken extends TokenBase {
	readonly kind: 'value'
	readonly key: string
	readonly from: number
	readonly to: number
	/** The closing quote, or the block's last line, is missing. */
	readonly unclosed: boolean
}
/** A line that is none of these, `COMMENT` lines excepted. */
export interface OtherToken extends TokenBase {
	readonly kind: 'other'
}
export type Token = BeginToken | EndToken | ValueToken | OtherToken

export interface Lexer {
	/** The next token; undefined at the end. */
	next(): Token | undefined
	/** Looks at the next token without taking it. */
	peek(): Token | undefined
	/** Leaves everything out up to the line `END name`; false when there is none (then the text is at its end). */
	skipTo(name: string): boolean
	/** The text of a value, unescaped. */
	valueOf(token: ValueToken): string
	/** Line of the last token taken. */
	readonly line: number
}

const LF = 10
const CR = 13
const BACKSLASH = 92
const fence = '=+=+=+='

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === CR

export function createLexer(text: string): Lexer {
	const { length } = text
	let at = 0
	let line = 1
	let taken = 1
	let ahead: Token | undefined
	// A lone carriage return ends a line too (one public export mixes them), but editors do not count it.
	let nextReturn = text.indexOf('\r')

	/** End of the line that begins at `from`, exclusive; the break stands there. */
	function lineEnd(from: number): number {
		const feed = text.indexOf('\n', from)
		const end = feed < 0 ? length : feed
		if (nextReturn >= 0 && nextReturn < from) nextReturn = text.indexOf('\r', from)
		return nextReturn >= 0 && nextReturn < end ? nextReturn : end
	}

	/** Start of the line after the break at `end`; counts it. */
	function after(end: number): number {
		if (text.charCodeAt(end) === CR) {
			if (text.charCodeAt(end + 1) !== LF) return end + 1
			line++
			return end + 2
		}
		if (end < length) line++
		return end + 1
	}

	function trimStart(from: number, to: number): number {
		let start = from
		while (start < to && isBlank(text.charCodeAt(start))) start++
		return start
	}

	function trimEnd(from: number, to: number): number {
		let end = to
		while (end > from && isBlank(text.charCodeAt(end - 1))) end--
		return end
	}

	/** Do only blanks stand between the last line break and `from`? */
	function startsLine(from: number): boolean {
		let before = from
		while (before > 0 && isBlank(text.charCodeAt(before - 1)) && text.charCodeAt(before - 1) !== CR) before--
		const code = text.charCodeAt(before - 1)
		return before === 0 || code === LF || code === CR
	}

	/** The first quote from `from` on that no backslash escapes; -1 when there is none. */
	function closingQuote(from: number): number {
		for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 1)) {
			let slashes = quote
			while (slashes > from && text.charCodeAt(slashes - 1) === BACKSLASH) slashes--
			if ((quote - slashes) % 2 === 0) return quote
		}
		return -1
	}

	/** A value whose quote does not close on its line goes on, unless the next line is one of DSX itself. */
	function quoted(key: string, from: number, end: number): ValueToken {
		const first = line
		const close = closingQuote(from)
		let to = end
		while (close < 0 || close >= to) {
			const last = line
			const next = after(to)
			if (next >= length || looksStructural(next)) {
				at = next
				return { kind: 'value', key, from, to: trimEnd(from, to), unclosed: true, line: first, lastLine: last }
			}
			to = lineEnd(next)
		}
		const last = line
		at = after(to)
		return { kind: 'value', key, from, to: close, unclosed: false, line: first, lastLine: last }
	}

	function looksStructural(from: number): boolean {
		return /^[ \t]*(?:(?:BEGIN|END) [A-Z]+[ \t]*\r?$|[A-Za-z]\w* (?:"|=\+=\+=\+=))/.test(
			text.slice(from, Math.min(lineEnd(from), from + 200)),
		)
	}

	function block(key: string, end: number): ValueToken {
		const first = line
		const from = after(end)
		let start = from
		while (start < length) {
			const to = lineEnd(start)
			const left = trimStart(start, to)
			if (text.startsWith(fence, left) && trimEnd(left, to) === left + fence.length) {
				const last = line
				at = after(to)
				return {
					kind: 'value',
					key,
					from,
					to: Math.max(from, contentEnd(start)),
					unclosed: false,
					line: first,
					lastLine: last,
				}
			}
			start = after(to)
		}
		at = length
		return { kind: 'value', key, from: Math.min(from, length), to: length, unclosed: true, line: first, lastLine: line }
	}

	/** The line break before the closing fence is not part of a block. */
	function contentEnd(start: number): number {
		const feed = text.charCodeAt(start - 1) === LF ? start - 1 : start
		return text.charCodeAt(feed - 1) === CR ? feed - 1 : feed
	}

	function scan(): Token | undefined {
		while (at < length) {
			const end = lineEnd(at)
			const start = trimStart(at, end)
			const stop = trimEnd(start, end)
			if (start === stop || text.startsWith('COMMENT', start)) {
				at = after(end)
				continue
			}
			return token(start, stop, end)
		}
		return undefined
	}

	function token(start: number, stop: number, end: number): Token {
		const here = line
		if (text.startsWith('BEGIN ', start) || text.startsWith('END ', start)) {
			const kind = text.charCodeAt(start) === 66 ? 'begin' : 'end'
			const name = text.slice(trimStart(start + (kind === 'begin' ? 6 : 4), stop), stop)
			if (!name.includes(' ')) {
				at = after(end)
				return { kind, name, line: here, lastLine: here }
			}
		}
		const quote = text.indexOf('"', start)
		if (quote > start && quote < stop && isBlank(text.charCodeAt(quote - 1))) {
			const key = text.slice(start, trimEnd(start, quote))
			if (isKey(key)) return quoted(key, quote + 1, end)
		}
		if (text.startsWith(fence, stop - fence.length) && stop - fence.length > start) {
			const key = text.slice(start, trimEnd(start, stop - fence.length))
			if (isKey(key)) return block(key, end)
		}
		at = after(end)
		return { kind: 'other', line: here, lastLine: here }
	}

	return {
		next() {
			const found = ahead ?? scan()
			ahead = undefined
			if (found !== undefined) taken = found.lastLine
			return found
		},
		peek() {
			ahead ??= scan()
			return ahead
		},
		skipTo(name) {
			ahead = undefined
			const wanted = `END ${name}`
			for (let found = text.indexOf(wanted, at); found >= 0; found = text.indexOf(wanted, found + 1)) {
				const end = lineEnd(found)
				if (!startsLine(found) || trimEnd(found, end) !== found + wanted.length) continue
				for (let feed = text.indexOf('\n', at); feed >= 0 && feed < found; feed = text.indexOf('\n', feed + 1)) line++
				taken = line
				at = after(end)
				return true
			}
			at = length
			return false
		},
		valueOf: (value) => unescapeDsx(text.slice(value.from, value.to)),
		get line() {
			return taken
		},
	}
}

/** Keys of records are identifiers; property names are values and never stand here. */
function isKey(key: string): boolean {
	return /^[A-Za-z][\w.$-]*$/.test(key)
}
