/** The warm workers of the test run, as a pool: see server.ts. */
import { createConnection, type Socket } from 'node:net'
import type { Pool } from '#engines/local-spark/pool.ts'
import type { Reply, Worker } from '#engines/local-spark/worker-process.ts'
import { EngineError } from '#engines/port.ts'
import { firstLine } from './first-line.ts'
import type { SharedReply, SharedRequest } from './server.ts'

/** Closing it ends the requests of this side alone. @param place path of the socket */
export function remotePool(place: string): Pool {
	const open = new Set<Socket>()

	async function ask(request: SharedRequest, signal?: AbortSignal): Promise<Reply> {
		signal?.throwIfAborted()
		const { promise, resolve } = Promise.withResolvers<SharedReply>()
		const socket = createConnection(place)
		open.add(socket)
		const leave = (): void => void socket.destroy()
		signal?.addEventListener('abort', leave)
		socket.on('error', (error) => resolve({ kind: 'failed', output: error.message }))
		socket.on('close', () => resolve({ kind: 'died', output: 'the connection to the shared worker was closed' }))
		// The other side is ours: server.ts writes what is read here.
		firstLine(socket, (line) => resolve(JSON.parse(line) as SharedReply))
		socket.write(`${JSON.stringify(request)}\n`)
		const reply = await promise
		signal?.removeEventListener('abort', leave)
		socket.destroy()
		open.delete(socket)
		signal?.throwIfAborted()
		if (reply.kind === 'failed') throw new EngineError(reply.output)
		return reply
	}

	const worker: Worker = {
		request: (message, seconds, signal) => ask({ message, seconds }, signal),
		isUsable: () => true,
		close: () => Promise.resolve(),
	}
	return {
		use: (work) => work(worker),
		close: () => {
			for (const socket of open) socket.destroy()
			return Promise.resolve()
		},
	}
}
