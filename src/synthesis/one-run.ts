import type { DataFlow } from '#model/operators.ts'
import type { FlowRequest, Names } from '#reference/context.ts'
import type { Branch } from '#reference/coverage.ts'
import { interpretFlow } from '#reference/flow.ts'

/**
 * Branches that no run of the flow takes, because it has one run only: it makes its rows itself, and that run asks for no
 * parameter, variable, clock or name of the job. Empty where anything from outside might lead elsewhere.
 */
export function neverTaken(
	flow: DataFlow,
	facts: Pick<FlowRequest, 'parameters' | 'variables' | 'run'>,
): readonly Branch[] {
	if (flow.operators.some(({ kind }) => kind === 'read')) return []
	let hasAsked = false
	const noting = (names: Names): Names => ({
		get(name) {
			hasAsked = true
			return names.get(name)
		},
	})
	const run = new Proxy(facts.run, {
		get(target, key, receiver): unknown {
			hasAsked = true
			return Reflect.get(target, key, receiver)
		},
	})
	const { branches, failure } = interpretFlow(flow, {
		inputs: new Map(),
		parameters: noting(facts.parameters),
		variables: noting(facts.variables),
		run,
		outside: () => {
			hasAsked = true
			return {}
		},
	})
	if (hasAsked || failure?.tooLarge === true) return []
	return branches.filter(({ count }) => count === 0).map(({ operator, element, what }) => ({ operator, element, what }))
}
