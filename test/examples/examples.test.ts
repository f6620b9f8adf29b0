/** The examples from export to pull request, on real Spark: what `npm run demo` shows, held exactly. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultConfig } from '#config/schema.ts'
import { partFiles } from '#engines/part-files.ts'
import type { Engine } from '#engines/port.ts'
import { discover } from '#pipeline/discover.ts'
import { explainLine } from '#pipeline/explain.ts'
import type { MigrateResult } from '#pipeline/migrate.ts'
import { migrate } from '#pipeline/migrate.ts'
import type { JobRunResult } from '#pipeline/run/run-job.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import type { GeneratedJob } from '#pipeline/run/select-job.ts'
import { generatedJobs, selectJob } from '#pipeline/run/select-job.ts'
import type { Example } from '../../scripts/demo/examples.ts'
import { compareOutput, examples } from '../../scripts/demo/examples.ts'
import { publishFolder } from '../../scripts/demo/publish-folder.ts'
import { freshRepository } from '../../scripts/demo/repository.ts'
import { root } from '../../scripts/rules/tree.ts'
import { localSpark } from '../engines/local-spark/support.ts'

/** The first run on a machine makes the engine's environment. */
const setUpMs = 600_000

let folder: string
let out: string
let engine: Engine
let migrated: MigrateResult

function migrateExamples(files: readonly string[], into: string, spark?: Engine): Promise<MigrateResult> {
	return migrate({
		discovery: discover(files, defaultConfig.unit),
		config: defaultConfig,
		out: into,
		workFolder: path.join(folder, 'work'),
		resume: false,
		signal: new AbortController().signal,
		...(spark === undefined ? {} : { engine: spark }),
	})
}

const exports = examples.map((example) => example.export)

/** Path below the folder → content, for everything but the state of runs. */
function contents(below: string): ReadonlyMap<string, string> {
	const files = readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
	const names = files.map((entry) => path.relative(below, path.join(entry.parentPath, entry.name)))
	const own = names.filter((name) => !name.startsWith('.reglue') && !name.includes('__pycache__')).sort()
	return new Map(own.map((name) => [name, readFileSync(path.join(below, name), 'utf8')]))
}

function jobOf({ job }: Example): GeneratedJob {
	const selection = selectJob(generatedJobs(out), job)
	if ('problem' in selection) throw new Error(selection.problem)
	return selection.job
}

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'reglue-examples-'))
	out = path.join(folder, 'generated')
	engine = localSpark()
	migrated = await migrateExamples(exports, out, engine)
}, setUpMs)

afterAll(async () => {
	await engine.close()
	rmSync(folder, { recursive: true, force: true })
})

describe('migrate', () => {
	it('understands everything and proves both jobs', () => {
		const { jobs, files, totals } = migrated.report
		expect(files.flatMap(({ diagnostics }) => diagnostics)).toEqual([])
		expect(jobs.map(({ name, category, evidence }) => [name, category, evidence.level, evidence.stopped_by])).toEqual([
			['DailySales', 'AUTO', 'E3', undefined],
			['LoadOrders', 'AUTO', 'E3', undefined],
		])
		expect(totals).toMatchObject({ files: 2, jobs: 2, opaque: 0 })
		for (const { evidence } of jobs) {
			expect(evidence.rows_compared).toBeGreaterThan(50)
			expect(evidence.outputs.every(({ equal }) => equal)).toBe(true)
		}
	})

	it('compares what the package does outside, too', () => {
		const package_ = migrated.report.jobs.find(({ name }) => name === 'LoadOrders')
		expect(package_?.evidence.effects_compared).toBeGreaterThan(0)
	})
})

describe.each(examples)('$job on its data', (example) => {
	let result: JobRunResult
	let written: string

	beforeAll(async () => {
		written = path.join(folder, 'runs', example.job)
		const temporary = path.join(folder, 'temporary')
		mkdirSync(temporary, { recursive: true })
		const { bindings } = example
		result = await runJob({ job: jobOf(example), bindings, parameters: new Map(), out: written, temporary }, engine)
	}, setUpMs)

	it('writes what is expected, to the character', async () => {
		if (!result.ok) throw new Error(result.problem)
		expect(result.outputs.map(({ output }) => output).sort()).toEqual([...example.expected.keys()].sort())
		for (const output of result.outputs) {
			const file = example.expected.get(output.output) ?? ''
			const report = await compareOutput(output, file, written)
			expect({ output: output.output, report }).toMatchObject({ report: { equal: true, samples: [] } })
			// No part of a line may be lost in reading it as fields.
			const lines = partFiles(path.join(written, output.path)).flatMap((part) => readFileSync(part, 'utf8').split('\n'))
			expect(lines.filter(Boolean).toSorted()).toEqual(
				readFileSync(file, 'utf8').split('\n').filter(Boolean).toSorted(),
			)
		}
	})

	it('keeps the order that its export sorts by', () => {
		if (!result.ok) throw new Error(result.problem)
		const sorted = result.outputs.filter(({ output }) => output === 'SalesByRegion')
		for (const output of sorted) {
			const text = partFiles(path.join(written, output.path)).map((part) => readFileSync(part, 'utf8'))
			expect(text.join('')).toBe(readFileSync(example.expected.get(output.output) ?? '', 'utf8'))
		}
		expect(sorted).toHaveLength(example.job === 'DailySales' ? 1 : 0)
	})

	it('leads every line of its transform functions back to lines of the export', () => {
		const { folder: unit, entry } = jobOf(example)
		const script = path.join(unit, entry.script)
		const source = readFileSync(path.join(root, example.export), 'utf8').split('\n')
		const lines = transformLines(readFileSync(script, 'utf8'))
		expect(lines.length).toBeGreaterThan(50)
		const unexplained = lines.filter((line) => {
			const explained = explainLine(script, line)
			if ('problem' in explained) return true
			return !explained.explanations.every(
				({ file, lines: [first, last], edited }) =>
					file === example.export && first >= 1 && first <= last && last <= source.length && !edited,
			)
		})
		expect(unexplained).toEqual([])
	})
})

/** Numbers of the lines of functions whose name begins with `transform`, blank ones left out. */
function transformLines(script: string): readonly number[] {
	let inside = false
	return script.split('\n').flatMap((text, index) => {
		if (/^\S/.test(text) && !/^[)\]]/.test(text)) inside = /^def transform/.test(text)
		return inside && text.trim() !== '' ? [index + 1] : []
	})
}

describe('a second time', () => {
	it('writes nothing', async () => {
		const before = contents(out)
		const { writes } = await migrateExamples(exports, out)
		expect(writes).toBe(0)
		expect(contents(out)).toEqual(before)
	})

	it('gives the same bytes for files in another order', async () => {
		const other = path.join(folder, 'reversed')
		await migrateExamples(exports.toReversed(), other)
		expect(contents(other)).toEqual(contents(out))
	})

	it('gives the same bytes in another time zone and language', () => {
		const other = path.join(folder, 'elsewhere')
		const main = path.join(root, 'src', 'cli', 'main.ts')
		execFileSync(process.execPath, [main, 'migrate', ...exports, '--out', other, '--engine', 'none'], {
			cwd: root,
			env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
			stdio: 'pipe',
		})
		expect(contents(other)).toEqual(contents(out))
	})
})

describe('publish', () => {
	it('makes a pull request for each unit, and nothing more the second time', async () => {
		const repository = path.join(folder, 'repository')
		await freshRepository(repository, exports)
		const options = { folder: out, repository, config: defaultConfig, signal: new AbortController().signal }
		const first = await publishFolder(options)
		expect(first.pulls.map(({ pull, check }) => [pull.head.branch, check?.conclusion])).toEqual([
			['reglue/examples-datastage-retail-daily-sales', 'neutral'],
			['reglue/examples-ssis-orders', 'neutral'],
		])
		for (const { pull } of first.pulls) {
			expect(readFileSync(path.join(pull.url, 'pull-request.md'), 'utf8')).toContain('E3')
			expect(JSON.parse(readFileSync(path.join(pull.url, 'check.json'), 'utf8'))).toMatchObject({
				head: pull.head.commit,
			})
		}
		const second = await publishFolder(options)
		expect(second.written).toEqual([])
		expect(second.pulls.map(({ pull }) => pull)).toEqual(first.pulls.map(({ pull }) => pull))
	})
})
