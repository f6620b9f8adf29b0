/** Time per job through the warm engine, as a ratio to a process of its own for each job. `npm run bench -- engine`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defaultConfig } from '#config/schema.ts'
import { runPython } from '#engines/local-spark/child-environment.ts'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import { ensureEnvironment } from '#engines/local-spark/environment.ts'
import { discover } from '#pipeline/discover.ts'
import { migrate } from '#pipeline/migrate.ts'
import { prepare } from '#pipeline/run/run-job.ts'
import { generatedJobs, selectJob } from '#pipeline/run/select-job.ts'
import { examples } from '../scripts/demo/examples.ts'
import { fastest, ratio, seconds, table } from './measure.ts'

const rounds = 5
const coldRounds = 3

export async function benchEngine(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), 'reglue-bench-'))
	const cacheFolder = path.resolve('.cache', 'reglue')
	const engine = createLocalSpark({ cacheFolder, size: 1 })
	try {
		const request = await dailySales(folder)
		const run = async () => {
			const outcome = await engine.run(request)
			if (!outcome.ok) throw new Error(outcome.failure.message)
		}
		const first = await fastest(1, run)
		const warm = await fastest(rounds, run)
		const environment = await ensureEnvironment({ cacheFolder, glueVersion: '5.1' })
		const options = Object.entries(request.args).flatMap(([name, value]) => [`--${name}`, value])
		const cold = await fastest(coldRounds, async () => {
			const { code, output } = await runPython(environment, [request.script, '--JOB_NAME', 'bench', ...options])
			if (code !== 0) throw new Error(output)
		})
		const rows = [
			['a process of its own (`python script.py`)', seconds(cold), ratio(cold, cold)],
			['warm engine, first job (Spark starts)', seconds(first), ratio(first, cold)],
			['warm engine, each further job', seconds(warm), ratio(warm, cold)],
		]
		return `examples/datastage-retail, two inputs, five outputs and a log; fastest of ${rounds} warm and ${coldRounds} cold runs:\n\n${table(['one job', 'time', 'ratio'], rows)}`
	} finally {
		await engine.close()
		rmSync(folder, { recursive: true, force: true })
	}
}

/** The example that needs no database, so that it runs outside the engine as well. */
async function dailySales(folder: string): Promise<{ readonly script: string; readonly args: Record<string, string> }> {
	const [example] = examples
	if (example === undefined) throw new Error('there is no example')
	const out = path.join(folder, 'generated')
	await migrate({
		discovery: discover([example.export], defaultConfig.unit),
		config: defaultConfig,
		out,
		workFolder: path.join(folder, 'work'),
		resume: false,
		signal: new AbortController().signal,
	})
	const selection = selectJob(generatedJobs(out), example.job)
	if ('problem' in selection) throw new Error(selection.problem)
	const { job } = selection
	const { args } = prepare({
		job,
		bindings: example.bindings,
		parameters: new Map(),
		out: path.join(folder, 'out'),
		temporary: folder,
	})
	return { script: path.resolve(job.folder, job.entry.script), args: { ...args } }
}
