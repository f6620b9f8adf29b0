/**
 * Words of Visual Basic. Statements end with the line unless it is continued: by ` _`, or where the language says that a
 * statement cannot be over (after an operator, a comma, an opening parenthesis; Visual Basic specification, 1.1.3).
 */

export interface Token {
	readonly kind: 'word' | 'string' | 'char' | 'number' | 'date' | 'sign' | 'end'
	/** As written; of strings and characters the value. */
	readonly text: string
	/** Lower case, for keywords; empty for an escaped name (`[Next]`), which never is a keyword. */
	readonly key: string
	readonly line: number
	/** Does white space stand before it? `a (b)` and `a(b)` differ in statements like `If (a) Then`. */
	readonly spaced: boolean
}

export class LexicalProblem extends Error {
	readonly line: number
	constructor(message: string, line: number) {
		super(message)
		this.line = line
	}
}

const signs = [
	'<<=',
	'>>=',
	':=',
	'<>',
	'<=',
	'>=',
	'<<',
	'>>',
	'+=',
	'-=',
	'*=',
	'/=',
	'\\=',
	'^=',
	'&=',
	'?.',
	'(',
	')',
	'{',
	'}',
	',',
	'.',
	'+',
	'-',
	'*',
	'/',
	'\\',
	'^',
	'&',
	'=',
	'<',
	'>',
	'!',
	'?',
	':',
	'#',
	'@',
]

const continuing: ReadonlySet<string> = new Set([
	'(',
	'{',
	',',
	'.',
	'+',
	'-',
	'*',
	'/',
	'\\',
	'^',
	'&',
	'=',
	'<',
	'>',
	'<=',
	'>=',
	'<>',
	'+=',
	'-=',
	'*=',
	'/=',
	'&=',
	':=',
	'<<',
	'>>',
])
const continuingWords: ReadonlySet<string> = new Set([
	'and',
	'or',
	'andalso',
	'orelse',
	'xor',
	'mod',
	'is',
	'isnot',
	'like',
	'not',
])

/** All tokens; a statement's end is a token of its own, never two in a row. */
export function tokenize(source: string): readonly Token[] {
	const reading = new Reading(source)
	while (!reading.isOver) {
		if (!reading.skip()) reading.take()
	}
	return reading.finish()
}

const directive = /^#(?:region|end region|if|else|elseif|end if|const|externalsource)/i
const numberPattern =
	/^(?:&h[0-9a-f]+|&o[0-7]+|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(?:us|ui|ul|[sildrf@!%&#](?!\w))?/i

/** The text, and how far it has been read. */
class Reading {
	readonly #source: string
	readonly #tokens: Token[] = []
	#line = 1
	#at = 0
	#spaced = true
	#withBlocks = 0

	constructor(source: string) {
		this.#source = source
	}

	get isOver(): boolean {
		return this.#at >= this.#source.length
	}

	get #rest(): string {
		return this.#source.slice(this.#at, this.#at + 300)
	}

	finish(): readonly Token[] {
		this.#endStatement()
		this.#push('end', '', 0)
		return this.#tokens
	}

	#push(kind: Token['kind'], text: string, length: number, key = ''): void {
		this.#tokens.push({ kind, text, key, line: this.#line, spaced: this.#spaced })
		this.#spaced = false
		this.#at += length
	}

	#endStatement(): void {
		const last = this.#tokens.at(-1)
		if (last === undefined || last.kind === 'end') return
		const goesOn =
			last.kind === 'sign' ? continuing.has(last.text) : last.kind === 'word' && continuingWords.has(last.key)
		if (!goesOn) this.#push('end', '\n', 0)
	}

	/** Passes over the end of a line, blanks, a continuation or a comment; false where a token stands. */
	skip(): boolean {
		const rest = this.#rest
		const lineEnd = /^(?:\r\n|[\r\n\u2028\u2029])/.exec(rest)
		const blank = /^[ \t\f\v\u00a0\ufeff\u3000]+/.exec(rest)
		const joined = this.#spaced ? /^_[ \t]*('[^\r\n]*)?(?:\r\n|[\r\n])/.exec(rest) : null
		if (lineEnd !== null) this.#endStatement()
		const passed = lineEnd ?? blank ?? joined
		if (passed !== null) {
			this.#at += passed[0].length
			if (blank === null) this.#line += 1
			this.#spaced = true
			return true
		}
		if (!this.#isComment(rest)) return false
		if (/^#(?:if|else|elseif)/i.test(rest)) throw new LexicalProblem('conditional compilation', this.#line)
		const end = this.#source.slice(this.#at).search(/[\r\n]/)
		this.#at = end === -1 ? this.#source.length : this.#at + end
		return true
	}

	#isComment(rest: string): boolean {
		if (/^['\u2018\u2019]/.test(rest)) return true
		const last = this.#tokens.at(-1)
		const isStart = last === undefined || last.kind === 'end' || (last.kind === 'sign' && last.text === ':')
		return isStart && (/^rem(?!\w)/i.test(rest) || directive.test(rest))
	}

	take(): void {
		const rest = this.#rest
		if (/^["\u201c\u201d]/.test(rest)) {
			this.#takeString()
			return
		}
		const date = /^#\s*\d[^#\r\n]*#/.exec(rest)
		const number = date === null ? numberPattern.exec(rest) : null
		const escaped = /^\[([^\]\r\n]+)\]/.exec(rest)
		if (date !== null) this.#push('date', date[0].slice(1, -1).trim(), date[0].length)
		else if (number !== null) this.#push('number', number[0], number[0].length)
		else if (escaped !== null) this.#push('word', escaped[1] ?? '', escaped[0].length)
		else if (!this.#takeWord(rest)) this.#takeSign(rest)
	}

	#takeString(): void {
		const { value, end } = readString(this.#source, this.#at)
		if (end === -1) throw new LexicalProblem('a text without its closing quote', this.#line)
		const isChar = /^c(?!\w)/i.test(this.#source.slice(end, end + 2))
		this.#push(isChar ? 'char' : 'string', value, end - this.#at + (isChar ? 1 : 0))
	}

	#takeWord(rest: string): boolean {
		const [word] = /^[\p{L}_][\p{L}\p{N}_]*[%&@!#$]?/u.exec(rest) ?? []
		if (word === undefined) return false
		// A type character belongs to the name only where nothing else can follow it.
		const isOperator = /[%&@!#$]$/.test(word) && /^[\p{L}\p{N}("[]/u.test(rest.slice(word.length))
		const whole = isOperator ? word.slice(0, -1) : word
		if (whole.toLowerCase() === 'with') this.#countWith()
		this.#push('word', whole, whole.length, whole.toLowerCase())
		return true
	}

	/** `With x` opens a block, `End With` closes one; `New X With {` does neither. */
	#countWith(): void {
		const last = this.#tokens.at(-1)
		if (last === undefined || last.kind === 'end') this.#withBlocks += 1
		else if (last.key === 'end') this.#withBlocks -= 1
	}

	#takeSign(rest: string): void {
		const sign = signs.find((one) => rest.startsWith(one))
		if (sign === undefined) throw new LexicalProblem(`the character ${JSON.stringify(rest.slice(0, 1))}`, this.#line)
		// `.Member` at the start of a line goes on with the statement before, but in a With block it begins one.
		if (sign === '.' && this.#tokens.at(-1)?.kind === 'end' && this.#withBlocks === 0) this.#tokens.pop()
		this.#push('sign', sign, sign.length)
	}
}

function readString(source: string, start: number): { value: string; end: number } {
	let value = ''
	for (let at = start + 1; at < source.length; at += 1) {
		const character = source.charAt(at)
		if (/["\u201c\u201d]/.test(character)) {
			if (!/["\u201c\u201d]/.test(source.charAt(at + 1))) return { value, end: at + 1 }
			value += '"'
			at += 1
		} else if (/[\r\n]/.test(character)) return { value, end: -1 }
		else value += character
	}
	return { value, end: -1 }
}
