/** The reference meaning of an expression: exact, one row at a time. */
import type { Expression, IfExpression } from '#model/expressions.ts'
import type { Result, Value } from '#model/values.ts'
import { failure, isError } from '#model/values.ts'
import type { Arguments, RunFacts } from './catalogue.ts'
import { conversion, operation } from './registry.ts'

/** What names stand for while an expression is evaluated. */
export interface Scope {
	column(name: string): Value
	parameter(name: string): Value
	variable(name: string): Value
	readonly run: RunFacts
	/** Sees which way each `if` went; for coverage. */
	readonly decided?: (decision: IfExpression, condition: Value) => void
}

/**
 * Evaluates an expression. Arguments are evaluated before the operation, so an error in any of them is the result;
 * of an `if` only the chosen branch is evaluated.
 */
export function evaluate(expression: Expression, scope: Scope): Result {
	switch (expression.kind) {
		case 'literal':
			return expression.value
		case 'column':
			return scope.column(expression.name)
		case 'parameter':
			return scope.parameter(expression.name)
		case 'variable':
			return scope.variable(expression.name)
		case 'call':
			return evaluateCall(expression, scope)
		case 'if': {
			const condition = evaluate(expression.condition, scope)
			if (isError(condition)) return condition
			scope.decided?.(expression, condition)
			if (condition === null && expression.onNull === 'null') return null
			return evaluate(condition === true ? expression.then : expression.otherwise, scope)
		}
		case 'cast': {
			const value = evaluate(expression.operand, scope)
			if (value === null || isError(value)) return value
			const context = { from: expression.operand.type, to: expression.type, format: expression.format, run: scope.run }
			return conversion(expression.rule).evaluate(value, context)
		}
		case 'opaque':
			return failure('parse', `not understood: ${expression.reason}`)
	}
}

function evaluateCall(expression: Extract<Expression, { kind: 'call' }>, scope: Scope): Result {
	const meaning = operation(expression.operation)
	const values: Value[] = []
	for (const argument of expression.args) {
		const value = evaluate(argument, scope)
		if (isError(value)) return value
		values.push(value)
	}
	if (meaning.nulls === 'propagate' && values.includes(null)) return null
	return meaning.evaluate(values as unknown as Arguments<Value>, { ...typesOf(expression), run: scope.run })
}

/** Argument types and literals of a call, as operations want them. */
export function typesOf(expression: Extract<Expression, { kind: 'call' }>) {
	return {
		types: expression.args.map((argument) => argument.type),
		literals: expression.args.map((argument) => (argument.kind === 'literal' ? argument.value : undefined)),
		result: expression.type,
	}
}
