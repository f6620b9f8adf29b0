/** Which variables that remember the previous row build on each other. */
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import { toJson } from '#model/json.ts'
import type { StateVariable } from '#model/operators.ts'

export interface StateGroup {
	/** In the order of their declaration. */
	readonly variables: readonly StateVariable[]
	/** Their values depend on their own values of the row before. */
	readonly isRecursive: boolean
}

/** Groups in an order in which each stands after those that it reads. */
export function stateGroups(variables: readonly StateVariable[]): readonly StateGroup[] {
	const names = new Set(variables.map(({ name }) => name))
	const reads = new Map(
		variables.map(({ name, value }) => [name, columnsRead(value.expression).filter((one) => names.has(one))]),
	)
	const reach = (from: string): ReadonlySet<string> => {
		const found = new Set<string>()
		const open = [...(reads.get(from) ?? [])]
		for (let name = open.pop(); name !== undefined; name = open.pop()) {
			if (found.has(name)) continue
			found.add(name)
			open.push(...(reads.get(name) ?? []))
		}
		return found
	}
	const reached = new Map(variables.map(({ name }) => [name, reach(name)]))
	const done = new Set<string>()
	const groups: StateGroup[] = []
	const add = (variable: StateVariable): void => {
		if (done.has(variable.name)) return
		const together = variables.filter(
			({ name }) =>
				name === variable.name || (reached.get(name)?.has(variable.name) && reached.get(variable.name)?.has(name)),
		)
		for (const { name } of together) done.add(name)
		for (const one of together) {
			for (const name of reads.get(one.name) ?? []) {
				const needed = variables.find((other) => other.name === name)
				if (needed !== undefined) add(needed)
			}
		}
		groups.push({ variables: together, isRecursive: reached.get(variable.name)?.has(variable.name) ?? false })
	}
	for (const variable of variables) add(variable)
	return groups
}

/**
 * The condition under which every variable of a group starts anew, whatever it was: rows from one reset to the next can
 * be folded by themselves. Undefined when there is none.
 */
export function resetOf(group: StateGroup): Expression | undefined {
	const own = new Set(group.variables.map(({ name }) => name))
	const isFree = (expression: Expression): boolean => columnsRead(expression).every((name) => !own.has(name))
	let reset: Expression | undefined
	for (const { value } of group.variables) {
		const expression = unwrapped(value.expression)
		if (expression.kind !== 'if' || !isFree(expression.condition) || !isFree(expression.then)) return undefined
		if (reset !== undefined && toJson(bare(reset)) !== toJson(bare(expression.condition))) return undefined
		reset = expression.condition
	}
	return reset
}

const unwrapped = (expression: Expression): Expression =>
	expression.kind === 'cast' ? unwrapped(expression.operand) : expression

/** The expression without its place in the text. */
function bare(part: unknown): unknown {
	if (typeof part !== 'object' || part === null) return part
	if (Array.isArray(part)) return part.map(bare)
	return Object.fromEntries(
		Object.entries(part).flatMap(([key, value]) => (key === 'span' ? [] : [[key, bare(value)]])),
	)
}
