import { describe, expect, it } from 'vitest'
import type { Values } from '../../support/dsx-builder.ts'
import { dsxJob, header, importText, reads, source, target, writes } from '../../support/dsx-builder.ts'

/** A job that copies a file, with more keys in its root record; `null`: without stages. */
function controlOf(values: Values, stages: boolean) {
	const text = dsxJob({
		stages: stages ? [source('In'), target('Out')] : [],
		links: stages
			? [
					{
						name: 'a',
						from: 'In',
						to: 'Out',
						columns: [{ name: 'A' }],
						outProperties: reads('/in'),
						inProperties: writes('/out'),
					},
				]
			: [],
	})
	const lines = Object.entries(values).map(([key, value]) => `      ${key} =+=+=+=\n${value}\n=+=+=+=`)
	const root = text.replace('      OLEType "CJobDefn"', ['      OLEType "CJobDefn"', ...lines].join('\n'))
	const [job] = importText(header + root).jobs
	return job
}

describe('what a job does besides its data flow', () => {
	it('stands around the flow as opaque tasks that say what does not happen', () => {
		const job = controlOf({ BeforeSubr: 'DSU.ExecSH\\\\mv #DIR#/a #DIR#/b', AfterSubr: 'DSU.Notify\\\\team' }, true)
		expect(job?.control.tasks.map(({ id, kind }) => `${id} (${kind})`)).toEqual([
			'JOB#before routine DSU.ExecSH (opaque)',
			'JOB (data-flow)',
			'JOB#after routine DSU.Notify (opaque)',
		])
		expect(job?.control.tasks[0]).toMatchObject({
			reason:
				'the routine DSU.ExecSH, which the job calls before it runs, runs a command of the operating system: #DIR# is no parameter and no variable of an activity',
			text: 'mv #DIR#/a #DIR#/b',
		})
		expect(job?.control.tasks[2]).toMatchObject({
			reason: 'the routine DSU.Notify, which the job calls after it runs, is BASIC code that runs on the old server',
		})
		expect(job?.control.precedences.map(({ id }) => id)).toEqual([
			'JOB#before routine DSU.ExecSH > JOB',
			'JOB > JOB#after routine DSU.Notify',
		])
		expect(job?.diagnostics.filter(({ code }) => code === 'stage/unsupported')).toHaveLength(2)
	})

	it.each([
		['ExecSH\\\\rm -f /in/a.txt', { kind: 'file-operation', operation: 'delete-file', mayBeAbsent: true }],
		['DSU.ExecSHSilent\\\\mv /in/*.txt /old/', { kind: 'files', action: 'move', needsFile: true }],
	])('is done by a task where it is a command on files: %s', (BeforeSubr, task) => {
		const job = controlOf({ BeforeSubr, AfterSubr: BeforeSubr, ControlAfterSubr: '1' }, true)
		expect(job?.control.tasks).toMatchObject([task, { kind: 'data-flow' }, task])
		expect(job?.control.precedences.map(({ outcome }) => outcome)).toEqual(['success', 'success'])
		expect(job?.diagnostics.filter(({ code }) => code === 'stage/unsupported')).toEqual([])
	})

	it.each([
		['DSWaitForFile\\\\/in/go.txt', { until: 'appears', timeoutSeconds: 43_200, path: { text: '/in/go.txt' } }],
		[
			'DSWaitForFile\\\\-/in/a b.txt timeout:2H',
			{ until: 'disappears', timeoutSeconds: 7200, path: { text: '/in/a b.txt' } },
		],
		['DSU.DSWaitForFile\\\\/in/go.txt timeout=90m/10', { timeoutSeconds: 5400 }],
		['DSWaitForFile\\\\/in/go.txt TIMEOUT:30', { timeoutSeconds: 30 }],
	])('waits for a file: %s', (BeforeSubr, wait) => {
		const job = controlOf({ BeforeSubr }, true)
		expect(job?.control.tasks).toMatchObject([{ kind: 'wait-for-file', ...wait }, { kind: 'data-flow' }])
	})

	it.each([
		['-', 'it names no file'],
		['/in/go.txt timeout=15:00', 'it waits until "15:00"'],
		['#Nobody#/go.txt', '#Nobody# is no parameter'],
	])('stays opaque where nobody can say what it waits for: %s', (argument, why) => {
		const [task] = controlOf({ BeforeSubr: `DSWaitForFile\\\\${argument}` }, true)?.control.tasks ?? []
		expect(task?.kind === 'opaque' && task.reason).toContain(why)
	})

	it('comes after a flow that failed, too, unless the job says otherwise', () => {
		const job = controlOf({ AfterSubr: 'ExecSH\\\\rm /in/a.txt' }, true)
		expect(job?.control.precedences.map(({ outcome }) => outcome)).toEqual(['completion'])
	})

	it('stays opaque where a command only writes a value', () => {
		const job = controlOf({ BeforeSubr: 'ExecSH\\\\echo begin' }, true)
		expect(job?.control.tasks[0]).toMatchObject({ kind: 'opaque' })
	})

	it('is all there is to a job of job control', () => {
		const job = controlOf(
			{ JobControlCode: 'H = DSAttachJob("LOAD", DSJ.ERRFATAL)\nE = DSRunJob(H, DSJ.RUNNORMAL)' },
			false,
		)
		expect(job?.flows).toEqual([])
		expect(job?.control.tasks).toMatchObject([
			{ kind: 'opaque', sourceType: 'JobControlCode', reason: 'its job control, a program in BASIC, runs other jobs' },
		])
	})

	it('is nothing in a job without routines', () => {
		expect(controlOf({ BeforeSubr: '0' }, true)?.control.tasks.map(({ kind }) => kind)).toEqual(['data-flow'])
	})
})
