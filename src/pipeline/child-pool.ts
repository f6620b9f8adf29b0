/**
 * Child processes with a memory cap. Hosts never parse: a 100 MB or hostile export can only take its own child with it,
 * and that child is replaced.
 */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

export interface ChildPool<Request, Response> {
	/** Waits for a free child, then for its answer. Never rejects: a dead or late child is an outcome. */
	run(request: Request): Promise<Outcome<Response>>
	/** Ends all children; requests under way come back as failed. */
	close(): void
}

export interface ChildPoolOptions {
	/** Module that answers each message with one message. */
	readonly script: URL
	readonly size: number
	/** Cap of the child's JavaScript heap. */
	readonly memoryMb: number
	/** A child that takes longer for one request, or for one step of it where it tells its steps, is ended. */
	readonly seconds: number
	readonly signal?: AbortSignal
}

interface Waiting<Request, Response> {
	readonly request: Request
	readonly resolve: (outcome: Outcome<Response>) => void
}

/** What a child sends between the steps of a long request: it is not stuck. */
export const stepDone = 'step done'

export function childPool<Request extends object, Response>(options: ChildPoolOptions): ChildPool<Request, Response> {
	const idle: ChildProcess[] = []
	const busy = new Set<ChildProcess>()
	const queue: Waiting<Request, Response>[] = []
	let closed = false

	function start(): ChildProcess {
		return fork(options.script, {
			serialization: 'advanced',
			execArgv: [`--max-old-space-size=${options.memoryMb}`, '--no-warnings'],
			// The child reads exports; it needs nothing from the environment and its stdout is not ours.
			env: { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		})
	}

	function serve(): void {
		if (closed || busy.size >= options.size) return
		const waiting = queue.shift()
		if (waiting === undefined) return
		const child = idle.pop() ?? start()
		busy.add(child)
		void answer(child, waiting.request).then((outcome) => {
			busy.delete(child)
			if (child.connected && child.exitCode === null && !closed && outcome.ok) idle.push(child)
			else child.kill('SIGKILL')
			waiting.resolve(outcome)
			serve()
		})
	}

	function answer(child: ChildProcess, request: Request): Promise<Outcome<Response>> {
		return new Promise((resolve) => {
			let complaint = ''
			const listen = (chunk: Buffer) => {
				complaint = `${complaint}${chunk.toString('utf8')}`.slice(-4000)
			}
			const timer = setTimeout(
				() => finish({ ok: false, why: `it took longer than ${options.seconds} s` }),
				options.seconds * 1000,
			)
			const onMessage = (value: unknown) => {
				if (value === stepDone) timer.refresh()
				else finish({ ok: true, value: value as Response })
			}
			const onExit = (code: number | null, signal: string | null) =>
				finish({ ok: false, why: causeOfDeath(code, signal, complaint, options.memoryMb) })
			const finish = (outcome: Outcome<Response>) => {
				clearTimeout(timer)
				child.off('message', onMessage).off('exit', onExit)
				child.stderr?.off('data', listen)
				resolve(outcome)
			}
			child.stderr?.on('data', listen)
			child.on('message', onMessage).on('exit', onExit)
			child.send(request, (error) => {
				if (error !== null) finish({ ok: false, why: `it could not be reached: ${error.message}` })
			})
		})
	}

	function close(): void {
		closed = true
		for (const child of [...idle, ...busy]) child.kill('SIGKILL')
		for (const waiting of queue.splice(0)) waiting.resolve({ ok: false, why: 'the run was stopped' })
	}

	options.signal?.addEventListener('abort', close, { once: true })
	return {
		run: (request) =>
			new Promise((resolve) => {
				if (closed) {
					resolve({ ok: false, why: 'the run was stopped' })
					return
				}
				queue.push({ request, resolve })
				serve()
			}),
		close,
	}
}

function causeOfDeath(code: number | null, signal: string | null, complaint: string, memoryMb: number): string {
	if (/heap out of memory|allocation failed/i.test(complaint)) return `it needed more than ${memoryMb} MB of memory`
	const last =
		complaint
			.trim()
			.split('\n')
			.find((line) => /Error/.test(line)) ?? ''
	return `its process ended with ${signal ?? `code ${code ?? '?'}`}${last === '' ? '' : `: ${last.trim()}`}`
}
