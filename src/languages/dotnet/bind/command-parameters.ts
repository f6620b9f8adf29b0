/** Parameters of commands: `Add("@a", SqlDbType.Int).Value = x`, `Parameters["@a"].Value = x`, `Add(new SqlParameter("@a", x))`. */
import type { ScriptExpression, ScriptStatement } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Statement, Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { pathOf } from './members.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { lastPart } from './types.ts'

type Call = Extract<Syntax, { kind: 'call' }>

/** `SqlDbType.Int`: the type that the database is told; the value has its own. */
const isDatabaseType = (node: Syntax): boolean =>
	/^(?:SqlDbType|OleDbType|OdbcType|DbType)$/i.test(pathOf(node)?.at(-2) ?? '')

/** A parameter whose value is set where it is added, or later by its name; undefined for other assignments. */
export function parameterAssignment(
	{ target, operator, value, line }: Extract<Statement, { kind: 'assign' }>,
	scope: MethodScope,
): readonly ScriptStatement[] | undefined {
	if (target.kind !== 'member' || !/^value$/i.test(target.name) || operator !== '=') return undefined
	const holder = target.target
	if (holder.kind === 'call' && isAdd(holder)) {
		const added = parametersOf(holder, scope)
		const [name, type] = holder.args
		if (added === undefined || name === undefined) return undefined
		if (type !== undefined && !isDatabaseType(type.value)) return outside('a parameter with two values', holder)
		return [{ kind: 'do', value: call('AddWithValue', added, name.value, bind(value, scope), scope), line }]
	}
	if (holder.kind !== 'index' && holder.kind !== 'call') return undefined
	const [which] = holder.args
	if (which === undefined || !endsInParameters(holder.target)) return undefined
	const list = bind(holder.target, scope)
	return [{ kind: 'do', value: call('Set', list, which.value, bind(value, scope), scope), line }]
}

/** A parameter that is added by a call alone; undefined for other calls. */
export function addedParameter(node: Syntax, scope: MethodScope): ScriptExpression | undefined {
	if (node.kind !== 'call' || !isAdd(node)) return undefined
	const [first, second] = node.args
	if (first === undefined) return undefined
	const made =
		first.value.kind === 'new' && /Parameter$/.test(lastPart(first.value.type.name)) ? first.value : undefined
	if (made === undefined && (second === undefined || !isDatabaseType(second.value))) return undefined
	const list = parametersOf(node, scope)
	if (list === undefined) return undefined
	if (made === undefined) return call('AddWithValue', list, first.value, nothing(node), scope)
	const [name, value] = made.args
	// A size behind the type says how long a text the table takes.
	const isSized = made.args.length === 3 && value !== undefined && isDatabaseType(value.value)
	if (name === undefined || value === undefined || (made.args.length > 2 && !isSized))
		return outside(`new ${lastPart(made.type.name)} of another kind`, made)
	const given = isDatabaseType(value.value) ? nothing(node) : bind(value.value, scope)
	return call('AddWithValue', list, name.value, given, scope)
}

const isAdd = ({ target }: Call): boolean =>
	target.kind === 'member' && /^add$/i.test(target.name) && endsInParameters(target.target)

const endsInParameters = (node: Syntax): boolean => node.kind === 'member' && /^parameters$/i.test(node.name)

function parametersOf({ target }: Call, scope: MethodScope): ScriptExpression | undefined {
	const list = target.kind === 'member' ? bind(target.target, scope) : undefined
	return list !== undefined && scriptTypeKey(list.type) === 'Parameters' ? list : undefined
}

const nothing = ({ line }: Syntax): ScriptExpression => ({
	kind: 'literal',
	value: null,
	type: scriptTypes.object,
	line,
})

function call(
	name: 'AddWithValue' | 'Set',
	list: ScriptExpression,
	which: Syntax,
	value: ScriptExpression,
	scope: MethodScope,
): ScriptExpression {
	const args = [list, bindAs(which, scriptTypes.string, scope), value]
	return callOf(`Parameters.${name}`, args, scriptTypes.nothing, which.line)
}
