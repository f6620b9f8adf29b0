/** `new X(…)`. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import type { Syntax } from '../syntax.ts'
import { choose } from './calls.ts'
import { callOf, coerce } from './coerce.ts'
import { outside } from './outside.ts'
import { classOf, newObject } from './own-classes.ts'
import { bind, bindAs } from './recursion.ts'
import { newRegex } from './regular-expressions.ts'
import type { MethodScope } from './scope.ts'
import { knownType, lastPart } from './types.ts'

type New = Extract<Syntax, { kind: 'new' }>

export function bindNew(node: New, scope: MethodScope, expected: ScriptType | undefined): ScriptExpression {
	const { line, args } = node
	const name = lastPart(node.type.name)
	const type = knownType(node.type)
	const own = type === undefined ? undefined : classOf(type, scope)
	if (own !== undefined) return newObject(node, own, scope)
	if (node.members !== undefined) return outside(`new ${name} with properties`, node)
	if (type?.kind === 'list') return newList(node, type, scope)
	if (type?.kind === 'map') {
		if (node.items !== undefined || args.length > 0) return outside('a dictionary with its items', node)
		return callOf('Map.new', [], type, line)
	}
	if (name.toLowerCase() === 'guid' && args.length === 1 && args[0] !== undefined)
		return guid(args[0].value, scope, line)
	if (type !== undefined && scriptTypeKey(type) === 'string') return outside('new String', node)
	if (name.toLowerCase() === 'regex') return newRegex(args, scope, line)
	const values = args.map(({ value }) => bind(value, scope))
	if (type !== undefined && scriptTypeKey(type) === 'StringBuilder' && values.length > 0)
		return outside('a StringBuilder that begins with something', node)
	const found = choose(
		overloads(name.toLowerCase() === 'date' ? 'DateTime' : name, 'new', true),
		values,
		scope.class.language,
	)
	if (found === undefined) return outside(`new ${name}`, node)
	return callOf(found.operation.id, found.args, type ?? found.operation.result ?? expected ?? scriptTypes.object, line)
}

function newList(node: New, type: Extract<ScriptType, { kind: 'list' }>, scope: MethodScope): ScriptExpression {
	const { line } = node
	const items = node.items?.map((item) => coerce(bind(item, scope, type.of), type.of, scope.class.language))
	if (items !== undefined) return { kind: 'list', items, type, line }
	return node.args.length === 0 ? callOf('List.new', [], type, line) : outside('a list made of another', node)
}

/** The text of a Guid, in any of its forms, as one value. */
function guid(node: Syntax, scope: MethodScope, line: number): ScriptExpression {
	const text = bindAs(node, scriptTypes.string, scope)
	const written = text.kind === 'literal' && typeof text.value === 'string' ? text.value.replace(/[{}()-]/g, '') : ''
	if (!/^[0-9a-f]{32}$/i.test(written)) return outside('a Guid whose text is not known', node)
	const value = written.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
	return { kind: 'literal', value, type: scriptTypes.uuid, line }
}
