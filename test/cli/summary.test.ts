import { describe, expect, it } from 'vitest'
import type { Report } from '#evidence/report.ts'
import { totalsOf } from '#evidence/report.ts'
import { exitCodeOf, summary } from '../../src/cli/summary.ts'
import { jobReportOf } from '../support/job-report.ts'

function report(jobs: Report['jobs'], files: Report['files'] = []): Report {
	return { version: 1, files, jobs, totals: totalsOf(files, jobs) }
}

const broken: Report['files'][number] = {
	file: 'a.dsx',
	sha256: '',
	format: 'dsx',
	jobs: [],
	diagnostics: [
		{
			code: 'file/truncated',
			severity: 'error',
			what: 'It ends early.',
			why: 'END DSJOB is missing',
			remedy: 'Export again.',
			file: 'a.dsx',
			line: 7,
			path: '',
		},
	],
}

describe('the summary of a report', () => {
	it('says each job in a line, and the totals', () => {
		expect(summary(report([jobReportOf()]))).toEqual([
			'DailySales: AUTO, E3, 40 rows compared, 5/6 branches',
			'0 files, 1 job, 3 elements: 3 exact, 0 declared, 0 opaque, 0 dropped',
			'evidence: E3 1; category: AUTO 1',
		])
	})

	it('shows problems with files first, with their place', () => {
		expect(summary(report([], [broken]))[0]).toBe('a.dsx:7: error file/truncated: It ends early.')
	})

	it('keeps escape sequences of names off the terminal', () => {
		expect(summary(report([jobReportOf({ name: 'x\u001b[2J' })]))[0]).toContain('x\\u001b[2J')
	})
})

describe('the exit code of a report', () => {
	it('is 0 when all is proven, 3 when a file or a job is degraded', () => {
		const { accounting, evidence } = jobReportOf()
		const unproven = jobReportOf({ evidence: { ...evidence, reached: ['E0', 'E1'] } })
		expect(exitCodeOf(report([jobReportOf()]))).toBe(0)
		expect(exitCodeOf(report([jobReportOf()], [broken]))).toBe(3)
		const guessed = broken.diagnostics.map((one) => ({ ...one, code: 'file/encoding', severity: 'warning' as const }))
		expect(exitCodeOf(report([jobReportOf()], [{ ...broken, diagnostics: guessed }]))).toBe(3)
		expect(exitCodeOf(report([jobReportOf({ accounting: { ...accounting, opaque: 1 } })]))).toBe(3)
		expect(exitCodeOf(report([unproven]))).toBe(3)
		expect(exitCodeOf(report([{ ...unproven, predicted: true }]))).toBe(0)
	})
})
