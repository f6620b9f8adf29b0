/** The report over an output folder, with its files as `migrate` leaves them. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { JobReport, Report } from '#evidence/report.ts'
import { reportVersion, totalsOf } from '#evidence/report.ts'
import { blobId } from '#generators/lock.ts'
import { recordEvidence } from '#pipeline/record-evidence.ts'
import { writePortfolio } from '#pipeline/report.ts'
import { readReport, writeReport } from '#pipeline/state.ts'
import { jobReportOf } from '../support/job-report.ts'

const script = 'import sys\n\n\ndef read():\n    """Stage Orders."""\n'
let out = ''
let job: JobReport

beforeEach(() => {
	const folder = mkdtempSync(path.join(tmpdir(), 'report-'))
	out = path.join(folder, 'out')
	const source = path.join(folder, 'retail.dsx')
	writeFileSync(source, 'BEGIN DSRECORD\n   Password=hunter2\nEND DSRECORD\n')
	job = jobReportOf({ source: { file: source, job: 'DailySales' }, unit: 'retail' })
	const sha256 = createHash('sha256').update(readFileSync(source)).digest('hex')
	const files = [{ file: source, sha256, format: 'dsx', jobs: [job.id], diagnostics: [] }]
	const report: Report = { version: reportVersion, files, jobs: [job], totals: totalsOf(files, [job]) }
	writeReport(out, report)
	mkdirSync(path.join(out, 'retail', 'glue_jobs'), { recursive: true })
	writeFileSync(path.join(out, 'retail', 'glue_jobs', 'a.py'), script)
	const entry = { id: job.id, name: 'a', script: 'glue_jobs/a.py' }
	writeFileSync(path.join(out, 'retail', 'jobs.json'), JSON.stringify({ version: 1, unit: 'retail', jobs: [entry] }))
	const lock = { version: 1, blobs: { 'retail/glue_jobs/a.py': blobId(script) }, traces: {} }
	writeFileSync(path.join(out, 'retail', 'reglue.lock.json'), JSON.stringify(lock))
})

function page(): string {
	const file = path.join(out, 'report.html')
	expect(writePortfolio(out, file)).toMatchObject({ report: { totals: { jobs: 1 } } })
	return readFileSync(file, 'utf8')
}

describe('the report over an output folder', () => {
	it('carries the generated code of each job', () => {
		expect(page()).toContain('&quot;&quot;&quot;Stage Orders.&quot;&quot;&quot;')
		expect(page()).not.toContain('was edited since')
	})

	it('says when a generated file was edited', () => {
		writeFileSync(path.join(out, 'retail', 'glue_jobs', 'a.py'), `${script}# mine\n`)
		expect(page()).toContain('was edited since')
	})

	it('is still made where files of the unit are gone', () => {
		writeFileSync(path.join(out, 'retail', 'jobs.json'), JSON.stringify({ version: 1, unit: 'retail', jobs: [] }))
		expect(page()).toContain('No generated code')
	})

	it('says what to do where no run has left anything', () => {
		expect(writePortfolio(path.join(out, 'retail'), path.join(out, 'x.html'))).toMatchObject({
			problem: expect.stringContaining('run `reglue migrate') as string,
		})
	})
})

describe('evidence of a later verify', () => {
	const evidence: JobReport['evidence'] = {
		...jobReportOf().evidence,
		level: 'E1',
		reached: ['E0', 'E1'],
		stopped_by: 'rows differ',
	}

	it('takes the place of the earlier one, with category, confidence and sums', () => {
		recordEvidence(out, [{ name: 'retail/a', id: job.id, evidence, failed: true, details: [] }], true)
		const now = readReport(out)?.content
		expect(now?.jobs[0]).toMatchObject({ category: 'MANUAL', confidence: 0.1, evidence: { stopped_by: 'rows differ' } })
		expect(now?.totals).toMatchObject({ levels: { E1: 1 }, categories: { MANUAL: 1 } })
	})

	it('is found from the folder of a unit too', () => {
		recordEvidence(
			path.join(out, 'retail'),
			[{ name: 'retail/a', id: job.id, evidence, failed: true, details: [] }],
			true,
		)
		expect(readReport(out)?.content.jobs[0]?.evidence.level).toBe('E1')
	})

	it('adds test cases only where nothing ran, and keeps what an earlier run proved', () => {
		const cases = [{ name: 'one order', file: 'spec.yaml', status: 'passed', outputs: [] }] as const
		const verified = [{ name: 'retail/a', id: job.id, evidence: { ...evidence, cases }, failed: false, details: [] }]
		recordEvidence(out, verified, false)
		expect(readReport(out)?.content.jobs[0]?.evidence).toMatchObject({ level: 'E3', cases })
		expect(page()).toContain('one order')
	})
})
