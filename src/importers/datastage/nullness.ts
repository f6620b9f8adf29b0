/** What an expression may come to: a null, or an error. Told from its parts, on the safe side. */
import { conversion, operation } from '#languages/registry.ts'
import type { Expression } from '#model/expressions.ts'
import { children, visit } from '#model/expressions.ts'
import type { Schema } from '#model/types.ts'

/** May it be null for a row of `input`? */
export function mayBeNull(expression: Expression, input: Schema): boolean {
	switch (expression.kind) {
		case 'literal':
			return expression.value === null
		case 'column':
			return input.columns.find(({ name }) => name === expression.name)?.nullable ?? true
		case 'parameter':
			return false
		case 'variable':
		case 'bound':
		case 'loop':
		case 'opaque':
			return true
		case 'if':
			return mayBeNull(expression.then, input) || mayBeNull(expression.otherwise, input)
		case 'cast':
			return mayBeNull(expression.operand, input) || canGoWrong(expression)
		case 'call': {
			const { nulls, canFail } = operation(expression.operation)
			return nulls === 'custom' || canFail || children(expression).some((child) => mayBeNull(child, input))
		}
	}
}

/** May an operation or conversion in it fail? */
export function canGoWrong(expression: Expression): boolean {
	let found = false
	visit(expression, (part) => {
		if (part.kind === 'opaque' || part.kind === 'loop') found = true
		if (part.kind === 'call') found ||= operation(part.operation).canFail
		if (part.kind === 'cast') found ||= conversion(part.rule).canFail(part.operand.type, part.type, part.format)
	})
	return found
}
