/** Ten thousand comments that nobody would write: nothing crashes, and nobody writes without permission. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands, verbs } from '#bot/commands/registry.ts'
import { runCommand } from '#bot/commands/run-command.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'
import { frozenForge } from '../../support/frozen-forge.ts'
import { memoryForge } from '../../support/memory-forge.ts'
import { memoryBot } from '../../support/scenario.ts'

let scene: BotScene
beforeAll(async () => {
	scene = await botScene({ files: { 'exports/daily.dsx': dsx('Daily', { Read: 'path /a/in', Sum: 'declared' }) } })
	await reconcile(scene.bot)
}, 120_000)
afterAll(() => scene.close())

const odd = [
	'"',
	"'",
	'`',
	'“',
	'=',
	'--',
	'—',
	'\\',
	'\n',
	'\r\n',
	'> ',
	'```\n',
	'    ',
	'\t',
	'@everybody',
	'$(id)',
	`\${X}`,
	'../..',
	'<!--',
	'-->',
	'\u0000',
	'\u202e',
	'💥',
	'\ud800',
	'[x](y)',
	'|',
	'#1',
	'__proto__',
	'constructor',
	':1',
	':99999999999',
	'x'.repeat(3000),
]
const seeds = verbs.flatMap((verb) => [...commands[verb].examples, `/migrate ${verb}`])

/** The same numbers each time. */
function random(seed: number): (below: number) => number {
	let state = seed
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
		return Math.floor((state / 2 ** 32) * below)
	}
}

function mutated(below: (count: number) => number): string {
	let text = seeds[below(seeds.length)] ?? ''
	for (let count = below(5); count > 0; count--) {
		const at = below(text.length + 1)
		const how = below(4)
		if (how === 0) text = text.slice(0, at) + (odd[below(odd.length)] ?? '') + text.slice(at)
		else if (how === 1) text = text.slice(0, at) + text.slice(at + 1 + below(4))
		else if (how === 2) text = `${text} ${seeds[below(seeds.length)]?.slice(9) ?? ''}`
		else text = text.slice(0, at) + String.fromCharCode(below(0x250)) + text.slice(at)
	}
	return text
}

it('10,000 mutated comments', { timeout: 600_000 }, async () => {
	const frozen = frozenForge(scene.forge)
	const bot = { ...scene.bot, repository: frozen.repository }
	const below = random(20261121)
	const outcomes: Record<string, number> = {}
	for (let count = 0; count < 10_000; count++) {
		const body = mutated(below)
		const role = (['none', 'read', 'triage'] as const)[below(3)] ?? 'none'
		frozen.clear()
		frozen.setRole(role)
		const work = { kind: 'command', number: 1, comment: 500_000 + count, body, author: 'dana' } as const
		const { outcome } = await runCommand(bot, work)
		outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
		const others = frozen.writes.filter(({ write }) => write !== 'react' && write !== 'writeComment')
		expect(others, JSON.stringify(body)).toEqual([])
		for (const { text } of frozen.writes) expect(text, JSON.stringify(body)).not.toContain('went wrong')
		if (outcome === 'not for us') expect(frozen.writes).toEqual([])
	}
	process.stdout.write(`mutated comments: ${JSON.stringify(outcomes)}\n`)
	expect(outcomes['done']).toBeGreaterThan(100)
	expect(outcomes['refused']).toBeGreaterThan(1000)
})

const files = {
	'.github/reglue.yml': 'version: 1\ndashboard: false\nlimits: { comments_per_hour: 200 }\n',
	'exports/daily.dsx': dsx('Daily', { Read: 'path /a/in', Sum: 'declared', Load: 'table DW T A,B' }),
}

it('1,000 of people who may write: nothing crashes, and nothing but their branch changes', {
	timeout: 600_000,
}, async () => {
	const { bot, forge } = memoryBot(memoryForge(files))
	await reconcile(bot)
	const main = forge.people.head('main')
	const below = random(7)
	const outcomes: Record<string, number> = {}
	for (let count = 0; count < 1000; count++) {
		const body = mutated(below)
		const comment = forge.people.comment(1, body)
		const { outcome } = await runCommand(bot, { kind: 'command', number: 1, comment, body, author: 'dana' })
		outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
		expect(forge.people.head('main'), JSON.stringify(body)).toBe(main)
	}
	const { refs, issues } = forge.state()
	process.stdout.write(`mutated comments of people who may write: ${JSON.stringify(outcomes)}\n`)
	expect(Object.keys(refs).filter((ref) => ref.startsWith('refs/heads/'))).toEqual([
		'refs/heads/main',
		'refs/heads/reglue/exports-daily',
	])
	expect(issues).toHaveLength(1)
	expect(issues.flatMap(({ comments }) => comments).filter(({ body }) => body.includes('went wrong'))).toEqual([])
	const changed = Object.keys(refs['refs/heads/reglue/exports-daily']?.files ?? {}).filter(
		(file) => !Object.hasOwn(files, file) && !file.startsWith('generated/exports-daily/'),
	)
	expect(changed).toEqual([])
	expect(outcomes['done']).toBeGreaterThan(50)
})

it('1,000 of an administrator below a pull request of a fork: nothing is written there', {
	timeout: 600_000,
}, async () => {
	const { bot, forge } = memoryBot(memoryForge(files))
	await reconcile(bot)
	forge.people.commit('change', { 'exports/daily.dsx': dsx('Daily', { Read: 'twice' }) })
	const number = forge.people.openPull('change', { fork: true })
	const frozen = frozenForge(forge)
	frozen.setRole('admin')
	const below = random(8)
	for (let count = 0; count < 1000; count++) {
		const work = { kind: 'command', number, comment: 500_000 + count, body: mutated(below), author: 'ada' } as const
		await runCommand({ ...bot, repository: frozen.repository }, work)
	}
	const others = frozen.writes.filter(({ write }) => write !== 'react' && write !== 'writeComment')
	expect(others).toEqual([])
	expect(frozen.writes.length).toBeGreaterThan(1000)
})
