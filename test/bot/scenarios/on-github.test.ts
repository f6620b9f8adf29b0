/** The same loop over HTTP: a sample of the kill points, and what a forge in memory does not do. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Bot } from '#bot/bot.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'
import { plain, play, pushed } from '../../support/scenario.ts'

let scene: BotScene
afterEach(() => scene.close())

const files = { 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: 'wrong' }) }
const start = async () => {
	scene = await botScene({ files })
}

async function all(bot: Bot, work: Work = pushed): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await all(bot, next)
}

/** What GitHub writes otherwise than a forge in memory: authors and ids. */
const shown = async () => {
	const { refs, issues, checks } = plain(await scene.state())
	return {
		refs: Object.fromEntries(Object.entries(refs).map(([ref, { files: tree }]) => [ref, Object.keys(tree)])),
		bodies: issues.map(({ title, body, state }) => [title, body, state]),
		checks: checks.map(({ conclusion, title, summary, annotations, actions }) => [
			conclusion,
			title,
			summary,
			annotations.length,
			actions,
		]),
	}
}

describe('the loop on the twin of GitHub', () => {
	it('ends as on the forge in memory', async () => {
		await start()
		await all(scene.bot)
		const { state } = await play({ files: { README: 'hello\n', ...files }, steps: [{ works: [pushed] }] })
		const { bodies, checks } = await shown()
		expect(bodies).toEqual(state.issues.map(({ title, body, state: is }) => [title, body, is]))
		expect(checks.map(([conclusion, title]) => [conclusion, title])).toEqual(
			state.checks.map(({ conclusion, title }) => [conclusion, title]),
		)
	}, 120_000)

	it('goes on after a death at a request, before and after its effect', async () => {
		await start()
		await all(scene.bot)
		const expected = await shown()
		const count = scene.twin.journal.writes().length
		let points = 0
		for (const number of [2, Math.ceil(count / 2), count]) {
			for (const when of ['before', 'after'] as const) {
				await scene.close()
				await start()
				scene.twin.faults.dieAtWrite(number, when)
				await expect(all(scene.bot)).rejects.toThrow()
				scene.twin.faults.clear()
				await all(scene.another())
				expect(await shown(), `${when} write ${number}`).toEqual(expected)
				points++
			}
		}
		process.stdout.write(`kill points over HTTP: ${points} of ${count * 2}\n`)
	}, 300_000)

	it('doubles nothing when GitHub says 500 although it did what was asked', async () => {
		await start()
		await all(scene.bot)
		const expected = await shown()
		await scene.close()
		await start()
		const seen = new Set<string>()
		scene.twin.faults.add({
			matches: ({ kind, operation = '' }) => kind === 'write' && !seen.has(operation) && seen.add(operation).size > 0,
			when: 'after',
			effect: { kind: 'status', status: 500 },
		})
		await all(scene.bot)
		expect(await shown()).toEqual(expected)
	}, 120_000)

	it('stops at a secondary limit with the time to come again, and then goes on', async () => {
		await start()
		const headers = { 'retry-after': '60' }
		scene.twin.faults.add({
			matches: ({ operation }) => operation === 'POST /repos/{owner}/{repo}/pulls',
			when: 'before',
			effect: { kind: 'status', status: 403, message: 'You have exceeded a secondary rate limit.', headers },
			times: 1,
		})
		await expect(all(scene.bot)).rejects.toMatchObject({ kind: 'rate-limited', until: expect.any(Date) })
		await all(scene.another())
		expect((await scene.state()).issues).toHaveLength(1)
	}, 120_000)

	it('writes nothing where the installation is suspended, or the repository archived', async () => {
		await start()
		scene.twin.suspend(scene.installation, true)
		await expect(all(scene.bot)).rejects.toMatchObject({ name: 'ForgeError' })
		scene.twin.suspend(scene.installation, false)
		scene.repository.archived = true
		await all(scene.another())
		expect(scene.twin.journal.writes().filter(({ status }) => status !== undefined && status < 300)).toEqual([])
	}, 120_000)
})
