/** `using (…)`: what is closed at the end of its block. */
import type { ScriptExpression, ScriptStatement } from '#model/scripts.ts'
import { scriptTypeKey, scriptTypes } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { callOf } from './coerce.ts'
import { bind } from './expressions.ts'
import { outside } from './outside.ts'
import type { MethodScope } from './scope.ts'

/** `using (writer)` of a local that is there already: as if it were declared here. */
export function usedAgain(node: Syntax, scope: MethodScope): readonly ScriptStatement[] {
	const value = bind(node, scope)
	return value.kind === 'local'
		? [{ kind: 'set', target: { kind: 'local', name: value.name }, value, declares: false, line: value.line }]
		: outside('using of something that is no local', value)
}

/** A writer is closed at the end of its block, however that is reached. */
export function closing(
	locals: readonly ScriptStatement[],
	body: readonly ScriptStatement[],
	line: number,
): readonly ScriptStatement[] {
	const writers = locals.flatMap((one) =>
		one.kind === 'set' && one.target.kind === 'local' && scriptTypeKey(one.value.type) === 'StreamWriter' ? [one] : [],
	)
	if (writers.length === 0) return body
	const last = writers.map(({ target, value }): ScriptStatement => {
		const name = target.kind === 'local' ? target.name : ''
		const writer: ScriptExpression = { kind: 'local', name, type: value.type, line }
		return { kind: 'do', value: callOf('StreamWriter.Close', [writer], scriptTypes.nothing, line), line }
	})
	return [{ kind: 'try', body, handlers: [], last, line }]
}
