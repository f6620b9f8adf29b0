/** The HTTP side of the twin: from a request through limits, faults, access and validation to an operation's answer. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { authenticate, checkAccess } from './access.ts'
import type { Match } from './description.ts'
import { describedRoutes, matchRoute, validated } from './description.ts'
import type { Effect, Faults } from './faults.ts'
import type { Journal, Recorded } from './journal.ts'
import type { Limits } from './limits.ts'
import type { Actor, Call, Operation, Reply } from './operation.ts'
import { paged } from './paging.ts'
import { notFound, Refusal } from './refusal.ts'
import { isGitRequest, serveGit } from './smart-http.ts'
import type { Repository, World } from './state.ts'

export interface Parts {
	readonly world: World
	readonly operations: ReadonlyMap<string, Operation>
	readonly journal: Journal
	readonly faults: Faults
	readonly limits: Limits
}

interface Answer {
	readonly status: number
	readonly body: unknown
	readonly headers: Readonly<Record<string, string>>
}

/** @throws Error where the description and the operations do not name the same routes */
export function operationTable(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
	const table = new Map(operations.map((operation) => [operation.route, operation]))
	const missing = describedRoutes.filter((route) => !table.has(route))
	const extra = [...table.keys()].filter((route) => !describedRoutes.includes(route))
	if (missing.length + extra.length > 0)
		throw new Error(`described and not done: ${missing.join(', ')}; done and not described: ${extra.join(', ')}`)
	return table
}

export async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = new URL(request.url ?? '/', parts.world.url)
	if (isGitRequest(url)) return serveGit(parts.world, request, response, url)
	const body = await readBody(request)
	const method = request.method ?? 'GET'
	const path = url.pathname.replace(/^\/api\/v3(?=\/)/, '')
	const match = matchRoute(method, path)
	const actor = attempt(() => authenticate(parts.world, request.headers.authorization))
	const recorded = parts.journal.record({
		method,
		path: `${path}${url.search}`,
		operation: match?.route,
		kind: method === 'GET' || method === 'HEAD' || match?.route.endsWith('/access_tokens') ? 'read' : 'write',
		actor: actor instanceof Refusal ? 'unknown' : actor.name,
	})
	if (await suffer(parts.faults.effect(recorded, 'before'), recorded, response)) return
	if (recorded.kind === 'write') parts.world.clock.tick()
	const answer = await answerTo(parts, recorded, actor, match, url, body)
	if (await suffer(parts.faults.effect(recorded, 'after'), recorded, response)) return
	send(parts.limits, request, response, recorded, answer)
}

async function answerTo(
	parts: Parts,
	recorded: Recorded,
	actor: Actor | Refusal,
	match: Match | undefined,
	url: URL,
	body: Buffer,
): Promise<Answer> {
	try {
		if (actor instanceof Refusal) throw actor
		if (match?.route === 'GET /rate_limit') return { status: 200, body: rateLimit(parts.limits), headers: {} }
		parts.limits.count(recorded)
		if (match === undefined) throw notFound()
		const elsewhere = movedTo(parts.world, match, url)
		if (elsewhere !== undefined) {
			const status = recorded.kind === 'read' ? 301 : 307
			return { status, body: { message: 'Moved Permanently', url: elsewhere }, headers: { location: elsewhere } }
		}
		const reply = await run(parts, actor, match, url, body)
		const { data, headers } = paged(reply, url)
		return { status: reply.status, body: data, headers }
	} catch (error) {
		if (!(error instanceof Refusal))
			return { status: 500, body: { message: `The twin failed: ${String(error)}` }, headers: {} }
		const { status, message, errors, headers } = error
		return { status, body: { message, ...(errors === undefined ? {} : { errors }), status: String(status) }, headers }
	}
}

async function run(parts: Parts, actor: Actor, match: Match, url: URL, body: Buffer): Promise<Reply> {
	const { world, operations } = parts
	const operation = operations.get(match.route)
	if (operation === undefined) throw notFound()
	const repository = repositoryOf(world, match)
	// A comment needs no push access: whoever can see a repository may write one.
	const talking = actor.kind === 'user' && /\/(comments|reactions)$|^POST .*\/issues$/.test(match.route)
	const access =
		talking && typeof operation.access === 'object' ? { ...operation.access, level: 'read' as const } : operation.access
	checkAccess(world, actor, access, repository)
	const query = Object.fromEntries(url.searchParams)
	const input = validated(match.route, { parameters: match.parameters, query, body: parseBody(body) })
	return operation.run(callOf(world, actor, repository), input)
}

function callOf(world: World, actor: Actor, repository: Repository | undefined): Call {
	const { user } = actor
	return {
		world,
		actor,
		login: user?.login ?? '',
		identity: { name: user?.login ?? 'ghost', email: user?.email ?? 'ghost@localhost', date: world.clock.now() },
		get repository() {
			if (repository === undefined) throw notFound()
			return repository
		},
	}
}

function repositoryOf(world: World, { parameters }: Match): Repository | undefined {
	return world.repositories.get(`${parameters['owner']}/${parameters['repo']}`.toLowerCase())
}

/** Where a renamed repository is now: GitHub redirects to its number. */
function movedTo(world: World, { parameters }: Match, url: URL): string | undefined {
	const old = `${parameters['owner']}/${parameters['repo']}`.toLowerCase()
	const id = world.moved.get(old)
	const repository = [...world.repositories.values()].find((known) => known.id === id)
	if (repository === undefined) return undefined
	const rest = url.pathname.split('/').slice(url.pathname.startsWith('/api/v3/') ? 6 : 4)
	return `${world.url}/repos/${repository.owner}/${repository.name}${rest.map((part) => `/${part}`).join('')}${url.search}`
}

function rateLimit(limits: Limits): unknown {
	const core = limits.state()
	return { resources: { core }, rate: core }
}

function send(
	limits: Limits,
	request: IncomingMessage,
	response: ServerResponse,
	recorded: Recorded,
	answer: Answer,
): void {
	const text = answer.body === undefined ? '' : JSON.stringify(answer.body)
	const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`
	const same = recorded.method === 'GET' && answer.status === 200 && request.headers['if-none-match'] === etag
	recorded.status = same ? 304 : answer.status
	if (same) limits.forgive()
	response.writeHead(recorded.status, {
		...(recorded.status === 204 ? {} : { 'content-type': 'application/json; charset=utf-8' }),
		...(recorded.method === 'GET' && answer.status === 200 ? { etag } : {}),
		'x-github-request-id': 'TWIN:0001',
		...limits.headers(),
		...answer.headers,
	})
	response.end(same || recorded.status === 204 ? undefined : text)
}

/** @returns whether nothing more is to be sent */
async function suffer(effect: Effect | undefined, recorded: Recorded, response: ServerResponse): Promise<boolean> {
	switch (effect?.kind) {
		case undefined:
			return false
		case 'delay':
			await new Promise((resolve) => setTimeout(resolve, effect.milliseconds))
			return false
		case 'hang':
			return true
		case 'reset':
			response.socket?.destroy()
			return true
		case 'status': {
			recorded.status = effect.status
			response.writeHead(effect.status, { 'content-type': 'application/json', ...effect.headers })
			response.end(JSON.stringify({ message: effect.message ?? 'Server Error' }))
			return true
		}
	}
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const parts: Uint8Array[] = []
	request.on('data', (part: Uint8Array) => parts.push(part))
	await once(request, 'end')
	return Buffer.concat(parts)
}

function parseBody(body: Buffer): unknown {
	if (body.length === 0) return undefined
	try {
		const value: unknown = JSON.parse(body.toString('utf8'))
		return value
	} catch {
		throw new Refusal(400, 'Problems parsing JSON')
	}
}

function attempt<T>(work: () => T): T | Refusal {
	try {
		return work()
	} catch (error) {
		if (error instanceof Refusal) return error
		throw error
	}
}
