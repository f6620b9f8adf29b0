/** The local engine: Apache Spark of the chosen AWS Glue release on this machine. */

import type { JsonObject } from '#model/json-values.ts'
import {
	type ColumnsRequest,
	type Engine,
	EngineError,
	type Limits,
	type RunFailure,
	type RunOutcome,
	type RunRequest,
} from '../port.ts'
import { type Environment, ensureEnvironment } from './environment.ts'
import { canIsolateNetwork } from './isolation.ts'
import { createPool } from './pool.ts'
import type { GlueVersion } from './releases.ts'
import { columnOutcomes, columnsMessage, runMessage, runOutcome } from './wire.ts'
import { type Reply, startWorker, type Worker } from './worker-process.ts'

export interface LocalSparkOptions {
	/** Usually `.cache/reglue` below the root. */
	readonly cacheFolder: string
	readonly glueVersion?: GlueVersion
	/** Warm Spark processes at most; each takes its own memory. */
	readonly size?: number
	/** Memory of each JVM. */
	readonly memoryMb?: number
	/** Plain sentences about what takes its time: setting up, starting Spark. */
	readonly onProgress?: (message: string) => void
	/** Ends everything when it is aborted. */
	readonly signal?: AbortSignal
}

const RUN_SECONDS = 300
const MEMORY_MB = 2048

/** Nothing is made or started before the first request. */
export function createLocalSpark(options: LocalSparkOptions): Engine {
	const memoryMb = options.memoryMb ?? MEMORY_MB
	let environment: Promise<Environment> | undefined
	let lastId = 0

	const start = async (signal?: AbortSignal, memory = memoryMb, ownNetwork = false): Promise<Worker> => {
		environment ??= ensureEnvironment({ ...options, glueVersion: options.glueVersion ?? '5.1', signal: options.signal })
		// A set-up that failed is tried again by the next request: the network may be back, a package installed.
		environment.catch(() => {
			environment = undefined
		})
		const ready = await environment
		options.onProgress?.(`Starting Spark ${ready.release.spark}`)
		return startWorker({ environment: ready, memoryMb: memory, ownNetwork }, signal)
	}
	const pool = createPool(start, options.size ?? 1)
	const own = new Set<Worker>()

	async function alone<T>(
		memory: number,
		ownNetwork: boolean,
		work: (worker: Worker) => Promise<T>,
		signal?: AbortSignal,
	) {
		const worker = await start(signal, memory, ownNetwork)
		own.add(worker)
		try {
			return await work(worker)
		} finally {
			own.delete(worker)
			await worker.close()
		}
	}

	/** A warm process serves rule-written scripts with the usual memory; everything else gets one that ends with it. */
	async function exchange(
		message: JsonObject,
		limits: Limits = {},
		foreign = false,
		given?: AbortSignal,
	): Promise<Reply> {
		const signals = [options.signal, given].filter((signal) => signal !== undefined)
		const signal = signals.length === 0 ? undefined : AbortSignal.any(signals)
		const memory = limits.memoryMb ?? memoryMb
		const work = (worker: Worker): Promise<Reply> => worker.request(message, limits.seconds ?? RUN_SECONDS, signal)
		if (foreign && !(await canIsolateNetwork())) {
			throw new EngineError(
				'A script that a person or a model has written runs only without network, and this machine does not allow `unshare --user --net`. See `reglue doctor`.',
			)
		}
		return foreign || memory !== memoryMb ? alone(memory, foreign, work, signal) : pool.use(work, signal)
	}

	const close = async (): Promise<void> => {
		await Promise.all([pool.close(), ...[...own].map((worker) => worker.close())])
	}
	options.signal?.addEventListener('abort', () => void close(), { once: true })

	return {
		async run(request: RunRequest, signal) {
			const started = performance.now()
			lastId += 1
			const reply = await exchange(runMessage(lastId, request), request.limits, request.trust === 'foreign', signal)
			if (reply.kind === 'answer') return runOutcome(reply.message)
			const failure = endOfProcess(reply.kind, request.limits)
			const seconds = (performance.now() - started) / 1000
			return { ok: false, failure, effects: [], stdout: '', stderr: reply.output, seconds } satisfies RunOutcome
		},
		async columns(request: ColumnsRequest, signal) {
			lastId += 1
			const reply = await exchange(columnsMessage(lastId, request), request.limits, false, signal)
			if (reply.kind === 'answer') return columnOutcomes(reply.message, request)
			const failure = endOfProcess(reply.kind, request.limits)
			return request.sets.map((set) => set.expressions.map(({ name }) => ({ ok: false, name, failure })))
		},
		close,
	}
}

function endOfProcess(kind: 'time-limit' | 'died', limits: Limits = {}): RunFailure {
	return kind === 'time-limit'
		? { errorClass: 'TimeLimit', message: `not finished after ${limits.seconds ?? RUN_SECONDS} seconds`, trace: [] }
		: { errorClass: 'WorkerDied', message: 'the process that ran the script ended before the script did', trace: [] }
}
