/**
 * Parser of parallel Transformer expressions (IBM: Transformer stage, expression format).
 *
 * From tight to loose: `[start, length]`, `^`, sign, `* /`, `+ -`, `:`, comparison, `Not`, `And`, `Or`; `If` takes all that follows.
 */
import type { Span } from '#model/provenance.ts'
import type { Token } from './lexer.ts'
import type { BinaryNode, ExpressionProblem, Parsed, SyntaxNode } from './syntax.ts'
import { describe, isWord, type TokenStream, tokenStream } from './token-stream.ts'

const reserved = ['if', 'then', 'else', 'and', 'or', 'not', 'eq', 'ne', 'lt', 'gt', 'le', 'ge']
const comparisonWords = { eq: '=', ne: '<>', lt: '<', gt: '>', le: '<=', ge: '>=' } as const
const comparisonSymbols = {
	'=': '=',
	'<>': '<>',
	'!=': '<>',
	'<': '<',
	'>': '>',
	'<=': '<=',
	'=<': '<=',
	'>=': '>=',
	'=>': '>=',
} as const

/** Deeper nesting than any person writes; it keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 400

interface Parser {
	readonly stream: TokenStream
	readonly warnings: ExpressionProblem[]
	depth: number
	/** And and Or that stand alone in parentheses need no warning. */
	readonly closed: WeakSet<SyntaxNode>
}

/** Parses an expression. Never throws; a tree with problems has `broken` nodes where nothing could be read. */
export function parseParallel(text: string): Parsed {
	const parser: Parser = { stream: tokenStream(text), warnings: [], depth: 0, closed: new WeakSet() }
	const tree = expression(parser)
	const rest = parser.stream.peek()
	if (rest.kind !== 'end') parser.stream.problem(`${describe(rest)} is not expected here`)
	return { tree, problems: [...parser.stream.problems, ...parser.warnings] }
}

function expression(parser: Parser): SyntaxNode {
	if (parser.depth >= MAX_DEPTH) return tooDeep(parser)
	parser.depth += 1
	const node = isWord(parser.stream.peek(), 'if') ? conditional(parser) : disjunction(parser)
	parser.depth -= 1
	return node
}

function tooDeep(parser: Parser): SyntaxNode {
	const { span } = parser.stream.peek()
	parser.stream.problem(`nested deeper than ${MAX_DEPTH} levels`)
	while (parser.stream.peek().kind !== 'end') parser.stream.next()
	return { kind: 'broken', span }
}

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

function joined(left: SyntaxNode, right: SyntaxNode): Span {
	return { start: left.span.start, end: Math.max(left.span.end, right.span.end) }
}

function binary(operator: BinaryNode['operator'], left: SyntaxNode, right: SyntaxNode): BinaryNode {
	return { kind: 'binary', operator, left, right, span: joined(left, right) }
}

function disjunction(parser: Parser): SyntaxNode {
	let left = conjunction(parser)
	let mixed = isOpen(parser, left, 'and')
	let several = false
	while (parser.stream.takeWord('or') !== undefined) {
		const right = conjunction(parser)
		mixed ||= isOpen(parser, right, 'and')
		several = true
		left = binary('or', left, right)
	}
	if (several && mixed) {
		// The pages of the parallel engine do not say; server BASIC and the Filter stage give both the same rank.
		const message = 'And and Or are mixed without parentheses; And is taken to bind tighter'
		parser.warnings.push({ code: 'expression/doubtful', message, span: left.span })
	}
	return left
}

const isOpen = (parser: Parser, node: SyntaxNode, operator: string): boolean =>
	node.kind === 'binary' && node.operator === operator && !parser.closed.has(node)

function conjunction(parser: Parser): SyntaxNode {
	let left = negation(parser)
	while (parser.stream.takeWord('and') !== undefined) left = binary('and', left, negation(parser))
	return left
}

function negation(parser: Parser): SyntaxNode {
	const token = parser.stream.peek()
	// `Not(x) = 1` compares the function's result; `Not x = 1` negates the comparison.
	if (!isWord(token, 'not') || parser.stream.peek(1).text === '(') return comparison(parser)
	parser.stream.next()
	const operand = guarded(parser, negation)
	return { kind: 'unary', operator: 'not', operand, span: parser.stream.since(token.span.start) }
}

function guarded(parser: Parser, read: (parser: Parser) => SyntaxNode): SyntaxNode {
	if (parser.depth >= MAX_DEPTH) return tooDeep(parser)
	parser.depth += 1
	const node = read(parser)
	parser.depth -= 1
	return node
}

function comparison(parser: Parser): SyntaxNode {
	let left = concatenation(parser)
	for (;;) {
		const operator = takeComparison(parser.stream)
		if (operator === undefined) return left
		left = binary(operator, left, concatenation(parser))
	}
}

function takeComparison(stream: TokenStream) {
	const symbol = stream.takeSymbol(...Object.keys(comparisonSymbols))
	if (symbol !== undefined) return comparisonSymbols[symbol as keyof typeof comparisonSymbols]
	const word = stream.takeWord(...Object.keys(comparisonWords))
	return word === undefined ? undefined : comparisonWords[word as keyof typeof comparisonWords]
}

function concatenation(parser: Parser): SyntaxNode {
	return leftAssociative(parser, [':'], sum)
}

function sum(parser: Parser): SyntaxNode {
	return leftAssociative(parser, ['+', '-'], product)
}

function product(parser: Parser): SyntaxNode {
	return leftAssociative(parser, ['*', '/'], signed)
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

function signed(parser: Parser): SyntaxNode {
	const token = parser.stream.peek()
	const sign = parser.stream.takeSymbol('-', '+')
	if (sign === undefined) return power(parser)
	const operand = guarded(parser, signed)
	return { kind: 'unary', operator: sign as '-' | '+', operand, span: parser.stream.since(token.span.start) }
}

function power(parser: Parser): SyntaxNode {
	let left = postfix(parser)
	while (parser.stream.takeSymbol('^', '**') !== undefined) {
		const sign = parser.stream.peek().text
		const right = sign === '-' || sign === '+' ? guarded(parser, signed) : postfix(parser)
		left = binary('^', left, right)
	}
	return left
}

function postfix(parser: Parser): SyntaxNode {
	let node = primary(parser)
	while (parser.stream.takeSymbol('[') !== undefined) {
		const start = expression(parser)
		parser.stream.expect(',', 'the start of a substring')
		const length = expression(parser)
		parser.stream.expect(']', 'the length of a substring')
		node = { kind: 'substring', operand: node, start, length, span: parser.stream.since(node.span.start) }
	}
	return node
}

function primary(parser: Parser): SyntaxNode {
	const { stream } = parser
	const token = stream.peek()
	if (token.kind === 'text') return { kind: 'text', value: stream.next().text, span: token.span }
	if (token.kind === 'number') return { kind: 'number', digits: stream.next().text, span: token.span }
	if (token.kind === 'system') return { kind: 'name', name: stream.next().text.toUpperCase(), span: token.span }
	if (token.kind === 'name') return named(parser, token)
	if (stream.takeSymbol('(') !== undefined) {
		const node = expression(parser)
		parser.closed.add(node)
		stream.expect(')', 'the expression in parentheses')
		return node
	}
	return broken(parser, token)
}

function broken(parser: Parser, token: Token): SyntaxNode {
	parser.stream.problem(`a value is expected, found ${describe(token)}`)
	// What may close something that is open stays for whoever opened it.
	const closes = token.kind === 'symbol' && [')', ']', ','].includes(token.text)
	if (!closes && !isWord(token, 'then', 'else')) parser.stream.next()
	return { kind: 'broken', span: token.span }
}

function named(parser: Parser, first: Token): SyntaxNode {
	const { stream } = parser
	const second = stream.peek(1)
	if (second.kind === 'symbol' && second.text === '(' && (!isWord(first, ...reserved) || isWord(first, 'not')))
		return call(parser)
	if (isWord(first, ...reserved)) return broken(parser, first)
	stream.next()
	let name = first.text
	while (stream.peek().text === '.' && stream.peek(1).kind === 'name' && stream.peek().kind === 'symbol') {
		stream.next()
		name += `.${stream.next().text}`
	}
	return { kind: 'name', name, span: stream.since(first.span.start) }
}

function call(parser: Parser): SyntaxNode {
	const { stream } = parser
	const name = stream.next()
	stream.next()
	const args: SyntaxNode[] = []
	if (stream.takeSymbol(')') === undefined) {
		do args.push(expression(parser))
		while (stream.takeSymbol(',') !== undefined)
		stream.expect(')', `the arguments of ${name.text}`)
	}
	const span = stream.since(name.span.start)
	if (!isWord(name, 'not')) return { kind: 'call', name: name.text, args, span }
	const [operand] = args
	if (operand === undefined || args.length > 1) stream.problem('Not takes one argument', name.span)
	return { kind: 'unary', operator: 'not', operand: operand ?? { kind: 'broken', span: name.span }, span }
}
