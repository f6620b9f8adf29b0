/**
 * Jobs per minute through E3: with a pool of two warm processes, beside a cold Spark. `npm run bench -- evidence [JOBS]`.
 * A cold run is what `spark-submit` does: a process of its own, here two at a time as well. Proving a job takes several runs.
 */
import path from 'node:path'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import type { Engine } from '#engines/port.ts'
import type { Job } from '#model/job.ts'
import { proveJob } from '../../test/support/prove-job.ts'
import { ratio, seconds, table } from '../measure.ts'
import { isOneStep, smallJobs } from './jobs.ts'

const workers = 2
/**
 * How often the pool proves the jobs of one step before they are timed. The JVM compiles what it uses only after some
 * hundred runs; a portfolio of thousands of jobs is proven by a pool in that state.
 */
const warmingRounds = 12
/** Rounds that are timed, of which the mean counts. */
const timedRounds = 5

export async function benchEvidence(count = 10): Promise<string> {
	const all = smallJobs().slice(0, count)
	// Jobs of many steps take long when cold, and tell nothing new.
	const few = all.filter(isOneStep)
	const cacheFolder = path.resolve('.cache', 'reglue')
	const pool = createLocalSpark({ cacheFolder, size: workers })
	let runs = 0
	const warm = { run: counted(pool, () => (runs += 1)) }
	try {
		const first = await timed(() => proveAll(pool, repeated(few, 2)))
		await proveAll(pool, repeated(few, warmingRounds))
		const warmFew = (await timed(() => proveAll(warm, repeated(few, timedRounds)))) / timedRounds / few.length
		const fewRuns = runs / timedRounds / few.length
		runs = 0
		const warmAll = (await timed(() => proveAll(warm, all))) / all.length
		const allRuns = runs / all.length
		const coldRuns = (await timed(() => proveAll({ run: coldRun(cacheFolder) }, few))) / few.length
		const coldJob = (await timed(() => eachInItsOwn(cacheFolder, few))) / few.length
		const rows = [
			[
				'a cold Spark for each run of a script',
				fewRuns.toFixed(1),
				...columns(coldRuns, coldRuns),
				ratio(coldJob, coldRuns),
			],
			['a cold Spark for each job', fewRuns.toFixed(1), ...columns(coldJob, coldRuns), ratio(coldJob, coldJob)],
			[
				`a pool of ${workers} processes that just starts`,
				fewRuns.toFixed(1),
				...columns(first / few.length / 2, coldRuns),
				ratio(coldJob, first / few.length / 2),
			],
			[
				`a pool of ${workers} warm processes`,
				fewRuns.toFixed(1),
				...columns(warmFew, coldRuns),
				ratio(coldJob, warmFew),
			],
			[
				`the same, with ${all.length - few.length} jobs of many steps`,
				allRuns.toFixed(1),
				...columns(warmAll, coldRuns).slice(0, 2),
				'',
				'',
			],
		]
		const heads = [
			'one job to E3',
			'runs',
			'time',
			'jobs a minute',
			'beside a Spark for each run',
			'beside a Spark for each job',
		]
		return `${few.length} jobs of one step to E3, ${workers} at a time:\n\n${table(heads, rows)}`
	} finally {
		await pool.close()
	}
}

const repeated = (jobs: readonly Job[], times: number): readonly Job[] =>
	Array.from({ length: times }, () => jobs).flat()

const columns = (time: number, cold: number): readonly string[] => [seconds(time), perMinute(time), ratio(cold, time)]

const perMinute = (milliseconds: number): string => (60_000 / milliseconds).toFixed(1)

function counted(engine: Engine, count: () => void): Engine['run'] {
	return (request, signal) => {
		count()
		return engine.run(request, signal)
	}
}

/** Each run in a process that is started for it, as many at a time as the pool has. */
function coldRun(cacheFolder: string): Engine['run'] {
	const free = Array.from({ length: workers }, () => Promise.resolve())
	const alone: Engine['run'] = async (request, signal) => {
		const engine = createLocalSpark({ cacheFolder, size: 1 })
		try {
			return await engine.run(request, signal)
		} finally {
			await engine.close()
		}
	}
	let turn = 0
	return (request, signal) => {
		turn = (turn + 1) % workers
		const run = (free[turn] ?? Promise.resolve()).then(() => alone(request, signal))
		free[turn] = run.then(
			() => undefined,
			() => undefined,
		)
		return run
	}
}

async function proveAll(engine: Pick<Engine, 'run'>, jobs: readonly Job[]): Promise<void> {
	await together(jobs, async (job) => proven(engine, job))
}

async function eachInItsOwn(cacheFolder: string, jobs: readonly Job[]): Promise<void> {
	await together(jobs, async (job) => {
		const engine = createLocalSpark({ cacheFolder, size: 1 })
		try {
			await proven(engine, job)
		} finally {
			await engine.close()
		}
	})
}

async function proven(engine: Pick<Engine, 'run'>, job: Job): Promise<void> {
	const { proof } = await proveJob(engine, job)
	if (!proof.report.reached.includes('E3')) throw new Error(`${job.name}: ${proof.report.stopped_by ?? 'not proven'}`)
}

/** As many jobs at a time as there are workers. */
async function together(jobs: readonly Job[], work: (job: Job) => Promise<void>): Promise<void> {
	const left = [...jobs]
	const lane = async (): Promise<void> => {
		for (let job = left.shift(); job !== undefined; job = left.shift()) await work(job)
	}
	await Promise.all(Array.from({ length: workers }, lane))
}

async function timed(work: () => Promise<void>): Promise<number> {
	const start = performance.now()
	await work()
	return performance.now() - start
}
