/** One warm local engine for a test file, and places to put things. */

import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLocalSpark, type LocalSparkOptions } from '#engines/local-spark/engine.ts'
import type { Engine, RunOutcome } from '#engines/port.ts'

export const cacheFolder = fileURLToPath(new URL('../../../.cache/reglue', import.meta.url))

/** The first run on a machine makes the virtual environment. */
export const SET_UP_MS = 600_000

export const script = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}.py`, import.meta.url))

export const localSpark = (options: Partial<LocalSparkOptions> = {}): Engine =>
	createLocalSpark({ cacheFolder, ...options })

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'reglue-test-'))
	try {
		return await work(folder)
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

/** The failure of a run that has to fail. */
export function failureOf(outcome: RunOutcome) {
	if (outcome.ok) throw new Error('the run was expected to fail')
	return outcome.failure
}

/** The run, which has to succeed: what went wrong is shown when it did not. */
export function succeeded(outcome: RunOutcome): RunOutcome {
	if (!outcome.ok)
		throw new Error(
			`${outcome.failure.errorClass}: ${outcome.failure.message}\n${JSON.stringify(outcome.failure.trace)}`,
		)
	return outcome
}
