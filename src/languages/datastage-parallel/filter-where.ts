/**
 * Where clauses of the Filter stage (IBM: Filter stage, supported boolean expressions).
 *
 * `And` and `Or` have one rank and group to the left; null is below every value (or above, by the stage's property), so a comparison
 * is never unknown; `like` takes a regular expression for the whole text. Texts stand in either kind of quotes.
 */
import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { boolean, float, int, text } from '#model/types.ts'
import { compareTo, type Lowered } from './lower.ts'
import { type Builder, call, unusable } from './lower-call.ts'
import { lookUp, type ParallelSymbols } from './symbols.ts'
import { describe, isWord, type TokenStream, tokenStream } from './token-stream.ts'

export interface FilterOptions {
	/** The stage's `Nulls value`. */
	readonly nulls?: 'less' | 'greater'
}

interface Reader {
	readonly stream: TokenStream
	readonly builder: Builder
	readonly nulls: 'less' | 'greater'
	depth: number
}

const operators = {
	'=': 'eq',
	'==': 'eq',
	'<>': 'ne',
	'!=': 'ne',
	'<': 'lt',
	'>': 'gt',
	'<=': 'le',
	'>=': 'ge',
} as const
type Operator = (typeof operators)[keyof typeof operators]
const MAX_DEPTH = 200

/** Reads a where clause into a condition that is never null. Parameters are written `#name#`. Never throws. */
export function lowerFilterWhere(source: string, symbols: ParallelSymbols, options: FilterOptions = {}): Lowered {
	const stream = tokenStream(source)
	const builder: Builder = { symbols, problems: [], lower: (node) => unusable(node.span) }
	const reader: Reader = { stream, builder, nulls: options.nulls ?? 'less', depth: 0 }
	const condition = either(reader)
	const rest = stream.peek()
	if (rest.kind !== 'end') stream.problem(`${describe(rest)} is not expected here`)
	const diagnostics = [...stream.problems, ...builder.problems]
	const fatal = diagnostics.find((problem) => problem.code !== 'expression/doubtful')
	if (fatal === undefined) return { expression: condition, text: source, diagnostics }
	return {
		expression: { kind: 'opaque', text: source, reason: fatal.message, type: boolean },
		text: source,
		diagnostics,
	}
}

const constant = (value: boolean, span: Span): Expression => ({ kind: 'literal', value, type: boolean, span })

function either(reader: Reader): Expression {
	let left = single(reader)
	for (;;) {
		const word = reader.stream.takeWord('and', 'or')
		if (word === undefined) return left
		const right = single(reader)
		left = call(reader.builder, `shared.${word}`, [left, right], {
			start: left.span?.start ?? 0,
			end: right.span?.end ?? 0,
		})
	}
}

function single(reader: Reader): Expression {
	const { stream, builder } = reader
	const start = stream.peek().span.start
	if (reader.depth >= MAX_DEPTH) {
		stream.problem(`nested deeper than ${MAX_DEPTH} levels`)
		while (stream.peek().kind !== 'end') stream.next()
		return constant(false, stream.since(start))
	}
	reader.depth += 1
	const read = (): Expression => {
		if (stream.takeWord('not') !== undefined) return call(builder, 'shared.not', [single(reader)], stream.since(start))
		if (stream.takeSymbol('(') === undefined) return predicate(reader)
		const inner = either(reader)
		stream.expect(')', 'the condition in parentheses')
		return inner
	}
	const condition = truth(reader, read(), start)
	reader.depth -= 1
	return condition
}

/** `condition is [not] true | false`. */
function truth(reader: Reader, condition: Expression, start: number): Expression {
	const { stream } = reader
	if (!isWord(stream.peek(), 'is')) return condition
	stream.next()
	const not = stream.takeWord('not') !== undefined
	const word = stream.takeWord('true', 'false')
	if (word === undefined) stream.problem(`true or false expected after is, found ${describe(stream.peek())}`)
	return not === (word === 'true') ? call(reader.builder, 'shared.not', [condition], stream.since(start)) : condition
}

function predicate(reader: Reader): Expression {
	const { stream, builder } = reader
	const start = stream.peek().span.start
	if (isWord(stream.peek(), 'true', 'false') && stream.peek(1).text !== '.')
		return constant(stream.next().text.toLowerCase() === 'true', stream.since(start))
	const left = operand(reader)
	if (isWord(stream.peek(), 'is') && (isWord(stream.peek(1), 'null') || isWord(stream.peek(2), 'null'))) {
		stream.next()
		const not = stream.takeWord('not') !== undefined
		stream.expectWord('null', 'is')
		return call(builder, not ? 'shared.is-not-null' : 'shared.is-null', [left], stream.since(start))
	}
	const not = stream.takeWord('not') !== undefined
	const positive = special(reader, left, start)
	if (positive !== undefined) return not ? call(builder, 'shared.not', [positive], stream.since(start)) : positive
	if (not) stream.problem(`like or between expected after not, found ${describe(stream.peek())}`)
	return comparison(reader, left, start)
}

function special(reader: Reader, left: Expression, start: number): Expression | undefined {
	const { stream, builder } = reader
	if (stream.takeWord('like') !== undefined) {
		const pattern = operand(reader)
		return neverNull(reader, left, call(builder, 'datastage.regex-match', [left, pattern], stream.since(start)))
	}
	if (stream.takeWord('between') === undefined) return undefined
	const low = operand(reader)
	stream.expectWord('and', 'the lower bound of between')
	const high = operand(reader)
	const span = stream.since(start)
	return call(
		builder,
		'shared.and',
		[ordered(reader, 'ge', left, low, span), ordered(reader, 'le', left, high, span)],
		span,
	)
}

/** A text that is null matches no pattern. */
function neverNull(reader: Reader, left: Expression, condition: Expression): Expression {
	if (left.kind === 'literal') return condition
	const span = condition.span ?? { start: 0, end: 0 }
	return call(reader.builder, 'shared.and', [call(reader.builder, 'shared.is-not-null', [left], span), condition], span)
}

function comparison(reader: Reader, left: Expression, start: number): Expression {
	const { stream } = reader
	const sign = stream.takeSymbol('<>', '!=', '<=', '>=', '=', '<', '>')
	if (sign === undefined) {
		stream.problem(`a comparison is expected, found ${describe(stream.peek())}`)
		return constant(false, stream.since(start))
	}
	// The lexer knows no `==`; the second sign may follow the first.
	if (sign === '=' && stream.peek().text === '=') stream.takeSymbol('=')
	const right = operand(reader)
	return ordered(reader, operators[sign as keyof typeof operators], left, right, stream.since(start))
}

/** A comparison in which null has its place in the order instead of being unknown. */
function ordered(reader: Reader, operator: Operator, left: Expression, right: Expression, span: Span): Expression {
	const { builder } = reader
	const compared = compareTo(builder, { span }, operator, left, right)
	const mayBeNull = (side: Expression): boolean => side.kind !== 'literal' || side.value === null
	const missing = (side: Expression): Expression => call(builder, 'shared.is-null', [side], span)
	const join = (word: 'and' | 'or', first: Expression, second: Expression): Expression =>
		call(builder, `shared.${word}`, [first, second], span)
	const [lone, alone] = [mayBeNull(left), mayBeNull(right)]
	if (!lone && !alone) return compared
	// What holds when only the left, only the right, or both are null.
	const below = reader.nulls === 'less'
	const leftOnly =
		operator === 'ne' || (below ? operator === 'lt' || operator === 'le' : operator === 'gt' || operator === 'ge')
	const rightOnly =
		operator === 'ne' || (below ? operator === 'gt' || operator === 'ge' : operator === 'lt' || operator === 'le')
	const bothNull = operator === 'eq' || operator === 'le' || operator === 'ge'
	const decide = (test: Expression, then: Expression, otherwise: Expression): Expression => ({
		kind: 'if',
		condition: test,
		then,
		otherwise,
		onNull: 'otherwise',
		type: boolean,
		span,
	})
	if (lone && !alone)
		return leftOnly
			? join('or', missing(left), compared)
			: join('and', call(builder, 'shared.is-not-null', [left], span), compared)
	if (!lone)
		return rightOnly
			? join('or', missing(right), compared)
			: join('and', call(builder, 'shared.is-not-null', [right], span), compared)
	return decide(
		missing(left),
		decide(missing(right), constant(bothNull, span), constant(leftOnly, span)),
		decide(missing(right), constant(rightOnly, span), compared),
	)
}

function operand(reader: Reader): Expression {
	const { stream } = reader
	const token = stream.peek()
	const sign = stream.takeSymbol('-', '+')
	if (stream.peek().kind === 'number')
		return number(`${sign === '-' ? '-' : ''}${stream.next().text}`, stream.since(token.span.start))
	if (token.kind === 'text') return { kind: 'literal', value: stream.next().text, type: text(), span: token.span }
	if (token.kind === 'name') return named(reader)
	stream.problem(`a column or a value is expected, found ${describe(token)}`)
	if (token.kind !== 'symbol' || token.text !== ')') stream.next()
	return unusable(token.span)
}

/** `first.amount` of a sub-record, as those that the Compare stage gives are called; a link may stand before it. */
function fieldNamed(builder: Builder, name: string, span: Span): Expression | undefined {
	const parts = name.split('.')
	for (const at of [0, 1]) {
		const [holder, ...fields] = parts.slice(at)
		const found = holder === undefined || fields.length === 0 ? undefined : lookUp(builder.symbols, holder)
		if (found?.kind !== 'column' || found.type.kind !== 'record') continue
		const whole: Expression = { ...found, span }
		return fields.reduce<Expression | undefined>((so, field) => so && fieldOf(builder, so, field), whole)
	}
	return undefined
}

function fieldOf(builder: Builder, whole: Expression, name: string): Expression | undefined {
	const { type, span = { start: 0, end: 0 } } = whole
	const fields = type.kind === 'record' ? type.fields : []
	const field = fields.find((one) => one.name.toLowerCase() === name.toLowerCase())
	if (field === undefined) return undefined
	const written: Expression = { kind: 'literal', value: field.name, type: text(), span }
	return call(builder, 'datastage.field-of', [whole, written], span)
}

function number(digits: string, span: Span): Expression {
	if (!/^-?\d+$/.test(digits)) return { kind: 'literal', value: Number(digits), type: float(64), span }
	const value = BigInt(digits)
	return { kind: 'literal', value, type: value === BigInt.asIntN(32, value) ? int(32) : int(64), span }
}

function named(reader: Reader): Expression {
	const { stream, builder } = reader
	const first = stream.next()
	let name = first.text
	while (stream.peek().text === '.' && stream.peek(1).kind === 'name') {
		stream.next()
		name += `.${stream.next().text}`
	}
	const span = stream.since(first.span.start)
	const field = fieldNamed(builder, name, span)
	if (field !== undefined) return field
	const found =
		lookUp(builder.symbols, name.replace(/^#(.*)#$/, '$1')) ??
		lookUp(builder.symbols, name.slice(name.lastIndexOf('.') + 1))
	if (found !== undefined && found.kind !== 'ambiguous') return { ...found, span }
	builder.problems.push({ code: 'expression/unknown-name', message: `${name} is no column or parameter here`, span })
	return unusable(span)
}
