/** Exit codes, results on stdout, words for machines, and what wrong usage is told. */
import { cpSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '#evidence/report.ts'
import { goodDsx } from './bad-exports.ts'
import type { Folder } from './reglue.ts'
import { examples, reglue, temporaryFolder } from './reglue.ts'

// Each run is a process, and reading an export another one.

interface SarifPlace {
	readonly physicalLocation: {
		readonly artifactLocation: { readonly uri: string }
		readonly region: { readonly startLine: number; readonly endLine: number }
	}
}
interface Sarif {
	readonly runs: readonly {
		readonly automationDetails: { readonly id: string }
		readonly results: readonly {
			readonly ruleId: string
			readonly locations: readonly SarifPlace[]
			readonly relatedLocations: readonly SarifPlace[]
		}[]
	}[]
}

let folder: Folder

const run = (...args: readonly string[]) => reglue(args, { cwd: folder.path })
const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder.path, name), 'utf8'))

beforeAll(async () => {
	folder = temporaryFolder()
	cpSync(examples, path.join(folder.path, 'examples'), { recursive: true })
	// The same job twice, in two units.
	folder.write('twice/a/daily_sales.dsx', goodDsx)
	folder.write('twice/b/daily_sales.dsx', goodDsx)
	expect((await run('migrate', 'twice', '--out', 'twice-out', '--engine', 'none')).code).toBe(0)
})

afterAll(() => folder.remove())

describe('exit code 0', () => {
	it('analyze says what to expect, and writes only its report', async () => {
		const before = folder.files()
		const { code, out } = await run('analyze', 'examples', '--json', 'analysis.json')
		expect(code).toBe(0)
		expect(out).toContain('2 files, 2 jobs')
		expect(out).toMatch(/complexity: /)
		expect(folder.files()).toEqual([...before, 'analysis.json'].sort())
		expect(json('analysis.json')).toMatchObject({ version: 1, totals: { jobs: 2, opaque: 0 } })
	})

	it('migrate reports each job, on stdout and as JSON', async () => {
		const files = ['--json', 'report.json', '--sarif', 'findings.sarif']
		const { code, out } = await run('migrate', 'examples', '--out', 'out', '--engine', 'none', ...files)
		expect(code).toBe(0)
		expect(out).toContain('DailySales: SEMI-AUTO (predicted), E1')
		const report = json('report.json') as Report
		expect(report.jobs.map(({ name }) => name)).toEqual(['DailySales', 'LoadOrders'])
		for (const job of report.jobs) {
			const { total, exact, declared, opaque, dropped, items } = job.accounting
			expect(items).toHaveLength(total)
			expect(exact + declared + opaque + dropped).toBe(total)
			for (const artifact of job.artifacts) expect(folder.files()).toContain(`out/${artifact}`)
		}
	})

	it('--sarif has what there is to look at, on lines of files that are there', async () => {
		const log = json('findings.sarif') as Sarif
		expect(log.runs.map(({ automationDetails }) => automationDetails.id)).toEqual([
			'reglue/examples-datastage-retail-daily-sales/',
			'reglue/examples-ssis-orders/',
		])
		const results = log.runs.flatMap((one) => one.results)
		expect(results.map(({ ruleId }) => ruleId)).toContain('RG-D003')
		for (const { locations, relatedLocations } of results) {
			for (const { physicalLocation } of [...locations, ...relatedLocations]) {
				const { artifactLocation, region } = physicalLocation
				const lines = readFileSync(path.join(folder.path, artifactLocation.uri), 'utf8').split('\n')
				expect(region.endLine).toBeLessThanOrEqual(lines.length)
			}
		}
		const again = await run('report', 'out', '--out', 'page.html', '--sarif', 'again.sarif')
		expect(again.code).toBe(0)
		expect(json('again.sarif')).toEqual(log)
	})

	it('--only takes one job', async () => {
		await run('migrate', 'examples', '--out', 'one', '--engine', 'none', '--only', 'LoadOrders', '--json', 'one.json')
		expect((json('one.json') as Report).jobs.map(({ name }) => name)).toEqual(['LoadOrders'])
	})

	it('--quiet leaves only results', async () => {
		const { code, out, error } = await run('--quiet', 'analyze', 'examples/ssis-orders')
		expect({ code, error }).toEqual({ code: 0, error: '' })
		expect(out).toContain('1 file, 1 job')
	})

	it('--resume does not do again what has not changed', async () => {
		const { code, error } = await run('migrate', 'twice', '--out', 'twice-out', '--engine', 'none', '--resume')
		expect(code).toBe(0)
		expect(error).toContain('2 jobs of 2 files; 0 files written')
	})

	it('runs lists what was migrated', async () => {
		const { code, out } = await run('runs')
		expect(code).toBe(0)
		expect(out).toMatch(/finished\s+twice → /)
	})

	it('reconcile accepts as many differing rows as it was told, and shows them on a page', async () => {
		folder.write('left.csv', 'a,b\n1,x\n2,y\n')
		folder.write('off.csv', 'a,b\n1,x\n2,z\n')
		const compare = (allow: string) =>
			run(
				'reconcile',
				'--expected',
				'left.csv',
				'--actual',
				'off.csv',
				'--keys',
				'a',
				'--allow',
				allow,
				'--html',
				'r.html',
			)
		expect([(await compare('0')).code, (await compare('1')).code, (await compare('10%')).code]).toEqual([1, 0, 1])
		expect(readFileSync(path.join(folder.path, 'r.html'), 'utf8')).toContain('b: &#34;y&#34; → &#34;z&#34;')
	})

	it('reconcile takes equal data in any order for equal', async () => {
		folder.write('left.csv', 'a,b\n1,x\n2,y\n')
		folder.write('right.csv', 'a,b\n2,y\n1,x\n')
		const { code, out } = await run('reconcile', '--expected', 'left.csv', '--actual', 'right.csv')
		expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('**Equal.**') })
	})
})

describe('exit code 1', () => {
	it('reconcile names the rows that differ', async () => {
		folder.write('left.csv', 'a,b\n1,x\n2,y\n')
		folder.write('wrong.csv', 'a,b\n1,x\n2,z\n')
		const args = ['--expected', 'left.csv', '--actual', 'wrong.csv', '--keys', 'a', '--json', 'difference.json']
		const { code, out } = await run('reconcile', ...args)
		expect(code).toBe(1)
		expect(out).toContain('**Different.**')
		expect(json('difference.json')).toMatchObject({ equal: false, changed: 1 })
	})

	it('an invalid config is told with its line', async () => {
		folder.write('broken.yml', 'version: 1\ncolour: red\n')
		const { code, error } = await run('config', 'validate', '--config', 'broken.yml')
		expect(code).toBe(1)
		expect(error).toContain('broken.yml:2:')
	})

	it('explain knows no line beyond the end', async () => {
		const { code, error } = await run('explain', 'twice-out/twice-a-daily-sales/glue_jobs/daily_sales.py:99999')
		expect(code).toBe(1)
		expect(error).toContain('has no line 99999')
	})
})

describe('exit code 2', () => {
	it.each([
		['an unknown command', ['migrat'], "unknown command 'migrat'"],
		['an unknown option', ['migrate', 'examples', '--fast'], "unknown option '--fast'"],
		['a path that does not exist', ['migrate', 'nowhere'], 'there is no nowhere'],
		['a folder without exports', ['migrate', 'examples/ssis-orders/data'], 'no export below'],
		['an unknown engine', ['migrate', 'examples', '--engine', 'cray'], '--engine cray: there is local and none'],
		['a config that does not exist', ['migrate', 'examples', '--config', 'no.yml'], 'there is no no.yml'],
		['a required option left out', ['run', 'DailySales', '--in', 'twice-out'], "required option '--out <dir>'"],
		['no line in explain', ['explain', 'file.py'], 'write FILE:LINE'],
		['an unknown level', ['verify', 'twice-out', '--level', 'E9'], '--level E9: there is E0, E1, E2, E3'],
		['a repository that is none', ['publish', 'twice-out', '--forge', 'local', '--repo', 'twice-out'], 'not a git'],
	])('%s', async (_what, args, words) => {
		const { code, error } = await run(...args)
		expect(error).toContain(words)
		expect(code).toBe(2)
	})

	it('a job that several units have is told with the candidates', async () => {
		const { code, error } = await run('run', 'DailySales', '--in', 'twice-out', '--out', 'run')
		expect(code).toBe(2)
		expect(error).toContain('several jobs are called DailySales')
		expect(error).toContain('twice-a-daily-sales/daily_sales, twice-b-daily-sales/daily_sales')
	})

	it('a job that no unit has is told with all jobs', async () => {
		const { code, error } = await run('run', 'Weekly', '--in', 'twice-out', '--out', 'run')
		expect(code).toBe(2)
		expect(error).toContain('no job is called Weekly; there is twice-a-daily-sales/daily_sales')
	})

	it('a binding of a place that the job does not have is told with its places', async () => {
		const args = ['--in', 'twice-out', '--out', 'run', '--bind', '/data/retail/in/order.txt=twice/a/daily_sales.dsx']
		const { code, error } = await run('run', 'twice-a-daily-sales/daily_sales', ...args)
		expect(code).toBe(2)
		expect(error).toContain('--bind /data/retail/in/order.txt: the job reads and writes no such place')
		expect(error).toContain('/data/retail/in/orders.txt')
		expect(error).toContain("give --bind '/data/retail/in/customers.txt=FILE'")
	})
})
