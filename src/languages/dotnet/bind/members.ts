/** `a.b` without a call: properties, fields of `this`, constants of types. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Value } from '#model/values.ts'
import { overloads } from '../catalogue.ts'
import { compressionConstants } from '../operations/compression.ts'
import { fileConstants } from '../operations/file-handles.ts'
import type { Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { pairMember } from './dictionaries.ts'
import { weekdayConstants } from './enumerations.ts'
import { nullableMember } from './nullables.ts'
import { numberLimits } from './number-limits.ts'
import { outside } from './outside.ts'
import { classNamed, classOf, ownMember } from './own-classes.ts'
import { bind, bindCall } from './recursion.ts'
import { regexOptions } from './regular-expressions.ts'
import type { MethodScope } from './scope.ts'
import { lastPart, ownerOf, resultOf } from './types.ts'

type Member = Extract<Syntax, { kind: 'member' }>

export function bindMember(node: Member, scope: MethodScope): ScriptExpression {
	const { name, line, target } = node
	const awaited = awaitedCall(node)
	if (awaited !== undefined) return bind(awaited, scope)
	if (node.conditional) return outside('?.', node)
	const pair = pairMember(target, name, scope)
	if (pair !== undefined) return pair
	const own = memberOfOwn(node, scope)
	if (own !== undefined) return own
	const type = staticName(target, scope)
	if (type !== undefined) {
		const constant = constantOf(type, name, line)
		if (constant !== undefined) return constant
		if (type === 'regexoptions') return outside(`RegexOptions.${name}`, node)
		const [found] = overloads(type, name, true)
		if (found !== undefined && found.parameters.length === 0) return callOf(found.id, [], found.result, line)
		if (scope.class.language === 'csharp' || overloads(type, name, true).length === 0)
			return outside(`${shown(target)}.${name}`, node)
		return bindCall({ kind: 'call', target: node, args: [], typeArgs: [], line }, scope)
	}
	const value = bind(target, scope)
	const holder = classOf(value.type, scope)
	if (holder !== undefined) return ownMember(value, holder, name, scope, line) ?? calledBare(node, scope)
	const missing = nullableMember(value, name, [], scope.class.language)
	if (missing !== undefined) return missing
	const owner = ownerOf(value.type)
	const found = overloads(owner, name, false).find(({ parameters }) => parameters.length === 1)
	if (found === undefined) {
		const isText = scope.class.language === 'vb' && name.toLowerCase() === 'tostring'
		return isText ? calledBare(node, scope) : outside(`${name} of a ${scriptTypeKey(value.type)}`, node)
	}
	if (value.type.kind === 'map' && value.type.isUntyped === true && /^(?:keys|values)$/i.test(name))
		return outside('the order of a Hashtable, which is not documented', node)
	// Methods are only called without parentheses in Visual Basic.
	return callOf(found.id, [value], resultOf(found, value), line)
}

/** `client.GetAsync(url).Result`: what is asked for is waited for. */
const awaitedCall = ({ name, target }: Member): Syntax | undefined =>
	name === 'Result' && target.kind === 'call' && target.target.kind === 'member' && /Async$/.test(target.target.name)
		? target
		: undefined

/** A member of the script's own: of `this`, or of one of its classes. */
function memberOfOwn(node: Member, scope: MethodScope): ScriptExpression | undefined {
	const { name, line, target } = node
	if (target.kind === 'name' && target.name === 'this') {
		const own = scope.holder === undefined ? undefined : ownMember(scope.self, scope.holder, name, scope, line)
		const field = scope.holder === undefined ? scope.field(name) : undefined
		if (field !== undefined) return { kind: 'field', name: field.name, type: field.type, line }
		return own ?? bind({ kind: 'name', name, line }, scope)
	}
	const holder = classNamed(target, scope)
	return holder === undefined ? undefined : (ownMember(undefined, holder, name, scope, line) ?? calledBare(node, scope))
}

/** Methods are only called without parentheses in Visual Basic. */
function calledBare(node: Member, scope: MethodScope): ScriptExpression {
	if (scope.class.language === 'csharp') return outside(`${shown(node.target)}.${node.name}`, node)
	return bindCall({ kind: 'call', target: node, args: [], typeArgs: [], line: node.line }, scope)
}

/** Categories of characters by the two letters of Unicode (Microsoft: UnicodeCategory). */
const unicodeCategories = [
	['uppercaseletter', 'Lu'],
	['lowercaseletter', 'Ll'],
	['titlecaseletter', 'Lt'],
	['modifierletter', 'Lm'],
	['otherletter', 'Lo'],
	['nonspacingmark', 'Mn'],
	['spacingcombiningmark', 'Mc'],
	['enclosingmark', 'Me'],
	['decimaldigitnumber', 'Nd'],
	['spaceseparator', 'Zs'],
	['control', 'Cc'],
	['format', 'Cf'],
	['dashpunctuation', 'Pd'],
	['otherpunctuation', 'Po'],
] as const

/** Constants and values of enumerations, by their names in small letters. */
const constants: Readonly<Record<string, readonly [value: Value, type: ScriptType]>> = {
	'string.empty': ['', scriptTypes.string],
	'midpointrounding.toeven': ['even', scriptTypes.string],
	'midpointrounding.awayfromzero': ['away', scriptTypes.string],
	'normalizationform.formc': ['NFC', scriptTypes.string],
	'normalizationform.formd': ['NFD', scriptTypes.string],
	'normalizationform.formkc': ['NFKC', scriptTypes.string],
	'normalizationform.formkd': ['NFKD', scriptTypes.string],
	...Object.fromEntries(
		unicodeCategories.map(([name, short]) => [`unicodecategory.${name}`, [short, scriptTypes.string] as const]),
	),
	'environment.newline': ['\r\n', scriptTypes.string],
	'guid.empty': ['00000000-0000-0000-0000-000000000000', scriptTypes.uuid],
	// A null of the database, as cells have it.
	'dbnull.value': [null, { kind: 'thing', name: 'Cell' }],
	'commandtype.text': [false, scriptTypes.boolean],
	'commandtype.storedprocedure': [true, scriptTypes.boolean],
	'stringsplitoptions.none': [false, scriptTypes.boolean],
	'stringsplitoptions.removeemptyentries': [true, scriptTypes.boolean],
	'httprequestheader.authorization': ['Authorization', scriptTypes.string],
	'httprequestheader.contenttype': ['Content-Type', scriptTypes.string],
	'httprequestheader.accept': ['Accept', scriptTypes.string],
	'httprequestheader.useragent': ['User-Agent', scriptTypes.string],
	'httprequestheader.cookie': ['Cookie', scriptTypes.string],
	...weekdayConstants,
	...fileConstants,
	...numberLimits,
	'calendarweekrule.firstday': [0n, scriptTypes.int],
	'calendarweekrule.firstfullweek': [1n, scriptTypes.int],
	'calendarweekrule.firstfourdayweek': [2n, scriptTypes.int],
	...compressionConstants,
	'searchoption.topdirectoryonly': [false, scriptTypes.boolean],
	'searchoption.alldirectories': [true, scriptTypes.boolean],
	'mailpriority.low': ['low', scriptTypes.string],
	'mailpriority.normal': ['normal', scriptTypes.string],
	'mailpriority.high': ['high', scriptTypes.string],
	...Object.fromEntries(
		Object.entries(regexOptions).map(([name, value]) => [`regexoptions.${name}`, [value, scriptTypes.int] as const]),
	),
}

function constantOf(owner: string, name: string, line: number): ScriptExpression | undefined {
	const key = `${owner}.${name}`.toLowerCase()
	const [value, type] = (Object.hasOwn(constants, key) ? constants[key] : undefined) ?? []
	return value === undefined || type === undefined ? undefined : { kind: 'literal', value, type, line }
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
	'dayofweek',
	'thread',
	'zipfile',
	'filemode',
	'compressionmode',
	'compressionlevel',
	'ziparchivemode',
	'fileaccess',
	'fileshare',
	'dbnull',
	'timespan',
	'guid',
	'encoding',
	'bitconverter',
	'environment',
	'regex',
	'file',
	'webrequest',
	'httpwebrequest',
	'httprequestheader',
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
	'midpointrounding',
	'normalizationform',
	'unicodecategory',
	'charunicodeinfo',
	'uri',
	'securityelement',
	'webutility',
	'httputility',
	'calendarweekrule',
	'array',
	'datetimekind',
	'stringcomparer',
	'datetimestyles',
	'numberstyles',
	'stringcomparison',
	'regexoptions',
	'commandtype',
	'mailpriority',
	'stringsplitoptions',
	'searchoption',
])

export const shown = (node: Syntax): string => pathOf(node)?.join('.') ?? (node.kind === 'type' ? node.type.name : 'it')
