/** Exports that are broken, locked or hostile: a diagnostic with its place each, and the other files of the call unharmed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '#evidence/report.ts'
import { checkScript } from '#generators/ruff.ts'
import { forbidden } from '#generators/well-formed.ts'
import { badExports, goodDsx, hostileName } from './bad-exports.ts'
import type { Ended, Folder } from './reglue.ts'
import { reglue, temporaryFolder } from './reglue.ts'

const inputs = {
	'exports/good/daily_sales.dsx': goodDsx,
	'exports/empty/empty.dsx': badExports.empty,
	'exports/empty-package/empty.dtsx': badExports.empty,
	'exports/truncated/daily_sales.dsx': badExports.truncatedDsx,
	'exports/malformed/LoadOrders.dtsx': badExports.malformedXml,
	'exports/encrypted/Locked.dtsx': badExports.encrypted,
	'exports/encoding/LoadOrders.dtsx': badExports.wrongEncodingDtsx,
	'exports/encoding/daily_sales.dsx': badExports.wrongEncodingDsx,
	'exports/hostile/daily_sales.dsx': badExports.hostileDsx,
	'exports/hostile-package/LoadOrders.dtsx': badExports.hostileDtsx,
}

let folder: Folder
let ended: Ended
let report: Report

beforeAll(async () => {
	folder = temporaryFolder()
	for (const [name, content] of Object.entries(inputs)) folder.write(name, content)
	ended = await reglue(['migrate', 'exports', '--out', 'out', '--engine', 'none', '--json', 'report.json'], {
		cwd: folder.path,
	})
	report = JSON.parse(readFileSync(path.join(folder.path, 'report.json'), 'utf8')) as Report
})

afterAll(() => folder.remove())

function problemsOf(file: string) {
	return report.files
		.filter((one) => one.file === file)
		.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity !== 'info'))
}

const jobsOf = (file: string) => report.jobs.filter(({ source }) => source.file === file)

describe('migrate with bad input', () => {
	it('ends with exit code 3 and says on stdout where and why', () => {
		expect(ended.code).toBe(3)
		expect(ended.out).toContain('exports/empty/empty.dsx:1: error file/empty')
		expect(ended.error).not.toContain('this is a bug')
	})

	it.each([
		['exports/empty/empty.dsx', 'file/empty'],
		['exports/empty-package/empty.dtsx', 'file/empty'],
		['exports/truncated/daily_sales.dsx', 'file/truncated'],
		['exports/malformed/LoadOrders.dtsx', 'xml/malformed'],
		['exports/encrypted/Locked.dtsx', 'package/encrypted'],
		['exports/encoding/LoadOrders.dtsx', 'file/encoding'],
	])('%s: %s', (file, code) => {
		const problems = problemsOf(file)
		expect(problems).toContainEqual(expect.objectContaining({ code, severity: 'error', file }))
		expect(problems.every(({ line, why, remedy }) => line >= 1 && why !== '' && remedy !== '')).toBe(true)
		expect(jobsOf(file)).toEqual([])
	})

	it('locates what is wrong in the file', () => {
		const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length
		const lines = {
			'exports/malformed/LoadOrders.dtsx': lineOf(badExports.malformedXml, '</DTS:Variable>\n  <DTS:Executables>'),
			'exports/encoding/LoadOrders.dtsx': lineOf(badExports.wrongEncodingDtsx.toString('latin1'), 'caf\u00e9'),
			'exports/truncated/daily_sales.dsx': badExports.truncatedDsx.split('\n').length,
		}
		for (const [file, line] of Object.entries(lines))
			expect({ file, line: problemsOf(file)[0]?.line }).toEqual({ file, line })
	})

	it('reads DataStage text in a wrong encoding as Latin-1, and warns', () => {
		const file = 'exports/encoding/daily_sales.dsx'
		expect(problemsOf(file)).toMatchObject([{ code: 'file/encoding', severity: 'warning' }])
		expect(jobsOf(file)).toHaveLength(1)
	})

	it('migrates the other files of the same call', () => {
		expect(problemsOf('exports/good/daily_sales.dsx')).toEqual([])
		expect(jobsOf('exports/good/daily_sales.dsx')).toMatchObject([{ name: 'DailySales', evidence: { level: 'E1' } }])
	})

	it.each(['exports/hostile/daily_sales.dsx', 'exports/hostile-package/LoadOrders.dtsx'])(
		'%s: a hostile name stays text',
		(file) => {
			const [job] = jobsOf(file)
			expect(job?.name).toBe(hostileName)
			expect(job?.evidence.level).toBe('E1')
			const artifacts = job?.artifacts ?? []
			expect(artifacts.length).toBeGreaterThan(0)
			for (const artifact of artifacts) expect(artifact).toMatch(/^[a-z0-9-]+\/[\w./-]+$/)
		},
	)

	it('writes nothing outside the output folder', () => {
		const outside = folder.files().filter((name) => !name.startsWith('out/'))
		expect(outside).toEqual([...Object.keys(inputs), 'report.json'].sort())
	})

	it('generates only scripts that parse, lint clean and import what they may', () => {
		const scripts = folder.files().filter((name) => name.startsWith('out/') && name.endsWith('.py'))
		expect(scripts.length).toBeGreaterThanOrEqual(8)
		for (const name of scripts.filter((script) => script.includes('/glue_jobs/'))) {
			const text = readFileSync(path.join(folder.path, name), 'utf8')
			expect({ name, problems: [...checkScript(text).problems, ...forbidden(text)] }).toEqual({ name, problems: [] })
			expect(text).not.toMatch(/^\s*import os\b/m)
		}
		for (const name of scripts) {
			const text = readFileSync(path.join(folder.path, name), 'utf8')
			expect({ name, problems: checkScript(text).problems }).toEqual({ name, problems: [] })
		}
	})
})
