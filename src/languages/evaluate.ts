/** The reference meaning of an expression: exact, one row at a time. */
import type { Expression, IfExpression, LoopExpression } from '#model/expressions.ts'
import type { Result, Value } from '#model/values.ts'
import { failure, isError } from '#model/values.ts'
import type { Arguments, RunFacts } from './catalogue.ts'
import { conversion, operation } from './registry.ts'

/** What names stand for while an expression is evaluated. */
export interface Scope {
	column(name: string): Value
	parameter(name: string): Value
	variable(name: string): Value
	/** A variable of a loop that is being evaluated. */
	readonly bound?: (loop: number, name: string) => Value
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
		case 'bound':
			return scope.bound?.(expression.loop, expression.name) ?? null
		case 'loop':
			return evaluateLoop(expression, scope)
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

function evaluateLoop(expression: LoopExpression, scope: Scope): Result {
	let values = new Map<string, Value>()
	for (const { name, initial } of expression.variables) {
		const value = evaluate(initial, scope)
		if (isError(value)) return value
		values.set(name, value)
	}
	const { decided: _decided, ...outer } = scope
	const bound = (loop: number, name: string): Value =>
		loop === expression.loop ? (values.get(name) ?? null) : (scope.bound?.(loop, name) ?? null)
	const inner: Scope = { ...outer, bound }
	for (let turns = 0; values.get(expression.goesOn) === true; turns++) {
		if (turns >= expression.limit) return failure('argument', `a loop has not ended after ${expression.limit} turns`)
		const after = new Map<string, Value>()
		for (const { name, next } of expression.variables) {
			const value = next === undefined ? (values.get(name) ?? null) : evaluate(next, inner)
			if (isError(value)) return value
			after.set(name, value)
		}
		values = after
	}
	return values.get(expression.result) ?? null
}

/** Argument types and literals of a call, as operations want them. */
export function typesOf(expression: Extract<Expression, { kind: 'call' }>) {
	return {
		types: expression.args.map((argument) => argument.type),
		literals: expression.args.map((argument) => (argument.kind === 'literal' ? argument.value : undefined)),
		result: expression.type,
	}
}
