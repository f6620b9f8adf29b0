/** Where BASIC takes one kind of value for another, a cast with the rule `basic.convert` stands in the model. */
import type { Expression } from '#model/expressions.ts'
import type { DataType, TypeKind } from '#model/types.ts'
import { boolean, float, int, text } from '#model/types.ts'
import { basicConversions } from './conversions.ts'

/** What a BASIC value can be here: a text, a number that was computed, a whole number, a truth. */
export type BasicKind = 'string' | 'float' | 'int' | 'boolean'

const usual: Readonly<Record<BasicKind, DataType>> = { string: text(), float: float(64), int: int(32), boolean }

export const isNull = (expression: Expression): boolean => expression.kind === 'literal' && expression.value === null
/** Numbers that need no conversion from text. */
export const isNumber = ({ type }: Expression): boolean => type.kind !== 'string'

const run = { at: { kind: 'timestamp', micros: 0n }, job: '', project: '', host: '', invocation: '' } as const
const [rule] = basicConversions

/** The expression as that kind, or undefined for a type that BASIC does not have. */
export function convertTo(expression: Expression, kind: BasicKind): Expression | undefined {
	const type = usual[kind]
	if (isNull(expression)) return { ...expression, type }
	if (expression.type.kind === kind) return expression
	if (rule === undefined || !rule.allows(expression.type, type)) return undefined
	if (expression.kind === 'literal' && expression.value !== null) {
		const value = rule.evaluate(expression.value, { from: expression.type, to: type, format: undefined, run })
		if (typeof value !== 'object') return { ...expression, value, type }
	}
	// What becomes of a branch depends on that branch only: numbers keep their digits where a number is wanted.
	if (expression.kind === 'if') {
		const then = convertTo(expression.then, kind)
		const otherwise = convertTo(expression.otherwise, kind)
		return then && otherwise && { ...expression, then, otherwise, type }
	}
	// A number that stands as a text among other branches is the number still.
	if (
		expression.kind === 'cast' &&
		expression.rule === rule.id &&
		expression.type.kind === 'string' &&
		kind !== 'string'
	)
		return convertTo(expression.operand, kind)
	const span = expression.span === undefined ? {} : { span: expression.span }
	return { kind: 'cast', rule: rule.id, operand: expression, type, ...span }
}

/** The kind in which the branches of an If meet: the same, a number where both are numbers, otherwise a text. */
export function meet(left: Expression, right: Expression): BasicKind {
	if (isNull(left)) return isNull(right) ? 'string' : basicKind(right.type.kind)
	if (isNull(right) || left.type.kind === right.type.kind) return basicKind(left.type.kind)
	return isNumber(left) && isNumber(right) ? 'float' : 'string'
}

const basicKind = (kind: TypeKind): BasicKind =>
	kind === 'int' || kind === 'float' || kind === 'boolean' ? kind : 'string'
