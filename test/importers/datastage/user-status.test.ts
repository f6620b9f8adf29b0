import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Values } from '../../support/dsx-builder.ts'
import { dsxJob, header, importText, reads, record, source, target, writes } from '../../support/dsx-builder.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), 600_000)
afterAll(() => engine.close())

/** A job that copies a file, with these keys in its root record and this subroutine beside it. */
function jobWith(values: Values, routine: string) {
	const text = dsxJob({
		name: 'Load',
		parameters: [{ Name: 'Day', Default: 'Mon', ParamType: '0' }],
		stages: [source('In'), target('Out')],
		links: [
			{
				name: 'a',
				from: 'In',
				to: 'Out',
				columns: [{ name: 'A' }],
				outProperties: reads('/in'),
				inProperties: writes('/out'),
			},
		],
	})
	const lines = Object.entries(values).map(([key, value]) => `      ${key} "${value}"`)
	const job = text.replace('      OLEType "CJobDefn"', ['      OLEType "CJobDefn"', ...lines].join('\n'))
	const routines = [
		'BEGIN DSROUTINES',
		record({ Identifier: 'SetStatus', OLEType: 'CRoutine', RoutineType: '1', Source: routine }),
		'END DSROUTINES',
		'',
	]
	const [found] = importText(header + job + routines.join('\n')).jobs
	if (found === undefined) throw new Error('there is no job')
	return found
}

const subroutine = (...lines: readonly string[]): string =>
	['SUBROUTINE SetStatus(InputArg, ErrorCode)', '$INCLUDE DSINCLUDE JOBCONTROL.H', ...lines, 'RETURN'].join('\n')

const plain = subroutine('ErrorCode = 0', 'Call DSSetUserStatus(InputArg)')

describe('the user status of a job', () => {
	it('is set by a subroutine behind the flow, even where the flow failed', () => {
		const job = jobWith({ AfterSubr: 'DSU.SetStatus\\\\rows of #Day#' }, plain)
		expect(job.control.tasks).toMatchObject([
			{ kind: 'data-flow' },
			{ kind: 'user-status', name: 'after routine DSU.SetStatus', value: { text: 'rows of #Day#' } },
		])
		expect(job.control.precedences.map(({ outcome }) => outcome)).toEqual(['completion'])
		expect(job.diagnostics.filter(({ code }) => code === 'stage/unsupported')).toEqual([])
	})

	it('may be computed, and the log left out', () => {
		const body = subroutine(
			'If InputArg = "Sun" Then Code = 7 Else Code = 1',
			'Call DSLogInfo("day ":InputArg, "SetStatus")',
			'Call DSSetUserStatus(Code)',
		)
		expect(jobWith({ BeforeSubr: 'SetStatus\\\\#Day#' }, body).control.tasks[0]).toMatchObject({
			kind: 'user-status',
			value: { expression: { type: { kind: 'string' } } },
		})
	})

	it.each([
		['it may stop the job', subroutine('Call DSSetUserStatus("x")', 'If InputArg = "x" Then ErrorCode = 1')],
		[
			'it does not always set the user status',
			subroutine('If InputArg = "1" Then', 'Call DSSetUserStatus("x")', 'End'),
		],
		['it does not always set the user status', subroutine('ErrorCode = 0')],
		[
			'it does not always set the user status',
			subroutine('For I = 1 To Len(DSJobInvocationId)', 'Call DSSetUserStatus(InputArg)', 'Next I'),
		],
		['it calls Tell, which does more than compute', subroutine('Call Tell(InputArg)')],
		[
			'it does not always set the user status',
			subroutine('If InputArg = "x" Then RETURN', 'Call DSSetUserStatus("x")'),
		],
		['it has the statement OPENSEQ, which does more', subroutine('OPENSEQ InputArg TO F ELSE ErrorCode = 1')],
		['it takes other arguments than', 'SUBROUTINE SetStatus(A)\nCall DSSetUserStatus(A)\nRETURN'],
	])('stays opaque where the routine does something else: %s', (why, routine) => {
		const job = jobWith({ AfterSubr: 'DSU.SetStatus\\\\x' }, routine)
		expect(job.control.tasks[1]).toMatchObject({ kind: 'opaque' })
		expect(JSON.stringify(job.control.tasks[1])).toContain(why)
	})

	it('is told by the script as the reference tells it', { timeout: 120_000 }, async () => {
		const { proof, script } = await proveJob(engine, jobWith({ AfterSubr: 'DSU.SetStatus\\\\rows of #Day#' }, plain))
		expect(proof.details, script).toEqual([])
		expect(proof.report.level).toBe('E3')
		expect(proof.report.effects_compared).toBeGreaterThan(0)
		expect(script).toContain('tell_user_status(spark, params["user_status"], "rows of " + params["day"])')
	})
})
