/** From the untyped tree of a parallel Transformer expression to the model's typed expression. */
import { parse } from '#model/decimal.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { boolean, type DataType, decimal, float, int, text, typeName } from '#model/types.ts'
import { makeDecimal, type Value } from '#model/values.ts'
import { convertTo, decimalOf, isNull, meet, meetNumbers, toCondition } from './coerce.ts'
import { macros } from './functions.ts'
import { type Builder, call } from './lower-call.ts'
import { lowerFunction } from './lower-function.ts'
import { parseParallel } from './parser.ts'
import { lookUp, type ParallelSymbols } from './symbols.ts'
import type { BinaryNode, ExpressionProblem, IfNode, NameNode, SyntaxNode, UnaryNode } from './syntax.ts'

export interface LowerOptions {
	/** Type of the column or variable that takes the value: rounding functions apply at its scale, branches of If convert to it. */
	readonly target?: DataType
	/** The expression is a constraint or another condition: the result is boolean, and null counts as false for who asks. */
	readonly condition?: boolean
}

export interface Lowered extends SourcedExpression {
	readonly diagnostics: readonly ExpressionProblem[]
}

/**
 * Reads an expression. Any problem that is not merely doubtful makes the whole opaque, with the first problem as its reason;
 * it never throws.
 */
export function lowerParallel(source: string, symbols: ParallelSymbols, options: LowerOptions = {}): Lowered {
	const { tree, problems } = parseParallel(source)
	const builder: Builder = {
		symbols,
		problems: [...problems],
		lower: (node, target) => lowerNode(builder, node, target),
	}
	const fatal = () => builder.problems.find((problem) => problem.code !== 'expression/doubtful')
	const opaque = (): Expression => ({
		kind: 'opaque',
		text: source,
		reason: fatal()?.message ?? 'not understood',
		type: options.target ?? text(),
	})
	if (fatal() !== undefined) return { expression: opaque(), text: source, diagnostics: builder.problems }
	const lowered = lowerNode(builder, tree, options.condition === true ? boolean : options.target)
	const expression = options.condition === true ? condition(builder, lowered, tree.span) : lowered
	return { expression: fatal() === undefined ? expression : opaque(), text: source, diagnostics: builder.problems }
}

const nullOf = (type: DataType, span: Span): Expression => ({ kind: 'literal', value: null, type, span })

function problem(builder: Builder, code: ExpressionProblem['code'], message: string, span: Span): Expression {
	builder.problems.push({ code, message, span })
	return nullOf(text(), span)
}

function lowerNode(builder: Builder, node: SyntaxNode, target: DataType | undefined): Expression {
	switch (node.kind) {
		case 'text':
			return { kind: 'literal', value: node.value, type: text(), span: node.span }
		case 'number':
			return number(node.digits, node.span)
		case 'name':
			return name(builder, node, target)
		case 'unary':
			return unary(builder, node)
		case 'binary':
			return binary(builder, node)
		case 'substring':
			return call(
				builder,
				'datastage.substring',
				[node.operand, node.start, node.length].map((part) => builder.lower(part)),
				node.span,
			)
		case 'if':
			return conditional(builder, node, target)
		case 'call':
			return lowerFunction(builder, node, target)
		case 'broken':
			return problem(builder, 'expression/syntax', 'a part of the expression is missing', node.span)
	}
}

/** Whole numbers are int32, or wider when they must be; a constant with a point is a double (IBM: AsInteger). */
function number(digits: string, span: Span): Expression {
	const literal = (value: Value, type: DataType): Expression => ({ kind: 'literal', value, type, span })
	if (!/^\d+$/.test(digits)) return literal(Number(digits), float(64))
	const whole = BigInt(digits)
	if (whole < 2n ** 31n) return literal(whole, int(32))
	if (whole < 2n ** 63n) return literal(whole, int(64))
	const exact = parse(digits)
	return digits.length > 38 || exact === undefined
		? literal(Number(digits), float(64))
		: literal(makeDecimal(exact.unscaled, 0), decimal(38, 0))
}

const constants: Readonly<Record<string, boolean | null>> = { '@TRUE': true, '@FALSE': false, '@NULL': null }

function name(builder: Builder, node: NameNode, target: DataType | undefined): Expression {
	const found = lookUp(builder.symbols, node.name)
	if (found?.kind === 'ambiguous')
		return problem(
			builder,
			'expression/unknown-name',
			`${node.name} may be any of ${found.names.join(', ')}, which differ in letter case only`,
			node.span,
		)
	if (found !== undefined) return { ...found, span: node.span }
	if (node.name in constants) {
		const value = constants[node.name] ?? null
		return value === null
			? nullOf(target ?? text(), node.span)
			: { kind: 'literal', value, type: boolean, span: node.span }
	}
	const macro = macros[node.name.toLowerCase()]
	if (macro !== undefined) return call(builder, macro, [], node.span)
	return problem(builder, 'expression/unknown-name', `${node.name} is no column, variable or parameter here`, node.span)
}

function condition(builder: Builder, expression: Expression, span: Span): Expression {
	const converted = toCondition(expression)
	return converted ?? problem(builder, 'expression/type', `a ${typeName(expression.type)} cannot be a condition`, span)
}

function unary(builder: Builder, node: UnaryNode): Expression {
	const operand = builder.lower(node.operand)
	if (node.operator === 'not') return call(builder, 'shared.not', [condition(builder, operand, node.span)], node.span)
	const type = meetNumbers(operand.type, int(8))
	const value =
		type && convertTo(operand, operand.type.kind === 'string' || operand.type.kind === 'boolean' ? type : operand.type)
	if (value === undefined)
		return problem(builder, 'expression/type', `a ${typeName(operand.type)} has no sign`, node.span)
	if (node.operator === '+') return value
	if (value.kind === 'literal' && typeof value.value === 'bigint' && value.type.kind === 'int')
		return { ...value, value: -value.value, span: node.span }
	if (value.kind === 'literal' && typeof value.value === 'number')
		return { ...value, value: -value.value, span: node.span }
	return call(builder, 'datastage.negate', [value], node.span)
}

const arithmetic = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide' } as const
const comparisons = { '=': 'eq', '<>': 'ne', '<': 'lt', '>': 'gt', '<=': 'le', '>=': 'ge' } as const

function binary(builder: Builder, node: BinaryNode): Expression {
	const [left, right] = [builder.lower(node.left), builder.lower(node.right)]
	switch (node.operator) {
		case 'and':
		case 'or':
			return call(
				builder,
				`shared.${node.operator}`,
				[condition(builder, left, node.left.span), condition(builder, right, node.right.span)],
				node.span,
			)
		case ':':
			return call(builder, 'datastage.concat', [left, right], node.span)
		case '^':
			return call(builder, 'datastage.pwr', [left, right], node.span)
		case '+':
		case '-':
		case '*':
		case '/':
			return compute(builder, node, arithmetic[node.operator], left, right)
		default:
			return compareTo(builder, node, comparisons[node.operator], left, right)
	}
}

function compute(
	builder: Builder,
	node: BinaryNode,
	operator: string,
	left: Expression,
	right: Expression,
): Expression {
	const type = meetNumbers(left.type, right.type)
	if (type === undefined)
		return problem(
			builder,
			'expression/type',
			`${node.operator} does not take ${typeName(left.type)} and ${typeName(right.type)}`,
			node.span,
		)
	const side = (operand: Expression): Expression | undefined => {
		if (type.kind === 'decimal') return convertTo(operand, decimalOf(operand.type))
		return operand.type.kind === type.kind ? operand : convertTo(operand, type)
	}
	const [first, second] = [side(left), side(right)]
	if (first === undefined || second === undefined)
		return problem(builder, 'expression/type', `${node.operator} takes numbers`, node.span)
	return call(builder, `datastage.${operator}`, [first, second], node.span)
}

/** The type in which two values are compared: text beside a number is read as a number, beside a date as a date. */
function compared(left: DataType, right: DataType): DataType | undefined {
	if (left.kind === right.kind) return meet(left, right)
	if (left.kind === 'string') return meetNumbers(left, right) ?? right
	if (right.kind === 'string') return meetNumbers(left, right) ?? left
	if (left.kind === 'decimal' && right.kind === 'int') return meet(left, decimalOf(right))
	if (left.kind === 'int' && right.kind === 'decimal') return meet(decimalOf(left), right)
	return meet(left, right)
}

export function compareTo(
	builder: Builder,
	node: { readonly span: Span },
	operator: string,
	left: Expression,
	right: Expression,
): Expression {
	const type = isNull(left) ? right.type : isNull(right) ? left.type : compared(left.type, right.type)
	const first = type && convertTo(left, type)
	const second = type && convertTo(right, type)
	if (first === undefined || second === undefined)
		return problem(
			builder,
			'expression/type',
			`${typeName(left.type)} and ${typeName(right.type)} cannot be compared`,
			node.span,
		)
	return call(builder, `datastage.${operator}`, [first, second], node.span)
}

function conditional(builder: Builder, node: IfNode, target: DataType | undefined): Expression {
	const test = condition(builder, builder.lower(node.condition), node.condition.span)
	const [then, otherwise] = [builder.lower(node.then, target), builder.lower(node.otherwise, target)]
	const type = branchType(then, otherwise, target)
	const first = type && convertTo(then, type)
	const second = type && convertTo(otherwise, type)
	if (type === undefined || first === undefined || second === undefined)
		return problem(
			builder,
			'expression/type',
			`the branches of If are ${typeName(then.type)} and ${typeName(otherwise.type)}`,
			node.span,
		)
	return { kind: 'if', condition: test, then: first, otherwise: second, onNull: 'otherwise', type, span: node.span }
}

/** Branches of one kind meet in it; others are brought to the target each by itself, as the engine assigns them. */
function branchType(then: Expression, otherwise: Expression, target: DataType | undefined): DataType | undefined {
	if (isNull(then)) return isNull(otherwise) ? (target ?? then.type) : otherwise.type
	if (isNull(otherwise) || then.type.kind === otherwise.type.kind)
		return isNull(otherwise) ? then.type : meet(then.type, otherwise.type)
	return target ?? meet(then.type, otherwise.type)
}
