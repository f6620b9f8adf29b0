/**
 * Parser of BASIC expressions (IBM: DataStage BASIC reference, expressions and operators).
 *
 * From tight to loose: `x[…]` and `x<…>`, `^`, sign, `* /`, `+ -`, a format, `:`, comparison and `Matches`, then `And` and `Or`,
 * which have one rank. `If … Then … Else` is an expression in Transformer stages.
 */
import type { Token } from './lexer.ts'
import { tokenize } from './lexer.ts'
import type { BinaryNode, ElementNode, NameNode, Parsed, SyntaxNode } from './syntax.ts'
import { describe, isWord, type TokenStream, tokenStream } from './token-stream.ts'

const operatorWords = ['and', 'or', 'eq', 'ne', 'lt', 'gt', 'le', 'ge', 'match', 'matches', 'cat']
const reserved = ['if', 'then', 'else', ...operatorWords]
const comparisons: Readonly<Record<string, BinaryNode['operator']>> = {
	'=': '=',
	eq: '=',
	'<>': '<>',
	'><': '<>',
	'#': '<>',
	ne: '<>',
	'<': '<',
	lt: '<',
	'>': '>',
	gt: '>',
	'<=': '<=',
	'=<': '<=',
	'#>': '<=',
	le: '<=',
	'>=': '>=',
	'=>': '>=',
	'#<': '>=',
	ge: '>=',
	match: 'matches',
	matches: 'matches',
}

/** Deeper nesting than any person writes; it keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 300

interface Parser {
	readonly stream: TokenStream
	depth: number
}

/** Parses an expression. Never throws; a tree with problems has `broken` nodes where nothing could be read. */
export function parseBasic(text: string): Parsed {
	const stream = tokenStream(tokenize(text), text.length)
	const tree = readExpression(stream)
	const rest = stream.peek()
	if (rest.kind !== 'end') stream.problem(`${describe(rest)} is not expected here`)
	return { tree, problems: stream.problems }
}

/** Reads one expression from a stream and leaves what follows. */
export function readExpression(stream: TokenStream): SyntaxNode {
	return expression({ stream, depth: 0 })
}

/** A name or an element of a dynamic array; of `a<1>=`, the equals sign is taken with the bracket. */
export interface Target {
	readonly node: NameNode | ElementNode
	readonly assigned: boolean
}

/** Reads what a statement may assign to; undefined, with nothing taken, for anything else. */
export function readTarget(stream: TokenStream): Target | undefined {
	return stream.attempt(() => {
		const token = stream.peek()
		if (token.kind !== 'name' || isWord(token, ...reserved)) return undefined
		stream.next()
		const name: NameNode = { kind: 'name', name: token.text, span: token.span }
		const opens = stream.peek()
		if (opens.kind !== 'symbol' || opens.text !== '<' || opens.span.start !== token.span.end)
			return { node: name, assigned: false }
		stream.next()
		const parts = list({ stream, depth: 0 }, sum)
		const closes = stream.takeSymbol('>', '>=')
		if (closes === undefined || parts.length > 3) return undefined
		const node: ElementNode = { kind: 'element', operand: name, parts, span: stream.since(token.span.start) }
		return { node, assigned: closes === '>=' }
	})
}

function guarded(parser: Parser, read: (parser: Parser) => SyntaxNode): SyntaxNode {
	const { stream } = parser
	if (parser.depth >= MAX_DEPTH) {
		const { span } = stream.peek()
		stream.problem(`nested deeper than ${MAX_DEPTH} levels`)
		while (stream.peek().kind !== 'end') stream.next()
		return { kind: 'broken', span }
	}
	parser.depth += 1
	const node = read(parser)
	parser.depth -= 1
	return node
}

const expression = (parser: Parser): SyntaxNode =>
	guarded(parser, (inner) => (isWord(inner.stream.peek(), 'if') ? conditional(inner) : logic(inner)))

function conditional(parser: Parser): SyntaxNode {
	const { stream } = parser
	const { start } = stream.next().span
	const condition = expression(parser)
	stream.expectWord('Then', 'the condition of If')
	const then = expression(parser)
	stream.expectWord('Else', 'the Then branch')
	const otherwise = expression(parser)
	return { kind: 'if', condition, then, otherwise, span: stream.since(start) }
}

function binary(operator: BinaryNode['operator'], left: SyntaxNode, right: SyntaxNode): BinaryNode {
	const span = { start: left.span.start, end: Math.max(left.span.end, right.span.end) }
	return { kind: 'binary', operator, left, right, span }
}

function logic(parser: Parser): SyntaxNode {
	const { stream } = parser
	let left = comparison(parser)
	for (;;) {
		const symbol = stream.takeSymbol('&', '!')
		const word = symbol === undefined ? stream.takeWord('and', 'or') : symbol
		if (word === undefined) return left
		left = binary(word === 'or' || word === '!' ? 'or' : 'and', left, comparison(parser))
	}
}

function comparison(parser: Parser): SyntaxNode {
	const { stream } = parser
	let left = concatenation(parser)
	for (;;) {
		const names = Object.keys(comparisons)
		const found = stream.takeSymbol(...names) ?? stream.takeWord(...names)
		const operator = found === undefined ? undefined : comparisons[found]
		if (operator === undefined) return left
		left = binary(operator, left, concatenation(parser))
	}
}

function concatenation(parser: Parser): SyntaxNode {
	const { stream } = parser
	let left = formatted(parser)
	while (stream.takeSymbol(':') !== undefined || stream.takeWord('cat') !== undefined)
		left = binary(':', left, formatted(parser))
	return left
}

/** A text right after a value is its format: `price "10R2"`. */
function formatted(parser: Parser): SyntaxNode {
	const { stream } = parser
	let node = sum(parser)
	while (stream.peek().kind === 'text') {
		const token = stream.next()
		const format: SyntaxNode = { kind: 'text', value: token.text, span: token.span }
		node = { kind: 'format', operand: node, format, span: stream.since(node.span.start) }
	}
	return node
}

function leftAssociative(
	parser: Parser,
	symbols: readonly string[],
	operand: (parser: Parser) => SyntaxNode,
): SyntaxNode {
	let left = operand(parser)
	for (;;) {
		const operator = parser.stream.takeSymbol(...symbols)
		if (operator === undefined) return left
		left = binary(operator as BinaryNode['operator'], left, operand(parser))
	}
}

const sum = (parser: Parser): SyntaxNode => leftAssociative(parser, ['+', '-'], product)
const product = (parser: Parser): SyntaxNode => leftAssociative(parser, ['*', '/'], signed)

function signed(parser: Parser): SyntaxNode {
	const { stream } = parser
	const { start } = stream.peek().span
	const operator = stream.takeSymbol('-', '+')
	if (operator === undefined) return power(parser)
	const operand = guarded(parser, signed)
	return { kind: 'sign', operator: operator === '-' ? '-' : '+', operand, span: stream.since(start) }
}

function power(parser: Parser): SyntaxNode {
	let left = postfix(parser)
	while (parser.stream.takeSymbol('^', '**') !== undefined) {
		const sign = parser.stream.peek()
		const isSigned = sign.kind === 'symbol' && (sign.text === '-' || sign.text === '+')
		left = binary('^', left, isSigned ? guarded(parser, signed) : postfix(parser))
	}
	return left
}

function postfix(parser: Parser): SyntaxNode {
	const { stream } = parser
	let node = primary(parser)
	for (;;) {
		const next = stream.peek()
		if (next.kind !== 'symbol') return node
		if (next.text === '[') {
			stream.next()
			const parts = list(parser, expression)
			stream.expect(']', 'the parts of a substring')
			if (parts.length > 3) stream.problem('a substring has at most three parts', next.span)
			node = { kind: 'bracket', operand: node, parts, span: stream.since(node.span.start) }
			continue
		}
		const element = next.text === '<' && next.span.start === node.span.end ? elementOf(parser, node) : undefined
		if (element === undefined) return node
		node = element
	}
}

function list(parser: Parser, read: (parser: Parser) => SyntaxNode): readonly SyntaxNode[] {
	const parts: SyntaxNode[] = []
	do parts.push(read(parser))
	while (parser.stream.takeSymbol(',') !== undefined)
	return parts
}

/** `x<1,2>` with nothing between the name and the bracket; where no `>` closes it, it is a comparison. */
function elementOf(parser: Parser, operand: SyntaxNode): SyntaxNode | undefined {
	const { stream } = parser
	if (operand.kind !== 'name' && operand.kind !== 'element') return undefined
	return stream.attempt((): SyntaxNode | undefined => {
		const before = stream.problems.length
		stream.next()
		const parts = list(parser, sum)
		if (stream.takeSymbol('>') === undefined || stream.problems.length > before || parts.length > 3) return undefined
		const after = stream.peek()
		// `a<b>c` compares twice, which nobody means, but it says so.
		if (['name', 'number', 'system'].includes(after.kind) && !isWord(after, ...reserved)) return undefined
		return { kind: 'element', operand, parts, span: stream.since(operand.span.start) }
	})
}

function primary(parser: Parser): SyntaxNode {
	const { stream } = parser
	const token = stream.peek()
	if (token.kind === 'text') return { kind: 'text', value: stream.next().text, span: token.span }
	if (token.kind === 'number') return { kind: 'number', digits: stream.next().text, span: token.span }
	if (token.kind === 'system') return { kind: 'name', name: stream.next().text.toUpperCase(), span: token.span }
	if (token.kind === 'name' && !isWord(token, ...reserved)) return named(parser, token)
	if (stream.takeSymbol('(') !== undefined) {
		const node = expression(parser)
		stream.expect(')', 'the expression in parentheses')
		return node
	}
	return broken(parser, token)
}

function broken({ stream }: Parser, token: Token): SyntaxNode {
	stream.problem(`a value is expected, found ${describe(token)}`)
	// What may close something that is open stays for whoever opened it.
	const closes = token.kind === 'symbol' && [')', ']', ','].includes(token.text)
	if (!closes && token.kind !== 'line' && !isWord(token, 'then', 'else')) stream.next()
	return { kind: 'broken', span: token.span }
}

/** A semicolon in INSERT and REPLACE stands for the places that are left out (IBM: INSERT function). */
function argumentsOf(parser: Parser, { text }: Token): readonly SyntaxNode[] {
	const args = list(parser, expression)
	if (!/^(?:insert|replace)$/i.test(text) || parser.stream.takeSymbol(';') === undefined) return args
	const { span } = parser.stream.peek()
	const missing = Array.from(
		{ length: Math.max(4 - args.length, 0) },
		(): SyntaxNode => ({ kind: 'number', digits: '0', span }),
	)
	return [...args, ...missing, expression(parser)]
}

function named(parser: Parser, first: Token): SyntaxNode {
	const { stream } = parser
	stream.next()
	if (stream.takeSymbol('(') === undefined) return { kind: 'name', name: first.text, span: first.span }
	const empty = stream.takeSymbol(')') !== undefined
	const args = empty ? [] : argumentsOf(parser, first)
	if (!empty) stream.expect(')', `the arguments of ${first.text}`)
	return { kind: 'call', name: first.text, args, span: stream.since(first.span.start) }
}
