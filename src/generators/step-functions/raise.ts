/** Failures that no trigger handles: the way to the exception handler, or the end. */
import { literalText } from '#languages/jsonata/text.ts'
import type { Catcher } from './asl.ts'
import { added, jsonata } from './asl.ts'
import type { Region } from './scope.ts'

/** Error with which a branch tells the rest of the machine that one of its activities failed. */
export const activityFailed = 'ActivityFailed'

/** Errors of a task that ran and did not end well. */
export const taskFailed = 'States.TaskFailed'

/** The catcher of an activity, when its failure is raised; undefined where the machine may simply fail. */
export function raiseCatch(activity: string, message: string, region: Region): Catcher | undefined {
	const { scope, machine } = region
	if (scope.onRaise === undefined) return undefined
	const { next, key } = scope.onRaise
	const what = `'ErrSource': ${literalText(activity)}, 'ErrNumber': '1', 'ErrMessage': ${literalText(message)}`
	const output = jsonata(added(`'${key}': {${what}}${warned(region)}`))
	if (next !== undefined) return { ErrorEquals: [taskFailed], Output: output, Next: next }
	const name = machine.memory.state(`${activity} failed`)
	scope.states.set(name, { Type: 'Fail', Error: activityFailed, Cause: jsonata(`$string({${what}})`) })
	return { ErrorEquals: [taskFailed], Next: name }
}

/** Fields that tell that an activity did not end OK, where the sequence says so at its end. */
export const warned = ({ machine }: Region): string =>
	machine.job.control.triggers?.warns === true ? ", 'Warned': true" : ''

/** A branch has failed: other jobs may have been running, so that the sequence fails when its handler has done its work. */
export function handlerCatch(next: string, key: string, region: Region): Catcher {
	return {
		ErrorEquals: [activityFailed],
		Output: jsonata(added(`'${key}': $parse($states.errorOutput.Cause), 'Abandoned': true${warned(region)}`)),
		Next: next,
	}
}
