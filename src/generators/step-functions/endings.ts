import { literalText } from '#languages/jsonata/text.ts'
import type { AssignTask, FilesTask, FileTask, MailTask, ReadFileTask, WaitForFileTask } from '#model/control-flow.ts'
import type { Catcher, State } from './asl.ts'
import { added, jsonata } from './asl.ts'
import { handles } from './guards.ts'
import { activityFailed, raiseCatch, taskFailed, warned } from './raise.ts'
import { returnValue } from './s3.ts'
import type { Region } from './scope.ts'
import { keyOf } from './scope.ts'

export interface Endings {
	/** Fields that a good end adds. */
	readonly done: string
	/** Fields that a bad end adds, where the machine goes on after it. */
	readonly bad: string
	readonly catchers: readonly Catcher[]
}

/** How an activity that is no job ends: with a return value, or as a failure that is raised. */
export function endings(
	task: FileTask | FilesTask | ReadFileTask | WaitForFileTask | MailTask,
	message: string,
	next: string,
	region: Region,
): Endings {
	const { machine } = region
	const key = keyOf(machine, task)
	const { triggers } = machine.job.control
	const raises = triggers?.unhandled === 'raise' && !handles(region.control, task)
	const bad = `${returnValue(key, '1')}${triggers?.warns === true ? ", 'Warned': true" : ''}`
	const raised = raises ? raiseCatch(task.name, `${message} ${task.name}`, region) : undefined
	const caught: Catcher = { ErrorEquals: [taskFailed], Output: jsonata(added(bad)), Next: next }
	return {
		done: returnValue(key, '0'),
		bad,
		catchers: raises ? (raised === undefined ? [] : [raised]) : [caught],
	}
}

/** A failure that no call of AWS tells: like that of any other activity. `bad`: fields that it adds where the machine goes on. */
export function failureState(
	task: AssignTask | FilesTask | WaitForFileTask,
	bad: string,
	next: string,
	region: Region,
): State {
	const { machine, scope, control } = region
	const raises = machine.job.control.triggers?.unhandled === 'raise' && !handles(control, task)
	const what = `'ErrSource': ${literalText(task.name)}, 'ErrNumber': '1', 'ErrMessage': ${literalText(`Unhandled failure encountered in ${task.name}`)}`
	if (!raises) return { Type: 'Pass', Output: jsonata(added(bad)), Next: next }
	const target = scope.onRaise
	if (target?.next === undefined) return { Type: 'Fail', Error: activityFailed, Cause: jsonata(`$string({${what}})`) }
	return { Type: 'Pass', Output: jsonata(added(`'${target.key}': {${what}}${warned(region)}`)), Next: target.next }
}
