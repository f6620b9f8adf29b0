import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunningApp } from '#app/app.ts'
import type { AppScene } from '../support/app-scene.ts'
import { appScene, gate } from '../support/app-scene.ts'
import { sign } from '../support/github-twin/webhooks.ts'

let scene: AppScene
let app: RunningApp
beforeEach(async () => {
	scene = await appScene({ operator: { limits: { body_mb: 0.1 } as never } })
	app = await scene.start()
	// What setting the scene has caused is not the test's matter.
	await scene.deliver(app)
	await scene.idle(app)
	;(scene.works as unknown[]).length = 0
})
afterEach(() => scene.close())

/** A push by a person, as GitHub would deliver it. */
async function push(branch = 'main') {
	await scene.dana.commit(scene.repository, branch, { [`${Math.random()}.dsx`]: 'x' })
	const delivery = scene.twin.webhooks.deliveries.findLast(({ event }) => event === 'push')
	if (delivery === undefined) throw new Error('there was no push')
	return delivery
}

describe('a delivery', () => {
	it('is kept and answered with 202 before anything is done about it', async () => {
		expect(await scene.post(app, await push())).toEqual({ status: 202, text: 'kept' })
		await scene.idle(app)
		expect(scene.works).toEqual([{ kind: 'push', branch: 'main' }])
	})

	it('without the right signature is refused, and leaves no trace but a line in the log', async () => {
		const delivery = await push()
		const wrong = { 'x-hub-signature-256': sign('another secret', delivery.body) }
		expect((await scene.post(app, delivery, { headers: wrong })).status).toBe(401)
		expect((await scene.post(app, delivery, { headers: { 'x-hub-signature-256': '' } })).status).toBe(401)
		const bare = { 'x-hub-signature-256': 'sha256=00' }
		expect((await scene.post(app, delivery, { headers: bare })).status).toBe(401)
		expect((await scene.post(app, delivery, { body: delivery.body.replace('main', 'evil') })).status).toBe(401)
		expect(scene.log()).toContain('a wrong signature')
		await scene.idle(app)
		expect(scene.works).toEqual([])
	})

	it('is signed in its bytes: what only looks the same is refused', async () => {
		const delivery = await push()
		const withMark = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(delivery.body)])
		expect((await scene.post(app, delivery, { body: withMark })).status).toBe(401)
		const broken = Buffer.concat([Buffer.from(delivery.body), Buffer.from([0xff])])
		expect((await scene.post(app, delivery, { body: broken })).status).toBe(401)
	})

	it('that is too large is refused before it is read, also when it does not say so', async () => {
		const delivery = await push()
		const body = new Uint8Array(200_000)
		expect((await scene.post(app, delivery, { body })).status).toBe(413)
		const { headers } = scene.twin.webhooks.request(delivery)
		const stream = new ReadableStream({
			pull: (controller) => controller.enqueue(new Uint8Array(20_000)),
		})
		const answer = await fetch(app.webhookUrl, {
			method: 'POST',
			headers,
			body: stream,
			duplex: 'half',
		} as RequestInit).then(
			({ status }) => status,
			// The connection may be gone before the answer is read.
			() => 413,
		)
		expect(answer).toBe(413)
	})

	it('of an event that concerns nobody is answered and forgotten', async () => {
		const delivery = await push()
		expect(await scene.post(app, delivery, { headers: { 'x-github-event': 'star' } })).toEqual({
			status: 202,
			text: 'nothing to do for this event',
		})
	})

	it.each([
		['no JSON object', '[1'],
		['nothing that GitHub documents', '{"action":7}'],
	])('that holds %s does no harm', async (_what, body) => {
		const headers = { 'x-hub-signature-256': sign(scene.twin.app.webhookSecret, body) }
		const { status } = await scene.post(app, await push(), { headers, body })
		expect(status).toBe(body === '[1' ? 400 : 202)
		await scene.idle(app)
		expect(scene.works).toEqual([])
	})

	it('as a form, or without its headers, is refused with what to change', async () => {
		const delivery = await push()
		const form = await scene.post(app, delivery, { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
		expect(form).toEqual({ status: 415, text: 'the App wants its webhooks as application/json' })
		expect((await scene.post(app, delivery, { headers: { 'x-github-delivery': '../..' } })).status).toBe(400)
		expect((await fetch(app.webhookUrl)).status).toBe(404)
	})

	it('of an archived repository, or of an account that is not served, brings no work', async () => {
		scene.repository.archived = true
		await scene.post(app, await push())
		scene.repository.archived = false
		const choosy = await scene.start({ operator: { accounts: ['Somebody'] } })
		await scene.post(choosy, await push('other'))
		await scene.idle(app)
		expect(scene.works).toEqual([])
		expect(scene.log()).toContain('does not work for this account')
	})
})

describe('a delivery that comes again', () => {
	it('does nothing when its work is done', async () => {
		const delivery = await push()
		for (let copy = 0; copy < 3; copy++) {
			expect((await scene.post(app, delivery)).status).toBe(202)
			await scene.idle(app)
		}
		expect(scene.works).toHaveLength(1)
		expect(scene.log()).toContain('a delivery came again; its work is done')
	})

	it('does nothing more while its work is under way', async () => {
		const held = gate()
		const slow = await scene.start({ run: () => held.opened.then(() => ({ text: '', next: [] })) })
		await app.drain()
		const delivery = await push()
		await scene.post(slow, delivery)
		await expect.poll(() => scene.works.length).toBe(1)
		await scene.post(slow, delivery)
		held.open()
		await scene.idle(slow)
		expect(scene.works).toHaveLength(1)
	})

	it('has its work tried again after that was given up', async () => {
		let broken = true
		const failing = await scene.start({
			operator: { attempts: 1 },
			run: async () => {
				if (broken) throw new Error('broken for now')
				return { text: 'mended', next: [] }
			},
		})
		await app.drain()
		const delivery = await push()
		await scene.post(failing, delivery)
		await scene.idle(failing)
		expect(scene.log()).toContain('given up')
		broken = false
		await scene.post(failing, delivery)
		await scene.idle(failing)
		expect(scene.log()).toContain('mended')
		expect(scene.works).toHaveLength(2)
	})
})

describe('many deliveries', () => {
	it('of pushes to one branch that wait together are one piece of work; commands are each done, in order', async () => {
		const held = gate()
		const slow = await scene.start({ run: () => held.opened.then(() => ({ text: '', next: [] })) })
		await app.drain()
		for (let count = 0; count < 5; count++) await scene.post(slow, await push())
		const issue = await scene.dana.call('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'etl', title: 'x' })
		const number = (issue.data as { number: number }).number
		for (const verb of ['set a=1', 'set a=2', 'set a=3'])
			await scene.dana.comment(scene.repository, number, `/migrate ${verb}`)
		await scene.deliver(slow)
		held.open()
		await scene.idle(slow)
		expect(scene.works.filter(({ kind }) => kind === 'push').length).toBeLessThanOrEqual(2)
		expect(scene.works.flatMap((work) => (work.kind === 'command' ? [work.body] : []))).toEqual([
			'/migrate set a=1',
			'/migrate set a=2',
			'/migrate set a=3',
		])
	})

	it('never keep a command that only reads waiting for a check that runs', async () => {
		const held = gate()
		const slow = await scene.start({
			run: async (_bot, work) => {
				if (work.kind === 'push') await held.opened
				return { text: '', next: [] }
			},
		})
		await app.drain()
		await scene.post(slow, await push())
		const issue = await scene.dana.call('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'etl', title: 'x' })
		await scene.dana.comment(scene.repository, (issue.data as { number: number }).number, '/migrate status')
		await scene.deliver(slow)
		await expect.poll(() => scene.works.map(({ kind }) => kind)).toEqual(['push', 'command'])
		expect(await (await fetch(`${slow.url}/healthz`)).json()).toMatchObject({ running: 1 })
		held.open()
		await scene.idle(slow)
	})
})
