import { operation } from '#languages/registry.ts'
import type { Expression } from '#model/expressions.ts'

/**
 * Can the expression be null, given which columns can? Errs towards yes only where an operation has a null rule of its own
 * that nothing here knows; the answer decides which branches are counted, never what a row becomes.
 */
export function mayBeNull(expression: Expression, isNullable: (column: string) => boolean): boolean {
	const below = (part: Expression): boolean => mayBeNull(part, isNullable)
	switch (expression.kind) {
		case 'literal':
			return expression.value === null
		case 'column':
			return isNullable(expression.name)
		case 'parameter':
		case 'variable':
		case 'opaque':
			return false
		case 'bound':
		case 'loop':
			return true
		case 'cast':
			return below(expression.operand)
		case 'if':
			return (
				below(expression.then) ||
				below(expression.otherwise) ||
				(expression.onNull === 'null' && below(expression.condition))
			)
		case 'call':
			return callMayBeNull(expression, below)
	}
}

const neverNull = new Set(['shared.is-null', 'shared.is-not-null'])
const kleene = new Set(['shared.and', 'shared.or'])

function callMayBeNull(call: Extract<Expression, { kind: 'call' }>, below: (part: Expression) => boolean): boolean {
	if (neverNull.has(call.operation)) return false
	if (operation(call.operation).nulls === 'propagate' || kleene.has(call.operation)) return call.args.some(below)
	// Operations with a null rule of their own mostly replace a null by another argument.
	return call.args.length > 0 && call.args.every(below)
}
