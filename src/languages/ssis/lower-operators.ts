/** Operators: how their operands meet, and what they become. */

import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import type { Arguments } from '../catalogue.ts'
import { isTypeProblem } from '../catalogue.ts'
import { operation } from '../registry.ts'
import {
	asNumeric,
	isDateOrTime,
	isInteger,
	isNumber,
	isSigned,
	isString,
	meetDates,
	meetNumbers,
	unionOfNumbers,
} from './promotion.ts'
import type { BinaryOperator, Node } from './syntax.ts'
import type { LowerPart, Refusal, Typed } from './typed.ts'
import { implicit, typeRefusal } from './typed.ts'
import type { SsisType } from './types.ts'
import { formatType, ofModel, plain, toModel, wstr } from './types.ts'

const operations = {
	'||': 'shared.or',
	'&&': 'shared.and',
	'|': 'ssis.bit-or',
	'^': 'ssis.bit-xor',
	'&': 'ssis.bit-and',
	'==': 'ssis.equal',
	'!=': 'ssis.unequal',
	'<': 'ssis.less',
	'>': 'ssis.greater',
	'<=': 'ssis.less-or-equal',
	'>=': 'ssis.greater-or-equal',
	'+': 'ssis.add',
	'-': 'ssis.subtract',
	'*': 'ssis.multiply',
	'/': 'ssis.divide',
	'%': 'ssis.modulo',
} as const satisfies Record<BinaryOperator, string>

/** Applies an operation of the catalogue; its result type is asked there. `type`: the exact type where it is not the usual one. */
export function apply(id: string, args: readonly Typed[], span: Span, type?: SsisType): Typed {
	const types = args.map(({ expression }) => expression.type)
	const literals = args.map(({ expression }) => (expression.kind === 'literal' ? expression.value : undefined))
	const result = operation(id).result(types as unknown as Arguments<(typeof types)[number]>, literals)
	if (isTypeProblem(result)) throw typeRefusal(result.problem, span)
	const expression: Expression = {
		kind: 'call',
		operation: id,
		args: args.map((argument) => argument.expression),
		type: result,
		span,
	}
	return { expression, type: type ?? (result.kind === 'string' ? wstr(result.length) : ofModel(result)) }
}

export function lowerBinary(node: Extract<Node, { kind: 'binary' }>, lower: LowerPart): Typed {
	const [left, right] = [lower(node.left), lower(node.right)]
	const { operator, span } = node
	for (const side of [left, right]) refuseBareStr(side, span)
	switch (operator) {
		case '&&':
		case '||':
			if (left.type.name !== 'DT_BOOL' || right.type.name !== 'DT_BOOL') throw mismatch(operator, left, right, span)
			return apply(operations[operator], [left, right], span)
		case '&':
		case '|':
		case '^':
			if (!isInteger(left.type) || !isInteger(right.type) || isSigned(left.type) !== isSigned(right.type))
				throw mismatch(operator, left, right, span)
			return onNumbers(operator, left, right, span)
		case '%':
			if (!isInteger(left.type) || !isInteger(right.type)) throw mismatch(operator, left, right, span)
			return onNumbers(operator, left, right, span)
		case '+':
			return joins(left, right) ? concatenate(left, right, span) : arithmetic(operator, left, right, span)
		case '-':
		case '*':
		case '/':
			return arithmetic(operator, left, right, span)
		default:
			return comparison(operator, left, right, span)
	}
}

function mismatch(operator: string, left: Typed, right: Typed, span: Span): Refusal {
	return typeRefusal(
		`${formatType(left.type)} ${operator} ${formatType(right.type)} is not possible; cast an operand`,
		span,
	)
}

function refuseBareStr(operand: Typed, span: Span): void {
	if (operand.bareStr === true) throw typeRefusal('a DT_STR must be a column or a cast here; use DT_WSTR', span)
}

function arithmetic(operator: '+' | '-' | '*' | '/', left: Typed, right: Typed, span: Span): Typed {
	if (!isNumber(left.type) || !isNumber(right.type)) throw mismatch(operator, left, right, span)
	return onNumbers(operator, left, right, span)
}

/** Brings two numbers together and applies the operator. */
function onNumbers(operator: BinaryOperator, left: Typed, right: Typed, span: Span): Typed {
	const [first, second] = together(left, right, span)
	const result = apply(operations[operator], [first, second], span)
	// Currency with currency stays currency.
	const currency = left.type.name === 'DT_CY' && right.type.name === 'DT_CY'
	return currency && result.type.name === 'DT_NUMERIC' ? implicit(result, plain('DT_CY')) : result
}

function together(left: Typed, right: Typed, span: Span): readonly [Typed, Typed] {
	const met = meetNumbers(left.type, right.type)
	if (typeof met === 'string') throw typeRefusal(met, span)
	const { common } = met
	return [implicit(left, common ?? asNumeric(left.type)), implicit(right, common ?? asNumeric(right.type))]
}

const isBlobText = ({ type }: Typed): boolean => type.name === 'DT_NTEXT' || type.name === 'DT_TEXT'

function joins(left: Typed, right: Typed): boolean {
	return (isString(left.type) && isString(right.type)) || (isBlobText(left) && left.type.name === right.type.name)
}

/** `a + b + c` is one concatenation. */
function concatenate(left: Typed, right: Typed, span: Span): Typed {
	const { expression } = left
	const parts =
		expression.kind === 'call' && expression.operation === 'ssis.concat'
			? expression.args.map((part) => ({ expression: part, type: left.type }))
			: [left]
	return apply('ssis.concat', [...parts, right], span, isBlobText(left) ? left.type : undefined)
}

function comparison(operator: BinaryOperator, left: Typed, right: Typed, span: Span): Typed {
	const id = operations[operator]
	if (isNumber(left.type) && isNumber(right.type)) return apply(id, [...together(left, right, span)], span)
	if (isDateOrTime(left.type) && isDateOrTime(right.type)) {
		const common = meetDates(left.type, right.type)
		if (typeof common === 'string') throw typeRefusal(common, span)
		return apply(id, [implicit(left, common), implicit(right, common)], span)
	}
	if (isString(left.type) && isString(right.type)) return apply(id, [left, right], span)
	const equality = operator === '==' || operator === '!='
	if (left.type.name !== right.type.name || !equality) throw mismatch(operator, left, right, span)
	return apply(id, [left, right], span)
}

export function lowerUnary({ operator, operand, span }: Extract<Node, { kind: 'unary' }>, lower: LowerPart): Typed {
	const value = lower(operand)
	const wrong = typeRefusal(`${operator} does not take ${formatType(value.type)}`, span)
	switch (operator) {
		case '!':
			if (value.type.name !== 'DT_BOOL') throw wrong
			return apply('shared.not', [value], span)
		case '~':
			if (!isInteger(value.type)) throw wrong
			return apply('ssis.bit-not', [value], span)
		case '-':
			if (!isNumber(value.type)) throw wrong
			return negated(value, span) ?? apply('ssis.negate', [value], span, value.type)
	}
}

/** A number that is written with a minus is a literal. */
function negated({ expression, type }: Typed, span: Span): Typed | undefined {
	if (expression.kind !== 'literal' || (isInteger(type) && !isSigned(type))) return undefined
	const { value } = expression
	if (typeof value === 'bigint' || typeof value === 'number')
		return { expression: { ...expression, value: -value, span }, type }
	if (typeof value !== 'object' || value === null || value.kind !== 'decimal') return undefined
	return { expression: { ...expression, value: { ...value, unscaled: -value.unscaled }, span }, type }
}

export function lowerConditional(node: Extract<Node, { kind: 'conditional' }>, lower: LowerPart): Typed {
	const condition = lower(node.condition)
	if (condition.type.name !== 'DT_BOOL')
		throw typeRefusal(`a condition must be Boolean, this is ${formatType(condition.type)}`, node.condition.span)
	const [then, otherwise] = [lower(node.then), lower(node.otherwise)]
	for (const branch of [then, otherwise]) refuseBareStr(branch, node.span)
	const type = union(then, otherwise, node.span)
	const [first, second] = [implicit(then, type).expression, implicit(otherwise, type).expression]
	const model =
		first.type.kind === 'string' && second.type.kind === 'string'
			? { ...toModel(type), unicode: first.type.unicode || second.type.unicode }
			: toModel(type)
	return {
		expression: {
			kind: 'if',
			condition: condition.expression,
			then: first,
			otherwise: second,
			onNull: 'null',
			type: model,
			span: node.span,
		},
		type,
	}
}

/** The type that both branches become: the longer text, the wider number, the finer date. */
function union(left: Typed, right: Typed, span: Span): SsisType {
	const [a, b] = [left.type, right.type]
	const found =
		isNumber(a) && isNumber(b) ? unionOfNumbers(a, b) : isDateOrTime(a) && isDateOrTime(b) ? meetDates(a, b) : undefined
	if (typeof found === 'string') throw typeRefusal(found, span)
	if (found !== undefined) return found
	if (isString(a) && isString(b)) {
		const [first, second] = [lengthOf(a), lengthOf(b)]
		return wstr(first === undefined || second === undefined ? undefined : Math.max(first, second))
	}
	if (a.name !== b.name)
		throw typeRefusal(`${formatType(a)} and ${formatType(b)} have no common type; cast one of them`, span)
	return (lengthOf(a) ?? 0) >= (lengthOf(b) ?? 0) ? a : b
}

const lengthOf = (type: SsisType): number | undefined => ('length' in type ? type.length : undefined)
