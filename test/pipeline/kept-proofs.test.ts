import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultConfig } from '#config/schema.ts'
import type { Engine, RunOutcome } from '#engines/port.ts'
import type { JobEntry } from '#generators/jobs-file.ts'
import { discover } from '#pipeline/discover.ts'
import { noEvidence } from '#pipeline/job-report.ts'
import { keptProofs } from '#pipeline/kept-proofs.ts'
import { migrate } from '#pipeline/migrate.ts'
import { importJob } from '../support/dsx-builder.ts'

let root = ''
beforeAll(async () => {
	root = await mkdtemp(path.join(tmpdir(), 'reglue-kept-'))
})
afterAll(async () => {
	await rm(root, { recursive: true, force: true })
	await rm(generated.script, { force: true })
})

const emptyEntry: JobEntry = {
	name: 'j',
	id: 'j',
	title: 'j',
	description: '',
	script: 'j.py',
	glue_version: '5.1',
	worker_type: 'G.1X',
	workers: 2,
	timeout_minutes: 60,
	retries: 0,
	arguments: [],
	places: [],
	connections: [],
}

const job = importJob({ stages: [] })
const generated = { entry: emptyEntry, script: path.join(tmpdir(), `reglue-kept-${process.pid}.py`), problems: [] }

/** How often a proof was made for that script. */
async function proofs(folder: string, release: string, stopped = 'rows differ'): Promise<number> {
	let made = 0
	await keptProofs(folder, [release])(job, generated, () => {
		made += 1
		return Promise.resolve({ failed: true, details: [], report: { ...noEvidence, stopped_by: stopped } })
	})
	return made
}

/** An engine on which every script fails in the same way, and that counts its runs. */
function failing(errorClass: string): Pick<Engine, 'run' | 'columns' | 'close'> & { runs: number } {
	const engine = {
		runs: 0,
		run: (): Promise<RunOutcome> => {
			engine.runs += 1
			const failure = { errorClass, message: 'no', trace: [] }
			return Promise.resolve({ ok: false, failure, effects: [], stdout: '', stderr: '', seconds: 0 })
		},
		columns: () => Promise.resolve([]),
		close: () => Promise.resolve(),
	}
	return engine
}

async function migrateExample(engine: Engine, out: string) {
	const { report } = await migrate({
		discovery: discover(['examples/ssis-orders/LoadOrders.dtsx'], defaultConfig.unit),
		config: defaultConfig,
		out: path.join(root, out),
		engine,
		workFolder: path.join(root, 'work'),
		resume: false,
		kept: keptProofs(path.join(root, `proofs of ${out}`), ['5.1']),
		signal: new AbortController().signal,
	})
	return report.jobs[0]?.evidence
}

describe('proofs of earlier runs', () => {
	it('are taken over while nothing changes: the engine has nothing to do', async () => {
		const engine = failing('ValueError')
		const first = await migrateExample(engine, 'same')
		expect(engine.runs).toBeGreaterThan(2)
		engine.runs = 0
		expect(await migrateExample(engine, 'same')).toEqual(first)
		expect(engine.runs).toBe(0)
	})

	it('do not hold for another script, or on another release of Spark', async () => {
		const folder = path.join(root, 'proofs')
		await writeFile(generated.script, 'a = 1')
		expect(await proofs(folder, '5.1')).toBe(1)
		expect(await proofs(folder, '5.1')).toBe(0)
		expect(await proofs(folder, '6.0')).toBe(1)
		await writeFile(generated.script, 'a = 2')
		expect(await proofs(folder, '5.1')).toBe(1)
	})

	it('are not kept where a run hung on the machine', async () => {
		const folder = path.join(root, 'slow')
		expect(await proofs(folder, '5.1', 'main: the script failed: TimeLimit: not finished')).toBe(1)
		expect(await proofs(folder, '5.1', 'main: the script failed: TimeLimit: not finished')).toBe(1)
	})
})
