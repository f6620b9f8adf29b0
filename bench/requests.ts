/** How many requests a push takes, against the bounds that docs/benchmarks.md justifies. `npm run bench -- requests`. */
import type { Bot } from '#bot/bot.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import { botScene, dsx, quietConfig } from '../test/support/bot-scene.ts'
import { memoryForge } from '../test/support/memory-forge.ts'
import { memoryBot } from '../test/support/scenario.ts'
import { table } from './measure.ts'

export interface Push {
	readonly push: string
	/** Over HTTP to the twin of GitHub, or calls of the forge's port in memory. */
	readonly counted: 'requests' | 'steps'
	readonly count: number
	readonly bound: number
}

export async function benchRequests(): Promise<string> {
	const rows = [...(await severalExports()), ...(await manyExports()), ...(await withItsCheck()), await formerYears()]
	const cells = rows.map(({ push, counted, count, bound }) => [push, counted, String(count), String(bound)])
	return `What a push asks GitHub for:\n\n${table(['push', 'counted', 'number', 'bound'], cells)}`
}

/** One of several exports changes, or nothing does. */
export async function severalExports(): Promise<readonly Push[]> {
	const open = 3
	const scene = await botScene({ files: exportsOf(open) })
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
		return [
			{ push: `nothing changed, ${open} open pull requests`, counted: 'requests', count: idle, bound: 7 + open },
			{ push: `one of ${open} exports changed`, counted: 'requests', count: one, bound: 7 + open + 12 },
		]
	} finally {
		await scene.close()
	}
}

/** 500 exports at once. */
export async function manyExports(): Promise<readonly Push[]> {
	const { bot, forge, requests } = memoryBot(memoryForge({ '.github/reglue.yml': 'version: 1\n', ...exportsOf(500) }))
	await reconcile(bot)
	const first = requests()
	const open = [...forge.state().issues].filter(({ state }) => state === 'open').length
	await reconcile(bot)
	return [
		{ push: `first push of 500 exports, ${open} pull requests`, counted: 'steps', count: first, bound: 7 + 5 * 8 },
		{ push: 'the same with nothing changed', counted: 'steps', count: requests() - first, bound: 7 + 5 },
	]
}

/** With all that follows a push: settings, dashboard, check; and where the text has no room for its jobs. */
export async function withItsCheck(): Promise<readonly Push[]> {
	const [short, long] = [await pushAndCheck(1), await pushAndCheck(400)]
	return [
		{ push: 'first push of one export, and its check', counted: 'steps', count: short.first, bound: 18 + 12 },
		{ push: 'the same with nothing changed', counted: 'steps', count: short.idle, bound: 13 + 7 },
		{ push: 'a text that is too long', counted: 'steps', count: long.first, bound: short.first + 2 * 7 },
		{ push: 'the same with nothing changed', counted: 'steps', count: long.idle, bound: short.idle },
	]
}

/** What was merged long ago. */
export async function formerYears(): Promise<Push> {
	const merged = 40
	const { bot, forge, requests } = memoryBot(memoryForge({ '.github/reglue.yml': 'version: 1\n' }))
	for (let index = 0; index < merged; index++) {
		forge.people.commit('main', { [`exports/job${index}.dsx`]: dsx(`Job${index}`, { Read: 'copy' }) })
		await reconcile(bot)
		forge.people.merge(index + 1)
		forge.people.deleteBranch(`reglue/exports-job${index}`)
	}
	await reconcile(bot)
	const before = requests()
	const done = await reconcile(bot)
	if (done.kind !== 'done' || done.written.length > 0) throw new Error('there was nothing to write')
	const count = requests() - before
	return { push: `nothing changed, ${merged} merged pull requests`, counted: 'steps', count, bound: 7 + 2 + 20 }
}

async function pushAndCheck(jobs: number): Promise<{ readonly first: number; readonly idle: number }> {
	const stages = Object.fromEntries(Array.from({ length: 4 }, (_unused, index) => [`Stage_${index}`, 'opaque']))
	const text = Array.from({ length: jobs }, (_unused, index) => dsx(`Job${index}`, stages)).join('')
	const { bot, requests } = memoryBot(memoryForge({ '.github/reglue.yml': quietConfig, 'exports/many.dsx': text }))
	await all(bot, { kind: 'push', branch: 'main' })
	const first = requests()
	await all(bot, { kind: 'push', branch: 'main' })
	await all(bot, { kind: 'pull-request', number: 1 })
	return { first, idle: requests() - first }
}

async function all(bot: Bot, work: Work): Promise<void> {
	for (const next of (await runWork(bot, work)).next) await all(bot, next)
}

const exportsOf = (count: number): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Array.from({ length: count }, (_unused, index) => [
			`exports/job${index}.dsx`,
			dsx(`Job${index}`, { Read: 'copy' }),
		]),
	)
