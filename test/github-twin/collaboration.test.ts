import { createServer } from 'node:http'
import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { as } from '../support/github-twin/people.ts'
import { snapshot } from '../support/github-twin/snapshot.ts'
import type { Repository } from '../support/github-twin/state.ts'
import type { Twin } from '../support/github-twin/twin.ts'
import { startTwin } from '../support/github-twin/twin.ts'
import { sign } from '../support/github-twin/webhooks.ts'

let twin: Twin
let repository: Repository
let client: Octokit
const etl = { owner: 'acme', repo: 'etl' }
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const dana = () => as(twin, 'dana')
const events = () => twin.webhooks.deliveries.map(({ event, action }) => [event, action].filter(Boolean).join(' '))
const open = async () => (await client.rest.pulls.create({ ...etl, title: 'Work', head: 'work', base: 'main' })).data

beforeEach(async () => {
	twin = await startTwin()
	repository = await twin.repository('acme/etl', { collaborators: { dana: 'write' } })
	client = new Octokit({ auth: twin.installationToken(twin.install(repository)), baseUrl: twin.url, log: quiet })
	await dana().commit(repository, 'main', { a: '1\n' })
	await dana().commit(repository, 'work', { b: '2\n' })
})
afterEach(() => twin.close())

describe('pull requests', () => {
	it('are one for each branch, and need a difference', async () => {
		expect(await open()).toMatchObject({ number: 1, mergeable: true, user: { login: 'reglue[bot]' } })
		await expect(open()).rejects.toMatchObject({
			status: 422,
			message: expect.stringContaining('already exists for acme:work'),
		})
		const same = client.rest.pulls.create({ ...etl, title: 'x', head: 'main', base: 'main' })
		await expect(same).rejects.toMatchObject({ status: 422, message: expect.stringContaining('No commits between') })
		expect((await client.rest.pulls.list({ ...etl, head: 'acme:work' })).data).toHaveLength(1)
		expect((await client.rest.pulls.list({ ...etl, head: 'acme:other' })).data).toHaveLength(0)
	})

	it('follow their branch, say when they conflict, and close when it goes', async () => {
		const { number } = await open()
		const head = await dana().commit(repository, 'work', { a: 'theirs\n' })
		await dana().commit(repository, 'main', { a: 'ours\n' })
		const pull = await client.rest.pulls.get({ ...etl, pull_number: number })
		expect(pull.data).toMatchObject({ head: { sha: head }, mergeable: false, mergeable_state: 'dirty' })
		await expect(dana().merge(repository, number)).rejects.toMatchObject({ status: 405 })
		await dana().deleteBranch(repository, 'work')
		expect((await client.rest.pulls.get({ ...etl, pull_number: number })).data.state).toBe('closed')
		expect(events().slice(-5)).toEqual(['push', 'pull_request synchronize', 'push', 'push', 'pull_request closed'])
	})

	it.each(['merge', 'squash'] as const)('are merged by people: %s', async (method) => {
		const { number } = await open()
		await dana().merge(repository, number, method)
		const { data } = await client.rest.pulls.get({ ...etl, pull_number: number })
		expect(data).toMatchObject({ merged: true, state: 'closed', merged_by: { login: 'dana' } })
		const { refs } = await snapshot(repository)
		expect(refs['refs/heads/main']?.files).toEqual({ a: '1\n', b: '2\n' })
		expect(refs['refs/heads/main']?.messages).toHaveLength(method === 'merge' ? 3 : 2)
		expect(events().slice(-2)).toEqual(['pull_request closed', 'push'])
	})

	it('come from forks, whose branches are theirs', async () => {
		twin.person('fay')
		const fork = await twin.repository('fay/etl', { forkOf: repository, private: false })
		await as(twin, 'fay').commit(fork, 'idea', { c: '3\n' })
		repository.collaborators.set('fay', 'read')
		await as(twin, 'fay').call('POST /repos/{owner}/{repo}/pulls', {
			...etl,
			title: 'Idea',
			head: 'fay:idea',
			base: 'main',
		})
		const { data } = await client.rest.pulls.get({ ...etl, pull_number: 1 })
		expect(data).toMatchObject({ head: { label: 'fay:idea', repo: { fork: true } }, mergeable: true })
	})
})

describe('comments', () => {
	it('have reactions, one of a kind for each account', async () => {
		const { number } = await open()
		await dana().comment(repository, number, '/migrate status')
		const [comment] = (await client.rest.issues.listComments({ ...etl, issue_number: number })).data
		const react = () =>
			client.rest.reactions.createForIssueComment({ ...etl, comment_id: comment?.id ?? 0, content: 'eyes' })
		expect([(await react()).status, (await react()).status]).toEqual([201, 200])
		expect((await snapshot(repository)).issues[0]?.comments).toEqual([
			{ author: 'dana', body: '/migrate status', reactions: ['reglue[bot] eyes'] },
		])
	})

	it('are refused when too long or when the talk is locked', async () => {
		const { number } = await open()
		const comment = (body: string) => client.rest.issues.createComment({ ...etl, issue_number: number, body })
		await expect(comment('x'.repeat(65_537))).rejects.toMatchObject({ status: 422 })
		const issue = repository.issues.get(number)
		if (issue !== undefined) issue.locked = true
		await expect(comment('x')).rejects.toMatchObject({ status: 403 })
	})
})

describe('check runs', () => {
	it('take fifty annotations at a time, and cannot be opened again', async () => {
		const { head } = await open()
		const { data } = await client.rest.checks.create({
			...etl,
			name: 'reglue',
			head_sha: head.sha,
			status: 'in_progress',
		})
		const annotation = { path: 'b', start_line: 1, end_line: 1, annotation_level: 'notice' as const, message: 'm' }
		const update = (count: number) =>
			client.rest.checks.update({
				...etl,
				check_run_id: data.id,
				output: { title: 't', summary: 's', annotations: Array.from({ length: count }, () => annotation) },
			})
		await expect(update(51)).rejects.toMatchObject({ status: 422 })
		await update(50)
		await update(10)
		const all = await client.paginate(client.rest.checks.listAnnotations, { ...etl, check_run_id: data.id })
		expect(all).toHaveLength(60)
		await client.rest.checks.update({ ...etl, check_run_id: data.id, conclusion: 'success' })
		const reopened = client.rest.checks.update({ ...etl, check_run_id: data.id, status: 'in_progress' })
		await expect(reopened).rejects.toMatchObject({ status: 422 })
	})

	it('have three buttons at most, which people press', async () => {
		const { head } = await open()
		const action = (identifier: string) => ({ label: 'Fix', description: 'Repair now', identifier })
		const create = (names: readonly string[]) =>
			client.rest.checks.create({
				...etl,
				name: 'reglue',
				head_sha: head.sha,
				conclusion: 'failure',
				actions: names.map(action),
			})
		await expect(create(['a', 'b', 'c', 'd'])).rejects.toMatchObject({ status: 422 })
		const { data } = await create(['fix'])
		dana().press(repository, data.id, 'fix')
		dana().rerun(repository, data.id)
		expect(events().slice(-2)).toEqual(['check_run requested_action', 'check_run rerequested'])
		expect(JSON.parse(twin.webhooks.deliveries.at(-2)?.body ?? '{}')).toMatchObject({
			requested_action: { identifier: 'fix' },
			check_run: { head_sha: head.sha, pull_requests: [{ number: 1 }] },
			sender: { login: 'dana' },
		})
	})
})

describe('webhooks', () => {
	it('are signed as GitHub documents', () => {
		// https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
		expect(sign("It's a Secret to Everybody", 'Hello, World!')).toBe(
			'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
		)
	})

	it('wait, are sent in any order and number, and again when the App asks', async () => {
		const received: string[] = []
		let status = 500
		const receiver = createServer((request, response) => {
			received.push([request.headers['x-github-event'], request.headers['x-github-delivery']].join(' '))
			request.resume().on('end', () => response.writeHead(status).end())
		})
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
		const address = receiver.address()
		twin.webhooks.target(typeof address === 'object' ? `http://127.0.0.1:${address?.port}/` : undefined)
		await twin.webhooks.flush({ copies: 2, reversed: true })
		expect(received).toHaveLength(6)
		expect(received[0]).toBe(received[1])
		expect(received.at(-1)).toContain('installation ')

		status = 202
		const app = new Octokit({
			baseUrl: twin.url,
			log: quiet,
			authStrategy: createAppAuth,
			auth: { appId: twin.app.id, privateKey: twin.app.privateKey },
		})
		const failed = await app.rest.apps.listWebhookDeliveries({ status: 'failure' })
		expect(failed.data).toHaveLength(6)
		await app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed.data[0]?.id ?? 0 })
		await expect.poll(() => received.length).toBe(7)
		receiver.close()
	})
})
