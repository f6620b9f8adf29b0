/** Warm workers over a socket of this machine: each connection is one request, and ends with its reply. */
import { createServer, type Server, type Socket } from 'node:net'
import type { Pool } from '#engines/local-spark/pool.ts'
import type { Reply } from '#engines/local-spark/worker-process.ts'
import type { JsonObject } from '#model/json-values.ts'
import { firstLine } from './first-line.ts'

export interface SharedRequest {
	readonly message: JsonObject
	readonly seconds: number
}

/** `failed`: no worker could be started. */
export type SharedReply = Reply | { readonly kind: 'failed'; readonly output: string }

/** @param place path of the socket */
export async function serveWorkers(pool: Pool, place: string): Promise<Server> {
	const server = createServer((socket) => {
		// Whoever asked may die: then nobody waits for the reply, and what runs for it is ended like any other run.
		const gone = new AbortController()
		socket.on('close', () => gone.abort())
		socket.on('error', () => undefined)
		firstLine(socket, (line) => void serve(pool, socket, line, gone.signal))
	})
	const { promise, resolve, reject } = Promise.withResolvers<void>()
	server.once('error', reject).listen(place, resolve)
	await promise
	return server
}

async function serve(pool: Pool, socket: Socket, line: string, gone: AbortSignal): Promise<void> {
	// The other side is ours: client.ts writes what is read here.
	const { message, seconds } = JSON.parse(line) as SharedRequest
	const reply = await pool
		.use((worker) => worker.request(message, seconds, gone), gone)
		.catch((error: unknown): SharedReply => ({ kind: 'failed', output: String(error) }))
	socket.end(`${JSON.stringify(reply)}\n`)
}
