import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dsxJob, header, importText, reads, source, target, writes } from '../../support/dsx-builder.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), 600_000)
afterAll(() => engine.close())

const text = dsxJob({
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

describe('a job that waits for a file before it runs', () => {
	it('waits on both sides for the same file, as long', { timeout: 120_000 }, async () => {
		const before = '      OLEType "CJobDefn"\n      BeforeSubr "DSWaitForFile\\\\-/in/busy.txt timeout:5M"'
		const [job] = importText(header + text.replace('      OLEType "CJobDefn"', () => before)).jobs
		if (job === undefined) throw new Error('there is no job')
		const { proof, script } = await proveJob(engine, job)
		expect(proof.details, script).toEqual([])
		expect(proof.report.level).toBe('E3')
		expect(proof.report.effects_compared).toBeGreaterThan(0)
		for (const part of ['wait_for_file(', 'until="disappears"', 'timeout_seconds=300']) expect(script).toContain(part)
	})
})
