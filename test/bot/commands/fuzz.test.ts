/** Ten thousand comments that nobody would write: nothing crashes, and nobody writes without permission. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands, verbs } from '#bot/commands/registry.ts'
import { runCommand } from '#bot/commands/run-command.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'
import { frozenForge } from '../../support/frozen-forge.ts'

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
