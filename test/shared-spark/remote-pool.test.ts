import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPool } from '#engines/local-spark/pool.ts'
import type { Reply, Worker } from '#engines/local-spark/worker-process.ts'
import type { JsonObject } from '#model/json-values.ts'
import { remotePool } from '../support/shared-spark/client.ts'
import { serveWorkers } from '../support/shared-spark/server.ts'

let folder = ''
let server: Server | undefined
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'reglue-shared-'))
})
afterEach(async () => {
	server?.close()
	await rm(folder, { recursive: true, force: true })
})

const answer = (message: JsonObject): Reply => ({ kind: 'answer', message })

/** A pool of one worker at a time, each of which serves until a request fails, on a socket. */
async function share(request: Worker['request']) {
	const started: string[] = []
	const start = (): Promise<Worker> => {
		started.push('worker')
		let usable = true
		return Promise.resolve({
			request: (message, seconds, signal) =>
				request(message, seconds, signal).catch((error: unknown) => {
					usable = false
					throw error
				}),
			isUsable: () => usable,
			close: () => Promise.resolve(),
		})
	}
	return { started, place: await serve(start) }
}

async function serve(start: () => Promise<Worker>): Promise<string> {
	const place = path.join(folder, 'workers')
	server = await serveWorkers(createPool(start, 1), place)
	return place
}

const ask = (place: string, text: string, signal?: AbortSignal): Promise<Reply> =>
	remotePool(place).use((worker) => worker.request({ text }, 7, signal))

it('gives each request to a worker, and its reply back', async () => {
	const { place } = await share((message, seconds) => Promise.resolve(answer({ ...message, seconds })))
	const replies = await Promise.all(['a\nb', 'naïve'].map((text) => ask(place, text)))
	expect(replies).toEqual([answer({ text: 'a\nb', seconds: 7 }), answer({ text: 'naïve', seconds: 7 })])
})

it('takes signs that part lines elsewhere as text', async () => {
	const { place } = await share((message) => Promise.resolve(answer(message)))
	const text = 'a\u2028b\u2029c\rd\u0085e'
	expect(await ask(place, text)).toEqual(answer({ text }))
})

it('goes on when a request breaks off before its end', async () => {
	const { place } = await share((message) => Promise.resolve(answer(message)))
	const socket = createConnection(place)
	socket.write('{"message": {"te', () => socket.destroy())
	await once(socket, 'close')
	expect(await ask(place, 'a')).toEqual(answer({ text: 'a' }))
})

it('tells how a worker ended', async () => {
	const { place } = await share(() => Promise.resolve({ kind: 'died', output: 'no memory' }))
	expect(await ask(place, 'a')).toEqual({ kind: 'died', output: 'no memory' })
})

it('tells why none could be started', async () => {
	const place = await serve(() => Promise.reject(new Error('no Java')))
	await expect(ask(place, 'a')).rejects.toThrow('no Java')
})

it('takes the worker back from whoever goes away before the reply', async () => {
	const begun = Promise.withResolvers<void>()
	const { place, started } = await share((message, _seconds, signal) => {
		if (message['text'] === 'next') return Promise.resolve(answer(message))
		const { promise, reject } = Promise.withResolvers<Reply>()
		signal?.addEventListener('abort', () => reject(new Error('gone')))
		begun.resolve()
		return promise
	})
	const leaving = new AbortController()
	const first = ask(place, 'first', leaving.signal)
	await begun.promise
	leaving.abort(new Error('enough'))
	await expect(first).rejects.toThrow('enough')
	expect(await ask(place, 'next')).toEqual(answer({ text: 'next' }))
	expect(started).toEqual(['worker', 'worker'])
})
