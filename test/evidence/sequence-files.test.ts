import { describe, expect, it } from 'vitest'
import { proveSequence } from '#evidence/sequence.ts'
import { generate } from '#generators/glue/generate.ts'
import { defaultOptions } from '#generators/glue/options.ts'
import type { JobsFile } from '#generators/jobs-file.ts'
import { definitionProblems } from '#generators/step-functions/well-formed.ts'
import type { Task, WaitForFileTask } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { SequenceSpec } from '../support/sequence-builder.ts'
import { command, handler, importSequence, jobActivity } from '../support/sequence-builder.ts'

/** No public export shows a Wait for File activity: it takes the place of a command that removes the file. */
function waiting(spec: SequenceSpec, until: WaitForFileTask['until'], timeoutSeconds?: number): Job {
	const job = importSequence(spec)
	const tasks = job.control.tasks.map((task): Task => {
		if (task.kind !== 'file-operation') return task
		const { id, element, name, provenance, disabled, source, outputs = [] } = task
		const base = { id, element, name, provenance, disabled }
		const wait = { ...base, kind: 'wait-for-file', path: source, until, outputs } as const
		return timeoutSeconds === undefined ? wait : { ...wait, timeoutSeconds }
	})
	return { ...job, control: { ...job.control, tasks } }
}

async function proof(job: Job) {
	const { artifacts } = generate({ name: 'unit', jobs: [job] }, defaultOptions)
	const text = (path: string): string => artifacts.find((one) => one.path === `unit/${path}`)?.text ?? ''
	const [entry] = (JSON.parse(text('jobs.json')) as JobsFile).state_machines ?? []
	if (entry === undefined) throw new Error('the unit has no state machine')
	const definition = text(entry.definition)
	return proveSequence(job, { entry, definition, problems: definitionProblems(definition) }, { run: true })
}

const spec = (triggers: readonly string[], more: SequenceSpec['activities'] = []): SequenceSpec => ({
	parameters: { Dir: 's3://bucket/in' },
	activities: [command('Wait', 'rm "#Dir#/go.txt"'), jobActivity('Load'), jobActivity('Late'), ...more],
	triggers,
})

describe('a sequence that waits for a file', () => {
	it.each([
		['appears', 150],
		['disappears', 60],
		['appears', undefined],
	] as const)('until it %s, at most %s seconds', async (until, seconds) => {
		const { report, details } = await proof(waiting(spec(['Wait ok> Load', 'Wait failed> Late']), until, seconds))
		expect(details).toEqual([])
		expect(report.stopped_by).toBeUndefined()
		expect(report.level).toBe('E3')
	})

	it('enters its exception handler when the time is over', async () => {
		const job = waiting(spec(['Wait ok> Load', 'Oops > Late'], [handler('Oops')]), 'appears', 120)
		const { report, details } = await proof(job)
		expect(details).toEqual([])
		expect(report.level).toBe('E3')
		expect(report.branches.unreached).toEqual([])
	})
})
