import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { JobReport } from '#evidence/report.ts'
import { totalsOf } from '#evidence/report.ts'
import { reportDocument } from '#report/document.ts'
import { html } from '#report/html.ts'
import { jobPage } from '#report/job-page.ts'
import { jobReportOf } from '../support/job-report.ts'

const assets = { style: 'p { color: red }', script: '"use strict"' }

function documentOf(jobs: readonly JobReport[], page = 'the page'): string {
	const report = { jobs, totals: totalsOf([], jobs) }
	return [
		...reportDocument({ report, folder: 'out', when: 'today', assets, pages: jobs.map(() => html`<p>${page}</p>`) }),
	].join('')
}

const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"' onmouseover="alert(3)`

describe('the document', () => {
	it('lets nothing run but its own program and style, and nothing load', () => {
		const text = documentOf([jobReportOf()])
		const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]
		const hash = (own: string) => createHash('sha256').update(own).digest('base64')
		expect(policy).toBe(
			`default-src 'none'; script-src 'sha256-${hash(assets.script)}'; style-src 'sha256-${hash(assets.style)}'; base-uri 'none'; form-action 'none'`,
		)
		expect(text).not.toMatch(/<(link|img|iframe)\b|\b(src|style)="|https?:/)
	})

	it('has a row and a page for each job', () => {
		const text = documentOf([jobReportOf({ name: 'First' }), jobReportOf({ name: 'Second' })])
		expect(text).toContain('<a href="#j1">Second</a>')
		expect(text).toContain('<section class="job" id="j1" aria-label="Job"><p>the page</p></section>')
	})

	it('counts so that the sum adds up', () => {
		const accounting = { total: 4, exact: 1, declared: 1, opaque: 2, dropped: 0, items: [] }
		const text = documentOf([jobReportOf(), jobReportOf({ accounting, category: 'MANUAL' })])
		const words = text.replaceAll(/<[^>]*>/g, '')
		expect(words).toContain('4 exact + 1 declared difference + 0 dropped by design + 2 opaque = 7 elements')
	})

	it('compresses the pages of a large portfolio, and says so to readers without JavaScript', () => {
		const jobs = [jobReportOf(), jobReportOf(), jobReportOf()]
		const text = documentOf(jobs, 'a long page '.repeat(100_000))
		const packed = [...text.matchAll(/<script type="application\/gzip" id="z(\d)">([^<]*)</g)]
		expect(packed.map(([, number]) => number)).toEqual(['0', '1', '2'])
		expect(gunzipSync(Buffer.from(packed[2]?.[2] ?? '', 'base64')).toString()).toContain('a long page a long page')
		expect(text).toContain('<noscript>')
		expect(text).not.toContain('id="j0"')
	})

	it('is a document still when a job has nothing', () => {
		expect(documentOf([])).toContain('0 of 0 jobs')
	})

	it('shows hostile names as text', () => {
		const job = jobReportOf({
			name: hostile,
			unit: hostile,
			source: { file: hostile, job: hostile },
			accounting: {
				total: 1,
				exact: 0,
				declared: 0,
				opaque: 1,
				dropped: 0,
				items: [{ id: hostile, type: hostile, outcome: 'opaque', reason: hostile }],
			},
			differences: [{ id: hostile, element: hostile, detail: hostile }],
			diagnostics: [
				{
					code: hostile,
					severity: 'error',
					what: hostile,
					why: hostile,
					remedy: hostile,
					file: hostile,
					line: 1,
					path: hostile,
				},
			],
		})
		const code = { path: hostile, text: hostile, edited: true, traces: [] }
		const page = jobPage({ report: job, code, source: () => undefined }, 'j0').markup
		for (const text of [documentOf([job]), page]) {
			expect(text).not.toMatch(/<script>alert|<img|\bonmouseover="/)
			expect(text).toContain('&lt;script&gt;alert(1)')
		}
	})
})
