/** Whole numbers that only ever count in small steps cannot leave their range: they are told apart, so that Python can just add. */
import type { ScriptExpression, ScriptProgram, ScriptStatement } from '#model/scripts.ts'
import { visitStatements } from '#model/scripts.ts'

const largestStep = 1000n

export function withCounters(program: ScriptProgram): ScriptProgram {
	const found = counters(program)
	return found.size === 0 ? program : replaced(program, found)
}

/** Names of locals and fields all of whose values are a literal, a length, or their own value and a small step. */
function counters(program: ScriptProgram): ReadonlySet<string> {
	const names = new Set<string>()
	const spoiled = new Set<string>()
	const see = (statement: ScriptStatement, owner: string): void => {
		if (statement.kind === 'for-each') spoiled.add(`${owner}.${statement.local}`)
		if (statement.kind !== 'set' || (statement.target.kind !== 'local' && statement.target.kind !== 'field')) return
		const name = statement.target.kind === 'field' ? `.${statement.target.name}` : `${owner}.${statement.target.name}`
		names.add(name)
		const { value } = statement
		const isSmall =
			value.kind === 'literal' &&
			typeof value.value === 'bigint' &&
			value.value < 2n ** 30n &&
			value.value > -(2n ** 30n)
		const isLength = value.kind === 'call' && /\.(?:Length|Count)$/.test(value.operation)
		if (!isSmall && !isLength && !isStep(value, statement.target)) spoiled.add(name)
	}
	for (const method of program.methods) {
		for (const { name } of method.parameters) spoiled.add(`${method.name}.${name}`)
		visitStatements(method.body, (statement) => see(statement, method.name))
	}
	return new Set([...names].filter((name) => !spoiled.has(name)))
}

const stepOperations: ReadonlySet<string> = new Set([
	'Number.Add',
	'Number.Subtract',
	'Number.AddChecked',
	'Number.SubtractChecked',
	'Number.Step',
])

function isStep(value: ScriptExpression, target: { readonly kind: string; readonly name: string }): boolean {
	if (value.kind !== 'call' || !stepOperations.has(value.operation)) return false
	const [own, by] = value.args
	const isOwn = own !== undefined && own.kind === target.kind && 'name' in own && own.name === target.name
	return (
		isOwn &&
		by?.kind === 'literal' &&
		typeof by.value === 'bigint' &&
		by.value <= largestStep &&
		by.value >= -largestStep
	)
}

/** `x + 1` of a counter as a step; everything else stays as it is. */
function replaced(program: ScriptProgram, found: ReadonlySet<string>): ScriptProgram {
	const walk = <T>(part: T, owner: string): T => {
		if (Array.isArray(part)) return part.map((one: unknown) => walk(one, owner)) as T
		if (typeof part !== 'object' || part === null) return part
		const inside = Object.fromEntries(
			Object.entries(part).map(([key, value]) => [key, walk(value as unknown, owner)]),
		) as T
		return step(inside, owner, found)
	}
	return { ...program, methods: program.methods.map((method) => walk(method, method.name)) }
}

function step<T>(part: T, owner: string, found: ReadonlySet<string>): T {
	const node = part as ScriptExpression
	if (node.kind !== 'call' || !stepOperations.has(node.operation)) return part
	const [own, by] = node.args
	if (own === undefined || by?.kind !== 'literal' || typeof by.value !== 'bigint') return part
	if (own.kind !== 'local' && own.kind !== 'field') return part
	const name = own.kind === 'field' ? `.${own.name}` : `${owner}.${own.name}`
	if (!found.has(name) || by.value > largestStep || by.value < -largestStep) return part
	const negative = node.operation.startsWith('Number.Subtract')
	const args = [own, negative ? { ...by, value: -by.value } : by]
	return { ...node, operation: 'Number.Step', args } as T
}
