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
import { canIsolateNetwork } from './isolation.ts'
import { createPool, type Pool } from './pool.ts'
import { MEMORY_MB, makeStarter, type StarterOptions } from './starter.ts'
import { columnOutcomes, columnsMessage, runMessage, runOutcome } from './wire.ts'
import type { Reply, Worker } from './worker-process.ts'

export interface LocalSparkOptions extends StarterOptions {
	/** Warm Spark processes at most; each takes its own memory. */
	readonly size?: number
	/** Warm processes that are shared with others, in place of a pool of its own. */
	readonly pool?: Pool
}

const RUN_SECONDS = 300

/** Nothing is made or started before the first request. */
export function createLocalSpark(options: LocalSparkOptions): Engine {
	const memoryMb = options.memoryMb ?? MEMORY_MB
	let lastId = 0

	const start = makeStarter(options)
	const pool = options.pool ?? createPool(start, options.size ?? 1)
	const own = new Set<Worker>()

	async function alone<T>(
		memory: number,
		ownNetwork: boolean,
		work: (worker: Worker) => Promise<T>,
		signal?: AbortSignal,
	) {
		const worker = await start(signal, { memoryMb: memory, ownNetwork })
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
