import { beforeEach, describe, expect, it } from 'vitest'
import type { Bot } from '#bot/bot.ts'
import { tellGivenUp } from '#bot/given-up.ts'
import { runWork } from '#bot/run-work.ts'
import type { CommandWork, Work } from '#bot/work.ts'
import { dsx, quietConfig } from '../support/bot-scene.ts'
import type { MemoryForge } from '../support/memory-forge.ts'
import { memoryForge } from '../support/memory-forge.ts'
import { memoryBot } from '../support/scenario.ts'

let bot: Bot
let forge: MemoryForge
const given = { id: 'abcd1234', attempts: 5 }

beforeEach(async () => {
	const files = { '.github/reglue.yml': quietConfig, 'exports/daily.dsx': dsx('Daily', { Read: 'copy' }) }
	;({ bot, forge } = memoryBot(memoryForge(files)))
	await runWork(bot, { kind: 'push', branch: 'main' })
})

const checks = () =>
	forge.state().checks.map(({ on, conclusion, title, summary }) => ({ on, conclusion, title, summary }))

describe('work that was given up', () => {
	it('is told below the comment that asked for it, once', async () => {
		const body = '/migrate set workers=4'
		const comment = forge.people.comment(1, body)
		const work: CommandWork = { kind: 'command', number: 1, comment, body, author: 'dana' }
		await tellGivenUp(bot, work, given)
		await tellGivenUp(bot, work, given)
		const [asked, answer, ...others] = forge.state().issues[0]?.comments ?? []
		expect({ asked: asked?.reactions, others }).toEqual({ asked: ['reglue[bot] confused'], others: [] })
		expect(answer?.body).toBe(
			`<!-- reglue:answer-${comment} -->\n**\`/migrate set workers=4\`** was not done.\n\nIt was begun 5 times and never came to its end. The fault is Reglue’s or its machine’s, and says nothing about the job. The operator finds it in the log by \`abcd1234\`. Nothing of it waits any more: say it again when you like.\n\nTo copy:\n\n\`\`\`\n/migrate set workers=4\n\`\`\`\n`,
		)
	})

	it('ends the check that it had begun, so that the next try makes another', async () => {
		const work: Work = { kind: 'pull-request', number: 1 }
		const commit = forge.people.head('reglue/exports-daily') ?? ''
		await forge.startCheck({ name: 'reglue', commit, externalId: 'reglue', status: 'in_progress' })
		await tellGivenUp(bot, work, given)
		await tellGivenUp(bot, work, given)
		expect(checks()).toMatchObject([{ conclusion: 'cancelled', title: 'Reglue gave up' }])
		await runWork(bot, work)
		expect(checks().map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'success'])
	})

	it('of a push stands on the commit that was pushed', async () => {
		await tellGivenUp(bot, { kind: 'push', branch: 'main' }, given)
		await tellGivenUp(bot, { kind: 'sweep' }, given)
		expect(checks()).toMatchObject([{ on: 'refs/heads/main: Change files', conclusion: 'cancelled' }])
	})

	it('is told to nobody where the commit or the pull request is gone', async () => {
		const before = forge.state()
		await tellGivenUp(bot, { kind: 'push', branch: 'gone' }, given)
		await tellGivenUp(bot, { kind: 'pull-request', number: 99 }, given)
		expect(forge.state()).toEqual(before)
	})
})
