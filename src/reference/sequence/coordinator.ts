import type { RunFacts } from '#languages/catalogue.ts'
import type { RunJobTask } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import type { Names } from '../context.ts'
import type { Tracker } from '../coverage.ts'
import type { VariableStore } from '../variables.ts'
import type { Placed } from './index-tasks.ts'
import type { JobStatus, SequenceWorld, Started } from './world.ts'

export interface RunningJob {
	readonly task: RunJobTask
	readonly job: string
	readonly ends: number
	readonly status: JobStatus
	/** What the job set as its user status; empty: nothing. */
	readonly userStatus: string
	/** The sequence failed while it ran: its triggers no longer fire. */
	abandoned: boolean
}

/** A loop while it runs: values still to come. */
export interface Passes {
	readonly values: readonly Value[]
	next: number
}

/** A sequence while it runs. */
export interface Coordinator {
	readonly job: Job
	readonly tasks: ReadonlyMap<string, Placed>
	readonly parameters: Names
	readonly variables: VariableStore
	readonly run: RunFacts
	readonly world: SequenceWorld
	readonly tracker: Tracker
	readonly started: Started[]
	readonly running: RunningJob[]
	/** How many triggers have reached a task, by task id. */
	readonly joined: Map<string, number>
	readonly passes: Map<string, Passes>
	/** How often an activity was started, by task id. */
	readonly times: Map<string, number>
	now: number
	warned: boolean
	/** It failed; it ends when nothing runs any more. */
	abandoning: boolean
	/** The exception handler has been entered. */
	handling: boolean
	/** It ended at once. */
	ended: boolean
	message: string | undefined
}
