import { describe, expect, it } from 'vitest'
import type { RunOutcome, RunRequest } from '#engines/port.ts'
import { proveJob } from '../support/prove-job.ts'
import { countedRows, makingRows } from '../support/script-rows.ts'

/** An engine that notes what it is asked for and runs nothing. */
function noting() {
	const requests: RunRequest[] = []
	const run = (request: RunRequest): Promise<RunOutcome> => {
		requests.push(request)
		const failure = { errorClass: 'Nothing', message: 'nothing runs here', trace: [] }
		return Promise.resolve({ ok: false, failure, effects: [], stdout: '', stderr: '', seconds: 0 })
	}
	return { requests, run }
}

describe('a job that makes more rows than a test run follows', () => {
	it('runs with a smaller variable on both sides, and the report says so', async () => {
		const engine = noting()
		const { proof } = await proveJob(engine, makingRows(2_000_000, countedRows))
		expect(engine.requests.length).toBeGreaterThan(0)
		expect(engine.requests[0]?.variables).toEqual({ v_rows: 3 })
		expect(proof.report.shortened).toEqual([{ variable: 'User::vRows', value: '3' }])
	})

	it('stays unproven, and is no failure, where no variable makes it shorter', async () => {
		const engine = noting()
		const endless = countedRows.replace('this.Variables.vRows', '2000000')
		const { proof } = await proveJob(engine, makingRows(4, endless))
		expect(engine.requests).toEqual([])
		expect(proof.failed).toBe(false)
		expect(proof.report).toMatchObject({
			level: 'E1',
			stopped_by: 'main: the script takes more steps than a test run follows',
		})
	})
})
