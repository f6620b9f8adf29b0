/** Reads the code that the engine's compiler made of a Transformer (`TrxGenCode`). */

export type Statement =
	| { readonly kind: 'assign'; readonly name: string; readonly value: TrxExpression }
	| { readonly kind: 'declare'; readonly name: string; readonly type: string }
	| {
			readonly kind: 'if'
			readonly condition: TrxExpression
			readonly then: readonly Statement[]
			readonly otherwise: readonly Statement[]
	  }
	| { readonly kind: 'write'; readonly output: number }
	| { readonly kind: 'call'; readonly value: TrxExpression }

export type TrxExpression =
	| { readonly kind: 'literal'; readonly value: string | number }
	| { readonly kind: 'name'; readonly name: string }
	| { readonly kind: 'call'; readonly name: string; readonly args: readonly TrxExpression[] }
	| { readonly kind: 'operator'; readonly operator: string; readonly args: readonly TrxExpression[] }

export interface TrxCode {
	readonly input: string
	readonly outputs: readonly string[]
	readonly globals: readonly string[]
	readonly initialize: readonly Statement[]
	readonly mainloop: readonly Statement[]
	/** Names of all functions that are called. */
	readonly calls: ReadonlySet<string>
}

const tokenPattern = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w.]*|\d+(?:\.\d+)?|&&|\|\||[<>=!]=|[-+*/<>=!(){};,[\]]/g

export function parseTrxCode(code: string): TrxCode {
	const tokens = [...code.replaceAll(/\/\/.*$/gm, '').matchAll(tokenPattern)].map(([text]) => text)
	const parser = new Parser(tokens)
	return parser.program()
}

class Parser {
	private at = 0
	private readonly tokens: readonly string[]
	private readonly calls = new Set<string>()

	constructor(tokens: readonly string[]) {
		this.tokens = tokens
	}

	program(): TrxCode {
		const inputs: string[] = []
		const outputs: string[] = []
		let globals: readonly Statement[] = []
		let initialize: readonly Statement[] = []
		let mainloop: readonly Statement[] = []
		while (this.peek() !== undefined) {
			const word = this.next()
			if (word === 'inputname' || word === 'outputname') {
				this.next()
				const list = word === 'inputname' ? inputs : outputs
				list.push(this.next())
				this.expect(';')
			} else if (word === 'global') globals = this.block()
			else if (word === 'initialize') initialize = this.block()
			else if (word === 'mainloop') mainloop = this.block()
			else if (word === 'finish') this.block()
			else throw new Error(`unknown section ${word}`)
		}
		return {
			input: inputs[0] ?? '',
			outputs,
			globals: globals.flatMap((one) => (one.kind === 'declare' ? [one.name] : [])),
			initialize,
			mainloop,
			calls: this.calls,
		}
	}

	private peek(): string | undefined {
		return this.tokens[this.at]
	}

	private next(): string {
		const token = this.tokens[this.at]
		if (token === undefined) throw new Error('the code ends too early')
		this.at += 1
		return token
	}

	private expect(token: string): void {
		const found = this.next()
		if (found !== token) throw new Error(`expected ${token}, found ${found}`)
	}

	private block(): readonly Statement[] {
		this.expect('{')
		const statements: Statement[] = []
		while (this.peek() !== '}') {
			if (this.peek() === ';') this.next()
			else statements.push(this.statement())
		}
		this.expect('}')
		return statements
	}

	private statement(): Statement {
		const word = this.next()
		if (word === 'if') return this.ifStatement()
		if (word === 'writerecord') {
			const output = Number(this.next())
			this.expect(';')
			return { kind: 'write', output }
		}
		if (this.peek() === '=') {
			this.next()
			const value = this.expression()
			this.expect(';')
			return { kind: 'assign', name: word, value }
		}
		if (this.peek() === '(') {
			const value = this.call(word)
			this.expect(';')
			return { kind: 'call', value }
		}
		if (this.peek() === '[') while (this.next() !== ']');
		const name = this.next()
		this.expect(';')
		return { kind: 'declare', name, type: word }
	}

	private ifStatement(): Statement {
		this.expect('(')
		const condition = this.expression()
		this.expect(')')
		const then = this.block()
		const otherwise = this.otherwise()
		return { kind: 'if', condition, then, otherwise }
	}

	private otherwise(): readonly Statement[] {
		if (this.peek() !== 'else') return []
		this.next()
		return this.peek() === 'if' ? [this.statement()] : this.block()
	}

	private expression(level = 0): TrxExpression {
		const operators = levels[level]
		if (operators === undefined) return this.unary()
		let left = this.expression(level + 1)
		for (let operator = this.peek(); operator !== undefined && operators.includes(operator); operator = this.peek()) {
			this.next()
			left = { kind: 'operator', operator, args: [left, this.expression(level + 1)] }
		}
		return left
	}

	private unary(): TrxExpression {
		const token = this.next()
		if (token === '!' || token === '-') return { kind: 'operator', operator: `${token}u`, args: [this.unary()] }
		if (token === '(') {
			const inner = this.expression()
			this.expect(')')
			return inner
		}
		if (token.startsWith('"')) return { kind: 'literal', value: token.slice(1, -1).replaceAll(/\\(.)/g, '$1') }
		if (/^\d/.test(token)) return { kind: 'literal', value: Number(token) }
		return this.peek() === '(' ? this.call(token) : { kind: 'name', name: token }
	}

	private call(name: string): TrxExpression {
		this.calls.add(name)
		this.expect('(')
		const args: TrxExpression[] = []
		while (this.peek() !== ')') {
			args.push(this.expression())
			if (this.peek() === ',') this.next()
		}
		this.expect(')')
		return { kind: 'call', name, args }
	}
}

const levels: readonly (readonly string[])[] = [
	['||'],
	['&&'],
	['==', '!='],
	['<', '<=', '>', '>='],
	['+', '-'],
	['*', '/'],
]
