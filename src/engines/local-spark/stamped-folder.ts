/** Folders of the cache that are complete or not there: a stamp, written last, tells. */

import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type LockOptions, withLock } from './lock.ts'

const STAMP = '.complete'

/** Whether the folder was made to its end from what has this digest. */
export async function isComplete(folder: string, digest: string): Promise<boolean> {
	return (await readFile(path.join(folder, STAMP), 'utf8').catch(() => '')).trim() === digest
}

/**
 * Makes the folder unless it is complete. What is half-made, or made from something else, is removed first.
 * It is made in its own place, because a virtual environment cannot be moved.
 */
export async function ensureFolder(
	folder: string,
	digest: string,
	make: () => Promise<void>,
	options: LockOptions = {},
): Promise<void> {
	if (await isComplete(folder, digest)) return
	await withLock(
		`${folder}.lock`,
		async () => {
			if (await isComplete(folder, digest)) return
			await rm(folder, { recursive: true, force: true })
			await mkdir(folder, { recursive: true })
			await make()
			await writeFile(path.join(folder, STAMP), `${digest}\n`)
		},
		options,
	)
}

export const digestOf = (...texts: readonly string[]): string =>
	createHash('sha256').update(texts.join('\0')).digest('hex')
