/** Statements about the package: rows for outputs, the result of a task, events, messages. */
import type { ScriptExpression, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { makeBinary } from '#model/values.ts'
import type { Statement, Syntax } from '../syntax.ts'
import { closable } from './closable.ts'
import { callOf, castTo, coerce } from './coerce.ts'
import type { ContractColumn } from './contract.ts'
import { bind, bindAs, bindCondition } from './expressions.ts'
import { outside } from './outside.ts'
import { chain, matches, outputOf, rowColumn, variableNamed } from './package-objects.ts'
import type { MethodScope } from './scope.ts'
import { networkSetting } from './server-settings.ts'
import { connectionAssignment } from './set-connections.ts'
import { taskResult } from './task-results.ts'
import { heldAs } from './types.ts'

/** An assignment to something of the package; undefined when the target is a local, a field or an item. */
export function bindPackageAssignment(
	statement: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
): readonly ScriptStatement[] | undefined {
	const { target, value, line, operator } = statement
	if (target.kind !== 'member') return undefined
	if (matches(chain(target), 'Dts', 'TaskResult'))
		return operator === '=' ? taskResult(value, line, scope) : outside('Dts.TaskResult', statement)
	if (matches(chain(target), 'Dts', 'ExecutionValue')) return [{ kind: 'note', text: 'the execution value', line }]
	if (/^ServicePointManager$/i.test(chain(target)?.at(-2) ?? '')) return networkSetting(target.name, line, scope)
	const variable = variableNamed(target, scope)
	if (variable !== undefined) {
		if (!variable.isWritable || variable.kind === 'parameter')
			return outside(`${variable.name} is set, and the script may only read it`, statement)
		const read = { kind: 'variable', name: variable.name, type: variable.type, line } as const
		const bound = operator === '=' ? bind(value, scope, variable.type) : combined(statement, scope)
		return [
			{
				kind: 'set',
				target: { kind: 'variable', name: variable.name },
				value: asVariable(bound, read.type, scope),
				declares: false,
				line,
			},
		]
	}
	const path = connectionAssignment(statement, target, scope)
	if (path !== undefined) return path
	const found = columnTarget(target, scope)
	if (found === undefined) return undefined
	const { output, column, isNull } = found
	const place = { kind: 'column', output, name: column.name, type: column.type } as const
	if (!column.isWritable)
		return outside(`the column ${column.property} is set, and the script may only read it`, statement)
	if (isNull) {
		const asked = bindCondition(value, scope)
		if (asked.kind !== 'literal' || asked.value !== true || operator !== '=')
			return outside(`${column.property}_IsNull is set to something else than true`, statement)
		scope.known.delete(column.name)
		return [
			{
				kind: 'set',
				target: place,
				value: { kind: 'literal', value: null, type: heldAs(column.type), line },
				declares: false,
				line,
			},
		]
	}
	const type = heldAs(column.type)
	const bound = operator === '=' ? bind(value, scope, type) : combined(statement, scope)
	const fit = coerce(bound, type, scope.class.language)
	if (output === '') {
		const isNothing = fit.kind === 'literal' && fit.value === null
		if (!isNothing) scope.known.add(column.name)
	}
	return [{ kind: 'set', target: place, value: fit, declares: false, line }]
}

/** What a query gave is one of the variable's type, or the run fails. */
const asVariable = (value: ScriptExpression, type: ScriptType, scope: MethodScope): ScriptExpression =>
	scriptTypeKey(value.type) === 'Cell' || scriptTypeKey(value.type) === 'Scalar'
		? castTo(value, type, 'cast', scope.class.language)
		: coerce(value, type, scope.class.language)

/** `x += y` reads x first. */
function combined({ target, operator, value, line }: Extract<Statement, { kind: 'assign' }>, scope: MethodScope) {
	if (operator === '=') return bind(value, scope)
	return bind({ kind: 'binary', operator, left: target, right: value, line }, scope)
}

interface ColumnTarget {
	/** Port of the output; empty for the row of the input. */
	readonly output: string
	readonly column: ContractColumn
	readonly isNull: boolean
}

function columnTarget(target: Extract<Syntax, { kind: 'member' }>, scope: MethodScope): ColumnTarget | undefined {
	const isRow = target.target.kind === 'name' && scope.isRow(target.target.name)
	const output = isRow ? undefined : outputOf(target.target, scope)
	if (!isRow && output === undefined) return undefined
	const find = (property: string): ContractColumn | undefined =>
		output === undefined
			? rowColumn(property, scope)
			: output.columns.find((one) => scope.key(one.property) === scope.key(property))
	const port = output?.port ?? ''
	const plain = find(target.name)
	if (plain !== undefined) return { output: port, column: plain, isNull: false }
	const tested = /^(.+)_IsNull$/i.exec(target.name)?.[1]
	const asked = tested === undefined ? undefined : find(tested)
	return asked === undefined
		? outside(`the column ${target.name}, which is not there`, target)
		: { output: port, column: asked, isNull: true }
}

/** Calls that only say something to a person who watches. */
const messages: readonly string[] = [
	'MessageBox.Show',
	'MsgBox',
	'System.Windows.Forms.MessageBox.Show',
	'Console.WriteLine',
	'Console.Write',
	'Debug.WriteLine',
	'Debug.Print',
	'Trace.WriteLine',
	'System.Diagnostics.Debug.WriteLine',
	'Dts.Log',
	'Log',
	'Dts.Events.FireInformation',
	'Dts.Events.FireProgress',
	'Dts.Events.FireWarning',
	'Dts.Events.FireCustomEvent',
	'ComponentMetaData.FireInformation',
	'ComponentMetaData.FireWarning',
	'ComponentMetaData.FireProgress',
	'ComponentMetaData.FireCustomEvent',
]

const errors: readonly string[] = ['Dts.Events.FireError', 'ComponentMetaData.FireError']

/** Calls that hold or free something which nothing else here can hold. */
const housekeeping =
	/^(?:base\.\w+|.*\.(?:Unlock|Dispose|Open|Close|Flush|SetEndOfRowset)|Dts\.VariableDispenser\.\w+|VariableDispenser\.\w+)$/i

/** A call for what it does, where the package does it; undefined for calls of the runtime and of the script itself. */
export function bindPackageCall(node: Syntax, scope: MethodScope): readonly ScriptStatement[] | undefined {
	if (node.kind !== 'call') return undefined
	const { line, args, target } = node
	const path = chain(target)
	const name = path?.join('.')
	if (name !== undefined && messages.some((one) => one.toLowerCase() === name.toLowerCase())) {
		if (args.some(({ value }) => doesSomething(value, (one) => scope.local(one) !== undefined)))
			return outside(`${name} with a value that does something`, node)
		if (/(?:MessageBox\.Show|MsgBox)$/i.test(name)) scope.class.differences.add('RG-D190')
		return [{ kind: 'note', text: name, line }]
	}
	if (name !== undefined && errors.some((one) => one.toLowerCase() === name.toLowerCase()))
		return [firedError(node, scope)]
	if (target.kind === 'member' && target.name.toLowerCase() === 'releaseconnection') return []
	// An object of S3 is neither hidden nor read-only.
	if (/^(?:System\.IO\.)?File\.SetAttributes$/i.test(name ?? '') && !args.some(({ value }) => doesSomething(value))) {
		scope.class.differences.add('RG-D193')
		return [{ kind: 'note', text: 'attributes of a file', line }]
	}
	const rows = rowCall(node, scope)
	if (rows !== undefined) return rows
	const locking = bindLocking(node, scope)
	if (locking) return []
	// The loop over all rows, which only stands for itself at the beginning of a method.
	if (name !== undefined && /^base\.\w+_ProcessInput$/i.test(name))
		return outside('rows that are handed on in the middle of a method', node)
	if (name !== undefined && housekeeping.test(name) && isKnownReceiver(target, scope)) return []
	return undefined
}

/** Only what is known to be a buffer, the base class or a thing without effects may be closed without a trace. */
function isKnownReceiver(target: Syntax, scope: MethodScope): boolean {
	if (target.kind !== 'member') return false
	const receiver = target.target
	if (receiver.kind === 'name' && receiver.name === 'base') return true
	if (outputOf(receiver, scope) !== undefined) return true
	const path = chain(receiver)
	if (matches(path, 'Dts', 'VariableDispenser') || matches(path, 'VariableDispenser')) return true
	const own = path?.length === 1 ? path[0] : undefined
	const local = own === undefined ? undefined : scope.local(own)
	const type = local?.type ?? (own === undefined ? undefined : scope.field(own)?.type)
	if (type?.kind !== 'thing') return false
	return local?.locked !== undefined || closable.has(type.name)
}

/** An error event ends a task as failed, and a data flow too (MaximumErrorCount is 1 unless somebody changed it). */
function firedError(node: Extract<Syntax, { kind: 'call' }>, scope: MethodScope): ScriptStatement {
	const { line } = node
	const text = node.args[2]?.value
	const isTask = chain(node.target)?.[0]?.toLowerCase() === 'dts'
	if (isTask) return { kind: 'result', outcome: 'failure', line }
	const message =
		text === undefined || doesSomething(text)
			? undefined
			: bindAs(text, { kind: 'value', type: { kind: 'string', unicode: true, fixed: false } }, scope)
	return { kind: 'raise', message: message ?? outside('an error event without a text', node), line }
}

function rowCall(node: Extract<Syntax, { kind: 'call' }>, scope: MethodScope): readonly ScriptStatement[] | undefined {
	const { target, line, args } = node
	if (target.kind !== 'member') return undefined
	const output = outputOf(target.target, scope)
	if (output !== undefined && target.name.toLowerCase() === 'addrow')
		return [{ kind: 'add-row', output: output.port, line }]
	const isRow = target.target.kind === 'name' && scope.isRow(target.target.name)
	if (isRow) {
		const to = /^DirectRowTo(.+)$/i.exec(target.name)?.[1]
		const found =
			to === undefined
				? undefined
				: scope.class.contract.outputs.find(({ property }) => scope.key(property) === scope.key(to))
		if (found !== undefined) return [{ kind: 'direct-row', output: found.port, line }]
	}
	if (target.name.toLowerCase() === 'resetblobdata' && target.target.kind === 'member' && args.length === 0)
		return resetBlob(target.target, scope, line)
	if (target.name.toLowerCase() === 'addblobdata' && target.target.kind === 'member' && args.length === 1)
		return blobCall(node, target.target, scope)
	return undefined
}

/** `Row.Picture.AddBlobData(bytes)`, once for each row: then it sets the column. */
function blobCall(
	node: Extract<Syntax, { kind: 'call' }>,
	target: Extract<Syntax, { kind: 'member' }>,
	scope: MethodScope,
): readonly ScriptStatement[] | undefined {
	const [only] = node.args
	const found = columnTarget(target, scope)
	if (found === undefined || only === undefined) return undefined
	const { type } = found.column
	if (type.kind === 'string') return [blobText(only.value, found, type.unicode, scope, node.line)]
	if (type.kind !== 'binary') return outside(`bytes put into a column of ${type.kind}`, node)
	return bindPackageAssignment({ kind: 'assign', target, operator: '=', value: only.value, line: node.line }, scope)
}

/** `Row.Picture.ResetBlobData()`: nothing is in the column, which is not null. */
function resetBlob(
	target: Extract<Syntax, { kind: 'member' }>,
	scope: MethodScope,
	line: number,
): readonly ScriptStatement[] | undefined {
	const found = columnTarget(target, scope)
	if (found === undefined || !found.column.isBlob) return undefined
	const { output, column } = found
	const isText = column.type.kind === 'string'
	const value: ScriptExpression = {
		kind: 'literal',
		value: isText ? '' : makeBinary(''),
		type: heldAs(column.type),
		line,
	}
	if (output === '') scope.known.add(column.name)
	const place = { kind: 'column', output, name: column.name, type: column.type } as const
	return [{ kind: 'set', target: place, value, declares: false, line }]
}

/** A stream of text holds UTF-16 (DT_NTEXT) or the characters of a code page (DT_TEXT), as bytes (Microsoft: data types). */
function blobText(
	value: Syntax,
	{ output, column }: ColumnTarget,
	unicode: boolean,
	scope: MethodScope,
	line: number,
): ScriptStatement {
	if (!unicode && column.codePage !== 1252)
		return outside('bytes put into a column of text in another code page', { line })
	const bytes = bindAs(value, { kind: 'value', type: { kind: 'binary' } }, scope)
	const text = callOf(unicode ? 'Bytes.AsUnicode' : 'Bytes.AsLatin', [bytes], scriptTypes.string, line)
	if (output === '') scope.known.add(column.name)
	return {
		kind: 'set',
		target: { kind: 'column', output, name: column.name, type: column.type },
		value: text,
		declares: false,
		line,
	}
}

/** Variables are locked by name and then found in a collection. */
function bindLocking(node: Extract<Syntax, { kind: 'call' }>, scope: MethodScope): boolean {
	const { target, args } = node
	if (target.kind !== 'member') return false
	const lower = target.name.toLowerCase()
	const receiver = chain(target.target)
	const isDispenser =
		matches(receiver, 'Dts', 'VariableDispenser') ||
		matches(receiver, 'VariableDispenser') ||
		(target.target.kind === 'name' &&
			scope.local(target.target.name)?.type.kind === 'thing' &&
			/Dispenser/.test(JSON.stringify(scope.local(target.target.name)?.type)))
	if (!isDispenser) return false
	const [first, second] = args.map(({ value }) => value)
	const name = first?.kind === 'literal' ? first.text : undefined
	if ((lower === 'lockforread' || lower === 'lockforwrite') && name !== undefined) {
		pending(scope).push(name)
		return true
	}
	const collection =
		lower === 'getvariables' ? first : lower === 'lockoneforread' || lower === 'lockoneforwrite' ? second : undefined
	const local = collection?.kind === 'name' ? scope.local(collection.name) : undefined
	if (local?.locked === undefined) return false
	local.locked.push(...(name === undefined ? pending(scope).splice(0) : [name]))
	return true
}

const waiting = new WeakMap<MethodScope, string[]>()
function pending(scope: MethodScope): string[] {
	const known = waiting.get(scope) ?? []
	waiting.set(scope, known)
	return known
}

/** Could evaluating it change something? Names, texts and questions to values cannot. */
function doesSomething(node: Syntax, isLocal: (name: string) => boolean = () => false): boolean {
	const within = (part: Syntax): boolean => doesSomething(part, isLocal)
	switch (node.kind) {
		case 'literal':
		case 'name':
		case 'type':
			return false
		case 'member':
			return within(node.target)
		case 'index':
			return within(node.target) || node.args.some(({ value }) => within(value))
		case 'binary':
			return within(node.left) || within(node.right)
		case 'unary':
		case 'cast':
		case 'type-test':
			return within(node.operand)
		case 'conditional':
			return [node.condition, node.then, node.otherwise].some(within)
		case 'interpolated':
			return node.parts.some((part) => typeof part !== 'string' && within(part.value))
		case 'call': {
			// In Visual Basic this is an index.
			if (node.target.kind === 'name' && isLocal(node.target.name)) return node.args.some(({ value }) => within(value))
			const name = node.target.kind === 'member' || node.target.kind === 'name' ? node.target.name : ''
			const isQuestion =
				/^(?:ToString|Format|Concat|Join|ToUpper|ToLower|Trim|Substring|Replace|GetType|Variables|Item|GetAttributes|CStr|CInt|CType|Now|GetFileName|Count|To\w+)$/i.test(
					name,
				)
			const inner = node.target.kind === 'member' ? within(node.target.target) : false
			return !isQuestion || inner || node.args.some(({ value }) => within(value))
		}
		default:
			return true
	}
}
