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
	const tokens: Token[] = []
	let line = 1
	let at = 0
	let spaced = true
	const push = (kind: Token['kind'], text: string, key = ''): void => {
		tokens.push({ kind, text, key, line, spaced })
		spaced = false
	}
	const endStatement = (): void => {
		const last = tokens.at(-1)
		if (last === undefined || last.kind === 'end') return
		const goesOn =
			last.kind === 'sign' ? continuing.has(last.text) : last.kind === 'word' && continuingWords.has(last.key)
		if (!goesOn) push('end', '\n')
	}
	while (at < source.length) {
		const rest = source.slice(at, at + 300)
		const lineEnd = /^(?:\r\n|[\r\n\u2028\u2029])/.exec(rest)
		if (lineEnd !== null) {
			endStatement()
			at += lineEnd[0].length
			line += 1
			spaced = true
			continue
		}
		const blank = /^[ \t\f\v\u00a0\ufeff\u3000]+/.exec(rest)
		if (blank !== null) {
			at += blank[0].length
			spaced = true
			continue
		}
		const joined = /^_[ \t]*('[^\r\n]*)?(?:\r\n|[\r\n])/.exec(rest)
		if (joined !== null && spaced) {
			at += joined[0].length
			line += 1
			continue
		}
		const isStart =
			tokens.length === 0 ||
			tokens.at(-1)?.kind === 'end' ||
			(tokens.at(-1)?.text === ':' && tokens.at(-1)?.kind === 'sign')
		if (
			/^['\u2018\u2019]/.test(rest) ||
			(isStart && /^rem(?![\w])/i.test(rest)) ||
			(isStart && /^#(?:region|end region|if|else|elseif|end if|const|externalsource)/i.test(rest))
		) {
			if (/^#(?:if|else|elseif)/i.test(rest)) throw new LexicalProblem('conditional compilation', line)
			const end = source.slice(at).search(/[\r\n]/)
			at = end === -1 ? source.length : at + end
			continue
		}
		const text = /^["\u201c\u201d]/.test(rest) ? readString(source, at) : undefined
		if (text !== undefined) {
			if (text.end === -1) throw new LexicalProblem('a text without its closing quote', line)
			const isChar = /^c(?!\w)/i.test(source.slice(text.end))
			push(isChar ? 'char' : 'string', text.value)
			at = text.end + (isChar ? 1 : 0)
			continue
		}
		const date = /^#\s*[\d][^#\r\n]*#/.exec(rest)
		if (date !== null) {
			push('date', date[0].slice(1, -1).trim())
			at += date[0].length
			continue
		}
		const number =
			/^(?:&h[0-9a-f]+|&o[0-7]+|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(?:us|ui|ul|[sildrf@!%&#](?!\w))?/i.exec(rest)
		if (number !== null) {
			push('number', number[0])
			at += number[0].length
			continue
		}
		const escaped = /^\[([^\]\r\n]+)\]/.exec(rest)
		if (escaped !== null) {
			push('word', escaped[1] ?? '')
			at += escaped[0].length
			continue
		}
		const word = /^[\p{L}_][\p{L}\p{N}_]*[%&@!#$]?/u.exec(rest)
		if (word !== null) {
			// A type character belongs to the name only where nothing else can follow it.
			const whole =
				/[%&@!#$]$/.test(word[0]) && /^[\p{L}\p{N}("[]/u.test(rest.slice(word[0].length))
					? word[0].slice(0, -1)
					: word[0]
			push('word', whole, whole.toLowerCase())
			at += whole.length
			continue
		}
		const sign = signs.find((one) => rest.startsWith(one))
		if (sign === undefined) throw new LexicalProblem(`the character ${JSON.stringify(rest.slice(0, 1))}`, line)
		// `? .` at the start of a line, or `.Member` there, goes on with the statement before.
		if (sign === '.' && tokens.at(-1)?.kind === 'end' && tokens.at(-2)?.key !== 'with') tokens.pop()
		push('sign', sign)
		at += sign.length
	}
	endStatement()
	push('end', '')
	return tokens
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
