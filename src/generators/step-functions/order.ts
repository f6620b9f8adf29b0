import type { State } from './asl.ts'

/** States in the order in which a reader meets them, from the first on. */
export function inOrder(start: string, states: ReadonlyMap<string, State>): Readonly<Record<string, State>> {
	const ordered: Record<string, State> = {}
	const waiting = [start]
	for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
		const state = states.get(name)
		if (state === undefined || Object.hasOwn(ordered, name)) continue
		ordered[name] = state
		waiting.unshift(...nextOf(state))
	}
	return ordered
}

function nextOf(state: State): readonly string[] {
	switch (state.Type) {
		case 'Choice':
			return [...state.Choices.map(({ Next }) => Next), state.Default]
		case 'Map':
		case 'Task':
		case 'Parallel':
			return [state.Next, ...(state.Catch ?? []).map(({ Next }) => Next)]
		case 'Pass':
			return state.Next === undefined ? [] : [state.Next]
		case 'Wait':
			return [state.Next]
		default:
			return []
	}
}
