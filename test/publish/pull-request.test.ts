import { describe, expect, it } from 'vitest'
import { pullRequestText } from '#publish/pull-request.ts'
import { jobReportOf } from '../support/job-report.ts'

const opaque = jobReportOf({
	name: 'Load',
	category: 'MANUAL',
	accounting: {
		total: 2,
		exact: 1,
		declared: 0,
		opaque: 1,
		dropped: 0,
		items: [{ id: 'Load/P|vot', type: 'PxPivot', outcome: 'opaque', reason: 'the stage type is not translated' }],
	},
	evidence: {
		...jobReportOf().evidence,
		level: 'E1',
		reached: ['E0', 'E1'],
		rows_compared: 0,
		outputs: [],
		stopped_by: 'P|vot is not understood',
	},
})

describe('the pull request of a unit', () => {
	it('names the job, its evidence and what no row reached', () => {
		const { title, body, check } = pullRequestText('exports-retail', [jobReportOf()])
		expect(title).toBe('Migrate DailySales to AWS Glue')
		expect(body).toContain('| `DailySales` | AUTO | E3 | 40 | 5 / 6 | 3 | 3 | 0 | 0 | 0 |')
		expect(body).toContain('Branch that no row reached: XfmPrice: route lnkReturns')
		expect(check).toMatchObject({ conclusion: 'success', title: 'Equal: 40 rows compared, no difference' })
	})

	it('fails when an output differs, whatever else is fine', () => {
		const wrong = jobReportOf({
			evidence: { ...jobReportOf().evidence, outputs: [{ name: 'T', expected: 2, actual: 1, equal: false }] },
		})
		expect(pullRequestText('u', [jobReportOf(), wrong]).check).toMatchObject({
			conclusion: 'failure',
			title: 'Wrong rows in DailySales',
		})
	})

	it('asks a person for what is not translated, and shows it', () => {
		const { body, check } = pullRequestText('u', [opaque])
		expect(check.conclusion).toBe('action_required')
		expect(body).toContain('- Not translated: `Load/P|vot` (PxPivot): the stage type is not translated')
	})

	it.each(['takes the first row', 'takes the first row.'])(
		'ends a declared difference with one full stop: %s',
		(detail) => {
			const job = jobReportOf({ differences: [{ id: 'RG-D003', element: 'DailySales/Lkp', detail }] })
			expect(pullRequestText('u', [job]).body).toMatch(/takes the first row\.\n/)
		},
	)

	it('is neutral for declared differences, each with a box to tick, and before anything has run', () => {
		const declared = jobReportOf({
			differences: [{ id: 'RG-D003', element: 'DailySales/Lkp', detail: 'takes the first row' }],
		})
		expect(pullRequestText('u', [declared]).check.conclusion).toBe('neutral')
		expect(pullRequestText('u', [declared]).body).toContain(
			'- [ ] Declared difference **RG-D003** at `DailySales/Lkp`: takes the first row.',
		)
		expect(pullRequestText('u', [jobReportOf({ predicted: true })]).check.conclusion).toBe('neutral')
	})

	it('lets no name of an export become markup', () => {
		const { title, body } = pullRequestText('u', [jobReportOf({ name: '<img src=x> @team\n# [a](b)' })])
		expect(title).not.toContain('\n')
		expect(body).toContain('<summary>&lt;img src=x&gt; @\u200bteam # [a](b): 1 note</summary>')
	})
})
