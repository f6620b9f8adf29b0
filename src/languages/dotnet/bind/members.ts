/** `a.b` without a call: properties, fields of `this`, constants of types. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import type { Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { outside } from './outside.ts'
import { bind, bindCall } from './recursion.ts'
import { regexOptions } from './regular-expressions.ts'
import type { MethodScope } from './scope.ts'
import { lastPart, ownerOf } from './types.ts'

type Member = Extract<Syntax, { kind: 'member' }>

export function bindMember(node: Member, scope: MethodScope): ScriptExpression {
	const { name, line, target } = node
	if (node.conditional) return outside('?.', node)
	if (target.kind === 'name' && target.name === 'this') return bind({ kind: 'name', name, line }, scope)
	const type = staticName(target, scope)
	if (type !== undefined) {
		if (type === 'string' && name.toLowerCase() === 'empty')
			return { kind: 'literal', value: '', type: scriptTypes.string, line }
		if (type === 'environment' && name.toLowerCase() === 'newline')
			return { kind: 'literal', value: '\r\n', type: scriptTypes.string, line }
		if (type === 'guid' && name.toLowerCase() === 'empty')
			return { kind: 'literal', value: '00000000-0000-0000-0000-000000000000', type: scriptTypes.uuid, line }
		if (type === 'regexoptions') return optionOf(name, node)
		if (type === 'commandtype' && /^(?:text|storedprocedure)$/i.test(name))
			return { kind: 'literal', value: name.toLowerCase() !== 'text', type: scriptTypes.boolean, line }
		const [found] = overloads(type, name, true)
		if (found !== undefined && found.parameters.length === 0) return callOf(found.id, [], found.result, line)
		if (scope.class.language === 'csharp' || overloads(type, name, true).length === 0)
			return outside(`${shown(target)}.${name}`, node)
		return bindCall({ kind: 'call', target: node, args: [], typeArgs: [], line }, scope)
	}
	const value = bind(target, scope)
	const owner = ownerOf(value.type)
	const found = overloads(owner, name, false).find(({ parameters }) => parameters.length === 1)
	if (found === undefined) return outside(`${name} of a ${scriptTypeKey(value.type)}`, node)
	// Methods are only called without parentheses in Visual Basic.
	return callOf(found.id, [value], found.result, line)
}

/** An option of regular expressions, as its number. */
function optionOf(name: string, { line }: Member): ScriptExpression {
	const value = Object.hasOwn(regexOptions, name.toLowerCase()) ? regexOptions[name.toLowerCase()] : undefined
	return value === undefined
		? outside(`RegexOptions.${name}`, { line })
		: { kind: 'literal', value, type: scriptTypes.int, line }
}

/** The type that a name means where no local, field or row has it. */
export function staticName(node: Syntax, scope: MethodScope): string | undefined {
	if (node.kind === 'type') return lastPart(alias(node.type.name.toLowerCase()))
	const path = pathOf(node)
	if (path === undefined) return undefined
	const [first] = path
	if (first === undefined || scope.local(first) !== undefined || scope.field(first) !== undefined || scope.isRow(first))
		return undefined
	const name = alias(lastPart(path.join('.')).toLowerCase())
	return known.has(name) ? name : undefined
}

/** Names separated by points. */
export function pathOf(node: Syntax): readonly string[] | undefined {
	if (node.kind === 'name') return [node.name]
	if (node.kind !== 'member') return undefined
	const before = pathOf(node.target)
	return before === undefined ? undefined : [...before, node.name]
}

const alias = (name: string): string =>
	({
		date: 'datetime',
		integer: 'int32',
		int: 'int32',
		long: 'int64',
		short: 'int16',
		bool: 'boolean',
		single: 'float32',
		float: 'float32',
		byte: 'byte',
	})[name] ?? name

const known: ReadonlySet<string> = new Set([
	'string',
	'char',
	'math',
	'convert',
	'datetime',
	'datetimeoffset',
	'timespan',
	'guid',
	'encoding',
	'bitconverter',
	'environment',
	'regex',
	'file',
	'directory',
	'path',
	'int16',
	'int32',
	'int64',
	'uint16',
	'uint32',
	'uint64',
	'byte',
	'double',
	'decimal',
	'boolean',
	'float32',
	'streamreader',
	'md5',
	'sha1',
	'sha256',
	'sha384',
	'sha512',
	'streamwriter',
	'console',
	'debug',
	'trace',
	'cultureinfo',
	'datetimestyles',
	'numberstyles',
	'stringcomparison',
	'regexoptions',
	'commandtype',
	'stringsplitoptions',
])

export const shown = (node: Syntax): string => pathOf(node)?.join('.') ?? (node.kind === 'type' ? node.type.name : 'it')
