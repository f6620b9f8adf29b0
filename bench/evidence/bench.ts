/**
 * Jobs per minute through E3: with a pool of warm processes, beside a cold Spark. `npm run bench -- evidence [JOBS]`.
 * A cold run is what `spark-submit` does: a process of its own, here two at a time as well. Proving a job takes several runs.
 */
import path from 'node:path'
import { createLocalSpark, type LocalSparkOptions } from '#engines/local-spark/engine.ts'
import type { Engine } from '#engines/port.ts'
import type { Job } from '#model/job.ts'
import { proveJob } from '../../test/support/prove-job.ts'
import { ratio, seconds, table } from '../measure.ts'
import { isOneStep, smallJobs } from './jobs.ts'

const cacheFolder = path.resolve('.cache', 'reglue')
const workers = 2
/**
 * Rounds before the timed ones. The JVM compiles what it uses only after some hundred runs, its second compiler after
 * more; a portfolio of thousands of jobs is proven by a pool in that state.
 */
const warmingRounds = { plain: 12, longLived: 30 }
/** Rounds that are timed, of which the mean counts. */
const timedRounds = 5

export async function benchEvidence(count = 10): Promise<string> {
	const all = smallJobs().slice(0, count)
	// Jobs of many steps take long when cold, and tell nothing new.
	const few = all.filter(isOneStep)
	const plain = await inPool({}, (pool) => warmTimes(pool, few, warmingRounds.plain))
	const longLived = await inPool({ longLived: true }, async (pool) => {
		const times = await warmTimes(pool, few, warmingRounds.longLived)
		return { ...times, all: await timeOfEach(all, () => proveAll(pool, all)) }
	})
	const perRun = await timeOfEach(few, () => proveAll({ run: coldRun }, few))
	const perJob = await timeOfEach(few, () => eachInItsOwn(few))
	const row = (name: string, time: number): readonly string[] => [
		name,
		seconds(time),
		(60_000 / time).toFixed(1),
		ratio(perRun, time),
		ratio(perJob, time),
	]
	const rows = [
		row('a cold Spark for each run of a script', perRun),
		row('a cold Spark for each job', perJob),
		row(`a pool of ${workers} processes that just starts`, plain.first),
		row(`a pool of ${workers} warm processes`, plain.warm),
		row(`the same for a large portfolio`, longLived.warm),
		[...row(`the same, with ${all.length - few.length} jobs of many steps`, longLived.all).slice(0, 3), '', ''],
	]
	const heads = ['one job to E3', 'time', 'jobs a minute', 'beside a Spark for each run', 'beside a Spark for each job']
	return `${few.length} jobs of one step, ${plain.runs.toFixed(1)} runs each, ${workers} jobs at a time:\n\n${table(heads, rows)}`
}

async function inPool<T>(options: Partial<LocalSparkOptions>, work: (pool: Engine) => Promise<T>): Promise<T> {
	const pool = createLocalSpark({ cacheFolder, size: workers, ...options })
	try {
		return await work(pool)
	} finally {
		await pool.close()
	}
}

/** Milliseconds for one job in a pool that starts and in one that is warm, and how often each job's script runs. */
async function warmTimes(pool: Engine, jobs: readonly Job[], rounds: number) {
	let runs = 0
	const counted: Pick<Engine, 'run'> = {
		run: (request, signal) => {
			runs += 1
			return pool.run(request, signal)
		},
	}
	const first = await timeOfEach(jobs, () => proveAll(pool, jobs))
	await proveAll(pool, repeated(jobs, rounds))
	const measured = repeated(jobs, timedRounds)
	const warm = await timeOfEach(measured, () => proveAll(counted, measured))
	return { first, warm, runs: runs / measured.length }
}

const repeated = (jobs: readonly Job[], times: number): readonly Job[] =>
	Array.from({ length: times }, () => jobs).flat()

let turn = 0
const lanes = Array.from({ length: workers }, () => Promise.resolve())

/** Each run in a process that is started for it, as many at a time as a pool has. */
const coldRun: Engine['run'] = (request, signal) => {
	turn = (turn + 1) % workers
	const run = (lanes[turn] ?? Promise.resolve()).then(() => inOneOfItsOwn((engine) => engine.run(request, signal)))
	lanes[turn] = run.then(
		() => undefined,
		() => undefined,
	)
	return run
}

const inOneOfItsOwn = <T>(work: (engine: Engine) => Promise<T>): Promise<T> => inPool({ size: 1 }, work)

async function eachInItsOwn(jobs: readonly Job[]): Promise<void> {
	await together(jobs, (job) => inOneOfItsOwn((engine) => proven(engine, job)))
}

async function proveAll(engine: Pick<Engine, 'run'>, jobs: readonly Job[]): Promise<void> {
	await together(jobs, async (job) => proven(engine, job))
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

/** Milliseconds for one of the jobs. */
async function timeOfEach(jobs: readonly Job[], work: () => Promise<void>): Promise<number> {
	const start = performance.now()
	await work()
	return (performance.now() - start) / jobs.length
}
