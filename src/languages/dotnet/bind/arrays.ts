/** `Array.Reverse(x)`, `Array.IndexOf(x, y)`, `Array.Exists(x, …)`: what the type Array does with lists. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Argument, Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { outside } from './outside.ts'
import { isOrdered, queryCall } from './queries.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

const { int, nothing } = scriptTypes

/** Methods of `Array` that ask a question of each item. */
const asking = /^(?:find|findall|exists|trueforall|findindex|convertall)$/

export function arrayCall(
	name: string,
	[list, ...rest]: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const value = list === undefined ? undefined : bind(list.value, scope)
	if (value?.type.kind !== 'list') return undefined
	const [first, ...more] = rest
	if (asking.test(name)) return queryCall(value, name, rest, scope, line)
	if (name === 'indexof' && first !== undefined && more.length === 0)
		return callOf('List.IndexOf', [value, bindAs(first.value, value.type.of, scope)], int, line)
	return first === undefined ? inPlace(value, name, line) : undefined
}

/** `Reverse` and `Sort` of a list itself; undefined for other calls. */
function inPlace(value: ScriptExpression, name: string, line: number): ScriptExpression | undefined {
	if (value.type.kind !== 'list') return undefined
	if (name === 'reverse') return callOf('List.ReverseInPlace', [value], nothing, line)
	if (name !== 'sort') return undefined
	const { of } = value.type
	if (!isOrdered(of)) return outside(`the order of ${scriptTypeKey(of)}s, which follows the culture`, { line })
	return callOf('List.SortInPlace', [value], nothing, line)
}

/** `list.Reverse()` and `list.Sort()` that stand alone change the list itself: nothing takes what LINQ would give. */
export function listStatement(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	if (node.kind !== 'call' || node.target.kind !== 'member' || node.args.length > 0) return undefined
	const name = node.target.name.toLowerCase()
	if (name !== 'reverse' && name !== 'sort') return undefined
	const target = node.target.target
	const isPlace = target.kind === 'name' && (scope.local(target.name) ?? scope.field(target.name)) !== undefined
	return isPlace ? inPlace(bind(target, scope), name, node.line) : undefined
}
