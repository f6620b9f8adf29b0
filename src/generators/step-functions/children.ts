/** Jobs that a sequence starts: what they are in the new world, and what their parameters are called there. */
import type { RunJobTask } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { tellsStatus } from '../glue/plan/arguments.ts'
import { identifier, slug } from '../names.ts'

export interface ChildJob {
	/** Name in the old tool. */
	readonly title: string
	/** Slug in the unit; null where the unit does not hold the job. */
	readonly job: string | null
	readonly kind: 'job' | 'state-machine'
	/** It may set a user status: a job of the unit that does, or one that nobody here knows. */
	readonly tellsStatus: boolean
	/** Stands in the definition for the name or ARN, which Terraform fills in. */
	readonly placeholder: string
	/** Argument of each parameter that the child takes. */
	readonly arguments: Readonly<Record<string, string>>
}

export type Children = (task: RunJobTask) => ChildJob

/** @param unit every job of the unit with its slug and the arguments of its parameters */
export function makeChildren(
	unit: readonly { readonly job: Job; readonly name: string; readonly parameters: ReadonlyMap<string, string> }[],
): Children {
	return (task) => {
		const { value } = task.job.expression.kind === 'literal' ? task.job.expression : { value: task.job.text }
		const title = typeof value === 'string' ? value : task.job.text
		const found =
			unit.find(({ job }) => job.name === title) ??
			unit.find(({ job }) => job.name.toLowerCase() === title.toLowerCase())
		const given = task.parameters.map(({ name }) => name)
		if (found === undefined) {
			return {
				title,
				job: null,
				kind: 'job',
				tellsStatus: true,
				placeholder: `job_${slug(title)}`,
				arguments: Object.fromEntries(given.map((name) => [name, identifier(name)])),
			}
		}
		const sequence = found.job.kind === 'sequence'
		const names = given.flatMap((name): (readonly [string, string])[] => {
			if (sequence) return found.job.parameters.some((one) => one.name === name) ? [[name, name]] : []
			const argument = found.parameters.get(name)
			return argument === undefined ? [] : [[name, argument]]
		})
		return {
			title: found.job.name,
			job: found.name,
			kind: sequence ? 'state-machine' : 'job',
			tellsStatus: tellsStatus(found.job),
			placeholder: `${sequence ? 'state_machine' : 'job'}_${found.name}`,
			arguments: Object.fromEntries(names),
		}
	}
}
