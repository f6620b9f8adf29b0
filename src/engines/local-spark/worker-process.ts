/** One worker: a Python process with its JVM, started with next to nothing of our environment, ended as a group. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { JsonObject } from '#model/json-values.ts'
import { EngineError } from '../port.ts'
import { childEnvironment, PYTHON_FOLDER } from './child-environment.ts'
import type { Environment } from './environment.ts'
import { inOwnNetwork } from './isolation.ts'
import { sparkSettings } from './spark-settings.ts'

const WORKER = path.join(PYTHON_FOLDER, 'worker.py')
const KEPT_OUTPUT = 64 * 1024
const START_SECONDS = 120

export interface WorkerOptions {
	readonly environment: Environment
	readonly memoryMb: number
	/** Reaches nothing but itself. */
	readonly ownNetwork: boolean
	/** It will run hundreds of jobs. */
	readonly longLived: boolean
}

/** What came of a request: an answer, or the end of the process. */
export type Reply =
	| { readonly kind: 'answer'; readonly message: JsonObject }
	| { readonly kind: 'time-limit' | 'died'; readonly output: string }

export interface Worker {
	/** One request at a time. After anything but an answer the worker is gone. */
	request(message: JsonObject, seconds: number, signal?: AbortSignal): Promise<Reply>
	isUsable(): boolean
	close(): Promise<void>
}

/** Starts a worker and waits until Spark is there. */
export async function startWorker(options: WorkerOptions, signal?: AbortSignal): Promise<Worker> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'reglue-engine-'))
	const child = spawnWorker(options, folder)
	const process = superviseProcess(child, folder)
	const reply = await process.exchange(undefined, START_SECONDS, signal)
	if (reply.kind === 'answer') return { request: process.exchange, isUsable: process.isUsable, close: process.close }
	await process.close()
	throw new EngineError(
		`The Spark process ${reply.kind === 'died' ? 'ended' : `was not ready after ${START_SECONDS} seconds`} while starting:\n${reply.output.trim().slice(-2000)}`,
	)
}

function spawnWorker(options: WorkerOptions, folder: string): ChildProcess {
	const { python } = options.environment
	const settings = JSON.stringify({
		spark: sparkSettings(options.environment, options.memoryMb, folder, options.longLived),
		ownNetwork: options.ownNetwork,
		fileBytes: 20 * 1024 ** 3,
		pythonBytes: 8 * 1024 ** 3,
	})
	const worker = { command: python, args: ['-u', WORKER, settings] }
	const { command, args } = options.ownNetwork ? inOwnNetwork(worker) : worker
	return spawn(command, args, {
		cwd: folder,
		// A process group of its own: the JVM dies with it, and a Ctrl-C at the terminal reaches only us.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
		env: childEnvironment(options.environment, folder),
	})
}

function superviseProcess(child: ChildProcess, folder: string) {
	let output = ''
	let usable = true
	let waiting: ((reply: Reply) => void) | undefined
	const settle = (reply: Reply): void => {
		waiting?.(reply)
		waiting = undefined
	}
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text: string) => {
			output = (output + text).slice(-KEPT_OUTPUT)
		})
	}
	// stdio above opens 3 for requests and 4 for answers.
	const requests = child.stdio[3] as Writable
	const answers = child.stdio[4] as Readable
	// Writing to a process that has just died is answered by its end, not by an error of the pipe.
	requests.on('error', () => undefined)
	createInterface({ input: answers }).on('line', (line) => {
		const message = JSON.parse(line) as JsonObject
		usable &&= message['usable'] !== false
		settle({ kind: 'answer', message })
	})

	const kill = (): void => {
		usable = false
		if (child.pid === undefined) return
		try {
			process.kill(-child.pid, 'SIGKILL')
		} catch {
			// It is gone already.
		}
	}
	process.once('exit', kill)
	const ended = new Promise<void>((resolve) => {
		const end = (reason: string): void => {
			kill()
			process.off('exit', kill)
			settle({ kind: 'died', output: output + reason })
			resolve(rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined))
		}
		child.once('error', (error) => {
			end(error.message)
		})
		child.once('close', () => {
			end('')
		})
		// The JVM keeps the pipes of a dead Python open: end it too, and they close.
		child.once('exit', kill)
	})

	/** Sends a message, if any, and waits for the next answer. */
	async function exchange(message: JsonObject | undefined, seconds: number, signal?: AbortSignal): Promise<Reply> {
		signal?.throwIfAborted()
		if (message) output = ''
		const { promise, resolve } = Promise.withResolvers<Reply>()
		waiting = resolve
		const timer = setTimeout(() => {
			settle({ kind: 'time-limit', output })
			kill()
		}, seconds * 1000)
		signal?.addEventListener('abort', kill)
		if (!usable) settle({ kind: 'died', output })
		else if (message) requests.write(`${JSON.stringify(message)}\n`)
		const reply = await promise
		clearTimeout(timer)
		signal?.removeEventListener('abort', kill)
		if (signal?.aborted) await ended
		signal?.throwIfAborted()
		return reply
	}

	return {
		exchange,
		isUsable: () => usable,
		close: () => {
			kill()
			return ended
		},
	}
}
