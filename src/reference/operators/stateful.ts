import { evaluate } from '#languages/evaluate.ts'
import type { StateVariable } from '#model/operators.ts'
import type { Result, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareDecisions, nullableIn } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { columnOf, rowScope } from '../context.ts'
import { variablesThere } from '../not-null.ts'
import { withColumns } from '../policies.ts'
import { stop } from '../stop.ts'

/** Variables hide input columns of the same name. A text too long for its variable is cut, as an assignment does. */
export const stateful: Interpreter<'stateful'> = (operator, inputs, context) => {
	const isNullable = nullableIn(context.schemaOf(operator, 'in'))
	const own = new Set(operator.variables.map(({ name }) => name))
	const there = variablesThere(operator, (name) => !isNullable(name))
	const decided = declareDecisions(
		context,
		operator,
		operator.variables.map(({ name, value }) => ({ owner: name, expression: value.expression })),
		(name) => (own.has(name) ? !there.has(name) : isNullable(name)),
	)
	const settle = (result: Result, variable: StateVariable): Value => {
		if (isError(result)) return stop(operator.id, `variable ${variable.name}: ${result.message}`)
		const { type } = variable
		if (type.kind !== 'string' || type.length === undefined || typeof result !== 'string') return result
		return result.slice(0, type.length)
	}
	const state = new Map<string, Value>()
	const initialScope = rowScope(context.request, (name) => state.get(name))
	for (const variable of operator.variables) {
		state.set(variable.name, settle(evaluate(variable.initial, initialScope), variable))
	}
	const out = (inputs['in'] ?? []).map((row) => {
		const own = columnOf(row)
		const scope = rowScope(context.request, (name) => (state.has(name) ? state.get(name) : own(name)), decided)
		for (const variable of operator.variables) {
			state.set(variable.name, settle(evaluate(variable.value.expression, scope), variable))
		}
		return context.order.follow(withColumns(row, [...state]), row)
	})
	return { out }
}
