/** Expressions: names resolved, types known, operations of the catalogue. */
import type { ScriptExpression, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { makeBinary } from '#model/values.ts'
import { overloads } from '../catalogue.ts'
import { intOf } from '../operations/numbers.ts'
import type { Syntax } from '../syntax.ts'
import { bindCall } from './calls.ts'
import { callOf, castTo, coerce, decimalLiteral, textOf } from './coerce.ts'
import { comparedWithZero } from './comparisons.ts'
import { componentCall, componentTest } from './component-metadata.ts'
import { shortCircuited } from './conditional-access.ts'
import { heldTable, itemNamed } from './data-tables.ts'
import { itemByKey } from './dictionaries.ts'
import { aligned, formatted } from './formatted.ts'
import { likeOf } from './like.ts'
import { bindNew } from './makings.ts'
import { bindMember } from './members.ts'
import { isComparison, liftedComparison, orElse } from './nullables.ts'
import { binaryOf, concatenated, notNull, unified } from './operators.ts'
import { outside } from './outside.ts'
import { choose } from './overloads.ts'
import { ownMember } from './own-classes.ts'
import { callOwn } from './own-methods.ts'
import { bindPackageObject } from './package-objects.ts'
import type { MethodScope } from './scope.ts'
import { presentWhen } from './scope.ts'
import { typeTest } from './type-tests.ts'
import { isEnumeration, ownerOf, sameType, typeOf, underlying } from './types.ts'
import { isBoxedItem } from './untyped-collections.ts'
import { vbFunction } from './vb-functions.ts'

const { string, boolean, char, object } = scriptTypes

/** Binds an expression. `expected`: the type that its place asks for, where that decides what it is (null, an array). */
export function bind(node: Syntax, scope: MethodScope, expected?: ScriptType): ScriptExpression {
	const { line } = node
	const { language } = scope.class
	const special = bindPackageObject(node, scope) ?? componentCall(node, scope) ?? componentTest(node, scope)
	if (special !== undefined) return special
	const guarded = shortCircuited(node)
	if (guarded !== undefined) return bind(guarded, scope, expected)
	switch (node.kind) {
		case 'literal':
			return literal(node, expected)
		case 'name':
			return bindName(node, scope)
		case 'member':
			return bindMember(node, scope)
		case 'call':
			return bindCall(node, scope)
		case 'index':
			return bindIndex(
				node.target,
				node.args.map(({ value }) => value),
				scope,
				line,
			)
		case 'new':
			return bindNew(node, scope, expected)
		case 'array':
			return bindArray(node, scope, expected)
		case 'unary':
			return bindUnary(node, scope, expected)
		case 'binary':
			return bindBinary(node, scope)
		case 'conditional': {
			const condition = bindCondition(node.condition, scope)
			const then = scope.withoutHoisting(() =>
				scope.knowing(presentWhen(condition, true), () => bind(node.then, scope, expected)),
			)
			const otherwise = scope.withoutHoisting(() =>
				scope.knowing(presentWhen(condition, false), () => bind(node.otherwise, scope, expected)),
			)
			const type = unified(then, otherwise, language) ?? expected
			if (type === undefined) return outside('a choice between values of two types', node)
			return {
				kind: 'choose',
				condition,
				then: coerce(then, type, language),
				otherwise: coerce(otherwise, type, language),
				type,
				line,
			}
		}
		case 'cast':
			return bindCast(node, scope)
		case 'interpolated': {
			const parts = node.parts.map((part): ScriptExpression => {
				if (typeof part === 'string') return { kind: 'literal', value: part, type: string, line }
				const value = bind(part.value, scope)
				const text = part.format === '' ? value : formatted(value, part.format, line)
				return part.width === undefined ? text : aligned(notNull(textOf(text)), widthOf(part.width, scope))
			})
			const [first, ...rest] = parts
			if (first === undefined) return { kind: 'literal', value: '', type: string, line }
			return rest.reduce(
				(left, right) => concatenated(left, right),
				concatenated({ kind: 'literal', value: '', type: string, line }, first),
			)
		}
		case 'type-test':
			return typeTest(node, scope)
		case 'lambda':
			return outside('a lambda as a value', node)
		case 'step':
		case 'assignment':
			return outside('an assignment inside an expression', node)
		case 'type':
			return outside(`the type ${node.type.name} as a value`, node)
		case 'other':
			return outside(node.what, node)
	}
}

/** The room for a text, which C# takes as a constant. */
function widthOf(node: Syntax, scope: MethodScope): number {
	const width = bindAs(node, scriptTypes.int, scope)
	return width.kind === 'literal' && typeof width.value === 'bigint'
		? Number(width.value)
		: outside('a width that is only known at run time', node)
}

export function bindAs(node: Syntax, type: ScriptType, scope: MethodScope): ScriptExpression {
	return coerce(bind(node, scope, type), type, scope.class.language)
}

export const bindCondition = (node: Syntax, scope: MethodScope): ScriptExpression => bindAs(node, boolean, scope)

function literal(node: Extract<Syntax, { kind: 'literal' }>, expected: ScriptType | undefined): ScriptExpression {
	const { line, text } = node
	const number = (bits: 32 | 64, signed: boolean): ScriptExpression => ({
		kind: 'literal',
		value: BigInt(text),
		type: { kind: 'value', type: { kind: 'int', bits, signed } },
		line,
	})
	switch (node.type) {
		case 'int':
			return number(32, true)
		case 'uint':
			return number(32, false)
		case 'long':
			return number(64, true)
		case 'ulong':
			return number(64, false)
		case 'double':
			return { kind: 'literal', value: Number(text), type: scriptTypes.double, line }
		case 'float':
			return { kind: 'literal', value: Math.fround(Number(text)), type: scriptTypes.float, line }
		case 'decimal':
			return { kind: 'literal', value: decimalLiteral(text), type: scriptTypes.decimal, line }
		case 'string':
			return { kind: 'literal', value: text, type: string, line }
		case 'char':
			return { kind: 'literal', value: text, type: char, line }
		case 'boolean':
			return { kind: 'literal', value: text === 'true', type: boolean, line }
		case 'null':
			return { kind: 'literal', value: null, type: expected ?? object, line }
	}
}

function bindName(node: Extract<Syntax, { kind: 'name' }>, scope: MethodScope): ScriptExpression {
	const { name, line } = node
	const local = scope.local(name)
	if (local !== undefined) return { kind: 'local', name: local.name, type: local.type, line }
	const field = scope.field(name)
	const own =
		scope.self === undefined || scope.holder === undefined
			? undefined
			: ownMember(scope.self, scope.holder, name, scope, line)
	if (own !== undefined) return own
	const read =
		field === undefined && scope.holder !== undefined
			? ownMember(undefined, scope.holder, name, scope, line)
			: undefined
	if (read !== undefined) return read
	if (field !== undefined)
		return field.isConstant ? field.initial : { kind: 'field', name: field.name, type: field.type, line }
	if (scope.class.language === 'vb') {
		const constant = vbConstants[name.toLowerCase()]
		if (constant !== undefined) return { kind: 'literal', value: constant, type: string, line }
		if (scope.methods(name).length > 0)
			return bindCall({ kind: 'call', target: node, args: [], typeArgs: [], line }, scope)
		const bare = vbFunction(name, [], scope, line)
		if (bare !== undefined) return bare
	}
	const readers = scope.methods(`get ${name}`)
	if (readers.length > 0) return callOwn(readers, undefined, [], scope, line)
	return outside(`the name ${name} is not understood`, node)
}

const vbConstants: Readonly<Record<string, string>> = {
	vbcrlf: '\r\n',
	vbnewline: '\r\n',
	vblf: '\n',
	vbcr: '\r',
	vbtab: '\t',
	vbnullstring: '',
}

export function bindIndex(target: Syntax, args: readonly Syntax[], scope: MethodScope, line: number): ScriptExpression {
	const list = bind(target, scope)
	const [only, column, ...more] = args
	if (only === undefined || more.length > 0) return outside('an index of several parts', { line })
	if (column !== undefined) return bindIndex(rowOf(target, only, line), [column], scope, line)
	const key = scriptTypeKey(list.type)
	if (list.type.kind === 'map') return itemByKey(list, list.type, only, scope, line)
	if (list.type.kind === 'thing') {
		const found = choose(overloads(ownerOf(list.type), 'Item', false), [list, bind(only, scope)], scope.class.language)
		if (found !== undefined) return callOf(found.operation.id, found.args, found.operation.result, line)
	}
	const byName = list.type.kind === 'list' ? itemNamed(list, bind(only, scope), line) : undefined
	if (byName !== undefined) return byName
	const index = bindAs(only, scriptTypes.int, scope)
	if (list.type.kind === 'list') return callOf('List.Item', [list, index], list.type.of, line)
	if (key === 'string') return callOf('String.Chars', [list, index], char, line)
	if (key === 'binary') return callOf('Bytes.Item', [list, index], scriptTypes.byte, line)
	return outside(`an index into a ${key}`, { line })
}

/** `table[row, column]` is the column of a row. */
export const rowOf = (target: Syntax, row: Syntax, line: number): Syntax => ({
	kind: 'index',
	target,
	args: [{ value: row, byReference: false }],
	line,
})

/** Bytes are one value, which no script of the understood kind changes. */
function bindBytes(node: Extract<Syntax, { kind: 'array' }>, type: ScriptType, scope: MethodScope): ScriptExpression {
	const { line } = node
	const size = node.size === undefined ? undefined : bindAs(node.size, scriptTypes.int, scope)
	if (size !== undefined) {
		if (size.kind !== 'literal' || typeof size.value !== 'bigint')
			return outside('bytes of a size that only the run knows', node)
		return { kind: 'literal', value: makeBinary('00'.repeat(Number(size.value))), type, line }
	}
	const hex = node.items.map((item) => {
		const value = bindAs(item, scriptTypes.byte, scope)
		const number = value.kind === 'literal' && typeof value.value === 'bigint' ? value.value : undefined
		return number === undefined ? outside('bytes that only the run knows', item) : number.toString(16).padStart(2, '0')
	})
	return { kind: 'literal', value: makeBinary(hex.join('')), type, line }
}

function bindArray(
	node: Extract<Syntax, { kind: 'array' }>,
	scope: MethodScope,
	expected: ScriptType | undefined,
): ScriptExpression {
	const { line } = node
	const written =
		node.type === undefined ? undefined : typeOf({ ...node.type, dimensions: Math.max(1, node.type.dimensions) }, node)
	const bytes = written ?? expected
	if (bytes !== undefined && scriptTypeKey(bytes) === 'binary') return bindBytes(node, bytes, scope)
	const type = written ?? (expected?.kind === 'list' ? expected : undefined)
	const items = node.items.map((item) => bind(item, scope, type?.kind === 'list' ? type.of : undefined))
	const [first] = items
	const whole = type ?? (first === undefined ? undefined : listOf(first.type))
	if (whole?.kind !== 'list') return outside('an array of unknown type', node)
	if (node.size !== undefined) {
		const size = bindAs(node.size, scriptTypes.int, scope)
		if (node.columns !== undefined && whole.of.kind === 'list') {
			const columns = bindAs(node.columns, scriptTypes.int, scope)
			return callOf('List.newTable', [size, columns, coerceDefault(whole.of.of, line)], whole, line)
		}
		const empty = coerceDefault(whole.of, line)
		return callOf('List.newSized', [size, empty], whole, line)
	}
	return { kind: 'list', items: items.map((item) => coerce(item, whole.of, scope.class.language)), type: whole, line }
}

function coerceDefault(type: ScriptType, line: number): ScriptExpression {
	const key = scriptTypeKey(type)
	if (intOf(type) !== undefined) return { kind: 'literal', value: 0n, type, line }
	if (key === 'float64') return { kind: 'literal', value: 0, type, line }
	if (key === 'boolean') return { kind: 'literal', value: false, type, line }
	if (key === 'string' || key === 'object') return { kind: 'literal', value: null, type, line }
	return outside(`an array of ${key} with a size`, { line })
}

function bindUnary(
	node: Extract<Syntax, { kind: 'unary' }>,
	scope: MethodScope,
	expected: ScriptType | undefined,
): ScriptExpression {
	const { line, operator } = node
	if (operator === 'not') return negated(bindCondition(node.operand, scope))
	const value = bind(node.operand, scope, expected)
	if (operator === '+') return value
	if (operator === '~') return complement(value, scope)
	if (value.kind === 'literal' && typeof value.value === 'bigint') return { ...value, value: -value.value }
	if (value.kind === 'literal' && typeof value.value === 'number') return { ...value, value: -value.value }
	if (value.kind === 'literal' && typeof value.value === 'object' && value.value?.kind === 'decimal') {
		return { ...value, value: { ...value.value, unscaled: -value.value.unscaled } }
	}
	const small = intOf(value.type)
	const type = small !== undefined && small.bits < 32 ? scriptTypes.int : value.type
	return callOf('Number.Negate', [coerce(value, type, scope.class.language)], type, line)
}

/** `~x`: small numbers are promoted before (C# specification 12.9.5). */
function complement(value: ScriptExpression, scope: MethodScope): ScriptExpression {
	const type = intOf(value.type) ?? outside(`~ of a ${scriptTypeKey(value.type)}`, value)
	const wide = type.bits < 32 ? scriptTypes.int : value.type
	return callOf('Number.Complement', [coerce(value, wide, scope.class.language)], wide, value.line)
}

/** Not not x is x. */
function negated(condition: ScriptExpression): ScriptExpression {
	const [inner] = condition.kind === 'call' && condition.operation === 'Logic.Not' ? condition.args : []
	return inner ?? callOf('Logic.Not', [condition], boolean, condition.line)
}

function bindBinary(node: Extract<Syntax, { kind: 'binary' }>, scope: MethodScope): ScriptExpression {
	const { line, operator } = node
	const { language } = scope.class
	if (operator === 'and' || operator === 'or') {
		const left = bindCondition(node.left, scope)
		const right = guarded(left, operator === 'and', scope, () => bindCondition(node.right, scope))
		return { kind: operator === 'and' ? 'both' : 'either', left, right, type: boolean, line }
	}
	if (operator === 'coalesce') {
		const left = bind(node.left, scope)
		const right = scope.withoutHoisting(() => bind(node.right, scope, underlying(left.type) ?? left.type))
		if (underlying(left.type) !== undefined && sameType(underlying(left.type) ?? left.type, right.type))
			return orElse(left, right)
		if (!sameType(left.type, right.type)) return outside('?? of two types', node)
		return { kind: 'coalesce', left, right, type: left.type, line }
	}
	if (operator === 'like') return likeOf(node.left, node.right, scope, line)
	const order = comparedWithZero(node, scope)
	if (order !== undefined) return order
	const [left, right] = [bind(node.left, scope), bind(node.right, scope)]
	const isNull = [left, right].some((one) => one.kind === 'literal' && one.value === null)
	const lifted = isNull || !isComparison(operator) ? undefined : liftedComparison(operator, left, right, language)
	return { ...(lifted ?? binaryOf(operator, left, right, language)), line }
}

/** What must stand before the right side stands in an `if` of its own, for the left side may forbid it. */
function guarded(
	left: ScriptExpression,
	holds: boolean,
	scope: MethodScope,
	run: () => ScriptExpression,
): ScriptExpression {
	const { before } = scope
	const inner: ScriptStatement[] | undefined = before === undefined ? undefined : []
	scope.before = inner
	const right = scope.knowing(presentWhen(left, holds), run)
	scope.before = before
	if (before === undefined || inner === undefined || inner.length === 0) return right
	for (const one of inner) {
		if (one.kind !== 'set' || !one.declares) continue
		const nothing: ScriptExpression = { kind: 'literal', value: null, type: one.value.type, line: one.line }
		before.push({ ...one, value: nothing })
	}
	const { line } = left
	before.push({ kind: 'if', condition: holds ? left : negated(left), then: inner, otherwise: [], line })
	return right
}

function bindCast(node: Extract<Syntax, { kind: 'cast' }>, scope: MethodScope): ScriptExpression {
	const { language } = scope.class
	const type = typeOf(node.type, node)
	const value = bind(node.operand, scope, type)
	const table = heldTable(value, type, scope)
	if (table !== undefined) return table
	const holds =
		value.kind === 'variable' || value.kind === 'parameter' || (value.kind === 'local' && scope.boxed.has(value.name))
	const isBoxed = (holds && node.operand.kind !== 'cast') || isBoxedItem(value)
	if (value.type.kind === 'object' && type.kind !== 'object')
		return outside(`what an object holds, as a ${scriptTypeKey(type)}`, node)
	// Unboxing asks for the very type; anything else raises at run time (C# specification, unboxing conversions).
	// A whole number is unboxed as an enumeration that is made of such, too (ECMA-335, unbox).
	const boxed = underlying(value.type) ?? value.type
	const isSame = sameType(boxed, type) || (isEnumeration(type) && sameType(boxed, scriptTypes.int))
	if (isBoxed && language === 'csharp' && !isSame) {
		return outside(
			`a cast of ${'name' in value ? value.name : 'it'}, which holds a ${scriptTypeKey(value.type)}, to ${scriptTypeKey(type)} fails at run time`,
			node,
		)
	}
	if (node.soft && !sameType(value.type, type)) return outside('as with another type', node)
	return castTo(value, type, language === 'vb' ? 'convert' : 'cast', language)
}
