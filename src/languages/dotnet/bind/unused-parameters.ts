/**
 * Parameters that a method of the script does not use: what a script hands on and the new job leaves out, such as the login at
 * a mail server. They go, and their values with them, which keeps passwords out of the printed script.
 */
import type { ScriptExpression, ScriptMethod, ScriptProgram } from '#model/scripts.ts'
import { expressionsOf, visitProgram, visitScriptExpression, visitStatements } from '#model/scripts.ts'

export function withoutUnusedParameters(program: ScriptProgram): ScriptProgram {
	const entries = new Set(Object.values(program.entry))
	const gone = new Map<string, ReadonlySet<number>>()
	for (const method of program.methods) {
		const unused = entries.has(method.name) ? [] : unusedIn(method)
		const free = unused.filter((at) => isPlainEverywhere(method.name, at, program))
		if (free.length > 0) gone.set(method.name, new Set(free))
	}
	if (gone.size === 0) return program
	const methods = program.methods.map((method) => {
		const places = gone.get(method.name)
		return places === undefined ? method : { ...method, parameters: without(method.parameters, places) }
	})
	// A value that went may have been the only use of another parameter.
	return withoutUnusedParameters(withShorterCalls({ ...program, methods }, gone))
}

function unusedIn({ parameters, body }: ScriptMethod): readonly number[] {
	const used = new Set<string>()
	visitStatements(body, (statement) => {
		if (statement.kind === 'set' && statement.target.kind === 'local') used.add(statement.target.name)
		for (const expression of expressionsOf(statement))
			visitScriptExpression(expression, (part) => {
				if (part.kind === 'local') used.add(part.name)
			})
	})
	return parameters.flatMap(({ name }, at) => (used.has(name) ? [] : [at]))
}

/** Nothing happens where the value is computed. */
function isPlainEverywhere(method: string, at: number, program: ScriptProgram): boolean {
	let isPlain = true
	visitProgram(program, (part) => {
		if (part.kind !== 'invoke' || part.method !== method) return
		const kind = part.args[at]?.kind ?? 'call'
		if (!['literal', 'local', 'field', 'variable', 'parameter'].includes(kind)) isPlain = false
	})
	return isPlain
}

const without = <T>(items: readonly T[], places: ReadonlySet<number>): readonly T[] =>
	items.filter((_, at) => !places.has(at))

function withShorterCalls<T>(tree: T, gone: ReadonlyMap<string, ReadonlySet<number>>): T {
	if (Array.isArray(tree)) return tree.map((part: unknown) => withShorterCalls(part, gone)) as T
	// Values of literals are objects of their own classes.
	if (typeof tree !== 'object' || tree === null || Object.getPrototypeOf(tree) !== Object.prototype) return tree
	const node = Object.fromEntries(
		Object.entries(tree).map(([key, part]) => [key, withShorterCalls(part as unknown, gone)]),
	) as T
	const places = isInvoke(node) ? gone.get(node.method) : undefined
	return isInvoke(node) && places !== undefined ? { ...node, args: without(node.args, places) } : node
}

const isInvoke = (node: unknown): node is Extract<ScriptExpression, { kind: 'invoke' }> =>
	typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'invoke'
