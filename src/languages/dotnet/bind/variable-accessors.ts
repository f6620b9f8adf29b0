/**
 * Methods of the script's own that only read or set the variable whose name they are given. Scripts of the first versions have
 * them, because the variables that a script names itself must be locked (Microsoft: VariableDispenser). A call with a name that
 * is known means that variable.
 */
import type { ScriptExpression, ScriptStatement } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Argument, MethodSyntax, Statement, Syntax } from '../syntax.ts'
import { coerce } from './coerce.ts'
import type { ContractVariable } from './contract.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { lockedVariable } from './package-objects.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'

type Accessor =
	| { readonly kind: 'reads'; readonly name: number }
	| { readonly kind: 'sets'; readonly name: number; readonly value: number }

/** What such a method does with which of its parameters; undefined for a method that does something else. */
function accessorOf({ parameters, body }: MethodSyntax): Accessor | undefined {
	const placeOf = (node: Syntax): number =>
		node.kind === 'name' ? parameters.findIndex(({ name }) => name.toLowerCase() === node.name.toLowerCase()) : -1
	let found: Accessor | undefined
	for (const one of plainStatements(body)) {
		const step = stepOf(one, placeOf)
		if (step === 'other') return undefined
		if (step === 'nothing') continue
		if (found !== undefined) return undefined
		found = step
	}
	return found
}

/** Statements without the blocks around them. What handles faults is left out: a variable that is there can be locked. */
function plainStatements(body: readonly Statement[]): readonly Statement[] {
	return body.flatMap((one): readonly Statement[] => {
		if (one.kind === 'try') return [...plainStatements(one.body), ...plainStatements(one.last)]
		return one.kind === 'block' ? plainStatements(one.body) : [one]
	})
}

function stepOf(one: Statement, placeOf: (node: Syntax) => number): Accessor | 'nothing' | 'other' {
	if (one.kind === 'local') {
		const [value, ...more] = one.locals.flatMap((local) => local.value ?? [])
		if (value === undefined || isNothing(value)) return 'nothing'
		return more.length > 0 ? 'other' : reading(value, placeOf)
	}
	if (one.kind === 'return')
		return one.value === undefined || one.value.kind === 'name' ? 'nothing' : reading(one.value, placeOf)
	if (one.kind === 'expression') return isLocking(one.value) ? 'nothing' : 'other'
	if (one.kind !== 'assign' || one.operator !== '=') return 'other'
	const name = variableAt(one.target, placeOf)
	if (name === undefined) return isNothing(one.value) ? 'nothing' : reading(one.value, placeOf)
	const value = placeOf(one.value)
	return value === -1 ? 'other' : { kind: 'sets', name, value }
}

function reading(value: Syntax, placeOf: (node: Syntax) => number): Accessor | 'other' {
	const name = variableAt(value, placeOf)
	return name === undefined ? 'other' : { kind: 'reads', name }
}

const isNothing = (node: Syntax): boolean => node.kind === 'literal' && node.type === 'null'

/** `vars[name].Value`: which parameter the name is. */
function variableAt(node: Syntax, placeOf: (node: Syntax) => number): number | undefined {
	if (node.kind !== 'member' || node.name.toLowerCase() !== 'value') return undefined
	const { target } = node
	const [only, ...more] = target.kind === 'index' || target.kind === 'call' ? target.args : []
	if (only === undefined || more.length > 0) return undefined
	const at = placeOf(only.value)
	// The only one that was locked is the first.
	return at === -1 ? undefined : at
}

/** Locks a variable, fetches those that are locked, or gives them back. */
function isLocking(node: Syntax): boolean {
	if (node.kind !== 'call' || node.target.kind !== 'member') return false
	const { name, target } = node.target
	if (/^unlock$/i.test(name)) return true
	const isKnown = /^(?:LockForRead|LockForWrite|LockOneForRead|LockOneForWrite|GetVariables)$/i.test(name)
	return isKnown && /^VariableDispenser$/i.test(pathOf(target)?.at(-1) ?? '')
}

interface Meant {
	readonly accessor: Accessor
	readonly variable: ContractVariable
}

function meantBy(name: string, args: readonly Argument[], scope: MethodScope): Meant | undefined {
	const [method, ...more] = scope.methods(name)
	const accessor = method === undefined || more.length > 0 ? undefined : accessorOf(method.syntax)
	const argument = accessor === undefined ? undefined : args[accessor.name]
	if (accessor === undefined || argument === undefined || args.some((one) => one.name !== undefined)) return undefined
	const called = bindAs(argument.value, scriptTypes.string, scope)
	if (called.kind !== 'literal' || typeof called.value !== 'string')
		return outside('a variable whose name is only known at run time', argument.value)
	return { accessor, variable: lockedVariable(called.value, scope, argument.value) }
}

/** `ReadVariable("User::Rows")`. */
export function readByAccessor(
	name: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression | undefined {
	const { accessor, variable } = meantBy(name, args, scope) ?? {}
	if (accessor?.kind !== 'reads' || variable === undefined) return undefined
	return { kind: variable.kind, name: variable.name, type: variable.type, line }
}

/** `WriteVariable("User::Rows", 5)`. */
export function setByAccessor(node: Syntax, scope: MethodScope): readonly ScriptStatement[] | undefined {
	if (node.kind !== 'call') return undefined
	const { target, args, line } = node
	const name = pathOf(target)?.filter((part) => part.toLowerCase() !== 'this') ?? []
	const [only, ...more] = name
	if (only === undefined || more.length > 0) return undefined
	const { accessor, variable } = meantBy(only, args, scope) ?? {}
	const value = accessor?.kind === 'sets' ? args[accessor.value] : undefined
	if (value === undefined || variable === undefined) return undefined
	if (variable.kind === 'parameter') return outside(`${variable.name} is set, and the script may only read it`, node)
	const given = coerce(bind(value.value, scope, variable.type), variable.type, scope.class.language)
	return [{ kind: 'set', target: { kind: 'variable', name: variable.name }, value: given, declares: false, line }]
}
