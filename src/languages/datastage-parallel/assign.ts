/** What the engine does when a value is assigned to a column of another type. */
import type { Expression } from '#model/expressions.ts'
import { type DataType, typeName } from '#model/types.ts'
import { convertTo, isNull, sameType } from './coerce.ts'
import type { ExpressionProblem } from './syntax.ts'

export interface Assigned {
	readonly expression: Expression
	readonly diagnostics: readonly ExpressionProblem[]
}

/**
 * The value as the target column takes it: text to a number (0 when it is none) and beyond the range of integers saturated, decimals
 * cut at the column's scale, text cut at its length. Fixed-width text is not padded: files of the engine show none, and with the
 * usual pad character NUL nothing else would tell. `nullable` false only reports a literal null; the row's fate is the stage's affair.
 */
export function assignTo(expression: Expression, type: DataType, nullable: boolean): Assigned {
	const span = expression.span ?? { start: 0, end: 0 }
	if (expression.kind === 'opaque') return { expression: { ...expression, type }, diagnostics: [] }
	if (isNull(expression) && !nullable) {
		const message = 'null is assigned to a column that takes none: every row is dropped or rejected'
		return {
			expression: { ...expression, type },
			diagnostics: [{ code: 'expression/doubtful', message, span }],
		}
	}
	const converted = convertTo(expression, type)
	if (converted === undefined) {
		const message = `a ${typeName(expression.type)} cannot become a ${typeName(type)} by itself`
		const reason: Expression = { kind: 'opaque', text: '', reason: message, type, span }
		return { expression: reason, diagnostics: [{ code: 'expression/type', message, span }] }
	}
	const silent = sameType(expression.type, type) || expression.type.kind !== 'string' || expression.kind === 'literal'
	if (silent || type.kind === 'string' || type.kind === 'boolean' || type.kind === 'binary')
		return { expression: converted, diagnostics: [] }
	const message = `text becomes ${typeName(type)} by itself: ${type.kind === 'date' || type.kind === 'time' || type.kind === 'timestamp' ? 'text in another format fails' : 'text that is no number gives 0'}`
	return { expression: converted, diagnostics: [{ code: 'expression/doubtful', message, span }] }
}
