/** What happens when nothing in the sequence handles a failure. */
import type { RunFailure } from '../stop.ts'
import type { Coordinator } from './coordinator.ts'
import { firstTasks } from './index-tasks.ts'

/**
 * Jobs that run are waited for, and their triggers do not fire. The exception handler is entered once; a failure inside it, or
 * without one, makes the sequence fail. A sequence whose handler ends in peace, with nothing else running, ends as if all was well.
 */
export function raise(failure: RunFailure, coordinator: Coordinator, start: (task: string) => void): void {
	const { job, tasks, variables, running } = coordinator
	for (const one of running) one.abandoned = true
	coordinator.message = failure.message
	const handler = job.control.handlers?.find(({ event }) => event === 'error')
	if (handler === undefined || coordinator.handling) {
		coordinator.abandoning = true
		return
	}
	coordinator.handling = true
	const error = job.control.triggers?.error
	if (error !== undefined) {
		variables.set(error.source, tasks.get(failure.operator)?.task.name ?? failure.operator)
		variables.set(error.number, '1')
		variables.set(error.message, failure.message)
	}
	for (const task of firstTasks(handler.body)) start(task.id)
}
