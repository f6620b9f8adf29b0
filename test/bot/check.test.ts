import { afterEach, describe, expect, it } from 'vitest'
import type { Bot } from '#bot/bot.ts'
import { checkPullRequest } from '#bot/check/check-pull-request.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { BotScene } from '../support/bot-scene.ts'
import { botScene, dsx } from '../support/bot-scene.ts'

let scene: BotScene
afterEach(() => scene.close())

async function all(bot: Bot, work: Work): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await all(bot, next)
}

describe('the check of a unit', () => {
	it('gives evidence, with annotations on generated lines, and puts it into the pull request', async () => {
		scene = await botScene({ files: { 'exports/daily.dsx': dsx('Daily', { Read: 'copy', Sum: 'wrong' }) } })
		await all(scene.bot, { kind: 'push', branch: 'main' })
		const { issues, checks } = await scene.state()
		expect(checks).toMatchObject([
			{
				name: 'reglue',
				status: 'completed',
				conclusion: 'failure',
				title: 'Wrong rows in Daily',
				annotations: [
					{ path: 'generated/exports-daily/glue_jobs/daily.py', start_line: 7, title: 'Daily: wrong rows at Sum' },
				],
			},
		])
		expect(issues[0]?.body).toContain('| `Daily` | SEMI-AUTO | E2 |')
		scene.twin.journal.clear()
		await all(scene.bot, { kind: 'push', branch: 'main' })
		await all(scene.bot, { kind: 'pull-request', number: 1 })
		expect(scene.twin.journal.writes()).toEqual([])
	})

	it('of one job says no more than the check of all: a good one lets no wrong one through', async () => {
		const files = { 'exports/two.dsx': `${dsx('Good', { Read: 'copy' })}${dsx('Bad', { Sum: 'wrong' })}` }
		scene = await botScene({ files })
		await all(scene.bot, { kind: 'push', branch: 'main' })
		await checkPullRequest(scene.bot, 1, { only: ['Good'], again: 'asked' })
		const { checks } = await scene.state()
		expect(checks.map(({ conclusion, title }) => [conclusion, title])).toEqual([
			['failure', 'Wrong rows in Bad'],
			['failure', 'Good alone: Equal: 10 rows compared, no difference'],
		])
	})
})
