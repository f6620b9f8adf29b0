/** Starts workers in an environment that is made when the first one needs it. */

import { type Environment, ensureEnvironment } from './environment.ts'
import type { GlueVersion } from './releases.ts'
import { startWorker, type Worker } from './worker-process.ts'

export interface StarterOptions {
	/** Usually `.cache/reglue` below the root. */
	readonly cacheFolder: string
	readonly glueVersion?: GlueVersion
	/** Memory of each JVM. */
	readonly memoryMb?: number
	/** The workers will run hundreds of jobs: they start more slowly and become faster. */
	readonly longLived?: boolean
	/** Plain sentences about what takes its time: setting up, starting Spark. */
	readonly onProgress?: (message: string) => void
	/** Ends everything when it is aborted. */
	readonly signal?: AbortSignal
}

export interface WorkerNeeds {
	readonly memoryMb?: number
	readonly ownNetwork?: boolean
}

export type Starter = (signal?: AbortSignal, needs?: WorkerNeeds) => Promise<Worker>

export const MEMORY_MB = 2048

/** Nothing is made or started before the first call. */
export function makeStarter(options: StarterOptions): Starter {
	let environment: Promise<Environment> | undefined
	return async (signal, { memoryMb = options.memoryMb ?? MEMORY_MB, ownNetwork = false } = {}) => {
		environment ??= ensureEnvironment({ ...options, glueVersion: options.glueVersion ?? '5.1', signal: options.signal })
		// A set-up that failed is tried again by the next request: the network may be back, a package installed.
		environment.catch(() => {
			environment = undefined
		})
		const ready = await environment
		options.onProgress?.(`Starting Spark ${ready.release.spark}`)
		return startWorker({ environment: ready, memoryMb, ownNetwork, longLived: options.longLived === true }, signal)
	}
}
