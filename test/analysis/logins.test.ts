import { describe, expect, it } from 'vitest'
import { withoutLogins } from '#analysis/logins.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { JobSpec } from '../support/dsx-builder.ts'
import { dsxJob, header, importText, reads, source, target, writes } from '../support/dsx-builder.ts'
import type { SequenceSpec } from '../support/sequence-builder.ts'
import { jobActivity, sequenceText } from '../support/sequence-builder.ts'

const copy = (name: string, path: string): JobSpec => ({
	name,
	parameters: [
		{ Name: 'DIR', Default: '/in', ParamType: '0' },
		{ Name: 'KEY', Default: 'x', ParamType: '1' },
	],
	stages: [source('In'), target('Out')],
	links: [
		{
			name: 'rows',
			from: 'In',
			to: 'Out',
			columns: [{ name: 'ID' }],
			outProperties: reads(path),
			inProperties: writes('/out'),
		},
	],
})

/** The first job hands its own secret to one job of the unit. */
const start = (child: string): SequenceSpec => ({
	name: 'Nightly',
	parameters: { DIR: '/in', KEY: '' },
	activities: [jobActivity(child, { DIR: 'DIR', KEY: 'KEY' })],
	triggers: [],
})

const imported = (...texts: readonly string[]): readonly Job[] => importText(header + texts.join('')).jobs

const asSecret = (jobs: readonly Job[]): readonly Job[] =>
	jobs.map((job) => ({
		...job,
		parameters: job.parameters.map((one) => (one.name === 'KEY' ? { ...one, secret: true } : one)),
	}))

const names = (jobs: readonly Job[]) =>
	Object.fromEntries(jobs.map((job) => [job.name, job.parameters.map(({ name }) => name)]))

const passed = (jobs: readonly Job[]) =>
	jobs.flatMap(({ control }) =>
		allTasks(control).flatMap((task) => (task.kind === 'run-job' ? task.parameters.map(({ name }) => name) : [])),
	)

describe('a secret that only an old connection needed', () => {
	it('is no parameter of the job any more, and a diagnostic says so', () => {
		const { jobs, diagnostics } = withoutLogins(asSecret(imported(dsxJob(copy('Copy', '/in/a')))))
		expect(names(jobs)).toEqual({ Copy: ['DIR'] })
		expect(diagnostics.map(({ code, what }) => [code, what])).toEqual([
			['parameter/login', 'The secret KEY is no argument of Copy.'],
		])
	})

	it('stays where the job reads it', () => {
		const given = asSecret(imported(dsxJob(copy('Copy', '/in/#KEY#'))))
		expect(withoutLogins(given)).toEqual({ jobs: given, diagnostics: [] })
	})

	it('is not passed by the sequence that starts the job, which needs it no more than the job does', () => {
		const { jobs } = withoutLogins(asSecret(imported(dsxJob(copy('Copy', '/in/a')), sequenceText(start('Copy')))))
		expect(names(jobs)).toEqual({ Copy: ['DIR'], Nightly: ['DIR'] })
		expect(passed(jobs)).toEqual(['DIR'])
	})

	it('is passed on to a job that reads it, and to one that the unit does not hold', () => {
		for (const others of [[dsxJob(copy('Copy', '/in/#KEY#'))], []]) {
			const { jobs } = withoutLogins(asSecret(imported(...others, sequenceText(start('Copy')))))
			expect(names(jobs)['Nightly']).toEqual(['DIR', 'KEY'])
			expect(passed(jobs)).toEqual(['DIR', 'KEY'])
		}
	})

	it('leaves parameters alone that are no secrets, read or not', () => {
		const given = imported(dsxJob(copy('Copy', '/in/a'))).map((job) => ({
			...job,
			parameters: job.parameters.map((one) => ({ ...one, secret: false })),
		}))
		expect(withoutLogins(given).jobs).toBe(given)
	})
})
