/** Functions that give what is assigned to their own name: `Clean = text.Trim()` (Visual Basic: Function statement). */
import type { Statement, Syntax, TypeName } from '../syntax.ts'

/** The body with a local of the function's name, which it gives at its end and wherever it is left without a value. */
export function withResult(
	name: string,
	type: TypeName,
	body: readonly Statement[],
	line: number,
): readonly Statement[] {
	if (!assigns(body, name)) return body
	const result: Syntax = { kind: 'name', name, line }
	return [
		{ kind: 'local', locals: [{ name, type }], line },
		...leaving(body, result),
		{ kind: 'return', value: result, line },
	]
}

const isObject = (tree: unknown): tree is Readonly<Record<string, unknown>> => typeof tree === 'object' && tree !== null

/** Is the name a target of an assignment anywhere in it? */
function assigns(tree: unknown, name: string): boolean {
	if (Array.isArray(tree)) return tree.some((one) => assigns(one, name))
	if (!isObject(tree)) return false
	if (tree['kind'] === 'assign' && isName(tree['target'], name)) return true
	return Object.values(tree).some((one) => assigns(one, name))
}

const isName = (target: unknown, name: string): boolean =>
	isObject(target) && target['kind'] === 'name' && String(target['name']).toLowerCase() === name.toLowerCase()

/** The same tree, whose `Exit Function` gives the result. */
function leaving<T>(tree: T, result: Syntax): T {
	if (Array.isArray(tree)) return tree.map((one: unknown) => leaving(one, result)) as T
	if (!isObject(tree)) return tree
	if (tree['kind'] === 'return' && tree['value'] === undefined) return { ...tree, value: result }
	return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, leaving(value, result)])) as T
}
