/**
 * Runs a job sequence the way the coordinator does that DataStage generates for it (observed in job control code of 8.7 and
 * 11.5): jobs are started and run side by side, everything else happens at once; when a job ends, its triggers fire, and what
 * they start is followed to its end before the coordinator waits again.
 */
import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Names } from '../context.ts'
import type { CountedBranch, Tracker } from '../coverage.ts'
import { createTracker } from '../coverage.ts'
import { catchStop } from '../stop.ts'
import { makeVariables } from '../variables.ts'
import { enter, jobEnded } from './activities.ts'
import type { Coordinator } from './coordinator.ts'
import { raise } from './failures.ts'
import { firstTasks, indexTasks } from './index-tasks.ts'
import { declareTriggers } from './triggers.ts'
import type { JobStatus, SequenceWorld, Started } from './world.ts'

export interface SequenceRequest {
	readonly parameters: Names
	readonly run: RunFacts
	readonly world: SequenceWorld
}

export interface SequenceResult {
	/** In order of time. */
	readonly started: readonly Started[]
	readonly status: JobStatus
	/** Why it ended as failed. */
	readonly message?: string
	readonly branches: readonly CountedBranch[]
}

export function interpretSequence(
	job: Job,
	request: SequenceRequest,
	tracker: Tracker = createTracker(),
): SequenceResult {
	const { parameters, run, world } = request
	const coordinator: Coordinator = {
		job,
		tasks: indexTasks(job.control),
		parameters,
		variables: makeVariables(job.variables, parameters, run),
		run,
		world,
		tracker,
		started: [],
		running: [],
		joined: new Map(),
		passes: new Map(),
		times: new Map(),
		now: 0,
		warned: false,
		abandoning: false,
		handling: false,
		ended: false,
		message: undefined,
	}
	declareTriggers(job.control, tracker)
	step(coordinator, () => {
		for (const task of firstTasks(job.control)) enter(task.id, coordinator)
	})
	while (!coordinator.ended) {
		const next = coordinator.running.reduce<Coordinator['running'][number] | undefined>(
			(first, one) => (first === undefined || one.ends < first.ends ? one : first),
			undefined,
		)
		if (next === undefined) break
		coordinator.running.splice(coordinator.running.indexOf(next), 1)
		coordinator.now = Math.max(coordinator.now, next.ends)
		coordinator.abandoning = next.abandoned
		step(coordinator, () => jobEnded(next, coordinator))
	}
	const { started, message } = coordinator
	const failed = coordinator.ended || coordinator.abandoning
	return {
		started,
		status: failed ? 3 : coordinator.warned ? 2 : 1,
		...(failed ? { message: message ?? 'the sequence was abandoned' } : {}),
		branches: tracker.branches(),
	}
}

/** What one event sets off; what stops it is a failure of the whole sequence, or starts its exception handler. */
function step(coordinator: Coordinator, work: () => void): void {
	const result = catchStop(work)
	if (!('failure' in result)) return
	const { failure } = result
	raise(failure, coordinator, (task) => step(coordinator, () => enter(task, coordinator)))
}
