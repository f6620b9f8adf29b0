/** What a script asks of the outside, as effects of the job. */
import type { ScriptRequest } from '#languages/dotnet/operation.ts'
import { textRow } from '#languages/dotnet/operations/databases.ts'
import type { ScriptValue } from '#languages/dotnet/runtime.ts'
import { asList, asText } from '#languages/dotnet/runtime.ts'
import type { Value } from '#model/values.ts'
import type { EffectArgument, Outside } from '../effects.ts'

/** @param owner id of the task or operator whose script it is */
export function askOutside(request: ScriptRequest, owner: string, act: Outside): ScriptValue {
	const { helper, args, names } = request
	if (helper === 'sql') return query(request, owner, act)
	const given = Object.fromEntries(
		args.map((value, index): [string, EffectArgument] => [names[index] ?? String(index), asArgument(value)]),
	)
	const { value } = act({ kind: 'helper', task: owner, helper, args: given })
	return Array.isArray(value) ? { kind: 'list', items: [...(value as readonly Value[])] } : ((value ?? null) as Value)
}

const asArgument = (value: ScriptValue): EffectArgument =>
	typeof value === 'object' && value?.kind === 'map'
		? (Object.fromEntries(value.entries) as Readonly<Record<string, Value>>)
		: (value as Value)

/** Rows as scripts see them: texts by column. */
function query({ args: [connection, statement, given] }: ScriptRequest, task: string, act: Outside): ScriptValue {
	const parameters = asList(given).items.map((value) => value as Value)
	const answer = act({
		kind: 'sql',
		task,
		connection: asText(connection),
		statement: asText(statement),
		parameters,
	})
	return { kind: 'list', items: (answer.rows ?? []).map(textRow) }
}
