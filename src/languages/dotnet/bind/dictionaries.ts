/** Dictionaries with their items, `TryGetValue`, and loops over pairs. */
import type { ScriptExpression, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Argument, Statement, Syntax } from '../syntax.ts'
import { callOf, coerce } from './coerce.ts'
import { outside } from './outside.ts'
import { bind, bindAs, bindBody } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { defaultOf, nullableOf, sameType } from './types.ts'
import { exactly } from './untyped-collections.ts'

type MapType = Extract<ScriptType, { kind: 'map' }>

const keyType = ({ key }: MapType): ScriptType => key ?? scriptTypes.string

/** A key of its dictionary. */
export function keyFor(node: Syntax, type: MapType, scope: MethodScope): ScriptExpression {
	const key = keyType(type)
	return coerce(exactly(bind(node, scope, key), key, type), key, scope.class.language)
}

/** `map[key]`; a table of objects gives nothing for a key that it does not have (Microsoft: Hashtable.Item). */
export function itemByKey(
	map: ScriptExpression,
	type: MapType,
	key: Syntax,
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const args = [map, keyFor(key, type, scope)]
	return type.isUntyped === true
		? callOf('Map.Find', args, nullableOf(type.of) ?? type.of, line)
		: callOf('Map.Item', args, type.of, line)
}

/** `new Dictionary<…> { { "a", 1 } }`, also with the keys in brackets. */
export function mapOf(items: readonly Syntax[], type: MapType, scope: MethodScope, line: number): ScriptExpression {
	const seen = new Set<unknown>()
	const args = items.flatMap((item) => {
		const [key, value] = item.kind === 'array' ? item.items : []
		if (key === undefined || value === undefined) return outside('an item of a dictionary', item)
		const bound = keyFor(key, type, scope)
		if (bound.kind !== 'literal' || seen.has(bound.value))
			return outside('a key that is computed, or there twice', item)
		seen.add(bound.value)
		const given = exactly(bind(value, scope, type.of), type.of, type)
		return [bound, coerce(given, type.of, scope.class.language)]
	})
	return callOf('Map.of', args, type, line)
}

/** `map.TryGetValue(key, out value)`: the value is taken before the statement, and the call is the question whether there is one. */
export function tryGetValue(
	map: ScriptExpression,
	type: MapType,
	[key, out]: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const { before } = scope
	if (key === undefined || out?.value.kind !== 'name')
		return outside('TryGetValue into something that is no local', { line })
	if (before === undefined) return outside('TryGetValue where it may not be evaluated', { line })
	const held = scope.fresh('key', keyType(type))
	const asked: ScriptExpression = { kind: 'local', name: held, type: keyType(type), line }
	before.push({
		kind: 'set',
		target: { kind: 'local', name: held },
		value: bindAs(key.value, keyType(type), scope),
		declares: true,
		line,
	})
	if (out.declares === true) scope.declare(out.value.name, type.of)
	const local = scope.local(out.value.name)
	const target = local ?? scope.field(out.value.name)
	if (target === undefined || !sameType(target.type, type.of))
		return outside('TryGetValue into a value of another type', { line })
	const there = callOf('Map.ContainsKey', [map, asked], scriptTypes.boolean, line)
	const found = callOf('Map.Item', [map, asked], type.of, line)
	before.push({
		kind: 'set',
		target: { kind: local === undefined ? 'field' : 'local', name: target.name },
		value: { kind: 'choose', condition: there, then: found, otherwise: defaultOf(type.of, line), type: type.of, line },
		declares: out.declares === true,
		line,
	})
	return there
}

/** `foreach (var pair in map)`: a loop over the keys, in which the pair is its key and what the map has for it. */
export function forEachPair(
	statement: Extract<Statement, { kind: 'foreach' }>,
	source: ScriptExpression,
	type: MapType,
	scope: MethodScope,
): readonly ScriptStatement[] {
	const { line } = statement
	if (type.isUntyped === true) return outside('the order of a Hashtable, which is not documented', statement)
	const isHeld = source.kind === 'local' || source.kind === 'field'
	const name = isHeld ? '' : scope.fresh('pairs', type)
	const map: ScriptExpression = isHeld ? source : { kind: 'local', name, type, line }
	const first: readonly ScriptStatement[] = isHeld
		? []
		: [{ kind: 'set', target: { kind: 'local', name }, value: source, declares: true, line }]
	return scope.inBlock(() => {
		const local = scope.fresh(`${statement.name}_key`, keyType(type))
		const key: ScriptExpression = { kind: 'local', name: local, type: keyType(type), line }
		const pair = scope.declare(statement.name, { kind: 'thing', name: 'Pair' })
		scope.pairs.set(pair.name, { key, value: callOf('Map.Item', [map, key], type.of, line) })
		scope.known = new Set()
		scope.loops += 1
		const body = bindBody(statement.body, scope)
		scope.loops -= 1
		scope.known = new Set()
		const keys = callOf('Map.Keys', [map], listOf(keyType(type)), line)
		return [...first, { kind: 'for-each', local, source: keys, body, line }]
	})
}

/** `pair.Key`, `pair.Value`. */
export function pairMember(target: Syntax, name: string, scope: MethodScope): ScriptExpression | undefined {
	const local = target.kind === 'name' ? scope.local(target.name) : undefined
	const pair = local === undefined ? undefined : scope.pairs.get(local.name)
	if (pair === undefined) return undefined
	return name.toLowerCase() === 'key' ? pair.key : name.toLowerCase() === 'value' ? pair.value : undefined
}
