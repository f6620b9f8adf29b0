/** A place in the tokens of a script. */
import type { Token } from './lexer.ts'

/** Unwinds the parser to its start, where it becomes a located problem. */
export class VbProblem extends Error {
	readonly line: number
	constructor(message: string, line: number) {
		super(message)
		this.line = line
	}
}

const nothing: Token = { kind: 'end', text: '', key: '', line: 0, spaced: true }

export class Cursor {
	readonly #tokens: readonly Token[]
	#at = 0

	constructor(tokens: readonly Token[]) {
		this.#tokens = tokens
	}

	peek(ahead = 0): Token {
		return this.#tokens[this.#at + ahead] ?? { ...nothing, line: this.#tokens.at(-1)?.line ?? 0 }
	}

	next(): Token {
		const token = this.peek()
		this.#at += 1
		return token
	}

	get line(): number {
		return this.peek().line
	}

	get isOver(): boolean {
		return this.#at >= this.#tokens.length - 1
	}

	/** Do the next words stand here? Takes them when they do. */
	take(...keys: readonly string[]): boolean {
		if (!this.sees(...keys)) return false
		this.#at += keys.length
		return true
	}

	sees(...keys: readonly string[]): boolean {
		return keys.every((key, ahead) => this.peek(ahead).kind === 'word' && this.peek(ahead).key === key)
	}

	seesAny(keys: readonly string[]): boolean {
		return keys.some((key) => this.sees(...key.split(' ')))
	}

	takeSign(sign: string): boolean {
		if (!this.seesSign(sign)) return false
		this.#at += 1
		return true
	}

	seesSign(sign: string, ahead = 0): boolean {
		return this.peek(ahead).kind === 'sign' && this.peek(ahead).text === sign
	}

	expect(key: string): void {
		if (!this.take(key)) this.fail(`${key} was expected`)
	}

	expectSign(sign: string): void {
		if (!this.takeSign(sign)) this.fail(`${sign} was expected`)
	}

	name(): string {
		const token = this.next()
		if (token.kind !== 'word') throw new VbProblem(`a name was expected, not ${shown(token)}`, token.line)
		return token.text.replace(/[%&@!#$]$/, '')
	}

	/** Does a line begin here? */
	get atLineStart(): boolean {
		return (this.#tokens[this.#at - 1] ?? nothing).kind === 'end'
	}

	/** The end of a statement: of its line, or a colon. */
	get atEnd(): boolean {
		return this.peek().kind === 'end' || this.seesSign(':')
	}

	endStatement(): void {
		if (!this.atEnd) this.fail(`${shown(this.peek())} was not expected`)
		while (this.atEnd && !this.isOver) this.#at += 1
	}

	skipEnds(): void {
		while (this.atEnd && !this.isOver) this.#at += 1
	}

	/** Goes to the end of the statement without looking. */
	skipStatement(): void {
		while (this.peek().kind !== 'end') this.#at += 1
		this.skipEnds()
	}

	fail(message: string): never {
		throw new VbProblem(message, this.line)
	}
}

const shown = (token: Token): string => (token.kind === 'end' ? 'the end of the line' : `'${token.text}'`)
