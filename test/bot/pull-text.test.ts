/** More jobs in one pull request than its text and its check have room for. */
import { describe, expect, it } from 'vitest'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import { longestCheckText } from '#forge/text.ts'
import { longestBody } from '#publish/body.ts'
import { reportRef } from '#publish/branches.ts'
import { listedJobs } from '#publish/job-table.ts'
import { botScene, dsx } from '../support/bot-scene.ts'
import { memoryForge } from '../support/memory-forge.ts'
import type { Scenario } from '../support/scenario.ts'
import { memoryBot, pushed, survive } from '../support/scenario.ts'

const file = 'exports/many.dsx'
const config = 'version: 1\ndashboard: false\n'
const name = (index: number): string => `Load_Fact_Table_Of_The_Warehouse_${index}`

/** Every fourth job waits for a person. */
const many = (count: number, last = 'copy'): string =>
	Array.from({ length: count }, (_unused, index) =>
		dsx(name(index), {
			Read: index % 4 === 0 ? 'opaque' : 'copy',
			Write: index % 4 === 1 ? 'declared' : index === count - 1 ? last : 'copy',
		}),
	).join('')

async function settled(bot: Parameters<typeof runWork>[0], work: Work): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await settled(bot, next)
}

describe('500 jobs in one pull request', () => {
	const forge = memoryForge({ '.github/reglue.yml': config, [file]: many(500) })
	const { bot } = memoryBot(forge)
	const read = async () => {
		const [pull] = await forge.pullRequests({ state: 'open' })
		const kept = await forge.ref(reportRef('exports-many'))
		const report = kept === undefined ? undefined : await forge.file('reglue-report.md', kept)
		return { body: pull?.body ?? '', head: pull?.head.commit ?? '', kept, report: new TextDecoder().decode(report) }
	}

	it('have a body that the forge takes, which names the commit that all of it is in', async () => {
		await settled(bot, pushed)
		const { body, kept, report } = await read()
		expect(body.length).toBeLessThanOrEqual(longestBody)
		expect(body).toMatch(/\*\*(?:\d+ jobs and )?\d+ lists of notes are left out here\*\*/)
		expect(body).toMatch(
			new RegExp(`All of it is in \\[the report\\]\\(https?://\\S+/blob/${kept}/reglue-report\\.md\\)`),
		)
		expect(listedJobs(report)).toHaveLength(500)
		expect(report).toContain('Load_Fact_Table_Of_The_Warehouse_496/Read')
	})

	it('leave as much room as people take', async () => {
		const mine = `Dana: ${'we talked about this. '.repeat(1000)}`
		forge.people.editBody(1, (body) => `${body}\n${mine}`)
		forge.people.commit('main', { [file]: many(500, 'sort') })
		await settled(bot, pushed)
		const { body, kept } = await read()
		expect(body.length).toBeLessThanOrEqual(longestBody)
		expect(body).toContain(mine.trim())
		expect(body).toContain(`/blob/${kept}/`)
	})

	it('are not written again when nothing has changed', async () => {
		const before = await read()
		await settled(bot, pushed)
		await settled(bot, { kind: 'pull-request', number: 1 })
		await settled(bot, { kind: 'sweep' })
		expect(await read()).toEqual(before)
	})
})

describe('500 jobs on a forge that refuses texts which are too long', () => {
	it('have a pull request and a check all the same', { timeout: 300_000 }, async () => {
		const scene = await botScene({ files: { [file]: many(500) } })
		try {
			await settled(scene.bot, pushed)
			const [pull] = await scene.forge.pullRequests({ state: 'open' })
			expect(pull?.body).toContain('All of it is in [the report](')
			const [run] = [...scene.repository.checkRuns.values()]
			expect(run).toMatchObject({ status: 'completed', conclusion: 'action_required' })
			expect(run?.text).toMatch(/^<details><summary>\d+ findings as SARIF 2\.1\.0<\/summary>/)
			expect(run?.text).toContain('These are the worst of 250')
			expect(Buffer.byteLength(run?.text ?? '')).toBeLessThanOrEqual(longestCheckText)
		} finally {
			await scene.close()
		}
	})
})

/** Few jobs, each with a long list of notes. */
const noted = (last: string): string =>
	Array.from({ length: 20 }, (_job, index) =>
		dsx(`Job${index}`, {
			...Object.fromEntries(
				Array.from({ length: 50 }, (_stage, stage) => [`Lookup_Of_The_Warehouse_${stage}_${index}`, 'opaque']),
			),
			Write: last,
		}),
	).join('')

describe('a text that is too long', () => {
	it('ends the same wherever the bot is killed', { timeout: 300_000 }, async () => {
		const story: Scenario = {
			files: { [file]: noted('copy') },
			isLarge: true,
			steps: [
				{ works: [pushed] },
				{ people: (people) => people.commit('main', { [file]: noted('sort') }), works: [pushed] },
			],
		}
		const { end, killPoints } = await survive(story, (play, expected, how) => {
			expect(JSON.stringify(play.state) === JSON.stringify(expected.state), how).toBe(true)
			expect(play.idle, `${how}: writes although nothing changed`).toBe(0)
		})
		expect(end.idle).toBe(0)
		expect(end.state.issues[0]?.body).toContain('lists of notes are left out here**')
		process.stdout.write(`kill points of a text that is too long: ${killPoints}\n`)
	})
})
