/** Classes that a script has beside the one that the runtime calls: their fields, properties and objects. */
import type { ScriptExpression, ScriptField, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { ClassSyntax, FieldSyntax, Syntax, TypeName } from '../syntax.ts'
import { callOf, coerce } from './coerce.ts'
import { outside } from './outside.ts'
import { enumerationType, enumerationValue } from './own-enumerations.ts'
import { callOwn, objectOf } from './own-methods.ts'
import { bind, bindAs } from './recursion.ts'
import { MethodScope } from './scope.ts'
import { defaultOf, typeOf } from './types.ts'

/** The classes that a script has itself, by their names in small letters. */
export type OwnTypes = ReadonlyMap<string, ClassSyntax>

/** The same trees with the script's own classes told apart in the names of types: `class Person`, `enum Kind`. */
export function withOwnTypes<T>(tree: T, own: OwnTypes): T {
	if (Array.isArray(tree)) return tree.map((one: unknown) => withOwnTypes(one, own)) as T
	if (typeof tree !== 'object' || tree === null) return tree
	const copy = Object.fromEntries(
		Object.entries(tree).map(([key, value]) => [key, withOwnTypes(value as unknown, own)]),
	) as T
	if (!isTypeName(tree)) return copy
	const found = own.get((tree.name.split('.').at(-1) ?? tree.name).toLowerCase())
	if (found === undefined) return copy
	const type = found.values === undefined ? undefined : enumerationType(found)
	if (type !== undefined)
		return { ...copy, name: type.name, ...(type.names === undefined ? {} : { names: type.names }) }
	return found.values === undefined ? { ...copy, name: `class ${found.name}` } : copy
}

const isTypeName = (tree: object): tree is TypeName => 'dimensions' in tree && 'nullable' in tree && 'name' in tree

/** The class of objects of that type. */
export function classOf(type: ScriptType, scope: MethodScope): ClassSyntax | undefined {
	if (type.kind !== 'thing' || !type.name.startsWith('class ')) return undefined
	return scope.class.classes.get(scope.key(type.name.slice('class '.length)))
}

/** The class that a name means where it is no local and no field. */
export function classNamed(node: Syntax, scope: MethodScope): ClassSyntax | undefined {
	const name = node.kind === 'name' || node.kind === 'member' ? node.name : undefined
	if (name === undefined || (node.kind === 'name' && (scope.local(name) ?? scope.field(name)) !== undefined))
		return undefined
	return scope.class.classes.get(scope.key(name))
}

const fieldOf = (holder: ClassSyntax, name: string, scope: MethodScope): FieldSyntax | undefined =>
	holder.fields.find((one) => scope.key(one.name) === scope.key(name))

/** A field that belongs to the class itself is one of the program, from the first time that something names it. */
export function staticField(holder: ClassSyntax, name: string, scope: MethodScope): ScriptField | undefined {
	const syntax = fieldOf(holder, name, scope)
	if (syntax?.isStatic !== true) return undefined
	const whole = `${holder.name}.${syntax.name}`
	const key = scope.key(whole)
	const known = scope.class.fields.get(key)
	if (known !== undefined) return known
	if (holder.methods.some(({ isConstructor, isStatic }) => isConstructor && isStatic))
		return outside(`the constructor of the class ${holder.name} itself`, holder)
	const { initial, type } = begun(syntax, holder, scope)
	const { line } = syntax
	const field = { name: whole, type, initial, isConstant: syntax.isConstant && initial.kind === 'literal', line }
	scope.class.fields.set(key, field)
	return field
}

/** What a field begins with. */
function begun({ type, value, line, name }: FieldSyntax, holder: ClassSyntax, { class: owner }: MethodScope) {
	const scope = new MethodScope(owner, scriptTypes.nothing, undefined, holder)
	const written = type === undefined ? undefined : typeOf(type, { line })
	const bound = value === undefined ? undefined : bind(value, scope, written)
	const held = written ?? bound?.type ?? outside(`the field ${name} has no type`, { line })
	return { type: held, initial: bound === undefined ? defaultOf(held, line) : coerce(bound, held, owner.language) }
}

/** `person.Name`, `Helper.Separator`, and a bare name in code of the class; undefined for what is no member of own classes. */
export function ownMember(
	object: ScriptExpression | undefined,
	holder: ClassSyntax,
	name: string,
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	if (holder.values !== undefined)
		return object === undefined ? enumerationValue(holder, name, scope.class.language, line) : undefined
	const field = object === undefined ? staticField(holder, name, scope) : undefined
	if (field !== undefined)
		return field.isConstant ? field.initial : { kind: 'field', name: field.name, type: field.type, line }
	const syntax = fieldOf(holder, name, scope)
	if (object !== undefined && syntax?.isStatic === false)
		return callOf('Object.Get', [object, nameOf(syntax, line)], begun(syntax, holder, scope).type, line)
	const readers = scope
		.methodsOf(holder, `get ${name}`)
		.filter(({ self }) => (self === undefined) === (object === undefined))
	return readers.length === 0 ? undefined : callOwn(readers, object, [], scope, line)
}

const nameOf = ({ name }: FieldSyntax, line: number): ScriptExpression => ({
	kind: 'literal',
	value: name,
	type: scriptTypes.string,
	line,
})

/** `person.Name = x`; undefined where the target is no property with a writer. */
export function setOwn(
	object: ScriptExpression | undefined,
	holder: ClassSyntax,
	name: string,
	value: Syntax,
	scope: MethodScope,
	line: number,
): readonly ScriptStatement[] | undefined {
	const writers = scope
		.methodsOf(holder, `set ${name}`)
		.filter(({ self }) => (self === undefined) === (object === undefined))
	if (writers.length === 0) return undefined
	const call = callOwn(writers, object, [{ value, byReference: false }], scope, line)
	return [{ kind: 'do', value: call, line }]
}

/** `new Person(…) { Name = … }`. */
export function newObject(
	node: Extract<Syntax, { kind: 'new' }>,
	holder: ClassSyntax,
	scope: MethodScope,
): ScriptExpression {
	const { line, args, members = [] } = node
	if (holder.isStruct) return outside(`an object of the structure ${holder.name}, which is copied`, node)
	const base = holder.bases.find((one) => !/^I[A-Z]/.test(one.split('.').at(-1) ?? ''))
	if (base !== undefined) return outside(`an object of a class derived from ${base}`, node)
	if (node.items !== undefined) return outside(`a ${holder.name} with items`, node)
	const makers = scope.methodsOf(holder, 'new').filter(({ syntax }) => !syntax.isStatic)
	const given = new Map(members.map((one) => [scope.key(one.name), one.value]))
	const plain = makers.length === 0 ? given : new Map<string, Syntax>()
	if (makers.length > 0 && given.size > 0)
		return outside(`a ${holder.name} whose properties are set as it is made`, node)
	const own = holder.fields.filter(({ isStatic }) => !isStatic)
	const unknown = members.find((one) => !own.some(({ name }) => scope.key(name) === scope.key(one.name)))
	if (unknown !== undefined) return outside(`${unknown.name} of a new ${holder.name}`, node)
	const cells = own.flatMap((field) => {
		const { type, initial } = begun(field, holder, scope)
		const value = plain.get(scope.key(field.name))
		return [nameOf(field, line), value === undefined ? { ...initial, line } : bindAs(value, type, scope)]
	})
	const made = callOf('Object.new', cells, objectOf(holder), line)
	return makers.length === 0 ? made : callOwn(makers, made, args, scope, line)
}
