import { afterEach, describe, expect, it } from 'vitest'
import type { DashboardState } from '#bot/dashboard/state.ts'
import { parseState, stateOf, tickedBoxes } from '#bot/dashboard/state.ts'
import { dashboardText } from '#bot/dashboard/text.ts'
import { runWork } from '#bot/run-work.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'

let scene: BotScene | undefined
afterEach(async () => {
	await scene?.close()
	scene = undefined
})

/** Work and what follows from it. */
async function work(given: BotScene, first: Parameters<typeof runWork>[1]): Promise<void> {
	const todo = [first]
	for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
		todo.push(...(await runWork(given.bot, next)).next)
	}
}

async function begun(limit = 2): Promise<BotScene> {
	const given = await botScene({
		config: `limits: { open_pull_requests: ${limit} }\n`,
		files: { 'a/one.dsx': dsx('One', { Read: 'copy' }), 'b/two.dsx': dsx('Two', { Read: 'opaque' }) },
	})
	await work(given, { kind: 'push', branch: 'main' })
	return given
}

const issueOf = async (given: BotScene) =>
	(await given.state()).issues.find(({ title }) => title === 'Migration dashboard')
const checks = async (given: BotScene) => (await given.state()).checks.length

function tick(given: BotScene, number: number, box: string): void {
	const issue = given.repository.issues.get(number)
	if (issue !== undefined) issue.body = issue.body?.replace(`- [ ] <!-- ${box} -->`, `- [x] <!-- ${box} -->`) ?? ''
}

describe('the dashboard', () => {
	it('lists every job with what is proven of it, and follows what happens', async () => {
		scene = await begun()
		const first = await issueOf(scene)
		await expect(first?.body).toMatchFileSnapshot('goldens/open.md')
		await scene.dana.merge(scene.repository, 1)
		await scene.dana.closePull(scene.repository, 2)
		await work(scene, { kind: 'pull-request-closed', number: 1 })
		await expect((await issueOf(scene))?.body).toMatchFileSnapshot('goldens/merged-and-declined.md')
		scene.twin.journal.clear()
		await work(scene, { kind: 'sweep' })
		expect(scene.twin.journal.writes()).toEqual([])
	})

	it('starts what was declined and runs checks again, for who may', async () => {
		scene = await begun()
		const { number = 0 } = (await issueOf(scene)) ?? {}
		await scene.dana.closePull(scene.repository, 2)
		await work(scene, { kind: 'pull-request-closed', number: 2 })
		tick(scene, number, 'reglue:start b-two')
		tick(scene, number, 'reglue:retry 1')
		await work(scene, { kind: 'dashboard', issue: number, author: 'mo' })
		expect(tickedBoxes((await issueOf(scene))?.body ?? '')).toEqual({ start: [], retry: [] })
		expect(await checks(scene)).toBe(2)

		tick(scene, number, 'reglue:start b-two')
		tick(scene, number, 'reglue:retry 1')
		await work(scene, { kind: 'dashboard', issue: number, author: 'dana' })
		const { issues } = await scene.state()
		expect(issues.filter(({ kind, state }) => kind === 'pull request' && state === 'open')).toHaveLength(2)
		const after = await checks(scene)
		expect(after).toBeGreaterThanOrEqual(3)
		await work(scene, { kind: 'dashboard', issue: number, author: 'dana' })
		expect(await checks(scene)).toBe(after)
		tick(scene, number, 'reglue:retry 1')
		await work(scene, { kind: 'dashboard', issue: number, author: 'dana' })
		expect(await checks(scene)).toBe(after + 1)
	})

	it('is left alone once people closed it, and healed where they edited it', async () => {
		scene = await begun()
		const { number = 0, body } = (await issueOf(scene)) ?? {}
		await scene.forge.editIssue(number, { title: 'Our list', body: `${body}\nMine` })
		await work(scene, { kind: 'sweep' })
		expect(await issueOf(scene)).toMatchObject({ number, body })
		await scene.forge.editIssue(number, { state: 'closed', body: 'gone' })
		await work(scene, { kind: 'sweep' })
		expect((await scene.state()).issues.filter(({ kind }) => kind === 'issue')).toMatchObject([
			{ state: 'closed', body: 'gone' },
		])
	})
})

describe('the text of the dashboard', () => {
	const empty: DashboardState = { open: {}, declined: {}, waiting: [], merged: [], retries: {} }
	const none = { ofPull: new Map(), ofMerged: new Map() }

	it('remembers its state, whatever people do around it', () => {
		const state = { ...empty, open: { 3: ['a', 'b'] }, waiting: ['c'], retries: { 3: 2 } }
		const text = dashboardText(state, none)
		expect(parseState(text)).toEqual(state)
		expect(parseState(`x\r\n${text.replaceAll('\n', '\r\n')}`)).toEqual(state)
		expect(parseState(text.replace('"open"', '"closed"'))).toBeUndefined()
		expect(stateOf([], { 3: 1 })).toEqual(empty)
	})

	it('fits into an issue with a thousand units', () => {
		const units = Array.from({ length: 1000 }, (_none, index) => `exports-some-folder-name-of-a-unit-${index}`)
		const jobs = [{ name: 'A job with a long name', category: 'AUTO', evidence: 'E3' }]
		const ofMerged = new Map(units.map((unit) => [unit, jobs]))
		for (const state of [
			{ ...empty, merged: units },
			{ ...empty, waiting: units },
			{ ...empty, declined: { 1: units } },
		]) {
			expect(dashboardText(state, { ofPull: new Map(), ofMerged }).length).toBeLessThan(65_000)
		}
	})

	it('takes only ticked boxes of its own kind', () => {
		const text =
			'- [x] <!-- reglue:start a -->\n- [X] <!-- reglue:retry 7 -->\n- [ ] <!-- reglue:start b -->\n> - [x] <!-- reglue:start c -->\n- [x] <!-- reglue:retry x -->'
		expect(tickedBoxes(text)).toEqual({ start: ['a'], retry: [7] })
	})
})
