/** The lines of shell commands that can be understood without a shell: words, patterns, pipes, redirections that hide output. */
import type { Expression } from '#model/expressions.ts'
import { textLiteral } from '../expressions.ts'

/** A piece of a command: text as written, a value that is known when it runs, or an asterisk that the shell expands. */
export type Piece = string | Expression | { readonly kind: 'star' }

export interface Word {
	readonly pieces: readonly Piece[]
	/** Without quotes the shell would split values at blanks and expand patterns in them. */
	readonly quoted: boolean
}

export interface SimpleCommand {
	readonly words: readonly Word[]
	/** What it writes goes nowhere. */
	readonly silent: boolean
	/** File that takes what it writes. */
	readonly into?: Word
	/** What that file holds already stays. */
	readonly appends: boolean
}

export interface CommandLine {
	/** Each reads what the one before it writes. */
	readonly commands: readonly SimpleCommand[]
	/** `|| true`: its failure does not count. */
	readonly forgiving: boolean
}

/** What a shell reads as more than a character. Inside double quotes fewer signs do. */
const special = /[<>;&`$(){}[\]?~\\!#\n\r]/
const specialInQuotes = /[`$\\!]/

type Operator = '|' | '||' | '>' | '>>' | '2>'
type Token = Operator | Word
type Problem = { readonly problem: string }

/** The line, or why it is more than is understood. */
export function commandLine(pieces: readonly Piece[]): CommandLine | Problem {
	const tokens = tokenize(pieces)
	if ('problem' in tokens) return tokens
	const [line = [], forgiven, ...more] = split(tokens, '||')
	if (more.length > 0 || (forgiven !== undefined && !doesNothing(forgiven)))
		return { problem: 'the shell reads "||" in it' }
	const commands: SimpleCommand[] = []
	for (const part of split(line, '|')) {
		const command = simpleCommand(part)
		if ('problem' in command) return command
		commands.push(command)
	}
	return { commands, forgiving: forgiven !== undefined }
}

function split(tokens: readonly Token[], operator: Operator): readonly (readonly Token[])[] {
	const parts: Token[][] = [[]]
	for (const token of tokens) {
		if (token === operator) parts.push([])
		else parts.at(-1)?.push(token)
	}
	return parts
}

/** `true`, `:`, `return 0`, `exit 0`: what stands behind `||` to make the line end well. */
function doesNothing(tokens: readonly Token[]): boolean {
	const words = tokens.map((token) => (typeof token === 'string' ? token : (plainWord(token) ?? '')))
	return ['true', ':', 'return 0', 'exit 0'].includes(words.join(' '))
}

function simpleCommand(tokens: readonly Token[]): SimpleCommand | Problem {
	const words: Word[] = []
	let silent = false
	let appends = false
	let into: Word | undefined
	for (let at = 0; at < tokens.length; at += 1) {
		const token = tokens[at]
		if (token === undefined) break
		if (typeof token !== 'string') {
			words.push(token)
			continue
		}
		at += 1
		const target = tokens[at]
		if (target === undefined || typeof target === 'string') return { problem: `the shell reads "${token}" in it` }
		const name = plainWord(target)
		if (token === '2>' && name !== '/dev/null' && name !== '&1') return { problem: 'the shell reads "2>" in it' }
		if (token === '2>') continue
		if (name === '/dev/null') silent = true
		else into = target
		appends = token === '>>'
	}
	return { words, silent, appends, ...(into === undefined ? {} : { into }) }
}

/** A line while it is read. */
class Reader {
	readonly tokens: Token[] = []
	quote = ''
	#word: { readonly pieces: Piece[]; quoted: boolean } | undefined

	get atStart(): boolean {
		return this.#word === undefined
	}

	add(piece: Piece): void {
		this.#word ??= { pieces: [], quoted: true }
		const { pieces } = this.#word
		const last = pieces.at(-1)
		if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece
		else if (piece !== '') pieces.push(piece)
		if (this.quote === '' && typeof piece !== 'string' && piece.kind !== 'star') this.#word.quoted = false
	}

	end(operator?: Operator): void {
		if (this.#word !== undefined) this.tokens.push(this.#word)
		this.#word = undefined
		if (operator !== undefined) this.tokens.push(operator)
	}
}

function tokenize(pieces: readonly Piece[]): readonly Token[] | Problem {
	const reader = new Reader()
	const signs = pieces.flatMap((one): readonly Piece[] => (typeof one === 'string' ? Array.from(one) : [one]))
	for (let at = 0; at < signs.length; ) {
		const sign = signs[at] ?? ''
		if (typeof sign !== 'string') {
			reader.add(sign)
			at += 1
			continue
		}
		const next = signs[at + 1]
		const read =
			reader.quote === '' ? readSign(sign, typeof next === 'string' ? next : '', reader) : readQuoted(sign, reader)
		if (read === 0) return { problem: `the shell reads "${sign}" in it` }
		at += read
	}
	if (reader.quote !== '') return { problem: 'a quote in it is never closed' }
	reader.end()
	return reader.tokens
}

/** Reads a sign inside quotes; gives how many signs it took, 0 where a shell reads more in it. */
function readQuoted(sign: string, reader: Reader): number {
	if (sign === reader.quote) reader.quote = ''
	else if (reader.quote === '"' && specialInQuotes.test(sign)) return 0
	else reader.add(sign)
	return 1
}

/** Signs that belong together, and what they say. */
const pairs: Readonly<Record<string, Operator | { readonly text: string }>> = {
	'||': '||',
	'{}': { text: '{}' },
	'\\;': { text: ';' },
}

function readSign(sign: string, next: string, reader: Reader): number {
	const pair = Object.hasOwn(pairs, sign + next) ? pairs[sign + next] : undefined
	if (typeof pair === 'string') reader.end(pair)
	else if (pair !== undefined) reader.add(pair.text)
	if (pair !== undefined) return 2
	switch (sign) {
		case '"':
		case "'":
			reader.quote = sign
			reader.add('')
			return 1
		case ' ':
		case '\t':
			reader.end()
			return 1
		case '*':
			reader.add({ kind: 'star' })
			return 1
		case '|':
			reader.end('|')
			return 1
		default:
			return reader.atStart ? readBeginning(sign, next, reader) : readPart(sign, reader)
	}
}

/** Signs that mean something else at the beginning of a word: redirections, and the names of the test command. */
function readBeginning(sign: string, next: string, reader: Reader): number {
	if (sign === '2' && next === '>') {
		reader.end('2>')
		return 2
	}
	if (sign === '>') {
		reader.end(next === '>' ? '>>' : '>')
		return next === '>' ? 2 : 1
	}
	if ((sign === '&' && next === '1') || (sign === '[' && next === ' ') || (sign === ']' && next === '')) {
		reader.add(sign)
		return 1
	}
	return readPart(sign, reader)
}

function readPart(sign: string, reader: Reader): number {
	if (special.test(sign)) return 0
	reader.add(sign)
	return 1
}

/** Text of a word that holds no value and no pattern. */
export function plainWord({ pieces }: Word): string | undefined {
	const [piece, ...more] = pieces
	if (piece === undefined) return ''
	return typeof piece === 'string' && more.length === 0 ? piece : undefined
}

export const hasStar = ({ pieces }: Word): boolean =>
	pieces.some((piece) => typeof piece !== 'string' && piece.kind === 'star')

/** What a word without a pattern is put together from. */
export const wordPieces = ({ pieces }: Word): readonly Expression[] => patternParts({ pieces, quoted: true })[0] ?? []

/** What stands between the asterisks of a word. */
export function patternParts({ pieces }: Word): readonly (readonly Expression[])[] {
	const parts: Expression[][] = [[]]
	for (const piece of pieces) {
		if (typeof piece === 'string') parts.at(-1)?.push(textLiteral(piece))
		else if (piece.kind === 'star') parts.push([])
		else parts.at(-1)?.push(piece)
	}
	return parts
}
