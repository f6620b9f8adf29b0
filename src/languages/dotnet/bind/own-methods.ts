/** Methods that a script has itself: what their names mean, calls of them, and values that go back to the caller. */
import type { ScriptExpression, ScriptMethod, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { Argument, ClassSyntax, MethodSyntax, ScriptLanguage } from '../syntax.ts'
import { callOf, convert } from './coerce.ts'
import { outside } from './outside.ts'
import { bind, bindAs, bindBody } from './recursion.ts'
import type { ClassScope, MethodShape } from './scope.ts'
import { MethodScope, nameKey } from './scope.ts'
import { defaultOf, sameType, typeOf } from './types.ts'

/** The type of the objects of a class of the script's own. */
export const objectOf = ({ name }: ClassSyntax): ScriptType => ({ kind: 'thing', name: `class ${name}` })

export function methodsOf(
	language: ScriptLanguage,
	main: ClassSyntax,
	others: readonly ClassSyntax[],
): ReadonlyMap<string, readonly MethodShape[]> {
	const shapes = new Map<string, MethodShape[]>()
	const taken = new Set<string>()
	const add = (method: MethodSyntax, holder?: ClassSyntax): void => {
		const called = method.isConstructor ? 'new' : method.name
		const whole = holder === undefined ? called : `${holder.name}.${called}`
		let name = whole
		for (let count = 2; taken.has(nameKey(language, name)); count += 1) name = `${whole} ${count}`
		taken.add(nameKey(language, name))
		const key = nameKey(language, whole)
		shapes.set(key, [...(shapes.get(key) ?? []), shapeOf(name, method, holder)])
	}
	for (const method of main.methods) add(method)
	for (const holder of others) for (const method of holder.methods) add(method, holder)
	return shapes
}

/** Types of parameters are looked at only when the method is reached. */
function shapeOf(name: string, method: MethodSyntax, holder: ClassSyntax | undefined): MethodShape {
	const object = holder === undefined || method.isStatic ? undefined : objectOf(holder)
	return {
		name,
		syntax: method,
		...(holder === undefined ? {} : { holder }),
		...(object === undefined ? {} : { self: object }),
		get parameters() {
			return method.parameters.map((one) => ({
				name: one.name,
				type:
					one.type === undefined ? outside(`the parameter ${one.name} has no type`, method) : typeOf(one.type, method),
			}))
		},
		get returns() {
			if (method.isConstructor && object !== undefined) return object
			return method.returns === undefined ? scriptTypes.nothing : typeOf(method.returns, method)
		},
	}
}

const backsOf = ({ syntax }: MethodShape): readonly number[] =>
	syntax.parameters.flatMap(({ byReference }, index) => (byReference ? [index] : []))

/** With values that go back it gives a list: what it returns, and these. */
const givenType = (shape: MethodShape): ScriptType =>
	backsOf(shape).length === 0 ? shape.returns : listOf(scriptTypes.object)

export function bindOwnMethod(shape: MethodShape, owner: ClassScope): ScriptMethod {
	const { syntax, holder, self } = shape
	const { line } = syntax
	const scope = new MethodScope(owner, shape.returns, undefined, holder)
	const object = self === undefined ? undefined : scope.declare('self', self)
	if (object !== undefined) scope.self = { kind: 'local', name: object.name, type: object.type, line }
	const parameters = shape.parameters.map(({ name, type }) => scope.declare(name, type))
	scope.backs = backsOf(shape).flatMap((at): readonly ScriptExpression[] => {
		const found = parameters[at]
		return found === undefined ? [] : [{ kind: 'local', name: found.name, type: found.type, line }]
	})
	if (syntax.isConstructor) scope.made = scope.self
	const body = bindBody(syntax.body, scope)
	const end = endOf(body, scope, line)
	return {
		line,
		name: shape.name,
		parameters: [...(object === undefined ? [] : [object]), ...parameters].map(({ name, type }) => ({ name, type })),
		returns: givenType(shape),
		body: [...body, ...end],
	}
}

/** A method that gives something back gives it at its end, too. */
function endOf(body: readonly ScriptStatement[], scope: MethodScope, line: number): readonly ScriptStatement[] {
	if (scope.backs.length === 0 && scope.made === undefined) return []
	if (['return', 'raise', 'raise-again'].includes(body.at(-1)?.kind ?? '')) return []
	return [returned(undefined, scope, line)]
}

/** `return x`, with what goes back beside it; of a constructor the object. */
export function returned(value: ScriptExpression | undefined, scope: MethodScope, line: number): ScriptStatement {
	const given = value ?? scope.made
	if (scope.backs.length === 0) return { kind: 'return', ...(given === undefined ? {} : { value: given }), line }
	const nothing: ScriptExpression = { kind: 'literal', value: null, type: scriptTypes.object, line }
	const items = [given ?? nothing, ...scope.backs]
	return { kind: 'return', value: { kind: 'list', items, type: listOf(scriptTypes.object), line }, line }
}

/** A call of one of these methods, whichever takes the arguments. */
export function callOwn(
	shapes: readonly MethodShape[],
	object: ScriptExpression | undefined,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const { shape, given } = chosen(shapes, args, scope, line)
	scope.class.wanted.add(shape.name)
	const backs = new Set(backsOf(shape).filter((at) => isPlace(given[at], scope)))
	const values = shape.parameters.map(({ type }, index) => {
		const argument = given[index]
		const written = shape.syntax.parameters[index]?.value
		if (argument === undefined)
			return written === undefined ? outside('a missing parameter', { line }) : bindAs(written, type, scope)
		return backs.has(index) ? place(argument, type, scope, line).current : bindAs(argument.value, type, scope)
	})
	// What the method does to the row is not followed.
	scope.known = new Set()
	const whole: ScriptExpression = {
		kind: 'invoke',
		method: shape.name,
		args: [...(object === undefined ? [] : [object]), ...values],
		type: givenType(shape),
		line,
	}
	return backsOf(shape).length === 0 ? whole : takenBack(shape, whole, given, backs, scope, line)
}

/** The call stands before the statement, and each place gets what came back for it. */
function takenBack(
	shape: MethodShape,
	call: ScriptExpression,
	given: readonly (Argument | undefined)[],
	backs: ReadonlySet<number>,
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const { before } = scope
	if (before === undefined) return outside('a parameter by reference where it may not be evaluated', { line })
	const name = scope.fresh('given', call.type)
	before.push({ kind: 'set', target: { kind: 'local', name }, value: call, declares: true, line })
	const item = (at: number, type: ScriptType): ScriptExpression =>
		callOf(
			'List.Item',
			[
				{ kind: 'local', name, type: call.type, line },
				{ kind: 'literal', value: BigInt(at), type: scriptTypes.int, line },
			],
			type,
			line,
		)
	for (const [order, at] of backsOf(shape).entries()) {
		const argument = given[at]
		const type = shape.parameters[at]?.type
		if (argument === undefined || type === undefined || !backs.has(at)) continue
		const { kind, name: target } = place(argument, type, scope, line)
		const declares = argument.declares === true
		before.push({ kind: 'set', target: { kind, name: target }, value: item(order + 1, type), declares, line })
	}
	return shape.returns.kind === 'nothing'
		? { kind: 'literal', value: null, type: scriptTypes.nothing, line }
		: item(0, shape.returns)
}

/** Visual Basic takes a value for a parameter by reference; then nothing goes back. */
const isPlace = (argument: Argument | undefined, scope: MethodScope): boolean =>
	argument !== undefined && (scope.class.language === 'csharp' || argument.value.kind === 'name')

interface Place {
	readonly kind: 'local' | 'field'
	readonly name: string
	/** What it holds before the call; a new one nothing. */
	readonly current: ScriptExpression
}

function place({ value, declares }: Argument, type: ScriptType, scope: MethodScope, line: number): Place {
	if (value.kind !== 'name') return outside('a parameter by reference that is no local', { line })
	if (declares === true && scope.local(value.name) === undefined) scope.declare(value.name, type)
	const local = scope.local(value.name)
	const target = local ?? scope.field(value.name)
	if (target === undefined || !sameType(target.type, type))
		return outside('a parameter by reference of another type', { line })
	const kind = local === undefined ? 'field' : 'local'
	// A new local, and one for `out`, need hold nothing yet.
	const isRead = declares !== true && !(local !== undefined && scope.unset.has(local.name))
	return {
		kind,
		name: target.name,
		current: isRead ? { kind, name: target.name, type, line } : defaultOf(type, line),
	}
}

interface Chosen {
	readonly shape: MethodShape
	/** Arguments in the order of the parameters; absent where the parameter has a value of its own. */
	readonly given: readonly (Argument | undefined)[]
}

/** The overload that fits best by number, then by types. */
function chosen(shapes: readonly MethodShape[], args: readonly Argument[], scope: MethodScope, line: number): Chosen {
	const fitting = shapes.flatMap((shape): readonly Chosen[] => {
		const given = arranged(shape, args)
		return given === undefined ? [] : [{ shape, given }]
	})
	const [first, ...rest] = fitting
	if (first === undefined)
		return outside(`${shapes[0]?.syntax.name ?? 'it'} with parameters that are left out, or too many`, { line })
	if (rest.length === 0) return first
	const ranked = fitting
		.map((one) => ({ one, rank: rankOf(one, scope) }))
		.filter(({ rank }) => rank !== undefined)
		.toSorted((left, right) => (right.rank ?? 0) - (left.rank ?? 0))
	const [best, second] = ranked
	if (best === undefined || best.rank === second?.rank)
		return outside(`${first.shape.syntax.name} with several sets of parameters that fit`, { line })
	return best.one
}

function arranged({ syntax }: MethodShape, args: readonly Argument[]): readonly (Argument | undefined)[] | undefined {
	const { parameters } = syntax
	const given: (Argument | undefined)[] = parameters.map(() => undefined)
	for (const [index, argument] of args.entries()) {
		const at =
			argument.name === undefined
				? index
				: parameters.findIndex(({ name }) => name.toLowerCase() === argument.name?.toLowerCase())
		if (at < 0 || at >= parameters.length || given[at] !== undefined) return undefined
		given[at] = argument
	}
	return given.every((one, index) => one !== undefined || parameters[index]?.value !== undefined) ? given : undefined
}

/** How many arguments are of the very type; undefined where one cannot be converted. */
function rankOf({ shape, given }: Chosen, scope: MethodScope): number | undefined {
	let exact = 0
	for (const [index, { type }] of shape.parameters.entries()) {
		const argument = given[index]
		if (argument === undefined || argument.declares === true) continue
		const value = scope.withoutHoisting(() => bind(argument.value, scope, type))
		if (sameType(value.type, type)) exact += 1
		else if (convert(value, type, scope.class.language) === undefined) return undefined
	}
	return exact
}
