import { describe, expect, it } from 'vitest'
import type { JobReport } from '#evidence/report.ts'
import { annotationsOf, findingsOf } from '#publish/findings.ts'
import { jobReportOf } from '../support/job-report.ts'

/** Lines 40 to 52 of the script come from the stage, and 44 to 45 of them from its link. */
const lock = JSON.stringify({
	traces: {
		'exports-retail/glue_jobs/daily.py': [
			[40, 52, 'DailySales/Target', 'exports/retail.dsx', 100, 140],
			[44, 45, 'DailySales/Target', 'exports/retail.dsx', 120, 121],
			[60, 61, 'DailySales/Target', 'exports/other.dsx', 1, 2],
		],
	},
})
const wrong = jobReportOf({
	evidence: { ...jobReportOf().evidence, outputs: [{ name: 'Target', expected: 2, actual: 1, equal: false }] },
})
const of = (job: JobReport, text: string | undefined = lock) => findingsOf({ jobs: [job] }, () => text, 'generated')

describe('findings', () => {
	it('are on the narrowest generated lines of their element, with those of the export beside them', () => {
		expect(of(wrong)).toEqual([
			{
				unit: 'exports-retail',
				rule: 'rows/wrong',
				element: 'Target',
				level: 'failure',
				title: 'DailySales: wrong rows at Target',
				message: 'The source job gives 2 rows there, the new one 1, and they are not equal.',
				generated: { file: 'generated/exports-retail/glue_jobs/daily.py', lines: [44, 45] },
				source: { file: 'exports/retail.dsx', lines: [120, 121] },
			},
		])
		expect(annotationsOf(of(wrong))).toMatchObject([
			{ path: 'generated/exports-retail/glue_jobs/daily.py', startLine: 44, endLine: 45, level: 'failure' },
		])
	})

	it.each([
		['there is no lock file', undefined],
		['people broke it', '{'],
		['it has another form', '{"traces": 1}'],
	])('are in the export alone where %s', (_why, text) => {
		const [found] = findingsOf({ jobs: [wrong] }, () => text, 'generated')
		expect(found).toMatchObject({ source: { file: 'exports/retail.dsx', lines: [1, 1] } })
		expect(found).not.toHaveProperty('generated')
		expect(annotationsOf(found === undefined ? [] : [found])).toEqual([])
	})

	it('are wrong rows first, then what is not translated, then what is to be decided', () => {
		const evidence = {
			...wrong.evidence,
			reconciled: [{ target: 'Target', status: 'different' as const, rows: 9, differing: 2, rules: {} }],
		}
		const job = jobReportOf({
			evidence,
			accounting: {
				...jobReportOf().accounting,
				items: [
					{ id: 'DailySales/P', type: 'PxPivot', outcome: 'opaque', reason: 'it is unknown' },
					{ id: 'DailySales/Q', type: 'PxCopy', outcome: 'exact' },
				],
			},
			differences: [
				{ id: 'RG-D003', element: 'DailySales/Lkp', detail: 'takes the first row' },
				{ id: 'RG-D004', element: 'DailySales/Now', detail: 'stands still', decision: 'accepted' },
			],
			diagnostics: [
				{
					code: 'file/encoding',
					severity: 'warning',
					what: 'The encoding is unknown.',
					why: 'It is not named.',
					remedy: 'Name it.',
					file: 'exports/retail.dsx',
					line: 0,
					path: '',
				},
			],
		})
		expect(of(job).map(({ rule, level, title }) => [level, rule, title])).toEqual([
			['failure', 'rows/wrong', 'DailySales: wrong rows at Target'],
			['failure', 'rows/unlike-legacy', 'DailySales: Target is not what the legacy engine wrote'],
			['warning', 'element/opaque', 'DailySales: DailySales/P is not translated'],
			['warning', 'file/encoding', 'DailySales: The encoding is unknown'],
			['notice', 'RG-D003', 'DailySales: declared difference RG-D003'],
		])
	})

	it('tell of an export that could not be read, though it gave no job', () => {
		const diagnostics = [
			{ code: 'file/empty', severity: 'error' as const, what: 'The file is empty.', why: 'It has 0 bytes.' },
		].map((one) => ({ ...one, remedy: 'Export it again.', file: 'exports/none.dsx', line: 3, path: '' }))
		const files = [{ file: 'exports/none.dsx', sha256: '', format: 'unknown', jobs: [], diagnostics }]
		expect(findingsOf({ jobs: [], files }, () => undefined, 'generated')).toMatchObject([
			{ rule: 'file/empty', level: 'failure', source: { file: 'exports/none.dsx', lines: [3, 3] } },
		])
	})

	it('are none where everything is equal', () => {
		expect(of(jobReportOf())).toEqual([])
	})
})
