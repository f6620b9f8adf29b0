import type { OpaqueTask } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'

/** A task that is not understood and no element of the canvas: a routine that runs before the job. The script stops at it all the same. */
export function uncountedStop({ control, accounting }: Pick<Job, 'control' | 'accounting'>): OpaqueTask | undefined {
	const elements = new Set(accounting.map(({ id }) => id))
	return allTasks(control)
		.filter((task) => task.kind === 'opaque')
		.find(({ element, disabled }) => !disabled && !elements.has(element))
}
