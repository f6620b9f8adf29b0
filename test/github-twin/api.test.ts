import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { as } from '../support/github-twin/people.ts'
import type { Installation, Repository } from '../support/github-twin/state.ts'
import type { Twin } from '../support/github-twin/twin.ts'
import { startTwin } from '../support/github-twin/twin.ts'

let twin: Twin
let repository: Repository
let installation: Installation
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const etl = { owner: 'acme', repo: 'etl' }

const withToken = (auth: string) => new Octokit({ auth, baseUrl: twin.url, log: quiet })
const asApp = (installationId?: number) =>
	new Octokit({
		baseUrl: twin.url,
		log: quiet,
		authStrategy: createAppAuth,
		auth: {
			appId: twin.app.id,
			privateKey: twin.app.privateKey,
			...(installationId === undefined ? {} : { installationId }),
		},
	})

beforeEach(async () => {
	twin = await startTwin()
	repository = await twin.repository('acme/etl', { collaborators: { dana: 'write', mo: 'read' } })
	installation = twin.install(repository)
	await as(twin, 'dana').commit(repository, 'main', { 'jobs/a.dsx': 'a\n', README: 'hello\n' })
})
afterEach(() => twin.close())

describe('who may do what', () => {
	it('gives an App a token for its installation, with the rights of the App', async () => {
		const { data } = await asApp().rest.apps.createInstallationAccessToken({ installation_id: installation.id })
		expect(data.permissions).toMatchObject({ contents: 'write' })
		const seen = await withToken(data.token).rest.apps.listReposAccessibleToInstallation()
		expect(seen.data.repositories.map(({ full_name }) => full_name)).toEqual(['acme/etl'])
	})

	it('refuses a token for more than was granted, and for a suspended installation', async () => {
		const wanted = { installation_id: installation.id, permissions: { administration: 'write' as const } }
		await expect(asApp().rest.apps.createInstallationAccessToken(wanted)).rejects.toMatchObject({ status: 422 })
		twin.suspend(installation, true)
		await expect(asApp(installation.id).rest.repos.get(etl)).rejects.toMatchObject({ status: 403 })
	})

	it('answers 401 to a wrong token, 404 for what is not visible, 403 for what is not allowed', async () => {
		await expect(withToken('ghs_wrong').rest.repos.get(etl)).rejects.toMatchObject({ status: 401 })
		await expect(withToken(twin.person('stranger')).rest.repos.get(etl)).rejects.toMatchObject({ status: 404 })
		const narrow = withToken(twin.installationToken(installation, { contents: 'read', metadata: 'read' }))
		expect((await narrow.rest.repos.getContent({ ...etl, path: 'jobs/a.dsx' })).status).toBe(200)
		const blob = narrow.rest.git.createBlob({ ...etl, content: 'x' })
		await expect(blob).rejects.toMatchObject({
			status: 403,
			message: expect.stringContaining('not accessible by integration'),
		})
	})

	it('knows the roles of people, with the old words beside the new', async () => {
		const client = asApp(installation.id)
		const role = async (username: string) =>
			(await client.rest.repos.getCollaboratorPermissionLevel({ ...etl, username })).data
		expect(await role('dana')).toMatchObject({ permission: 'write', role_name: 'write' })
		twin.person('nobody')
		expect(await role('nobody')).toMatchObject({ permission: 'none' })
		await expect(role('ghost')).rejects.toMatchObject({ status: 404 })
	})

	it('takes no writes in an archived repository, and none of Actions where an organisation forbids them', async () => {
		const client = asApp(installation.id)
		repository.mayOpenPullRequests = false
		await as(twin, 'dana').commit(repository, 'work', { b: '1' })
		const pull = { ...etl, title: 't', head: 'work', base: 'main' }
		await expect(client.rest.pulls.create(pull)).rejects.toMatchObject({ status: 403 })
		repository.archived = true
		const issue = client.rest.issues.create({ ...etl, title: 't' })
		await expect(issue).rejects.toMatchObject({ status: 403, message: expect.stringContaining('archived') })
		expect((await client.rest.repos.get(etl)).data.archived).toBe(true)
	})
})

describe('requests', () => {
	it('are validated against GitHub’s description', async () => {
		const client = asApp(installation.id)
		await expect(client.request('POST /repos/acme/etl/check-runs', { head_sha: 'x' })).rejects.toMatchObject({
			status: 422,
			message: expect.stringContaining('name'),
		})
		await expect(client.request('POST /repos/acme/etl/issues', { title: 't', colour: 'red' })).rejects.toMatchObject({
			status: 422,
			message: expect.stringContaining('additional properties'),
		})
		await expect(client.request('GET /repos/acme/etl/pages')).rejects.toMatchObject({ status: 404 })
		expect(twin.journal.unknown().map(({ path }) => path)).toEqual(['/repos/acme/etl/pages'])
	})

	it('are recorded, reads and writes apart', async () => {
		const client = asApp(installation.id)
		await client.rest.repos.get(etl)
		await client.rest.issues.create({ ...etl, title: 't' })
		expect(twin.journal.writes().map(({ operation, status }) => [operation, status])).toEqual([
			['POST /repos/{owner}/{repo}/issues', 201],
		])
		expect(twin.journal.requests).toHaveLength(3)
	})

	it('for lists come in pages with links', async () => {
		const client = asApp(installation.id)
		for (let number = 0; number < 7; number++) await client.rest.issues.create({ ...etl, title: `issue ${number}` })
		const first = await client.rest.issues.listForRepo({ ...etl, per_page: 3 })
		expect(first.headers.link).toContain('rel="next"')
		const all = await client.paginate(client.rest.issues.listForRepo, { ...etl, per_page: 3 })
		expect(all).toHaveLength(7)
	})

	it('with an ETag that still holds are answered with 304 and cost nothing', async () => {
		const client = asApp(installation.id)
		const { headers } = await client.rest.repos.get(etl)
		twin.limits.primary(10, 60)
		const again = client.rest.repos.get({ ...etl, headers: { 'if-none-match': headers.etag ?? '' } })
		await expect(again).rejects.toMatchObject({ status: 304 })
		expect(twin.limits.state().used).toBe(0)
	})

	it('beyond the limits are refused as GitHub does', async () => {
		const client = asApp(installation.id)
		await client.rest.repos.get(etl)
		twin.limits.secondary(1, 30)
		await client.rest.issues.create({ ...etl, title: 'one' })
		await expect(client.rest.issues.create({ ...etl, title: 'two' })).rejects.toMatchObject({
			status: 403,
			response: { headers: { 'retry-after': '30' } },
		})
		twin.limits.clear()
		twin.limits.primary(1, 60)
		await client.rest.repos.get(etl)
		await expect(client.rest.repos.get(etl)).rejects.toMatchObject({
			status: 403,
			response: { headers: { 'x-ratelimit-remaining': '0' } },
		})
		expect((await client.rest.rateLimit.get()).data.resources.core.remaining).toBe(0)
	})

	it('for a renamed repository are redirected', async () => {
		twin.rename(repository, 'pipelines')
		expect((await asApp(installation.id).rest.repos.get(etl)).data.full_name).toBe('acme/pipelines')
	})
})

describe('faults', () => {
	it('come before or after the effect', async () => {
		const client = withToken(twin.installationToken(installation))
		const post = (request: { readonly method: string }) => request.method === 'POST'
		twin.faults.add({ matches: post, when: 'after', effect: { kind: 'status', status: 500 }, times: 1 })
		await expect(client.rest.issues.create({ ...etl, title: 'done' })).rejects.toMatchObject({ status: 500 })
		expect(repository.issues.size).toBe(1)
		twin.faults.add({ matches: post, when: 'before', effect: { kind: 'reset' }, times: 1 })
		await expect(client.rest.issues.create({ ...etl, title: 'not done' })).rejects.toThrow()
		expect(repository.issues.size).toBe(1)
	})

	it('let a client die at its n-th write', async () => {
		const client = withToken(twin.installationToken(installation))
		const create = (title: string) => client.rest.issues.create({ ...etl, title }).catch(() => 'dead')
		twin.faults.dieAtWrite(2, 'after')
		await create('one')
		expect(await create('two')).toBe('dead')
		expect(await create('three')).toBe('dead')
		expect(await client.rest.repos.get(etl).catch(() => 'dead')).toBe('dead')
		expect([...repository.issues.values()].map(({ title }) => title)).toEqual(['one', 'two'])
		twin.faults.clear()
		await create('four')
		expect(repository.issues.size).toBe(3)
	})
})
