/** `Dts.TaskResult = …`: how a task ends. */
import type { ScriptExpression, ScriptStatement } from '#model/scripts.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { Syntax } from '../syntax.ts'
import { callOf, castTo } from './coerce.ts'
import { bind, bindCondition } from './expressions.ts'
import { outside } from './outside.ts'
import { chain } from './package-objects.ts'
import type { MethodScope } from './scope.ts'

export function taskResult(value: Syntax, line: number, scope: MethodScope): readonly ScriptStatement[] {
	const written = value.kind === 'cast' ? value.operand : value
	if (written.kind === 'conditional') {
		const condition = bindCondition(written.condition, scope)
		const [then, otherwise] = [taskResult(written.then, line, scope), taskResult(written.otherwise, line, scope)]
		return [{ kind: 'if', condition, then, otherwise, line }]
	}
	const last = written.kind === 'literal' ? written.text : chain(written)?.at(-1)?.toLowerCase()
	// DTSExecResult: Success is 0, Failure is 1.
	if (last === 'success' || last === '0') return [{ kind: 'result', outcome: 'success', line }]
	if (last === 'failure' || last === '1') return [{ kind: 'result', outcome: 'failure', line }]
	// A number that only the run knows: 0 is success.
	const given = castTo(bind(written, scope), scriptTypes.int, 'cast', scope.class.language)
	if (given.kind === 'literal') return outside('a task result that is neither success nor failure', value)
	const zero: ScriptExpression = { kind: 'literal', value: 0n, type: scriptTypes.int, line }
	const condition = callOf('Compare.Equal', [given, zero], scriptTypes.boolean, line)
	const ends = (outcome: 'success' | 'failure'): readonly ScriptStatement[] => [{ kind: 'result', outcome, line }]
	return [{ kind: 'if', condition, then: ends('success'), otherwise: ends('failure'), line }]
}
