/** What the package puts around a script: variables, the row, buffers of outputs, connections, the component itself. */
import type { ScriptExpression } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { blobExpression } from './blobs.ts'
import type { ContractColumn, ContractVariable } from './contract.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { bind } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { heldAs } from './types.ts'

const { boolean, string } = scriptTypes

/** The meaning of an expression about the package; undefined for one that is about something else. */
export function bindPackageObject(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const { line } = node
	const variable = variableNamed(node, scope)
	if (variable !== undefined) return { kind: variable.kind, name: variable.name, type: variable.type, line }
	const isThere = listedVariable(node, scope)
	if (isThere !== undefined) return isThere
	const database = databaseConnection(node, scope)
	if (database !== undefined) return database
	const connection = connectionText(node, scope)
	if (connection !== undefined) return connection
	const manager = connectionKey(node, scope)
	if (manager !== undefined)
		return { kind: 'literal', value: manager, type: { kind: 'thing', name: 'ConnectionManager' }, line }
	return rowExpression(node, scope)
}

/** Names of the chain without `this`, in small letters for Visual Basic. */
function chain(node: Syntax): readonly string[] | undefined {
	const path = pathOf(node)
	return path?.[0]?.toLowerCase() === 'this' ? path.slice(1) : path
}

const matches = (path: readonly string[] | undefined, ...wanted: readonly string[]): boolean =>
	path?.length === wanted.length && path.every((part, index) => part.toLowerCase() === wanted[index]?.toLowerCase())

/** `Dts.Variables["User::X"].Value`, `Variables.X`, `vars(0).Value`. */
export function variableNamed(node: Syntax, scope: MethodScope): ContractVariable | undefined {
	// The value of a sensitive parameter, which is an argument of the job like any other.
	if (
		node.kind === 'call' &&
		node.args.length === 0 &&
		node.target.kind === 'member' &&
		/^getsensitivevalue$/i.test(node.target.name)
	)
		return variableNamed({ ...node.target, name: 'Value' }, scope)
	if (node.kind !== 'member') return undefined
	const path = chain(node)
	if (matches(path?.slice(0, -1), 'Variables') && scope.local('Variables') === undefined) {
		return contractVariable(node.name, scope, node, false)
	}
	if (node.name.toLowerCase() !== 'value') return undefined
	const { target } = node
	if (target.kind !== 'index' && target.kind !== 'call') return undefined
	const [only] = target.args
	if (only === undefined || target.args.length !== 1) return undefined
	const collection = chain(target.target)
	const isCollection = ['Dts.Variables', 'ReadOnlyVariables', 'ReadWriteVariables', 'Variables'].some((one) =>
		matches(collection, ...one.split('.')),
	)
	const local = target.target.kind === 'name' ? scope.local(target.target.name) : undefined
	if (!isCollection && local?.locked === undefined) return undefined
	const name = nameOf(only.value, local?.locked, scope)
	return contractVariable(name, scope, node, local?.locked !== undefined)
}

/** `Dts.Variables.Contains("User::X")`: the collection holds what the task lists (Microsoft: Using Variables in the Script Task). */
function listedVariable(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	if (node.kind !== 'call' || node.target.kind !== 'member' || node.target.name.toLowerCase() !== 'contains')
		return undefined
	const [only] = node.args
	if (only === undefined || !matches(chain(node.target.target), 'Dts', 'Variables')) return undefined
	const name = nameOf(only.value, undefined, scope)
	const listed = scope.class.contract.variables.filter(({ isListed }) => isListed)
	const value = listed.some(({ called }) => called === name || called.endsWith(`::${name}`))
	return { kind: 'literal', value, type: boolean, line: node.line }
}

function nameOf(node: Syntax, locked: readonly string[] | undefined, scope: MethodScope): string {
	const value = bind(node, scope)
	if (value.kind === 'literal' && typeof value.value === 'string') return value.value
	const byPlace =
		value.kind === 'literal' && typeof value.value === 'bigint' ? locked?.[Number(value.value)] : undefined
	return byPlace ?? outside('a variable whose name is only known at run time', node)
}

function contractVariable(name: string, scope: MethodScope, place: Syntax, isLocked: boolean): ContractVariable {
	const { variables } = scope.class.contract
	const reachable = variables.filter(({ isListed }) => isListed || isLocked)
	const found =
		reachable.find((one) => one.called === name) ?? reachable.find((one) => one.called.endsWith(`::${name}`))
	if (found === undefined) return outside(`the variable ${name}, which the script has no access to`, place)
	return isLocked ? { ...found, isWritable: true } : found
}

/** A variable that the script locks itself, by the name that it gives. */
export const lockedVariable = (name: string, scope: MethodScope, place: Syntax): ContractVariable =>
	contractVariable(name, scope, place, true)

/** The name of the connection manager in `Dts.Connections["X"]` or `Connections.X`, or in what was set to one of these. */
function connectionNamed(target: Syntax, scope: MethodScope): string | undefined {
	const held = target.kind === 'name' ? (scope.local(target.name) ?? scope.field(target.name)) : undefined
	if (held !== undefined) return scope.class.managers.get(held.name)
	if ((target.kind === 'index' || target.kind === 'call') && matches(chain(target.target), 'Dts', 'Connections')) {
		const [only] = target.args
		return only?.value.kind === 'literal' ? only.value.text : undefined
	}
	const path = chain(target)
	return path?.length === 2 && path[0]?.toLowerCase() === 'connections' ? path[1] : undefined
}

/** A database by its connection manager: what `ConnectionString` and `AcquireConnection` hand to a script. */
function databaseConnection(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const { line } = node
	const isCall = node.kind === 'call' && node.target.kind === 'member' && node.args.length === 1
	const member = isCall ? node.target : node
	if (member.kind !== 'member') return undefined
	const asked = member.name.toLowerCase()
	if (asked !== (isCall ? 'acquireconnection' : 'connectionstring')) return undefined
	const name = connectionNamed(member.target, scope)
	const databases = [...(scope.class.contract.databases ?? [])]
	const found = databases.find(([one]) => one.toLowerCase() === name?.toLowerCase())?.[1]
	if (found === undefined) return undefined
	if (isCall && !found.isAdoNet) return outside('AcquireConnection of a manager that is not of ADO.NET', node)
	const type = { kind: 'thing', name: isCall ? 'Connection' : 'ConnectionText' } as const
	return { kind: 'literal', value: found.name, type, line }
}

/** A connection manager by the name that the package has for it. */
export function connectionKey(node: Syntax, scope: MethodScope): string | undefined {
	const name = connectionNamed(node, scope)
	const { connections } = scope.class.contract
	return [...connections.keys()].find((one) => one.toLowerCase() === name?.toLowerCase())
}

/** The text of a connection by `ConnectionString`; a file's path by `AcquireConnection`, too. */
function connectionText(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const isCall = node.kind === 'call' && node.target.kind === 'member' && node.args.length === 1
	const member = isCall ? node.target : node
	if (member.kind !== 'member') return undefined
	if (member.name.toLowerCase() !== (isCall ? 'acquireconnection' : 'connectionstring')) return undefined
	const name = connectionNamed(member.target, scope)
	if (name === undefined) return undefined
	const key = connectionKey(member.target, scope)
	if (key === undefined) return outside(`the connection ${name}, which is not there`, node)
	const text =
		scope.class.contract.connections.get(key) ?? outside(`the connection ${name}, whose text a run computes`, node)
	const { line } = node
	return typeof text === 'string'
		? { kind: 'literal', value: text, type: string, line }
		: { kind: text.kind, name: text.name, type: string, line }
}

/** The column of the row that a property means. */
export function rowColumn(property: string, scope: MethodScope): ContractColumn | undefined {
	return scope.class.contract.input?.columns.find((one) => scope.key(one.property) === scope.key(property))
}

function rowExpression(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	const blob = blobExpression(node, scope)
	if (blob !== undefined) return blob
	if (node.kind === 'call') return node.args.length === 0 ? rowExpression(node.target, scope) : undefined
	if (node.kind !== 'member' || node.target.kind !== 'name' || !scope.isRow(node.target.name)) return undefined
	const { name, line } = node
	const lower = name.toLowerCase()
	if (lower === 'nextrow') {
		scope.known = new Set()
		return { kind: 'next-row', type: boolean, line }
	}
	// All rows come in one buffer here, so its end is that of all rows.
	if (lower === 'endofrowset') return { kind: 'literal', value: true, type: boolean, line }
	const column = rowColumn(name, scope)
	if (column !== undefined) {
		if (!column.isReadable && !scope.known.has(column.name))
			return outside(`the column ${name} is read, and the script may only write it`, node)
		return { kind: 'column', name: column.name, isKnown: scope.known.has(column.name), type: heldAs(column.type), line }
	}
	const tested = /^(.+)_IsNull$/i.exec(name)?.[1]
	const asked = tested === undefined ? undefined : rowColumn(tested, scope)
	return asked === undefined ? undefined : { kind: 'column-is-null', name: asked.name, type: boolean, line }
}

/** Property of an output whose buffer the expression is: `Output0Buffer`. */
export function outputOf(node: Syntax, scope: MethodScope) {
	const path = chain(node)
	const [name] = path ?? []
	if (name === undefined || path?.length !== 1 || scope.local(name) !== undefined || scope.field(name) !== undefined)
		return undefined
	return scope.class.contract.outputs.find(({ property }) => scope.key(`${property}Buffer`) === scope.key(name))
}

export { chain, matches }
