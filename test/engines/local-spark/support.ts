/** Engines for test files, and places to put things. */

import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { createLocalSpark } from '#engines/local-spark/engine.ts'
import type { Engine, RunOutcome } from '#engines/port.ts'
import { remotePool } from '../../support/shared-spark/client.ts'

export const cacheFolder = fileURLToPath(new URL('../../../.cache/reglue', import.meta.url))

/** The first run on a machine makes the virtual environment. */
export const SET_UP_MS = 600_000

export const script = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}.py`, import.meta.url))

/** The warm processes that all test files share. */
export const localSpark = (): Engine => createLocalSpark({ cacheFolder, pool: remotePool(inject('sharedSpark')) })

/** A process of its own, for tests that end it or look at what it holds. */
export const ownSpark = (): Engine => createLocalSpark({ cacheFolder })

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
