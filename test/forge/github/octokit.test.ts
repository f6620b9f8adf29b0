import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ClientOptions } from '#forge/github/octokit.ts'
import { githubClient } from '#forge/github/octokit.ts'
import type { Scene } from '../../support/github-scene.ts'
import { githubScene } from '../../support/github-scene.ts'

let scene: Scene
const etl = { owner: 'acme', repo: 'etl' }
const pauses: number[] = []
const time = {
	now: () => Date.now(),
	sleep: (milliseconds: number) => {
		pauses.push(milliseconds)
		return Promise.resolve()
	},
}

const client = (options: Partial<ClientOptions> = {}) =>
	githubClient({
		auth: { kind: 'token', token: scene.twin.installationToken(scene.installation) },
		baseUrl: scene.twin.url,
		writeGap: 0,
		time,
		...options,
	})
const issue = (title: string, options: Partial<ClientOptions> = {}) =>
	client(options).rest.issues.create({ ...etl, title })
const fault = (method: string, when: 'before' | 'after', status: number, times: number) =>
	scene.twin.faults.add({
		matches: (request) => request.method === method,
		when,
		effect: { kind: 'status', status },
		times,
	})

beforeEach(async () => {
	scene = await githubScene()
	pauses.length = 0
})
afterEach(() => scene.close())

describe('the client', () => {
	it('never repeats a write by itself: the 500 may have come after the effect', async () => {
		fault('POST', 'after', 500, 1)
		await expect(issue('once')).rejects.toMatchObject({ name: 'ForgeError', kind: 'unavailable', status: 500 })
		expect(scene.repository.issues.size).toBe(1)
		expect(scene.twin.journal.writes()).toHaveLength(1)
	})

	it('repeats reads after server errors and lost connections, three times', async () => {
		fault('GET', 'before', 502, 2)
		scene.twin.faults.add({
			matches: ({ method }) => method === 'GET',
			when: 'after',
			effect: { kind: 'reset' },
			times: 1,
		})
		expect((await client().rest.repos.get(etl)).status).toBe(200)
		expect(pauses).toEqual([250, 1000, 4000])
		fault('GET', 'before', 502, 4)
		await expect(client().rest.repos.get(etl)).rejects.toMatchObject({ kind: 'unavailable' })
	})

	it('does not repeat what GitHub refuses', async () => {
		await expect(client().rest.repos.get({ ...etl, repo: 'nothing' })).rejects.toMatchObject({ kind: 'missing' })
		await expect(issue('t', { auth: { kind: 'token', token: 'ghs_wrong' } })).rejects.toMatchObject({
			kind: 'unauthorized',
		})
		expect(scene.twin.journal.requests).toHaveLength(2)
	})

	it('says when to come again after a secondary limit, and neither sleeps nor repeats', async () => {
		scene.twin.limits.secondary(0, 90)
		const before = Date.now()
		const error: unknown = await issue('too fast').catch((reason: unknown) => reason)
		expect(error).toMatchObject({ kind: 'rate-limited', status: 403 })
		const until = error instanceof Error && 'until' in error && error.until instanceof Date ? error.until.getTime() : 0
		expect(until - before).toBeGreaterThanOrEqual(89_000)
		expect(until - before).toBeLessThan(100_000)
		expect([scene.twin.journal.writes().length, pauses]).toEqual([1, []])
	})

	it('waits a minute where the secondary limit does not say, and until the reset after the hourly one', async () => {
		scene.twin.limits.secondary(0)
		await expect(issue('too fast')).rejects.toMatchObject({ kind: 'rate-limited', until: expect.any(Date) })
		scene.twin.limits.clear()
		scene.twin.limits.primary(0, 1800)
		const { reset } = scene.twin.limits.state()
		await expect(client().rest.repos.get(etl)).rejects.toMatchObject({
			kind: 'rate-limited',
			until: new Date(reset * 1000),
		})
	})

	it('leaves the pace between its writes, and none between those of two clients', async () => {
		let clock = 1_000_000
		const slow = {
			now: () => clock,
			sleep: (wait: number) => {
				pauses.push(wait)
				clock += wait
				return Promise.resolve()
			},
		}
		const one = client({ writeGap: 1000, time: slow })
		const write = (title: string) => one.rest.issues.create({ ...etl, title })
		await Promise.all([write('a'), write('b'), write('c')])
		expect(pauses).toEqual([1000, 1000])
		await client({ writeGap: 1000, time: slow }).rest.issues.create({ ...etl, title: 'd' })
		expect(pauses).toEqual([1000, 1000])
		expect([...scene.repository.issues.values()].map(({ title }) => title)).toEqual(['a', 'b', 'c', 'd'])
	})

	it('ends a request that gets no answer', async () => {
		scene.twin.faults.add({ matches: ({ kind }) => kind === 'write', when: 'before', effect: { kind: 'hang' } })
		await expect(issue('never', { timeout: 200 })).rejects.toMatchObject({ kind: 'unreachable' })
	})

	it('takes an answer that breaks off for an error, not for an empty one', async () => {
		const server = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
			response.write('{"id": 1')
			setTimeout(() => response.socket?.destroy(), 20)
		})
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
		const address = server.address()
		const baseUrl = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
		await expect(issue('half', { baseUrl })).rejects.toMatchObject({ kind: 'unreachable' })
		server.close()
	})

	it('keeps a redirected write a write', async () => {
		scene.twin.rename(scene.repository, 'pipelines')
		expect((await issue('moved')).data.title).toBe('moved')
		expect(scene.twin.journal.requests.map(({ method, status }) => [method, status])).toEqual([
			['POST', 307],
			['POST', 201],
		])
		expect((await client().rest.repos.get(etl)).data.full_name).toBe('acme/pipelines')
	})

	it('gives its token to no other host', async () => {
		const seen: unknown[] = []
		const server = createServer((request, response) => {
			seen.push(request.headers.authorization)
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
		})
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
		const address = server.address()
		const location = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/file` : ''
		const headers = { location }
		scene.twin.faults.add({ matches: () => true, when: 'before', effect: { kind: 'status', status: 302, headers } })
		await client().rest.repos.get(etl)
		expect(seen).toEqual([undefined])
		server.close()
	})

	it('shows neither token nor body in its errors', async () => {
		const token = scene.twin.installationToken(scene.installation, { metadata: 'read' })
		const error: unknown = await client({ auth: { kind: 'token', token } })
			.rest.issues.create({ ...etl, title: 'secret text' })
			.catch((reason: unknown) => reason)
		expect(error).toMatchObject({ kind: 'forbidden' })
		const shown = `${String(error)} ${JSON.stringify(error)}`
		expect(shown).not.toContain(token)
		expect(shown).not.toContain('secret text')
	})

	it('signs in as the App, and as one of its installations with a token that it keeps', async () => {
		const { id: appId, privateKey } = scene.twin.app
		const app = client({ auth: { kind: 'app', appId, privateKey } })
		expect((await app.rest.apps.getAuthenticated()).data?.slug).toBe('reglue')
		const repositoryId = scene.repository.id
		const installed = client({
			auth: { kind: 'installation', appId, privateKey, installationId: scene.installation.id, repositoryId },
		})
		await installed.rest.issues.create({ ...etl, title: 'a' })
		await installed.rest.issues.create({ ...etl, title: 'b' })
		const tokens = scene.twin.journal.requests.filter(({ path }) => path.endsWith('/access_tokens'))
		expect(tokens).toHaveLength(1)
	})
})
