/** `TryParse(text, out x)`: the parse stands before the statement, and the call is the question whether it gave something. */
import type { ScriptExpression, ScriptType } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import { intOf } from '../operations/numbers.ts'
import type { Argument } from '../syntax.ts'
import { checked } from './check.ts'
import { callOf } from './coerce.ts'
import { isCulture } from './culture.ts'
import { outside } from './outside.ts'
import { bind, bindAs } from './recursion.ts'
import type { MethodScope } from './scope.ts'
import { defaultOf, knownType } from './types.ts'

const { string, boolean } = scriptTypes

export function tryParse(
	type: string,
	method: string,
	args: readonly Argument[],
	scope: MethodScope,
	line: number,
): ScriptExpression {
	const wanted = knownType({ name: type === 'datetime' ? 'DateTime' : type, args: [], dimensions: 0, nullable: false })
	const out = args.at(-1)
	const [text, ...rest] = args.slice(0, -1).filter(({ value }) => !isCulture(value, scope))
	if (wanted === undefined || out === undefined || text === undefined) return outside(`${type}.${method}`, { line })
	if (scope.before === undefined) return outside('TryParse where it may not be evaluated', { line })
	if (out.value.kind !== 'name') return outside('TryParse into something that is no local', { line })
	if (out.declares === true) scope.declare(out.value.name, wanted)
	const target = scope.local(out.value.name) ?? scope.field(out.value.name)
	if (target === undefined || scriptTypeKey(target.type) !== scriptTypeKey(wanted))
		return outside('TryParse into a value of another type', { line })
	const source = bindAs(text.value, string, scope)
	const formats = rest.map(({ value }) => bind(value, scope))
	const operation = operationOf(wanted, method)
	const many = formats.some(({ type }) => type.kind === 'list') ? '(many)' : ''
	const call = checked(callOf(`${operation}${many}`, [source, ...formats], wanted, line))
	const name = scope.fresh('parsed', wanted)
	const parsed: ScriptExpression = { kind: 'local', name, type: wanted, line }
	const kind = scope.local(out.value.name) === undefined ? 'field' : 'local'
	const found = callOf(
		'Compare.NotEqual',
		[parsed, { kind: 'literal', value: null, type: wanted, line }],
		boolean,
		line,
	)
	scope.before.push(
		{ kind: 'set', target: { kind: 'local', name }, value: call, declares: true, line },
		{
			kind: 'set',
			target: { kind, name: target.name },
			value: { kind: 'choose', condition: found, then: parsed, otherwise: defaultOf(wanted, line), type: wanted, line },
			declares: out.declares === true,
			line,
		},
	)
	return found
}

function operationOf(type: ScriptType, method: string): string {
	if (intOf(type) !== undefined) return 'TryParse.Int'
	if (type.kind === 'decimal') return 'TryParse.Decimal'
	if (scriptTypeKey(type) === 'timestamp')
		return method === 'tryparseexact' ? 'DateTime.TryParseExact' : 'DateTime.TryParse'
	return scriptTypeKey(type) === 'boolean' ? 'TryParse.Boolean' : 'TryParse.Double'
}
