/**
 * Texts that are no date, time or timestamp. The engine warns, and keeps the row with an invalid value, which is no null and
 * which a file shows as asterisks (IBM: Type conversion functions, StringToDate; IsValidDate tells it). Spark has no such
 * value: null stands for it where the column may be null.
 */
import { conversion, operation } from '#languages/registry.ts'
import type { Expression } from '#model/expressions.ts'
import { children, visit } from '#model/expressions.ts'
import type { ProjectColumn } from '#model/operators.ts'
import type { StageContext } from '../../stage-context.ts'

/** The column of a link as it is, or with null for an invalid value. */
export function withInvalidMoments(context: StageContext, column: ProjectColumn): ProjectColumn {
	const failing = failingParts(column.value.expression)
	if (failing.length === 0 || !failing.every(isMoment)) return column
	declareInvalidMoments(context, column)
	return column.nullable ? { ...column, onError: { kind: 'null' } } : column
}

/** Declares the difference where a value may be invalid, unless its expression looks first. */
export function declareInvalidMoments(
	context: StageContext,
	{ name, value: { expression, text } }: ProjectColumn,
): void {
	if (failingParts(expression, { unlessAsked: true }).some(isMoment))
		context.differ('RG-D161', `${context.stage.name} reads ${text.trim() === '' ? name : text.trim()}`)
}

const isMoment = ({ type }: Expression): boolean =>
	type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp'

/** Operations and conversions that may fail; `unlessAsked` leaves out those behind a condition that asks `IsValid`. */
function failingParts(expression: Expression, { unlessAsked = false } = {}): readonly Expression[] {
	if (unlessAsked && expression.kind === 'if' && asks(expression.condition)) return []
	const below = children(expression).flatMap((child) => failingParts(child, { unlessAsked }))
	return canFail(expression) ? [expression, ...below] : below
}

function canFail(expression: Expression): boolean {
	if (expression.kind === 'opaque') return true
	if (expression.kind === 'call') return operation(expression.operation).canFail
	if (expression.kind !== 'cast') return false
	return conversion(expression.rule).canFail(expression.operand.type, expression.type, expression.format)
}

function asks(condition: Expression): boolean {
	let found = false
	visit(condition, (part) => {
		found ||= part.kind === 'call' && part.operation.endsWith('is-valid')
	})
	return found
}
