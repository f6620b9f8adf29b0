/** `new X(…)`. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import type { Syntax } from '../syntax.ts'
import { checked } from './check.ts'
import { callOf, coerce } from './coerce.ts'
import { mapWithComparer, setWithComparer } from './comparers.ts'
import { mapOf } from './dictionaries.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { choose } from './overloads.ts'
import { classOf, newObject } from './own-classes.ts'
import { openedDatabase } from './own-connections.ts'
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
	if (type?.kind === 'set') return newSet(node, type, scope)
	if (type?.kind === 'map') {
		return newMap(node, type, scope)
	}
	if (name.toLowerCase() === 'guid' && args.length === 1 && args[0] !== undefined)
		return guid(args[0].value, scope, line)
	if (/^uri$/i.test(name) && args.length === 1 && args[0] !== undefined)
		return bindAs(args[0].value, scriptTypes.string, scope)
	if (type !== undefined && scriptTypeKey(type) === 'string') return newText(node, scope)
	if (name.toLowerCase() === 'regex') return newRegex(args, scope, line)
	const values = args.filter(({ value }) => !isKind(value)).map(({ value }) => bind(value, scope))
	const [text] = type !== undefined && scriptTypeKey(type) === 'Connection' ? values : []
	const opened = text === undefined ? undefined : openedDatabase(text, scope)
	if (opened !== undefined) return opened
	if (type !== undefined && scriptTypeKey(type) === 'StringBuilder') return newBuilder(values, type, line)
	const found = choose(
		overloads(name.toLowerCase() === 'date' ? 'DateTime' : name, 'new', true),
		values,
		scope.class.language,
	)
	if (found === undefined) return outside(`new ${name}`, node)
	const made = type ?? found.operation.result ?? expected ?? scriptTypes.object
	return checked(callOf(found.operation.id, found.args, made, line))
}

/** `DateTimeKind.Utc`: moments are those of UTC here, of whatever kind they are (RG-D004). */
const isKind = (node: Syntax): boolean => pathOf(node)?.at(-2)?.toLowerCase() === 'datetimekind'

/** A text builder is empty, or begins with a text; numbers are room for characters, which are not there yet. */
function newBuilder(values: readonly ScriptExpression[], type: ScriptType, line: number): ScriptExpression {
	const [text] = values.filter((one) => scriptTypeKey(one.type) === 'string')
	return text === undefined
		? callOf('StringBuilder.new', [], type, line)
		: callOf('StringBuilder.of', [text], type, line)
}

/** Empty, or with its items; a number is room for items. */
function newMap(node: New, written: Extract<ScriptType, { kind: 'map' }>, scope: MethodScope): ScriptExpression {
	const { line } = node
	const { type, rest } = mapWithComparer(written, node.args)
	const others = rest.map(({ value }) => bind(value, scope))
	if (others.some((one) => scriptTypeKey(one.type) !== 'int32'))
		return outside('a dictionary that is made of something', node)
	return node.items === undefined ? callOf('Map.new', [], type, line) : mapOf(node.items, type, scope, line)
}

/** `new string('-', 10)`, `new string(characters)`. */
function newText({ args, line }: New, scope: MethodScope): ScriptExpression {
	const values = args.map(({ value }) => bind(value, scope))
	const [first] = values
	const found = choose(overloads('String', 'new', true), values, scope.class.language)
	if (found === undefined || (first?.type.kind === 'list' && first.type.of.kind !== 'char'))
		return outside('new String', { line })
	return callOf(found.operation.id, found.args, scriptTypes.string, line)
}

function newList(node: New, type: Extract<ScriptType, { kind: 'list' }>, scope: MethodScope): ScriptExpression {
	const { line } = node
	const items = node.items?.map((item) => coerce(bind(item, scope, type.of), type.of, scope.class.language))
	if (items !== undefined) return { kind: 'list', items, type, line }
	const [only] = node.args
	if (only === undefined) return callOf('List.new', [], type, line)
	const given = bind(only.value, scope, type)
	// A number is room for items, which are not there yet.
	if (scriptTypeKey(given.type) === 'int32') return callOf('List.new', [], type, line)
	// What is put on a stack last comes first.
	const isStack = lastPart(node.type.name).toLowerCase() === 'stack'
	return scriptTypeKey(given.type) === scriptTypeKey(type)
		? callOf(isStack ? 'List.Reverse' : 'List.ToList', [given], type, line)
		: outside(`a list made of a ${scriptTypeKey(given.type)}`, node)
}

function newSet(node: New, given: Extract<ScriptType, { kind: 'set' }>, scope: MethodScope): ScriptExpression {
	const { line, items = [] } = node
	const { type, rest: args } = setWithComparer(given, node.args)
	const list = listOf(type.of)
	const [only] = args
	const written = items.map((item) => coerce(bind(item, scope, type.of), type.of, scope.class.language))
	const source: ScriptExpression =
		only === undefined ? { kind: 'list', items: written, type: list, line } : bindAs(only.value, list, scope)
	if (args.length > 1 || (only !== undefined && items.length > 0)) return outside('a set made of several things', node)
	return callOf('Set.new', [source], type, line)
}

/** The text of a Guid, in any of its forms, as one value. */
function guid(node: Syntax, scope: MethodScope, line: number): ScriptExpression {
	const text = bindAs(node, scriptTypes.string, scope)
	const written = text.kind === 'literal' && typeof text.value === 'string' ? text.value.replace(/[{}()-]/g, '') : ''
	if (!/^[0-9a-f]{32}$/i.test(written)) return outside('a Guid whose text is not known', node)
	const value = written.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
	return { kind: 'literal', value, type: scriptTypes.uuid, line }
}
