/** Every command by everybody in every place: who gets through, and what the others are told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerText } from '#bot/commands/answer.ts'
import { gate } from '#bot/commands/gates.ts'
import { readComment } from '#bot/commands/grammar.ts'
import { commands, verbs } from '#bot/commands/registry.ts'
import { runCommand } from '#bot/commands/run-command.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import type { CommandWork } from '#bot/work.ts'
import type { Role } from '#forge/repository.ts'
import type { BotScene } from '../../support/bot-scene.ts'
import { botScene, dsx } from '../../support/bot-scene.ts'
import type { FrozenForge } from '../../support/frozen-forge.ts'
import { frozenForge } from '../../support/frozen-forge.ts'

const roles: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']
const places = ['unit', 'fork', 'people', 'issue', 'closed', 'closed people'] as const

let scene: BotScene
let frozen: FrozenForge
const numbers = new Map<(typeof places)[number], number>()

beforeAll(async () => {
	scene = await botScene({
		files: {
			'exports/daily.dsx': dsx('Daily', { Read: 'path /data/in.txt', Sum: 'declared' }),
			'exports/other.dsx': dsx('Other', { Read: 'copy' }),
		},
	})
	await reconcile(scene.bot)
	const { dana, repository, twin, forge } = scene
	const [unit, closed] = [...repository.issues.keys()]
	numbers.set('unit', unit ?? 0).set('closed', closed ?? 0)
	await dana.closePull(repository, closed ?? 0)
	for (const place of ['people', 'closed people'] as const) {
		const branch = place.replace(' ', '-')
		await dana.commit(repository, branch, { 'exports/daily.dsx': dsx('Daily', { Read: place }) }, { from: 'main' })
		numbers.set(place, (await forge.openPullRequest({ title: 't', body: 'b', head: branch, base: 'main' })).number)
	}
	await dana.closePull(repository, numbers.get('closed people') ?? 0)
	const fork = await twin.repository('mo/etl', { forkOf: repository })
	await dana.commit(fork, 'mine', { 'exports/daily.dsx': dsx('Daily', { Read: 'fork' }) }, { from: 'main' })
	const wanted = { owner: 'acme', repo: 'etl', title: 'Fork', head: 'mo:mine', base: 'main' }
	await dana.call('POST /repos/{owner}/{repo}/pulls', wanted)
	numbers.set('fork', Math.max(...repository.issues.keys()))
	numbers.set('issue', (await forge.openIssue({ title: 'Question', body: 'b' })).number)
	frozen = frozenForge(forge)
}, 120_000)
afterAll(() => scene.close())

const work = (place: (typeof places)[number], body: string): CommandWork => ({
	kind: 'command',
	number: numbers.get(place) ?? 0,
	comment: 77,
	body,
	author: 'dana',
})

async function through(place: (typeof places)[number], line: string, role: Role) {
	frozen.setRole(role)
	const spoken = readComment(line)
	if (spoken === undefined) throw new Error(`${line} is no command`)
	const bot = { ...scene.bot, repository: frozen.repository }
	return gate(bot, work(place, line), spoken, await frozen.repository.facts())
}

describe('the gates', () => {
	it('let through who may, where it has its place', async () => {
		const table: string[] = []
		for (const verb of verbs) {
			const line = commands[verb].examples[0] ?? ''
			for (const place of places) {
				const allowed: Role[] = []
				for (const role of roles) if ((await through(place, line, role)).act !== undefined) allowed.push(role)
				table.push(`${verb.padEnd(10)} ${place.padEnd(13)} ${allowed.join(' ') || 'nobody'}`)
			}
		}
		await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('goldens/who-gets-through.txt')
	})

	it('tell the others why not, who may, and what to copy', async () => {
		const texts = new Map<string, string[]>()
		for (const verb of verbs) {
			for (const place of places) {
				for (const role of roles) {
					const line = commands[verb].examples[0] ?? ''
					const { refusal } = await through(place, line, role)
					if (refusal === undefined) continue
					expect(refusal.kind === 'refused' && (refusal.copy ?? refusal.who)).toBeTruthy()
					if (['run', 'set', 'approve', 'help', 'reopen'].includes(verb)) {
						const text = answerText(refusal, { line, head: undefined })
						texts.set(text, [...(texts.get(text) ?? []), `${role} in ${place}`])
					}
				}
			}
		}
		const shown = [...texts].map(([text, whom]) => `## ${whom.join(', ')}\n\n${text}`)
		await expect(shown.join('\n')).toMatchFileSnapshot('goldens/refusals.md')
	})

	it('write nothing but a reaction and an answer where a command is refused', async () => {
		for (const verb of verbs) {
			for (const place of places) {
				for (const role of ['none', 'read', 'triage'] as const) {
					frozen.clear()
					frozen.setRole(role)
					const body = commands[verb].examples.at(-1) ?? ''
					await runCommand({ ...scene.bot, repository: frozen.repository }, work(place, body))
					const kinds = frozen.writes.map(({ write, text }) => (write === 'react' ? text : write))
					const isAnswered =
						kinds.join() === 'confused,writeComment' ||
						kinds.join() === 'eyes,rocket,writeComment' ||
						kinds.join() === 'eyes,confused,writeComment'
					expect(isAnswered ? '' : `${verb} by ${role} in ${place}: ${kinds.join()}`).toBe('')
					if (!commands[verb].readOnly) expect(kinds).not.toContain('eyes')
				}
			}
		}
	})

	it('answer what cannot be read', async () => {
		const lines = [
			'/migrate hlep',
			'/migrate deploy',
			'/migrate skip "Month',
			'/migrate run --engine mainframe',
			'/migrate set workers',
			'/migrate set worker=4',
			'/migrate set role_arn=x',
			'/migrate set workers=many',
			'/migrate map "table:A=(select 1)"',
			'/migrate map column:A.B=[c]',
			'/migrate map connection:CRM=a:b',
			'/migrate skip',
			'/migrate recreate everything',
			'/migrate run `@everybody` <!-- x --> [a](b)',
		]
		const texts = []
		for (const line of lines) {
			const { refusal } = await through('unit', line, 'write')
			if (refusal !== undefined) texts.push(answerText(refusal, { line, head: undefined }))
		}
		await expect(texts.join('\n---\n\n')).toMatchFileSnapshot('goldens/unreadable.md')
	})

	it('ask for more where the config says so, and say that it does', async () => {
		const strict = await botScene({ config: 'version: 1\npermissions: { run: maintain, help: triage }\n' })
		const spoken = readComment('/migrate run')
		if (spoken === undefined) throw new Error('no command')
		const ask = await strict.forge.openIssue({ title: 'Question', body: 'b' })
		const given = { ...work('issue', '/migrate run'), number: ask.number }
		const { refusal } = await gate(strict.bot, given, spoken, await strict.forge.facts())
		expect(refusal).toMatchObject({
			why: '`run` needs `maintain` access, and `dana` has `write`. This repository asks for it in `permissions.run` of `.github/reglue.yml`.',
			who: 'people with `maintain` or `admin` access.',
			copy: '/migrate run',
		})
		await strict.close()
	})
})
