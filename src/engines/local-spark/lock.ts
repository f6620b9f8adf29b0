/** A lock between processes, so that two of them do not build the same environment. */

import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface LockOptions {
	readonly signal?: AbortSignal | undefined
	/** Told once, when somebody else has the lock. */
	readonly onWait?: () => void
	/** Milliseconds between two tries. */
	readonly interval?: number
}

/** Runs the work while holding the lock file. A lock whose process on this machine is gone is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
	await mkdir(path.dirname(file), { recursive: true })
	for (let waited = false; !(await acquire(file)); waited = true) {
		if (!waited) options.onWait?.()
		await sleep(options.interval ?? 300, undefined, options.signal ? { signal: options.signal } : {})
	}
	try {
		return await work()
	} finally {
		await rm(file, { force: true })
	}
}

async function acquire(file: string): Promise<boolean> {
	try {
		const handle = await open(file, 'wx')
		await handle.writeFile(`${os.hostname()} ${process.pid}\n`)
		await handle.close()
		return true
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error
	}
	await removeStale(file)
	return false
}

async function removeStale(file: string): Promise<void> {
	const owner = await readFile(file, 'utf8').catch(() => '')
	const [host, pid] = owner.trim().split(' ')
	// An empty file is one that its owner is just writing; a lock of another machine (a shared disk) cannot be judged.
	if (host !== os.hostname() || isRunning(Number(pid))) return
	// Renamed first: of several processes that found it stale, one moves it away, and none removes a new one.
	const stale = `${file}.${process.pid}.stale`
	await rename(file, stale).catch(() => undefined)
	await rm(stale, { force: true })
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return isCode(error, 'EPERM')
	}
}

/** Whether it is a system error of that code. */
function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code
}
