/** An export of 100 MB: read within the memory of one child process, and a small one beside it unharmed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '#evidence/report.ts'
import { goodDsx } from './bad-exports.ts'
import { reglue, temporaryFolder } from './reglue.ts'

const megabytes = 100

/** One header and as many copies of the job as fill the file, each with a name of its own. */
function largeExport(): { readonly text: string; readonly jobs: number } {
	const start = goodDsx.indexOf('BEGIN DSJOB')
	const job = goodDsx.slice(start)
	const jobs = Math.ceil((megabytes * 1024 * 1024) / job.length)
	const copies = Array.from({ length: jobs }, (_none, index) => job.replaceAll('"DailySales"', `"DailySales${index}"`))
	return { text: goodDsx.slice(0, start) + copies.join(''), jobs }
}

/** One job whose description alone is that large. */
const hugeValue = () => goodDsx.replace('Prices the orders', () => 'Prices the orders '.repeat(megabytes * 64 * 1024))

const full = process.env['REGLUE_FULL'] === '1'

/** Works on the large export and a small one beside it. */
async function workOn(large: string, command: string, ...args: readonly string[]) {
	const folder = temporaryFolder()
	try {
		folder.write('exports/large.dsx', large)
		folder.write('exports/small.dsx', goodDsx)
		const ended = await reglue([command, 'exports', '--json', 'report.json', ...args], { cwd: folder.path })
		const report = JSON.parse(readFileSync(path.join(folder.path, 'report.json'), 'utf8')) as Report
		return { ...ended, report, files: folder.files() }
	} finally {
		folder.remove()
	}
}

// Minutes of work: only with REGLUE_FULL=1.
describe.runIf(full)('a large export', () => {
	it('of many jobs is read whole', async () => {
		const { text, jobs } = largeExport()
		const { code, report } = await workOn(text, 'analyze')
		expect(code).toBe(0)
		expect(report.files.map((file) => file.jobs.length)).toEqual([jobs, 1])
		expect(report.totals.elements).toBe((jobs + 1) * 13)
	}, 900_000)

	it('that needs more memory than its process may take is a diagnostic, and the others are migrated', async () => {
		const { code, error, report, files } = await workOn(hugeValue(), 'migrate', '--out', 'out', '--engine', 'none')
		expect(code).toBe(3)
		expect(error).not.toContain('this is a bug')
		expect(report.files.flatMap(({ diagnostics }) => diagnostics)).toMatchObject([
			{ code: 'file/worker', severity: 'error', file: 'exports/large.dsx', line: 1 },
		])
		expect(report.jobs).toMatchObject([{ source: { file: 'exports/small.dsx' }, evidence: { level: 'E1' } }])
		expect(files).toContain('out/exports-small/glue_jobs/daily_sales.py')
	}, 900_000)
})
