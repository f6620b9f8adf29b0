/** Two warm Spark processes for a whole test run, started by the first tests that need them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { createPool } from '#engines/local-spark/pool.ts'
import { makeStarter } from '#engines/local-spark/starter.ts'
import { serveWorkers } from './server.ts'

declare module 'vitest' {
	interface ProvidedContext {
		/** Path of the socket. */
		readonly sharedSpark: string
	}
}

/** As many as there are test files at a time: `maxWorkers` in vitest.config.ts. */
const workers = 2

export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = await mkdtemp(path.join(tmpdir(), 'reglue-spark-'))
	const place = path.join(folder, 'workers')
	const pool = createPool(makeStarter({ cacheFolder: path.join(project.config.root, '.cache', 'reglue') }), workers)
	const server = await serveWorkers(pool, place)
	project.provide('sharedSpark', place)
	return async () => {
		server.close()
		await pool.close()
		await rm(folder, { recursive: true, force: true })
	}
}
