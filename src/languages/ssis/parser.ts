/** Parser of the SSIS expression language: recursive descent, precedence climbing for binary operators. */
import type { Span } from '#model/provenance.ts'
import type { Token } from './lexer.ts'
import { tokenize } from './lexer.ts'
import type { BinaryOperator, ExpressionProblem, Node, UnaryOperator, VariableNode } from './syntax.ts'
import { binaryOperators } from './syntax.ts'
import { readType } from './type-syntax.ts'

/** Source: Microsoft, "Operator Precedence and Associativity"; larger binds tighter. As in C, `==` binds tighter than `&`. */
const precedence: Readonly<Record<BinaryOperator, number>> = {
	'||': 1,
	'&&': 2,
	'|': 3,
	'^': 4,
	'&': 5,
	'==': 6,
	'!=': 6,
	'<': 7,
	'>': 7,
	'<=': 7,
	'>=': 7,
	'+': 8,
	'-': 8,
	'*': 9,
	'/': 9,
	'%': 9,
}

/** Nobody writes more; it keeps every later walk over the tree well within the stack. */
const mostNodes = 5000
const mostDepth = 200

export interface ParseOptions {
	/** `@Variable = expression`, as For Loop and Expression tasks write; the target may be missing otherwise. */
	readonly assignment?: boolean
}

export interface Parsed {
	readonly node: Node
	readonly target?: VariableNode
	readonly problems: readonly ExpressionProblem[]
}

/** Reads an expression. Never throws; whatever is wrong is a problem, and its place an `error` node. */
export function parseSsis(text: string, options: ParseOptions = {}): Parsed {
	const reader = new TokenReader(tokenize(text))
	const target = options.assignment === true ? readTarget(reader) : undefined
	const node = readExpression(reader, 0)
	const rest = reader.peek()
	if (rest.kind !== 'end') reader.refuse(rest, unexpected(rest))
	return { node, ...(target === undefined ? {} : { target }), problems: reader.problems }
}

/** Position in the tokens and the problems found so far. */
export class TokenReader {
	readonly problems: ExpressionProblem[] = []
	readonly #tokens: readonly Token[]
	#at = 0
	#nodes = 0

	constructor(tokens: readonly Token[]) {
		this.#tokens = tokens
	}

	peek(ahead = 0): Token {
		const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]
		if (token === undefined) throw new Error('a token list always ends with an end token')
		return token
	}

	next(): Token {
		const token = this.peek()
		if (token.kind !== 'end') this.#at += 1
		return token
	}

	at(symbol: string, ahead = 0): boolean {
		const token = this.peek(ahead)
		return token.kind === 'symbol' && token.symbol === symbol
	}

	take(symbol: string): boolean {
		const found = this.at(symbol)
		if (found) this.next()
		return found
	}

	/** Takes the symbol or says that it is missing. Gives where the taken text ends. */
	expect(symbol: string): number {
		const token = this.peek()
		if (this.take(symbol)) return token.span.end
		this.refuse(
			token,
			token.kind === 'end' ? `"${symbol}" is missing at the end` : `"${symbol}" is missing before ${shown(token)}`,
		)
		return token.span.start
	}

	refuse(token: Token, message: string): void {
		// After one problem at a place, more about the same place help nobody.
		if (this.problems.some((problem) => problem.span.start === token.span.start)) return
		this.problems.push({ kind: 'parse', code: 'expression/syntax', message, span: token.span })
	}

	/** Counts a node; false, with a problem, when the expression is beyond all measure. */
	mayGrow(depth: number): boolean {
		this.#nodes += 1
		if (this.#nodes <= mostNodes && depth <= mostDepth) return true
		this.refuse(this.peek(), 'the expression is nested too deeply or too long')
		this.#at = this.#tokens.length - 1
		return false
	}
}

function shown(token: Token): string {
	switch (token.kind) {
		case 'symbol':
			return `"${token.symbol}"`
		case 'name':
			return `"${token.name}"`
		case 'end':
			return 'the end'
		default:
			return `a ${token.kind}`
	}
}

function unexpected(token: Token): string {
	if (token.kind === 'bad') return token.message
	if (token.kind === 'symbol' && token.symbol === '=') return '"=" does not compare; use "=="'
	return token.kind === 'end' ? 'the expression ends too early' : `${shown(token)} is not expected here`
}

function readTarget(reader: TokenReader): VariableNode | undefined {
	const token = reader.peek()
	if (token.kind !== 'variable' || !reader.at('=', 1)) return undefined
	reader.next()
	reader.next()
	return variableNode(token)
}

function variableNode(token: Extract<Token, { kind: 'variable' }>): VariableNode {
	const { namespace, name, span } = token
	return { kind: 'variable', ...(namespace === undefined ? {} : { namespace }), name, span }
}

function readExpression(reader: TokenReader, depth: number): Node {
	const condition = readBinary(reader, 1, depth)
	if (!reader.at('?') || !reader.mayGrow(depth)) return condition
	reader.next()
	const then = readExpression(reader, depth + 1)
	reader.expect(':')
	const otherwise = readExpression(reader, depth + 1)
	return {
		kind: 'conditional',
		condition,
		then,
		otherwise,
		span: { start: condition.span.start, end: otherwise.span.end },
	}
}

function readBinary(reader: TokenReader, least: number, depth: number): Node {
	let left = readUnary(reader, depth + 1)
	for (;;) {
		const operator = binaryAt(reader)
		if (operator === undefined || precedence[operator] < least || !reader.mayGrow(depth)) return left
		reader.next()
		const right = readBinary(reader, precedence[operator] + 1, depth + 1)
		left = { kind: 'binary', operator, left, right, span: { start: left.span.start, end: right.span.end } }
	}
}

function binaryAt(reader: TokenReader): BinaryOperator | undefined {
	const token = reader.peek()
	return token.kind === 'symbol' ? binaryOperators.find((operator) => operator === token.symbol) : undefined
}

/** Unary operators and casts; each may stand before the other: `(DT_I4)-5`, `-(DT_I4)"5"`. */
function readUnary(reader: TokenReader, depth: number): Node {
	const token = reader.peek()
	if (!reader.mayGrow(depth)) return { kind: 'error', span: token.span }
	if (token.kind === 'symbol' && isUnary(token.symbol)) {
		reader.next()
		const operand = readUnary(reader, depth + 1)
		return { kind: 'unary', operator: token.symbol, operand, span: { start: token.span.start, end: operand.span.end } }
	}
	if (!reader.at('(') || !startsType(reader.peek(1))) return readPrimary(reader, depth)
	reader.next()
	const type = readType(reader)
	reader.expect(')')
	const operand = readUnary(reader, depth + 1)
	const span = { start: token.span.start, end: operand.span.end }
	return type === undefined ? { kind: 'error', span } : { kind: 'cast', type, operand, span }
}

const isUnary = (symbol: string): symbol is UnaryOperator => symbol === '-' || symbol === '!' || symbol === '~'

const startsType = (token: Token): boolean => token.kind === 'name' && !token.bracketed && /^DT_/i.test(token.name)

function readPrimary(reader: TokenReader, depth: number): Node {
	const token = reader.peek()
	switch (token.kind) {
		case 'literal':
			reader.next()
			return { kind: 'literal', literal: token.literal, span: token.span }
		case 'variable':
			reader.next()
			return variableNode(token)
		case 'lineage':
			reader.next()
			return { kind: 'lineage', id: token.id, span: token.span }
		case 'name':
			reader.next()
			return readNamed(reader, token, depth)
		case 'symbol':
			if (token.symbol === '(') return readParentheses(reader, depth)
			break
		case 'bad':
			reader.next()
			break
		case 'end':
			break
	}
	reader.refuse(token, unexpected(token))
	return { kind: 'error', span: token.span }
}

function readParentheses(reader: TokenReader, depth: number): Node {
	reader.next()
	const inner = readExpression(reader, depth + 1)
	reader.expect(')')
	return inner
}

function readNamed(reader: TokenReader, token: Extract<Token, { kind: 'name' }>, depth: number): Node {
	const { name, span } = token
	if (reader.at('(')) return readCall(reader, name, span, depth)
	if (reader.at('.')) return readQualified(reader, name, span)
	if (!token.bracketed && /^(?:true|false)$/i.test(name)) {
		const value = name.toLowerCase() === 'true'
		return { kind: 'literal', literal: { value, type: { name: 'DT_BOOL' } }, span }
	}
	return { kind: 'column', name, span }
}

function readQualified(reader: TokenReader, component: string, start: Span): Node {
	reader.next()
	const token = reader.next()
	const span = { start: start.start, end: token.span.end }
	if (token.kind === 'name') return { kind: 'column', component, name: token.name, span }
	reader.refuse(token, 'a column name must follow the dot')
	return { kind: 'error', span }
}

function readCall(reader: TokenReader, name: string, start: Span, depth: number): Node {
	reader.next()
	if (/^null$/i.test(name)) {
		const type = readType(reader)
		const span = { start: start.start, end: reader.expect(')') }
		return type === undefined ? { kind: 'error', span } : { kind: 'null', type, span }
	}
	const args: Node[] = []
	if (!reader.at(')')) {
		do args.push(readExpression(reader, depth + 1))
		while (reader.take(','))
	}
	return { kind: 'call', name, args, span: { start: start.start, end: reader.expect(')') } }
}
