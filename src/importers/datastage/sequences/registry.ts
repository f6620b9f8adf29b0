/** Activities of job sequences that are understood. A new one is a file in `activities/` and a line here. */
import type { Task } from '#model/control-flow.ts'
import * as barrier from './activities/barrier.ts'
import * as command from './activities/command.ts'
import * as job from './activities/job.ts'
import * as routine from './activities/routine.ts'
import * as terminator from './activities/terminator.ts'
import * as userVariables from './activities/user-variables.ts'
import * as waitForFile from './activities/wait-for-file.ts'
import type { ActivityContext } from './activity-context.ts'

type LowerActivity = (context: ActivityContext) => Task

/** Start Loop is not here: with its End Loop and all between, it becomes one task. */
const activities = {
	CCondition: barrier.lower,
	CEndLoopActivity: barrier.lower,
	CExceptionHandler: barrier.lower,
	CExecCommandActivity: command.lower,
	CJobActivity: job.lower,
	CRoutineActivity: routine.lower,
	CSequencer: barrier.lower,
	CTerminatorActivity: terminator.lower,
	CUserVarsActivity: userVariables.lower,
	CWaitForFileActivity: waitForFile.lower,
} as const satisfies Record<string, LowerActivity>

export type ActivityType = keyof typeof activities

/** Why activities of these types are not translated. No public export shows how their settings are spelled. */
export const notTranslated: Readonly<Record<string, string>> = {
	CNotificationActivity: 'it sends a mail, and how exports spell its settings is not known',
	COozieWfActivity: 'it runs a workflow of Oozie on a Hadoop cluster',
}

export function lowerActivityFor(type: string): LowerActivity | undefined {
	return Object.hasOwn(activities, type) ? activities[type as ActivityType] : undefined
}
