/** How many requests a push takes, against bounds that docs/benchmarks.md justifies. */
import { describe, expect, it } from 'vitest'
import type { Bot } from '#bot/bot.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import { botScene, dsx, quietConfig } from '../support/bot-scene.ts'
import { memoryForge } from '../support/memory-forge.ts'
import { memoryBot } from '../support/scenario.ts'

async function all(bot: Bot, work: Work): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await all(bot, next)
}

const exportsOf = (count: number) =>
	Object.fromEntries(
		Array.from({ length: count }, (_unused, index) => [
			`exports/job${index}.dsx`,
			dsx(`Job${index}`, { Read: 'copy' }),
		]),
	)

describe('requests of a push', () => {
	it('are few when one of several exports changes, and fewer when nothing does', async () => {
		const scene = await botScene({ files: exportsOf(3) })
		try {
			await runWork(scene.bot, { kind: 'push', branch: 'main' })
			const count = async (): Promise<number> => {
				scene.twin.journal.clear()
				await reconcile(scene.bot)
				return scene.twin.journal.requests.length
			}
			const idle = await count()
			await scene.dana.commit(scene.repository, 'main', { 'exports/job1.dsx': dsx('Job1', { Read: 'copy twice' }) })
			const one = await count()
			process.stdout.write(
				`requests of a push, 3 open pull requests: nothing changed ${idle}, one export changed ${one}\n`,
			)
			expect(idle).toBeLessThanOrEqual(7 + 3)
			expect(one).toBeLessThanOrEqual(7 + 3 + 12)
		} finally {
			await scene.close()
		}
	}, 120_000)

	it('do not grow with the exports: 500 at once, and a push after all of them were merged one by one', async () => {
		const { bot, forge, requests } = memoryBot(memoryForge({ '.github/reglue.yml': 'version: 1\n', ...exportsOf(500) }))
		await reconcile(bot)
		const first = requests()
		expect([...forge.state().issues].filter(({ state }) => state === 'open')).toHaveLength(5)
		expect(first).toBeLessThanOrEqual(7 + 5 * 8)
		await reconcile(bot)
		const idle = requests() - first
		expect(idle).toBeLessThanOrEqual(7 + 5)
		process.stdout.write(`steps of a first push of 500 exports: ${first}, and with nothing changed ${idle}\n`)
	}, 120_000)

	it('and of its check: a text that is too long takes a few more, for the report beside it', async () => {
		const count = async (jobs: number) => {
			const stages = Object.fromEntries(Array.from({ length: 4 }, (_unused, index) => [`Stage_${index}`, 'opaque']))
			const text = Array.from({ length: jobs }, (_unused, index) => dsx(`Job${index}`, stages)).join('')
			const forge = memoryForge({ '.github/reglue.yml': quietConfig, 'exports/many.dsx': text })
			const { bot, requests } = memoryBot(forge)
			await all(bot, { kind: 'push', branch: 'main' })
			const first = requests()
			await all(bot, { kind: 'push', branch: 'main' })
			await all(bot, { kind: 'pull-request', number: 1 })
			return { first, idle: requests() - first }
		}
		const [short, long] = [await count(1), await count(400)]
		process.stdout.write(
			`steps of a push and its check: ${short.first}, nothing changed ${short.idle}; text too long: ${long.first} and ${long.idle}\n`,
		)
		expect(short.first).toBeLessThanOrEqual(18 + 12)
		expect(long.first).toBeLessThanOrEqual(short.first + 2 * 7)
		expect(long.idle).toBe(short.idle)
	}, 120_000)

	it('do not grow with what was merged in former years', async () => {
		const { bot, forge, requests } = memoryBot(memoryForge({ '.github/reglue.yml': 'version: 1\n' }))
		for (let index = 0; index < 40; index++) {
			forge.people.commit('main', { [`exports/job${index}.dsx`]: dsx(`Job${index}`, { Read: 'copy' }) })
			await reconcile(bot)
			forge.people.merge(index + 1)
			forge.people.deleteBranch(`reglue/exports-job${index}`)
		}
		await reconcile(bot)
		const before = requests()
		expect(await reconcile(bot)).toMatchObject({ written: [] })
		const idle = requests() - before
		process.stdout.write(`steps with 40 merged pull requests and nothing changed: ${idle}\n`)
		expect(idle).toBeLessThanOrEqual(7 + 2 + 20)
	}, 120_000)
})
