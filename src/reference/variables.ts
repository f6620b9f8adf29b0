import type { RunFacts } from '#languages/catalogue.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { Variable } from '#model/control-flow.ts'
import type { Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import type { Names } from './context.ts'
import { rowScope } from './context.ts'
import { stop } from './stop.ts'

/** The variables of a running job. */
export interface VariableStore extends Names {
	set(name: string, value: Value): void
	/** Every variable that holds a value of its own now (those with an expression hold none). */
	values(): ReadonlyMap<string, Value>
}

/**
 * Variables start with their initial values; one with an expression is computed anew at each read.
 * Reading stops the run when an expression fails or needs itself.
 */
export function makeVariables(variables: readonly Variable[], parameters: Names, run: RunFacts): VariableStore {
	const byName = new Map(variables.map((variable) => [variable.name, variable]))
	const values = new Map<string, Value>()
	const reading = new Set<string>()
	const store: VariableStore = {
		get(name) {
			const variable = byName.get(name)
			if (variable?.expression === undefined && values.has(name)) return values.get(name)
			if (variable === undefined) return undefined
			if (reading.has(name)) return stop(name, 'the variable needs its own value')
			reading.add(name)
			try {
				const expression = variable.expression?.expression ?? variable.initial
				const result = evaluate(
					expression,
					rowScope({ parameters, variables: store, run }, () => undefined),
				)
				return isError(result) ? stop(name, result.message) : result
			} finally {
				reading.delete(name)
			}
		},
		set: (name, value) => void values.set(name, value),
		values: () => values,
	}
	return store
}
