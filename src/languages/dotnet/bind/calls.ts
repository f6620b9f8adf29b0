/** Calls: methods of the script, of the runtime's types, and the functions of Visual Basic. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import { readWithOffset } from '../operations/moment-text.ts'
import type { Argument, ClassSyntax, ScriptLanguage, Syntax } from '../syntax.ts'
import { arrayCall } from './arrays.ts'
import { builderCall, unchained } from './builders.ts'
import { checked } from './check.ts'
import { callOf, castTo, coerce, convert, parseOf, textOf } from './coerce.ts'
import { comparedText, staticEquals } from './comparisons.ts'
import { isCulture, isNamedCulture } from './culture.ts'
import { tableCall } from './data-tables.ts'
import { itemByKey, tryGetValue } from './dictionaries.ts'
import { enumCall } from './enumeration-calls.ts'
import { formatted } from './formatted.ts'
import { pathOf, shown, staticName } from './members.ts'
import { nullableMember } from './nullables.ts'
import { outside } from './outside.ts'
import { choose } from './overloads.ts'
import { classNamed, classOf } from './own-classes.ts'
import { callOwn } from './own-methods.ts'
import { asItems, queryCall } from './queries.ts'
import { readerCell } from './reader-cells.ts'
import { bind, bindAs, bindIndex } from './recursion.ts'
import { regexMethod, staticRegex } from './regular-expressions.ts'
import type { MethodScope } from './scope.ts'
import { joinedTexts, textCall } from './text-calls.ts'
import { thingCall } from './thing-calls.ts'
import { tryParse } from './try-parse.ts'
import { isEnumeration, knownType, ownerOf, resultOf, sameType, underlying } from './types.ts'
import { readByAccessor } from './variable-accessors.ts'
import { isVbModule, vbFunction } from './vb-functions.ts'

type Call = Extract<Syntax, { kind: 'call' }>

const { string, object } = scriptTypes

export function bindCall(node: Call, scope: MethodScope): ScriptExpression {
	const { target, args, line } = node
	const named = nameOf(node, scope)
	if (named !== undefined) return { kind: 'literal', value: named, type: string, line }
	if (
		target.kind === 'name' ||
		(target.kind === 'member' && target.target.kind === 'name' && target.target.name === 'this')
	) {
		const own = ownCall(target.name, args, scope, line)
		if (own !== undefined) return own
	}
	const enumerated = enumCall(node, scope)
	if (enumerated !== undefined) return enumerated
	// `client.GetAsync(url).GetAwaiter().GetResult()`: what is asked for is waited for.
	const awaiter = target.kind === 'member' && target.name === 'GetResult' ? target.target : undefined
	if (awaiter?.kind === 'call' && awaiter.target.kind === 'member' && awaiter.target.name === 'GetAwaiter')
		return bind(awaiter.target.target, scope)
	if (target.kind === 'member')
		return ofModule(node, target, scope) ?? tableCall(node, scope) ?? memberCall(node, target, scope)
	// In Visual Basic parentheses are an index, too.
	if (scope.class.language === 'vb')
		return bindIndex(
			target,
			args.map(({ value }) => value),
			scope,
			line,
		)
	return outside(`the call of ${shown(target)}`, node)
}

/** `Strings.Left(x, 2)`, and in Visual Basic the index of a column: `Row.Name(0)`. */
function ofModule(
	{ args, line }: Call,
	target: Extract<Syntax, { kind: 'member' }>,
	scope: MethodScope,
): ScriptExpression | undefined {
	if (scope.class.language !== 'vb') return undefined
	const path = pathOf(target.target) ?? []
	const [first] = path
	if (first === undefined) return undefined
	if (path.length === 1 && scope.isRow(first))
		return bindIndex(
			target,
			args.map(({ value }) => value),
			scope,
			line,
		)
	if (scope.local(first) !== undefined || scope.field(first) !== undefined || !isVbModule(path)) return undefined
	return vbFunction(target.name, args, scope, line)
}

/** `nameof(a.b)` is the last name in it. */
function nameOf({ target, args }: Call, scope: MethodScope): string | undefined {
	const [only] = args
	if (target.kind !== 'name' || !/^nameof$/i.test(target.name) || scope.methods(target.name).length > 0)
		return undefined
	return only === undefined ? undefined : pathOf(only.value)?.at(-1)
}

function ownCall(
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	if (scope.local(name) !== undefined || scope.field(name) !== undefined) return undefined
	const variable = readByAccessor(name, args, scope, line)
	if (variable !== undefined) return variable
	const methods = scope.methods(name)
	if (methods.length === 0) return scope.class.language === 'vb' ? vbFunction(name, args, scope, line) : undefined
	const isOnObject = methods.some(({ self }) => self !== undefined)
	if (isOnObject && scope.self === undefined) return outside(`${name} without an object`, { line })
	return callOwn(methods, isOnObject ? scope.self : undefined, args, scope, line)
}

/** A method of a class of the script's own, on an object or on the class itself. */
function callMember(
	holder: ClassSyntax,
	object: ScriptExpression | undefined,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const methods = scope.methodsOf(holder, name).filter(({ self }) => (self === undefined) === (object === undefined))
	return methods.length === 0
		? outside(`${name} of ${holder.name}`, { line })
		: callOwn(methods, object, args, scope, line)
}

/** Methods of own classes that can be called as members of such a value. */
function extensionFor(value: ScriptExpression, name: string, scope: MethodScope) {
	return [...scope.class.classes.values()].flatMap((holder) =>
		scope.methodsOf(holder, name).filter(({ syntax, parameters }) => {
			const type = syntax.parameters[0]?.isReceiver === true ? parameters[0]?.type : undefined
			return type !== undefined && sameType(type, value.type)
		}),
	)
}

/** Members that are no operations of the catalogue: of own classes, of dictionaries, of values that may be missing, of LINQ. */
function specialCall(
	value: ScriptExpression,
	{ args, line }: Call,
	{ name, target }: Extract<Syntax, { kind: 'member' }>,
	scope: MethodScope,
): ScriptExpression | undefined {
	const own = classOf(value.type, scope)
	if (own !== undefined) return callMember(own, value, name, args, scope, line)
	if (value.type.kind === 'map' && name.toLowerCase() === 'trygetvalue')
		return tryGetValue(value, value.type, args, scope, line)
	const [key] = args
	if (value.type.kind === 'map' && name.toLowerCase() === 'item' && key !== undefined && args.length === 1)
		return itemByKey(value, value.type, key.value, scope, line)
	const extension = extensionFor(value, name, scope)
	if (extension.length > 0)
		return callOwn(extension, undefined, [{ value: target, byReference: false }, ...args], scope, line)
	if (underlying(value.type) !== undefined) {
		const given = args.map((one) => bind(one.value, scope))
		return nullableMember(value, name, given, scope.class.language)
	}
	return queryCall(value, name, args, scope, line)
}

function memberCall(node: Call, target: Extract<Syntax, { kind: 'member' }>, scope: MethodScope): ScriptExpression {
	const { args, line } = node
	const { name } = target
	if (target.conditional) return outside('?.', node)
	const holder = classNamed(target.target, scope)
	if (holder !== undefined) return callMember(holder, undefined, name, args, scope, line)
	const named = args.find((one) => one.name !== undefined)
	const type = staticName(target.target, scope)
	if (type !== undefined && named === undefined) return staticCall(type, name, node, scope)
	const value = unchained(bind(target.target, scope), scope)
	const special = specialCall(value, node, target, scope)
	if (special !== undefined) return special
	if (args.some(({ byReference }) => byReference))
		return outside(`${name} with a parameter that is given by reference`, node)
	if (named !== undefined) return outside(`a parameter called ${named.name ?? ''}`, node)
	const key = scriptTypeKey(value.type)
	const [first] = args
	const cell = readerCell(value, name, args, scope, line)
	if (cell !== undefined) return cell
	if (key === 'Regex') return regexMethod(value, name, args, scope, line)
	const told =
		builderCall(value, name, args, scope, line) ??
		comparedText(value, name, args, scope, line) ??
		thingCall(value, name, args, scope, line)
	if (told !== undefined) return told
	if (name.toLowerCase() === 'tostring' && (value.type.kind !== 'thing' || isEnumeration(value.type)))
		return textCalled(value, args, scope, node)
	const given = args.map((argument) => bind(argument.value, scope))
	const values = asItems(value, name, given, scope)
	const found = choose(overloads(ownerOf(value.type), name, false), [value, ...values], scope.class.language)
	if (found === undefined) {
		const shown = args.length === 0 ? '' : ` with ${values.map((one) => scriptTypeKey(one.type)).join(', ')}`
		return (
			propertyItem(value, target, first, args.length, scope) ??
			sharedCall(value, name, given, scope, line) ??
			outside(`${name} of a ${key}${shown}`, node)
		)
	}
	return checked(callOf(found.operation.id, found.args, resultOf(found.operation, value), line))
}

/** In Visual Basic `row.Items(0)` is an item of the property. */
function propertyItem(
	value: ScriptExpression,
	target: Extract<Syntax, { kind: 'member' }>,
	first: Argument | undefined,
	count: number,
	scope: MethodScope,
): ScriptExpression | undefined {
	if (scope.class.language !== 'vb' || count !== 1 || first === undefined) return undefined
	const known = overloads(ownerOf(value.type), target.name, false).some(({ parameters }) => parameters.length === 1)
	return known ? bindIndex(target, [first.value], scope, target.line) : undefined
}

/** Visual Basic reaches a shared method through a variable of its class, too, and does not look at the variable (BC42025). */
function sharedCall(
	value: ScriptExpression,
	name: string,
	given: readonly ScriptExpression[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	if (scope.class.language !== 'vb' || (value.kind !== 'local' && value.kind !== 'field')) return undefined
	const found = choose(overloads(ownerOf(value.type), name, true), given, scope.class.language)
	return found === undefined ? undefined : checked(callOf(found.operation.id, found.args, found.operation.result, line))
}

/** `x.ToString()`, with a format or without one. */
function textCalled(
	value: ScriptExpression,
	args: readonly Argument[],
	scope: MethodScope,
	node: Call,
): ScriptExpression {
	const [first] = args
	if (first === undefined) return textOf(value)
	const isMoment = scriptTypeKey(value.type) === 'timestamp'
	const [culture] = args.slice(-1).filter((one) => isCulture(one.value, scope))
	const isNamed = culture !== undefined && isNamedCulture(culture.value)
	if (culture === first)
		return isMoment && isNamed ? outside('the text of a moment in a culture of its own', node) : textOf(value)
	const pattern = bind(first.value, scope)
	if (args.length > (culture === undefined ? 1 : 2)) return outside('ToString with several values', node)
	if (pattern.kind !== 'literal' || typeof pattern.value !== 'string')
		return outside('a format that is only known at run time', node)
	// Formats of one letter are patterns of the culture, but for those that are the same everywhere (.NET: standard formats).
	if (isMoment && isNamed && /^[^osruOR]$/.test(pattern.value)) return outside('a date format of a culture', node)
	return formatted(value, pattern.value, node.line)
}

const toTypes: Readonly<Record<string, string>> = {
	toint16: 'short',
	toint32: 'int',
	toint64: 'long',
	todouble: 'double',
	todecimal: 'decimal',
	toboolean: 'bool',
	todatetime: 'datetime',
	tostring: 'string',
	tobyte: 'byte',
	tosbyte: 'sbyte',
	touint16: 'ushort',
	touint32: 'uint',
	touint64: 'ulong',
	tosingle: 'float',
}

/** `Convert.ToInt32(x)`, `int.Parse(x)`. */
function convertCall(
	type: string,
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
): ScriptExpression | undefined {
	const [first, ...rest] = args
	if (first === undefined) return undefined
	const named = (written: string): ScriptType | undefined =>
		knownType({ name: written, args: [], dimensions: 0, nullable: false })
	const target = type === 'convert' ? toTypes[name] : undefined
	const isPlain = name === 'tostring' ? rest.length === 0 : rest.every(({ value }) => isCulture(value, scope))
	if (target !== undefined && isPlain) {
		const value = bind(first.value, scope)
		return name === 'tostring' ? textOf(value) : castTo(value, named(target) ?? object, 'convert', scope.class.language)
	}
	if (name !== 'parse' || !rest.every(({ value }) => isCulture(value, scope))) return undefined
	const wanted = named(type === 'datetime' ? 'DateTime' : type)
	return wanted === undefined ? undefined : parseOf(bindAs(first.value, string, scope), wanted)
}

function staticCall(type: string, name: string, node: Call, scope: MethodScope): ScriptExpression {
	const { args, line } = node
	const lower = name.toLowerCase()
	if (type === 'regex') return staticRegex(name, args, scope, line)
	const changed = type === 'array' ? arrayCall(lower, args, scope, line) : undefined
	if (changed !== undefined) return changed
	if (lower === 'tryparse' || lower === 'tryparseexact') return tryParse(type, lower, args, scope, line)
	if (args.some(({ byReference }) => byReference))
		return outside(`${name} with a parameter that is given by reference`, node)
	if (type === 'guid' && lower === 'newguid' && scope.class.contract.component !== undefined)
		return rowIdentifier(scope, line)
	if (type === 'datetimeoffset' && lower === 'parse') return offsetMoment(node, scope)
	const equals = type === 'string' && lower === 'equals' ? staticEquals(args, scope, line) : undefined
	if (equals !== undefined) return equals
	const special = type === 'string' ? textCall(lower, args, scope, line) : convertCall(type, lower, args, scope)
	if (special !== undefined) return special
	const given = lower === 'parseexact' ? args.filter(({ value }) => !isCulture(value, scope)) : args
	const values = given.map(({ value }) => bind(value, scope))
	const joined = type === 'string' && lower === 'join' ? joinedTexts(values, scope, line) : values
	const number = type === 'math' ? mathCall(lower, joined, scope.class.language, line) : undefined
	if (number !== undefined) return number
	const found = choose(overloads(type, name, true), joined, scope.class.language)
	if (found === undefined)
		return outside(
			`${shown(node.target)}${values.length === 0 ? '' : ` with ${values.map((one) => scriptTypeKey(one.type)).join(', ')}`}`,
			node,
		)
	return checked(callOf(found.operation.id, found.args, found.operation.result, line))
}

/** Where rows pass, new identifiers come one after another out of a field of the script. */
function rowIdentifier(scope: MethodScope, line: number): ScriptExpression {
	const name = 'new identifiers'
	const type: ScriptType = { kind: 'thing', name: 'Identifiers' }
	const component: ScriptExpression = {
		kind: 'literal',
		value: scope.class.contract.component ?? '',
		type: string,
		line,
	}
	const initial = callOf('Identifiers.new', [component], type, line)
	const { fields } = scope.class
	if (!fields.has(name)) fields.set(name, { name, type, initial, isConstant: false, line })
	return callOf('Identifiers.Next', [{ kind: 'field', name, type, line }], scriptTypes.uuid, line)
}

/** `DateTimeOffset.Parse("…")` of a text that is known: the moment in UTC, as columns with an offset hold it. */
function offsetMoment({ args, line }: Call, scope: MethodScope): ScriptExpression {
	const [only] = args
	const text = only === undefined || args.length > 1 ? undefined : bindAs(only.value, string, scope)
	const value = text?.kind === 'literal' && typeof text.value === 'string' ? readWithOffset(text.value) : undefined
	if (value === undefined) return outside('a DateTimeOffset whose text is not known, or not understood', { line })
	return { kind: 'literal', value, type: { kind: 'thing', name: 'DateTimeOffset' }, line }
}

/** `Math.Max` and its kin take any one kind of number. */
function mathCall(
	name: string,
	values: readonly ScriptExpression[],
	language: ScriptLanguage,
	line: number,
): ScriptExpression | undefined {
	const [left, right] = values
	if (left === undefined || !['abs', 'max', 'min'].includes(name)) return undefined
	const type =
		right === undefined || sameType(left.type, right.type)
			? left.type
			: convert(right, left.type, 'csharp') === undefined
				? right.type
				: left.type
	const args = values.map((value) => coerce(value, type, language))
	const id = name === 'abs' ? 'Math.Abs' : name === 'max' ? 'Math.Max' : 'Math.Min'
	return callOf(id, args, type, line)
}
