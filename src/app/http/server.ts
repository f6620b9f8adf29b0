/** The process's doors: one for GitHub, one for those who watch it. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Page {
	readonly status: number
	readonly type?: string
	readonly text: string
}

/** By method and path, such as `GET /healthz`. */
export type Routes = Readonly<Record<string, (request: IncomingMessage) => Page | Promise<Page>>>

export interface Listening {
	readonly url: string
	close(): Promise<void>
}

/** @throws Error where the address is not free */
export async function listen(
	address: { readonly host: string; readonly port: number },
	routes: Routes,
): Promise<Listening> {
	const server = createServer((request, response) => {
		serve(routes, request, response).catch(() => response.destroy())
	})
	// Whoever sends slowly holds a connection, and memory, no longer than GitHub would wait.
	server.requestTimeout = 10_000
	server.headersTimeout = 10_000
	server.maxConnections = 1000
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject)
		server.listen(address.port, address.host, resolve)
	})
	return { url: urlOf(server), close: () => close(server) }
}

async function serve(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = request.url?.split('?')[0]?.replace(/(?<=.)\/$/, '') ?? '/'
	const route = `${request.method ?? 'GET'} ${path}`
	const page = Object.hasOwn(routes, route) ? await routes[route]?.(request) : undefined
	const { status, type = 'text/plain; charset=utf-8', text } = page ?? { status: 404, text: 'not found' }
	// A body that nobody has read to its end stands in the way of the connection's next request.
	if (!request.complete) response.shouldKeepAlive = false
	response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(`${text}\n`)
}

function urlOf(server: Server): string {
	const { address, port, family } = server.address() as AddressInfo
	return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Takes no new connection, and gives those that are open a second to be answered. */
async function close(server: Server): Promise<void> {
	const impatient = setTimeout(() => server.closeAllConnections(), 1000)
	await new Promise((resolve) => {
		server.close(resolve)
		server.closeIdleConnections()
	})
	clearTimeout(impatient)
}
