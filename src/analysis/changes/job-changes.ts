/** How jobs of one state of an export differ in meaning from those of another, in sentences a reviewer can check. */
import type { Job } from '#model/job.ts'
import { flowChanges } from './flow-changes.ts'
import { partChanges } from './part-changes.ts'
import { sentence } from './sentence.ts'

export interface JobChange {
	readonly job: string
	readonly change: 'added' | 'removed' | 'changed'
	/** Such as "stage XFM_1: constraint of link L2 changed from … to …". */
	readonly details: readonly string[]
}

/** Details of one job that anybody reads. */
const most = 50

/** Jobs are matched by name; those that mean the same are left out. */
export function changesOfJobs(before: readonly Job[], after: readonly Job[]): readonly JobChange[] {
	const [old, now] = [byName(before), byName(after)]
	return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name): readonly JobChange[] => {
		const [was, is] = [old.get(name), now.get(name)]
		if (was === undefined) return [{ job: name, change: 'added', details: [] }]
		if (is === undefined) return [{ job: name, change: 'removed', details: [] }]
		const details = jobDetails(was, is)
		return details.length === 0 ? [] : [{ job: name, change: 'changed', details: shortened(details) }]
	})
}

const byName = (jobs: readonly Job[]): ReadonlyMap<string, Job> => new Map(jobs.map((job) => [job.name, job]))

function shortened(details: readonly string[]): readonly string[] {
	const rest = details.length - most
	return rest <= 0 ? details : [...details.slice(0, most), `… and ${rest} more`]
}

function jobDetails(before: Job, after: Job): readonly string[] {
	const parts = (job: Job) => ({
		parameters: job.parameters,
		variables: job.variables,
		connections: job.connections,
		control: {
			...job.control,
			tasks: job.control.tasks.map((task) => ({ ...task, name: task.id })),
		},
	})
	const around = partChanges(parts(before), parts(after)).map(sentence)
	const word = after.dialect === 'ssis' ? 'component' : 'stage'
	const flows = new Map(after.flows.map((flow) => [flow.id, flow]))
	const gone = before.flows.filter(({ id }) => !flows.has(id)).map(({ name }) => `data flow ${name} was removed`)
	const known = new Map(before.flows.map((flow) => [flow.id, flow]))
	const own = after.flows.flatMap((flow) => {
		const was = known.get(flow.id)
		return was === undefined ? [`data flow ${flow.name} was added`] : flowChanges(was, flow, word)
	})
	return [...new Set([...own, ...gone, ...around])]
}
