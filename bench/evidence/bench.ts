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
import { smallJobs } from './jobs.ts'

const workers = 2
/** Jobs of the cold rows, whose warm times make the ratio: more take long and tell nothing new. */
const coldJobs = 2

export async function benchEvidence(count = 10): Promise<string> {
	const jobs = smallJobs().slice(0, count)
	const cacheFolder = path.resolve('.cache', 'reglue')
	const pool = createLocalSpark({ cacheFolder, size: workers })
	let runs = 0
	const warm = { run: counted(pool, () => (runs += 1)) }
	try {
		// Both processes start, and load what every job needs.
		await Promise.all(Array.from({ length: workers }, () => proveAll(pool, jobs.slice(-1))))
		const few = jobs.slice(0, coldJobs)
		// The others first: a pool is warm when it has proven some jobs, none of which are the measured ones.
		const warmOthers = await timed(() => proveAll(warm, jobs.slice(coldJobs)))
		const warmFew = await timed(() => proveAll(warm, few))
		const warmAll = warmOthers + warmFew
		const coldRuns = (await timed(() => proveAll({ run: coldRun(cacheFolder) }, few))) / few.length
		const coldJob = (await timed(() => eachInItsOwn(cacheFolder, few))) / few.length
		const rows = [
			['a cold Spark for each run of a script', ...columns(coldRuns, coldRuns)],
			['a cold Spark for each job', ...columns(coldJob, coldRuns)],
			[`a pool of ${workers} warm processes`, ...columns(warmFew / few.length, coldRuns)],
			[`the same, all ${jobs.length} jobs`, ...columns(warmAll / jobs.length, coldRuns).slice(0, 2), ''],
		]
		return `${jobs.length} small jobs to E3, ${(runs / jobs.length).toFixed(1)} runs each, ${workers} jobs at a time; the first three rows from ${few.length} of them:\n\n${table(['one job to E3', 'time', 'jobs a minute', 'as many'], rows)}`
	} finally {
		await pool.close()
	}
}

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
