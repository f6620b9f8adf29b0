import { afterEach, describe, expect, it } from 'vitest'
import type { Bot } from '#bot/bot.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'
import type { Scenario } from '../../support/scenario.ts'
import { pushed, survive } from '../../support/scenario.ts'

const daily = (what: string) => ({ 'exports/daily.dsx': dsx('Daily', { Read: what }) })
const config = 'version: 1\ndashboard: false\nlabels: true\n'

async function all(bot: Bot, work: Work): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await all(bot, next)
}

describe('labels of a pull request', () => {
	let scene: BotScene | undefined
	afterEach(() => scene?.close())
	const begin = async (text: string, what = 'copy') => {
		scene = await botScene({ files: daily(what), config: text })
		const { bot, forge, dana, repository, twin } = scene
		await all(bot, pushed)
		return {
			bot,
			forge,
			twin,
			change: async (now: string) => {
				await dana.commit(repository, 'main', daily(now))
				await all(bot, pushed)
			},
			labels: async () => (await forge.pullRequest(1))?.labels,
			outcome: async () => {
				const head = (await forge.pullRequest(1))?.head.commit ?? ''
				return (await forge.checkRuns(head, 'reglue')).map(({ conclusion }) => conclusion)
			},
		}
	}

	it('are none unless the config asks for them', async () => {
		const { labels } = await begin('version: 1\ndashboard: false\n')
		expect(await labels()).toEqual([])
	})

	it.each([
		['copy', 'reglue: equal'],
		['declared', 'reglue: to review'],
		['opaque', 'reglue: needs a person'],
		['wrong', 'reglue: failing'],
	])('tell what the check came to: %s is %s, which the repository did not know', async (what, label) => {
		const { labels } = await begin(config, what)
		expect(await labels()).toEqual([label])
	})

	it('follow the check, and leave those of people alone, whatever they are called', async () => {
		const { forge, change, labels } = await begin(config, 'opaque')
		await forge.addLabels(1, ['reglue: ask Dana', 'urgent'])
		await change('copy')
		expect(await labels()).toEqual(expect.arrayContaining(['reglue: ask Dana', 'reglue: equal', 'urgent']))
		expect(await labels()).toHaveLength(3)
	})

	it('mean nothing: removed or put there by hand, the check comes to the same and nothing is written', async () => {
		const { bot, forge, twin, labels, outcome } = await begin(config, 'declared')
		const before = await outcome()
		await forge.removeLabel(1, 'reglue: to review')
		await forge.addLabels(1, ['reglue: equal'])
		twin.journal.clear()
		await all(bot, pushed)
		await all(bot, { kind: 'pull-request', number: 1 })
		expect(twin.journal.writes()).toEqual([])
		expect(await outcome()).toEqual(before)
		expect(await labels()).toEqual(['reglue: equal'])
	})

	it('end the same wherever the bot is killed', { timeout: 300_000 }, async () => {
		const story: Scenario = {
			files: daily('opaque'),
			config,
			steps: [{ works: [pushed] }, { people: (people) => people.commit('main', daily('declared')), works: [pushed] }],
		}
		const { end, killPoints } = await survive(story, (play, expected, how) => {
			expect(play.state, how).toEqual(expected.state)
			expect(play.idle, `${how}: writes although nothing changed`).toBe(0)
		})
		expect(end.state.issues[0]?.labels).toEqual(['reglue: to review'])
		process.stdout.write(`kill points of labels: ${killPoints}\n`)
	})
})
