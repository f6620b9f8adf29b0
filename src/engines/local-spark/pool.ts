/** Warm workers: started when they are needed, lent to one request at a time, replaced when they are spent. */

import type { Worker } from './worker-process.ts'

export interface Pool {
	/** Waits for a worker, and takes it back afterwards. */
	use<T>(work: (worker: Worker) => Promise<T>, signal?: AbortSignal): Promise<T>
	close(): Promise<void>
}

/** @param start Starts one worker. @param size Most workers at a time. */
export function createPool(start: (signal?: AbortSignal) => Promise<Worker>, size: number): Pool {
	const idle: Worker[] = []
	const all = new Set<Worker>()
	const queue: (() => void)[] = []
	let lent = 0

	const place = async (signal?: AbortSignal): Promise<void> => {
		if (lent < size) {
			lent += 1
			return
		}
		const { promise, resolve, reject } = Promise.withResolvers<void>()
		const give = (): void => {
			signal?.removeEventListener('abort', leave)
			resolve()
		}
		const leave = (): void => {
			queue.splice(queue.indexOf(give), 1)
			reject(signal?.reason)
		}
		signal?.addEventListener('abort', leave)
		queue.push(give)
		await promise
	}
	// A place goes straight to the next who waits, so the number lent stays the same.
	const leave = (): void => {
		const next = queue.shift()
		if (next) next()
		else lent -= 1
	}

	return {
		async use(work, signal) {
			signal?.throwIfAborted()
			await place(signal)
			try {
				const worker = idle.pop() ?? (await start(signal))
				all.add(worker)
				try {
					return await work(worker)
				} finally {
					if (worker.isUsable()) idle.push(worker)
					else {
						all.delete(worker)
						await worker.close()
					}
				}
			} finally {
				leave()
			}
		},
		async close() {
			await Promise.all([...all].map((worker) => worker.close()))
			idle.length = 0
			all.clear()
		},
	}
}
