/** From the untyped tree of a BASIC expression to the model's typed expression. */
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import { boolean, float, int, text, typeName } from '#model/types.ts'
import type { ExpressionProblem } from '../datastage-parallel/syntax.ts'
import { type BasicKind, convertTo, isNull, isNumber } from './coerce.ts'
import { chosen } from './conditional.ts'
import { element } from './elements.ts'
import { arithmetic, constants, runNames } from './functions.ts'
import { followSubroutine } from './inline.ts'
import { type Builder, call, problem } from './lower-call.ts'
import { lowerFunction } from './lower-function.ts'
import { looksNumeric } from './numbers.ts'
import { parseBasic } from './parser.ts'
import type { Routine } from './routine-syntax.ts'
import { type BasicSymbols, lookUp } from './symbols.ts'
import type { BinaryNode, BracketNode, IfNode, NameNode, SyntaxNode } from './syntax.ts'

export interface Lowered extends SourcedExpression {
	readonly diagnostics: readonly ExpressionProblem[]
}

/**
 * Reads an expression. Any problem that is not merely doubtful makes the whole opaque, with the first problem as its reason;
 * it never throws. `wanted` is what the place takes: a column a text, a constraint a truth; without it the value stays what it is.
 */
export function lowerBasic(source: string, symbols: BasicSymbols, wanted?: BasicKind): Lowered {
	const { tree, problems } = parseBasic(source)
	const found: ExpressionProblem[] = [...problems]
	const fatal = () => found.find(({ code }) => code !== 'expression/doubtful')
	const value = fatal() === undefined ? lowerTree(tree, symbols, found, { inside: [], made: { loops: 0 } }) : undefined
	const converted = value && (wanted === undefined ? value : convertTo(value, wanted))
	if (value !== undefined && converted === undefined)
		found.push({ code: 'expression/type', message: `a ${typeName(value.type)} has no text`, span: tree.span })
	const reason = fatal()?.message
	const expression: Expression =
		converted === undefined || reason !== undefined
			? {
					kind: 'opaque',
					text: source,
					reason: reason ?? 'not understood',
					type: wanted === 'boolean' ? boolean : text(),
				}
			: converted
	return { expression, text: source, diagnostics: found }
}

/**
 * What a subroutine leaves in its variables, those that it is called with among them; the user status that it sets for the job
 * stands beside them. The first problem that is not merely doubtful is the reason why it is not translated.
 */
export function lowerSubroutine(
	routine: Routine,
	given: ReadonlyMap<string, Expression>,
	symbols: BasicSymbols,
): { readonly values: ReadonlyMap<string, Expression> } | { readonly problem: string } {
	const problems: ExpressionProblem[] = []
	const inside = [routine.name.toLowerCase()]
	const builder = makeBuilder(symbols, problems, { inside, made: { loops: 0 } })
	const values = followSubroutine(builder, routine, given)
	const trouble = problems.find(({ code }) => code !== 'expression/doubtful')
	return values === undefined || trouble !== undefined ? { problem: trouble?.message ?? 'not understood' } : { values }
}

function lowerTree(
	tree: SyntaxNode,
	symbols: BasicSymbols,
	problems: ExpressionProblem[],
	place: Pick<Builder, 'inside' | 'made'>,
): Expression {
	return lowerNode(makeBuilder(symbols, problems, place), tree)
}

function makeBuilder(
	symbols: BasicSymbols,
	problems: ExpressionProblem[],
	{ inside, made }: Pick<Builder, 'inside' | 'made'>,
): Builder {
	const builder: Builder = {
		symbols,
		problems,
		inside,
		made,
		lower: (node) => lowerNode(builder, node),
		within: (node, names, routines) => lowerTree(node, names, problems, { inside: routines, made }),
	}
	return builder
}

function lowerNode(builder: Builder, node: SyntaxNode): Expression {
	switch (node.kind) {
		case 'text':
			return { kind: 'literal', value: node.value, type: text(), span: node.span }
		case 'number':
			return number(node.digits, node.span)
		case 'name':
			return name(builder, node)
		case 'sign': {
			const value = convertTo(builder.lower(node.operand), 'float')
			if (value === undefined) return problem(builder, 'only numbers have a sign', node.span)
			if (node.operator === '+') return value
			return value.kind === 'literal' && typeof value.value === 'number'
				? { ...value, value: -value.value, span: node.span }
				: call(builder, 'datastage.negate', [value], node.span)
		}
		case 'binary':
			return binary(builder, node)
		case 'bracket':
			return bracket(builder, node)
		case 'element':
			return element(builder, builder.lower(node.operand), node.parts.map(builder.lower), node.span)
		case 'format':
			return formatted(builder, builder.lower(node.operand), builder.lower(node.format), node.span)
		case 'if':
			return conditional(builder, node)
		case 'call':
			return lowerFunction(builder, node)
		case 'broken':
			return problem(builder, 'a part of the expression is missing', node.span, 'expression/syntax')
	}
}

function number(digits: string, span: Span): Expression {
	const whole = /^\d{1,9}$/.test(digits)
	return whole
		? { kind: 'literal', value: BigInt(digits), type: int(32), span }
		: { kind: 'literal', value: Number(digits), type: float(64), span }
}

function name(builder: Builder, node: NameNode): Expression {
	const found = lookUp(builder.symbols, node.name)
	if (found?.kind === 'value') return found.expression
	if (found !== undefined) return { ...found, span: node.span }
	const key = node.name.toLowerCase()
	if (Object.hasOwn(constants, key)) {
		const value = constants[key] ?? null
		return { kind: 'literal', value, type: typeof value === 'bigint' ? int(32) : text(), span: node.span }
	}
	const operation = Object.hasOwn(runNames, key) ? runNames[key] : undefined
	if (operation !== undefined) return call(builder, operation, [], node.span)
	return problem(builder, `${node.name} is no column, variable or parameter here`, node.span, 'expression/unknown-name')
}

/** A format of null formats the empty text, unlike FMT (IBM: DataStage BASIC, format expressions). */
function formatted(builder: Builder, value: Expression, format: Expression, span: Span): Expression {
	const known = convertTo(value, 'string')
	if (known === undefined) return problem(builder, 'this value has no format', span)
	const empty: Expression = { kind: 'literal', value: '', type: text(), span }
	return call(builder, 'basic.fmt', [call(builder, 'datastage.null-to-value', [known, empty], span), format], span)
}

const comparisons = { '=': 'eq', '<>': 'ne', '<': 'lt', '>': 'gt', '<=': 'le', '>=': 'ge' } as const

function binary(builder: Builder, node: BinaryNode): Expression {
	const [left, right] = [builder.lower(node.left), builder.lower(node.right)]
	switch (node.operator) {
		case 'and':
		case 'or':
			return call(builder, `shared.${node.operator}`, [left, right], node.span)
		case ':':
			return concatenated(builder, left, right, node.span)
		case 'matches':
			return call(builder, 'basic.matches', [left, right], node.span)
		case '+':
		case '-':
		case '*':
		case '/':
		case '^': {
			const sides = [left, right].map((side) => convertTo(side, 'float') ?? side)
			return call(builder, arithmetic[node.operator], sides, node.span)
		}
		default:
			return compared(builder, comparisons[node.operator], left, right, node.span)
	}
}

/** Constants are joined here and now: codes and patterns are put together from them. */
function concatenated(builder: Builder, left: Expression, right: Expression, span: Span): Expression {
	const [first, second] = [convertTo(left, 'string'), convertTo(right, 'string')]
	if (first?.kind === 'literal' && second?.kind === 'literal') {
		const known = typeof first.value === 'string' && typeof second.value === 'string'
		return { kind: 'literal', value: known ? `${first.value}${second.value}` : null, type: text(), span }
	}
	return call(builder, 'datastage.concat', [left, right], span)
}

/** Two numbers by value; a text that cannot be a number makes texts of both; else each row decides. */
function compared(builder: Builder, operator: string, left: Expression, right: Expression, span: Span): Expression {
	const bothNumbers = isNumber(left) && isNumber(right)
	const someText = [left, right].some(
		(side) => side.kind === 'literal' && typeof side.value === 'string' && !looksNumeric(side.value),
	)
	const kind: BasicKind | undefined = bothNumbers ? 'float' : someText ? 'string' : undefined
	if (kind === undefined && !isNull(left) && !isNull(right))
		return call(builder, `basic.${operator}`, [left, right].map(plainNumber), span)
	const sides = [left, right].map((side) => convertTo(side, kind ?? 'string') ?? side)
	return call(builder, `datastage.${operator}`, sides, span)
}

/** A constant number beside a text keeps its value; truths count as 1 and 0. */
const plainNumber = (side: Expression): Expression =>
	side.type.kind === 'string' ? side : (convertTo(side, 'float') ?? side)

function bracket(builder: Builder, node: BracketNode): Expression {
	const [first, second, third] = node.parts.map(builder.lower)
	const value = builder.lower(node.operand)
	if (first === undefined) return problem(builder, 'a substring has no parts', node.span)
	if (second === undefined) return call(builder, 'datastage.right', [value, first], node.span)
	const operation = third === undefined ? 'datastage.substring' : 'datastage.field'
	return call(builder, operation, [value, first, second, ...(third === undefined ? [] : [third])], node.span)
}

function conditional(builder: Builder, node: IfNode): Expression {
	const [condition, then, otherwise] = [node.condition, node.then, node.otherwise].map(builder.lower)
	if (condition === undefined || then === undefined || otherwise === undefined)
		return problem(builder, 'an If has three parts', node.span)
	return chosen(builder, condition, then, otherwise, node.span)
}
