/** An expression with its exact type, and conversions of one. */

import type { Expression } from '#model/expressions.ts'
import type { Span } from '#model/provenance.ts'
import type { DataType } from '#model/types.ts'
import { typeName } from '#model/types.ts'
import type { ErrorKind, Value } from '#model/values.ts'
import { isError, makeTimestamp } from '#model/values.ts'
import { writeFormat } from './cast-format.ts'
import { convert } from './convert.ts'
import { isSpelled, spellsOtherwise } from './locale-text.ts'
import type { ExpressionProblem, Node } from './syntax.ts'
import type { SsisType } from './types.ts'
import { formatType, ofModel, toModel } from './types.ts'

export interface Typed {
	readonly expression: Expression
	readonly type: SsisType
	/** A DT_STR that is neither a column nor a cast: no operand of an operator (0xC00490D3). */
	readonly bareStr?: true
}

/** Lowers a part of an expression that is not its root. */
export type LowerPart = (node: Node) => Typed

/** Thrown inside lowering only, and caught there: the expression as a whole is not understood. */
export class Refusal extends Error {
	readonly problem: ExpressionProblem

	constructor(kind: ErrorKind, code: ExpressionProblem['code'], message: string, span: Span) {
		super(message)
		this.problem = { kind, code, message, span }
	}
}

export const typeRefusal = (message: string, span: Span): Refusal =>
	new Refusal('type', 'expression/type', message, span)

/** Does the model need no conversion between two types? */
function same(from: DataType, to: DataType): boolean {
	if (from.kind === 'string' && to.kind === 'string') return true
	return typeName(from) === typeName(to)
}

const noRun = { at: makeTimestamp(0n), job: '', project: '', host: '', invocation: '' }

/** A conversion that nobody wrote. Numbers that are written out are converted at once. */
export function implicit(operand: Typed, to: SsisType): Typed {
	const [from, target] = [operand.expression.type, toModel(to)]
	if (same(from, target)) return { expression: operand.expression, type: to }
	const literal = operand.expression.kind === 'literal' ? operand.expression.value : undefined
	if (
		literal !== undefined &&
		(literal === null || typeof literal === 'number' || typeof literal === 'bigint' || isDecimalValue(literal))
	) {
		const value = literal === null ? null : convert(literal, operand.type, to, { fastParse: false, run: noRun })
		if (!isError(value))
			return { expression: { ...operand.expression, kind: 'literal', value, type: target }, type: to }
	}
	return { expression: conversion('ssis.implicit', operand, to, target), type: to }
}

const isDecimalValue = (value: Value): boolean =>
	typeof value === 'object' && value !== null && value.kind === 'decimal'

/** A cast expression; its format is left out where the model's types tell everything. @param locale of the texts that it reads */
export function conversion(rule: string, operand: Typed, to: SsisType, type: DataType, locale = 0): Expression {
	const from = operand.expression.type
	const span = operand.expression.span
	const isRead = from.kind === 'string' && spellsOtherwise(locale) && isSpelled(type)
	const told = !isRead && plainly(operand.type, from) && plainly(to, type)
	return {
		kind: 'cast',
		rule,
		operand: operand.expression,
		type,
		...(told ? {} : { format: writeFormat(operand.type, to, isRead ? { locale } : {}) }),
		...(span === undefined ? {} : { span }),
	}
}

/** Texts need no telling: only their length matters, and that is in the model's type. */
function plainly(exact: SsisType, model: DataType): boolean {
	return model.kind === 'string' || formatType(ofModel(model)) === formatType(exact)
}
