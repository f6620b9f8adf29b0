/** Small jobs of one step each, beside those of the mutation check: what most of a portfolio looks like. */
import type { Job } from '#model/job.ts'
import type { ColumnSpec, JobSpec, StageSpec } from '../../test/support/dsx-builder.ts'
import { importJob, packed, reads, source, target, writes } from '../../test/support/dsx-builder.ts'
import { mutationJobs } from '../mutations/jobs.ts'

const lines = { SchemaFormat: "final_delim=end, delim=';', quote=none, null_field=''" }

const columns: readonly ColumnSpec[] = [
	{ name: 'ID', sqlType: 4 },
	{ name: 'SHOP', precision: 4 },
	{ name: 'AMOUNT', sqlType: 3, precision: 8, scale: 2 },
]

/** A file, one step, a file. */
function oneStep(name: string, step: Omit<StageSpec, 'name'>): JobSpec {
	return {
		name,
		stages: [source('In'), { name: 'Step', ...step }, target('Out')],
		links: [
			{ name: 'in', from: 'In', to: 'Step', columns, outProperties: reads('/in'), outMeta: lines },
			{ name: 'out', from: 'Step', to: 'Out', columns, inProperties: writes('/out'), inMeta: lines },
		],
	}
}

const steps: readonly JobSpec[] = [
	oneStep('Sorted', {
		type: 'PxSort',
		properties: { key: packed(['key', 'SHOP'], ['key', 'AMOUNT', ['asc\\desc', 'desc']]) },
	}),
	oneStep('Distinct', { type: 'PxRemDup', properties: { key: packed(['key', 'SHOP']), keep: 'first' } }),
	oneStep('Large', { type: 'PxFilter', properties: { where: packed(['where', 'AMOUNT > 100', ['target', '0']]) } }),
	oneStep('First', { type: 'PxHead', properties: { nrecs: '5' } }),
	oneStep('Last', { type: 'PxTail', properties: { nrecs: '5' } }),
]

/** Ten: five of one step, and five of many. */
export const smallJobs = (): readonly Job[] => [
	...steps.map((step) => importJob(step)),
	...mutationJobs().map(({ job }) => job),
]

export const isOneStep = (job: Job): boolean => steps.some((step) => step.name === job.name)
