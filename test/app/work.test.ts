import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bot } from '#bot/bot.ts'
import type { WorkDone } from '#bot/run-work.ts'
import type { AppScene } from '../support/app-scene.ts'
import { appScene, gate } from '../support/app-scene.ts'
import type { Recorded } from '../support/github-twin/journal.ts'

let scene: AppScene
beforeEach(async () => {
	scene = await appScene()
})
afterEach(() => scene.close())

const done: WorkDone = { text: 'done', next: [] }
const push = (branch = 'main') => scene.dana.commit(scene.repository, branch, { [`${Math.random()}.dsx`]: 'x' })
const branches = () => scene.works.flatMap((work) => (work.kind === 'push' ? [work.branch] : []))
const issuesTitled = (title: string) =>
	[...scene.repository.issues.values()].filter((issue) => issue.title === title).length
const openIssue = (bot: Bot, title: string) => bot.repository.openIssue({ title, body: 'body' })

describe('work', () => {
	it('that a process left is done by the next one', async () => {
		const held = gate()
		const first = await scene.start({
			operator: { lease_seconds: 1, drain_seconds: 0 },
			run: (_bot, work) => (work.kind === 'push' ? held.opened.then(() => done) : Promise.resolve(done)),
		})
		await scene.deliver(first)
		await push()
		await scene.deliver(first)
		await expect.poll(branches).toContain('main')
		// It does not listen when it is told to end, as one that was killed would not.
		await first.drain()
		const second = await scene.start({ run: () => Promise.resolve(done) })
		await scene.idle(second)
		expect(branches().length).toBeGreaterThan(1)
		held.open()
	})

	it('of two processes on one queue is done once, and each repository by one at a time', async () => {
		let busy = 0
		let most = 0
		const run = async (): Promise<WorkDone> => {
			busy++
			most = Math.max(most, busy)
			await new Promise((resolve) => setTimeout(resolve, 30))
			busy--
			return done
		}
		const one = await scene.start({ run })
		const two = await scene.start({ run })
		await scene.deliver(one)
		await scene.idle(one)
		const before = scene.works.length
		for (let count = 0; count < 6; count++) {
			await push(`branch-${count}`)
			await scene.deliver(count % 2 === 0 ? one : two)
		}
		await scene.idle(one)
		expect(scene.works.length - before).toBe(6)
		expect(new Set(branches()).size).toBe(branches().length)
		expect(most).toBe(1)
	})

	it('of a worker that lost its lane writes nothing more, and its successor’s stands', async () => {
		const asleep = gate()
		const woken = gate()
		let runs = 0
		let refused: unknown
		const run = async (bot: Bot): Promise<WorkDone> => {
			runs++
			if (runs > 1) {
				await openIssue(bot, 'by the second')
				return done
			}
			await openIssue(bot, 'by the first, in time')
			asleep.open()
			await woken.opened
			refused = await openIssue(bot, 'by the first, too late').catch((error: unknown) => error)
			throw refused
		}
		await scene.start().then(async (app) => {
			await scene.deliver(app)
			await scene.idle(app)
			await app.drain()
		})
		const first = await scene.start({ run, operator: { lease_seconds: 1 } })
		await push()
		// A process that is stopped, as by a debugger or a laptop that is closed, renews nothing.
		const interval = globalThis.setInterval
		globalThis.setInterval = ((handler: () => void, time: number) =>
			interval(time < 1000 ? () => undefined : handler, time)) as typeof setInterval
		await scene.deliver(first)
		await asleep.opened
		globalThis.setInterval = interval
		const second = await scene.start({ run })
		await expect.poll(() => issuesTitled('by the second'), { timeout: 10_000 }).toBe(1)
		woken.open()
		await expect.poll(() => refused).toMatchObject({ name: 'LaneLost' })
		await scene.idle(second)
		expect(issuesTitled('by the first, too late')).toBe(0)
		expect(issuesTitled('by the second')).toBe(1)
		expect(scene.log()).toContain('the lane was lost')
	})

	it('that meets a rate limit is parked with its installation until the time that GitHub named, and then done', async () => {
		const app = await scene.start({
			run: async (bot, work) => {
				if (work.kind === 'push' && work.branch === 'limited') await openIssue(bot, 'after the limit')
				return done
			},
		})
		await scene.deliver(app)
		await scene.idle(app)
		scene.twin.limits.secondary(0, 2)
		await push('limited')
		await scene.deliver(app)
		await expect
			.poll(async (): Promise<unknown> => (await fetch(`${app.url}/healthz`)).json())
			.toMatchObject({ parked: 1 })
		await push('afterwards')
		await scene.deliver(app)
		await new Promise((resolve) => setTimeout(resolve, 300))
		expect(branches()).not.toContain('afterwards')
		expect(issuesTitled('after the limit')).toBe(0)
		await scene.idle(app)
		expect(branches()).toContain('afterwards')
		expect(issuesTitled('after the limit')).toBe(1)
		expect(scene.log()).toContain('a rate limit holds up the installation')
		expect(scene.log()).not.toContain('to be tried again')
	})

	it('that fails is tried again and given up in the end; the lane goes on', async () => {
		const app = await scene.start({
			operator: { attempts: 1 },
			run: async (_bot, work) => {
				if (work.kind === 'push' && work.branch === 'broken') throw new Error('a bug')
				return done
			},
		})
		await push('broken')
		await push('sound')
		await scene.deliver(app)
		await scene.idle(app)
		expect(branches()).toEqual(['main', 'broken', 'sound'])
		expect(await (await fetch(`${app.url}/healthz`)).json()).toMatchObject({ status: 'ok', failed: 1 })
		expect(scene.log()).toMatch(/"level":"error".*"error":"[0-9a-f-]{36}".*"msg":"given up"/)
	})

	it('of an installation that is suspended, or gone, ends quietly', async () => {
		const app = await scene.start({ run: (bot) => bot.repository.facts().then(() => done), operator: { attempts: 2 } })
		await scene.deliver(app)
		await scene.idle(app)
		await push('last')
		const waiting = scene.twin.webhooks.pending()
		scene.twin.suspend(scene.installation, true)
		for (const delivery of waiting) await scene.post(app, delivery)
		await expect.poll(() => scene.log(), { timeout: 20_000 }).toContain('refused by the forge')
		expect(await (await fetch(`${app.url}/healthz`)).json()).toMatchObject({ failed: 0 })
	})

	it('may bring more work, which is done after it', async () => {
		const app = await scene.start({
			run: async (_bot, work) =>
				work.kind === 'push' ? { text: 'checks next', next: [{ kind: 'pull-request', number: 7 }] } : done,
		})
		await push()
		await scene.deliver(app)
		await scene.idle(app)
		expect(scene.works).toContainEqual({ kind: 'pull-request', number: 7 })
	})

	it('that is told to stop goes back and counts as no try', async () => {
		const first = await scene.start({
			operator: { drain_seconds: 0 },
			run: (bot) =>
				new Promise((_resolve, reject) => {
					bot.signal.addEventListener('abort', () => reject(new Error('stopped')))
				}),
		})
		await push()
		await scene.deliver(first)
		await expect.poll(() => scene.works.length).toBeGreaterThan(0)
		await first.drain()
		expect(scene.log()).not.toContain('to be tried again')
		const second = await scene.start()
		await scene.idle(second)
		expect(branches()).toContain('main')
	})
})

describe('a round', () => {
	it('asks GitHub for the deliveries that failed and never came, and for no others', async () => {
		const app = await scene.start()
		await scene.deliver(app)
		await scene.idle(app)
		await push('kept')
		const kept = scene.twin.webhooks.pending()
		for (const delivery of kept) await scene.twin.webhooks.send(delivery)
		await scene.idle(app)
		for (const { attempts } of kept) for (const attempt of attempts) Object.assign(attempt, { status: 504 })
		scene.twin.webhooks.target('http://127.0.0.1:9/away')
		await push('lost')
		await scene.twin.webhooks.flush()
		scene.twin.webhooks.target(app.webhookUrl)
		const times = scene.twin.clock
		times.advance((Date.now() - Date.parse(times.now())) / 1000)
		for (const delivery of scene.twin.webhooks.deliveries) (delivery as { at: string }).at = times.now()
		await app.sweep()
		await expect.poll(branches).toContain('lost')
		const again = (request: Recorded) => request.path.endsWith('/attempts')
		expect(scene.twin.journal.requests.filter(again)).toHaveLength(1)
		await app.sweep()
		await scene.idle(app)
		expect(scene.twin.journal.requests.filter(again)).toHaveLength(1)
	})

	it('looks after every repository that is not archived, of every installation that is not suspended', async () => {
		const others = await Promise.all(['acme/two', 'acme/old'].map((name) => scene.twin.repository(name)))
		scene.twin.addToInstallation(scene.installation, ...others)
		for (const { name } of others) expect(name).toBeTypeOf('string')
		const [, old] = others
		if (old !== undefined) old.archived = true
		const gone = await scene.twin.repository('gone/away')
		scene.twin.suspend(scene.twin.install(gone), true)
		const app = await scene.start({ operator: { sweep_minutes: 1 } })
		await expect.poll(() => scene.log().split('"kind":"sweep","repository"').length, { timeout: 15_000 }).toBe(3)
		expect(scene.log()).not.toContain(`"repository":${old?.id}`)
		await app.drain()
	})
})

describe('what is seen from outside', () => {
	it('are health and figures, with no name of a repository in them', async () => {
		const app = await scene.start()
		await push()
		await scene.deliver(app)
		await scene.idle(app)
		const figures = await (await fetch(app.metricsUrl)).text()
		expect(figures).toMatch(/reglue_deliveries_total\{event="push",outcome="kept"\} \d/)
		expect(figures).toMatch(/reglue_work_seconds_count\{kind="push",ending="done"\} \d/)
		expect(figures).toContain('reglue_queue{state="waiting"} 0')
		expect(figures).not.toContain('etl')
		expect((await fetch(`${app.url}/metrics`)).status).toBe(404)
		await app.drain()
		await expect(fetch(`${app.url}/healthz`)).rejects.toThrow()
	})

	it('are no secrets: not in the log, whatever goes wrong', async () => {
		const { privateKey, webhookSecret } = scene.twin.app
		const tokens: string[] = []
		const app = await scene.start({
			operator: { attempts: 1, log: 'debug' },
			run: async (bot, work) => {
				if (work.kind !== 'push') return done
				const ref = await bot.repository.ref('refs/heads/main')
				const checkout = await bot.workspace.checkout(ref ?? '', ['**'])
				await checkout.release()
				tokens.push(...[...scene.twin.world.tokens.keys()].filter((token) => token.startsWith('ghs_')))
				const said = tokens.map((token) => `${token} ${Buffer.from(`x-access-token:${token}`).toString('base64')}`)
				bot.log.info(`I was told ${said.join(' ')}`, { said, privateKey, webhookSecret })
				const base64 = [privateKey, webhookSecret].map((secret) => Buffer.from(secret).toString('base64'))
				await bot.repository.openIssue({ title: 'Oops', body: `${webhookSecret} ${tokens.join(' ')}` })
				throw new Error(`failed with ${said.join(' ')} ${base64.join(' ')} ${privateKey}`)
			},
		})
		await push()
		await scene.deliver(app)
		await scene.idle(app)
		expect(tokens.length).toBeGreaterThan(0)
		const text = `${scene.log()} ${[...scene.repository.issues.values()].map(({ title, body }) => `${title} ${body}`).join(' ')}`
		expect(text).toContain('I was told ***')
		expect(text).toContain('Oops')
		for (const secret of [...tokens, webhookSecret, privateKey.split('\n')[3] ?? '']) {
			expect(text).not.toContain(secret)
			expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, -4))
		}
		for (const token of tokens)
			expect(text).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64').slice(24, -4))
	})
})

describe('work that somebody asked for', () => {
	it('in a comment holds for the commit that was there when it came, however long it waits', async () => {
		const { dana, repository } = scene
		const branch = await dana.commit(repository, 'idea', { 'a.dsx': '1' }, { from: 'main' })
		await dana.call('POST /repos/{owner}/{repo}/pulls', {
			owner: 'acme',
			repo: 'etl',
			title: 'Idea',
			head: 'idea',
			base: 'main',
		})
		const number = Math.max(...repository.issues.keys())
		const held = gate()
		const app = await scene.start({
			run: (_bot, work) => (work.kind === 'push' ? held.opened.then(() => done) : Promise.resolve(done)),
		})
		await scene.deliver(app)
		await expect.poll(branches).not.toEqual([])
		await dana.comment(repository, number, '/migrate run')
		await scene.deliver(app)
		await expect
			.poll(async () =>
				scene.twin.journal.requests.some(
					({ operation }) => operation === 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
				),
			)
			.toBe(true)
		await dana.commit(repository, 'idea', { 'a.dsx': '2' })
		held.open()
		await scene.idle(app)
		expect(scene.works.filter(({ kind }) => kind === 'command')).toMatchObject([{ number, head: branch }])
	})

	it('that is given up is told to people once, by the id that the log has', async () => {
		const app = await scene.start({
			operator: { attempts: 1 },
			run: (_bot, work) => (work.kind === 'command' ? Promise.reject(new Error('broken')) : Promise.resolve(done)),
		})
		await scene.deliver(app)
		await scene.idle(app)
		await scene.dana.call('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'etl', title: 'Question' })
		const number = Math.max(...scene.repository.issues.keys())
		await scene.dana.comment(scene.repository, number, '/migrate status')
		await scene.deliver(app)
		await scene.idle(app)
		const said = [...scene.repository.comments.values()].filter(({ body }) => body.includes('was not done'))
		expect(said).toHaveLength(1)
		const id = /by `([0-9a-f]{8})`/.exec(said[0]?.body ?? '')?.[1] ?? 'none'
		expect(scene.log()).toContain(`"error":"${id}`)
	})
})
