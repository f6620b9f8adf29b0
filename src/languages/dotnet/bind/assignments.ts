/** Assignments to what a script calls its own: locals, fields, items of lists, properties of things. */
import type { ScriptExpression, ScriptStatement, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { overloads } from '../catalogue.ts'
import type { Statement, Syntax } from '../syntax.ts'
import { checked } from './check.ts'
import { callOf, coerce } from './coerce.ts'
import { parameterAssignment } from './command-parameters.ts'
import { cellAssignment } from './data-tables.ts'
import { keyFor } from './dictionaries.ts'
import { bind, bindAs, bindIndex, rowOf } from './expressions.ts'
import { pathOf } from './members.ts'
import { binaryOf } from './operators.ts'
import { outside } from './outside.ts'
import { choose } from './overloads.ts'
import { classNamed, classOf, setOwn } from './own-classes.ts'
import { changes } from './own-connections.ts'
import { bindPackageAssignment } from './package-statements.ts'
import type { MethodScope } from './scope.ts'
import { isOwnAccount, logsIn } from './server-settings.ts'
import { sameType } from './types.ts'
import { exactly } from './untyped-collections.ts'

const { int } = scriptTypes

export function bindAssign(
	statement: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
): readonly ScriptStatement[] {
	const { target, operator, line } = statement
	const known = bindPackageAssignment(statement, scope) ?? parameterAssignment(statement, scope)
	if (known !== undefined) return known
	const { language } = scope.class
	const assigned = (current: ScriptExpression): ScriptExpression => {
		const value = bind(statement.value, scope, current.type)
		const whole = operator === '=' ? value : binaryOf(operator, current, value, language)
		const isBoxed = current.kind === 'local' && scope.boxed.has(current.name)
		if (isBoxed && !sameType(whole.type, current.type))
			return outside(`a local of type object that holds values of several types`, statement)
		const isNarrowed =
			operator !== '=' &&
			language === 'csharp' &&
			scriptTypeKey(whole.type) !== scriptTypeKey(current.type) &&
			scriptTypeKey(current.type).includes('int')
		// A compound assignment casts back to the type of its target (C# specification 12.21.4).
		return isNarrowed ? callOf('Cast.Number', [whole], current.type, line) : coerce(whole, current.type, language)
	}
	if (target.kind === 'index' && target.args.length === 2)
		return bindAssign({ ...statement, target: cellOf(target) }, scope)
	if (target.kind === 'index' || (target.kind === 'call' && language === 'vb'))
		return bindItem(target, statement, scope, assigned)
	const property = target.kind === 'member' ? bindProperty(target, statement, scope) : undefined
	if (property !== undefined) return property
	const written = operator === '=' ? ownProperty(target, statement.value, scope) : undefined
	if (written !== undefined) return written
	const current = bind(target, scope)
	if (current.kind === 'call' && current.operation === 'Object.Get')
		return [
			{
				kind: 'do',
				value: callOf('Object.Set', [...current.args, assigned(current)], scriptTypes.nothing, line),
				line,
			},
		]
	if (current.kind !== 'local' && current.kind !== 'field')
		return outside('an assignment to something that is no name', statement)
	if (scriptTypeKey(current.type) === 'Regex' && scope.patterns.has(current.name))
		return outside('a regular expression that changes', statement)
	changes(current, scope)
	const given = assigned(current)
	holdManager(current.name, given, scope)
	return [
		{
			kind: 'set',
			target: { kind: current.kind, name: current.name },
			value: given,
			declares: false,
			line,
		},
	]
}

/** `list[0] = x`, `map["a"] += 1`: an item is set by its place or its key. */
function bindItem(
	target: Extract<Syntax, { kind: 'index' | 'call' }>,
	statement: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
	assigned: (current: ScriptExpression) => ScriptExpression,
): readonly ScriptStatement[] {
	const { operator, line } = statement
	const isItem = target.target.kind === 'member' && /^item$/i.test(target.target.name)
	const list = bind(isItem && target.target.kind === 'member' ? target.target.target : target.target, scope)
	const [only] = target.args
	if (only === undefined) return outside('an assignment to an item', statement)
	if (scriptTypeKey(list.type) === 'WebHeaders')
		return [{ kind: 'do', value: headerSet(list, only.value, statement, scope), line }]
	const cell = cellAssignment(list, only.value, statement, scope)
	if (cell !== undefined) return cell
	// A compound assignment reads the item before, and looks for it again.
	if (operator !== '=' && !(isSimple(target.target) && isSimple(only.value)))
		return outside('an assignment to an item that is computed', statement)
	const itemValue = (type: ScriptType): ScriptExpression =>
		operator === '='
			? coerce(exactly(bind(statement.value, scope, type), type, list.type), type, scope.class.language)
			: assigned(bindIndex(target.target, [only.value], scope, line))
	if (list.type.kind === 'map')
		return [
			{
				kind: 'do',
				value: callOf(
					'Map.SetItem',
					[list, keyFor(only.value, list.type, scope), itemValue(list.type.of)],
					scriptTypes.nothing,
					line,
				),
				line,
			},
		]
	if (list.type.kind !== 'list') return outside('an assignment to an item', statement)
	return [
		{
			kind: 'do',
			value: callOf(
				'List.SetItem',
				[list, bindAs(only.value, int, scope), itemValue(list.type.of)],
				scriptTypes.nothing,
				line,
			),
			line,
		},
	]
}

/** `request.Headers["X"] = value`. */
function headerSet(
	headers: ScriptExpression,
	name: Syntax,
	{ value, operator, line }: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
): ScriptExpression {
	if (operator !== '=') return outside('a header that grows', { line })
	const { string, nothing } = scriptTypes
	return checked(
		callOf('WebHeaders.Add', [headers, bindAs(name, string, scope), bindAs(value, string, scope)], nothing, line),
	)
}

/** `table[row, column]` as the column of its row. */
function cellOf({ target, args, line }: Extract<Syntax, { kind: 'index' }>): Syntax {
	const [row, ...column] = args
	return row === undefined
		? { kind: 'other', what: 'an index', line }
		: { kind: 'index', target: rowOf(target, row.value, line), args: column, line }
}

/** A local or field that holds a connection manager means that one. */
export function holdManager(name: string, value: ScriptExpression, scope: MethodScope): void {
	if (scriptTypeKey(value.type) !== 'ConnectionManager' || value.kind !== 'literal' || value.value === null) return
	const { managers } = scope.class
	const held = managers.get(name)
	if (typeof value.value !== 'string' || (held !== undefined && held !== value.value))
		outside(`${name}, which holds several connections in turn`, value)
	else managers.set(name, value.value)
}

/** A property with a writer of its own. */
function ownProperty(target: Syntax, value: Syntax, scope: MethodScope): readonly ScriptStatement[] | undefined {
	const { line } = target
	const isThis = target.kind === 'member' && target.target.kind === 'name' && target.target.name === 'this'
	if (target.kind === 'name' || isThis) {
		const isLocal = !isThis && scope.local(target.name) !== undefined
		return isLocal || scope.holder === undefined
			? undefined
			: setOwn(scope.self, scope.holder, target.name, value, scope, line)
	}
	if (target.kind !== 'member') return undefined
	const named = classNamed(target.target, scope)
	if (named !== undefined) return setOwn(undefined, named, target.name, value, scope, line)
	const object = bind(target.target, scope)
	const holder = classOf(object.type, scope)
	return holder === undefined ? undefined : setOwn(object, holder, target.name, value, scope, line)
}

/** A name, a constant, or a sum of such: evaluated twice, it gives the same. */
function isSimple(node: Syntax): boolean {
	if (node.kind === 'binary') return isSimple(node.left) && isSimple(node.right)
	return node.kind === 'literal' || pathOf(node) !== undefined
}

/** Settings of a thing that say nothing here: how long to wait, how to log in at a server that is not used. */
const passedOver =
	/^(?:CommandTimeout|Timeout|ReadWriteTimeout|ContentLength|KeepAlive|Credentials|UseDefaultCredentials|EnableSsl|DeliveryMethod|Port|Host|Encoding|Proxy|SubjectEncoding|BodyEncoding)$/i

/** `mail.Subject = x`: undefined for members of other things. */
function bindProperty(
	{ target, name, line }: Extract<Syntax, { kind: 'member' }>,
	statement: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
): readonly ScriptStatement[] | undefined {
	const local =
		target.kind === 'name'
			? (scope.local(target.name) ?? scope.field(target.name))
			: target.kind === 'member' && /^(?:DefaultRequestHeaders|SelectCommand)$/i.test(target.name)
				? bind(target, scope)
				: undefined
	if (local?.type.kind !== 'thing') return undefined
	if (/^(?:WebClient|WebRequest|HttpClient)$/.test(local.type.name) && logsIn(name, statement.value)) {
		if (!isOwnAccount(statement.value)) return outside('a login at a web server', statement)
		scope.class.differences.add('RG-D210')
	}
	if (local.type.name === 'NetworkCredential') return [{ kind: 'note', text: name, line }]
	if (passedOver.test(name)) return [{ kind: 'note', text: name, line }]
	const receiver = bind(target, scope)
	const operations = overloads(local.type.name, `set ${name}`, false)
	if (operations.length === 0) return undefined
	const written = bind(statement.value, scope)
	const value =
		statement.operator === '='
			? written
			: binaryOf(statement.operator, bind(statement.target, scope), written, scope.class.language)
	const found = choose(operations, [receiver, value], scope.class.language)
	if (found === undefined) return outside(`${name} of a ${local.type.name} is set to another type`, statement)
	const { operation, args } = found
	return [{ kind: 'do', value: callOf(operation.id, args, operation.result, line), line }]
}
