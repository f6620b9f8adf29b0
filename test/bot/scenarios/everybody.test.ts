import { afterAll, describe, expect, it } from 'vitest'
import { verbs } from '#bot/commands/registry.ts'
import { leastRoles, rolesFrom } from '#config/permissions.ts'
import { survive } from '../../support/scenario.ts'
import { sameTalk } from './compare.ts'
import { counted } from './counts.ts'
import { everybody, lines, people } from './everybody.ts'

/** What is said of the answer at once: 🚀 it was done, 😕 it was not. */
const reaction = (reactions: readonly string[]): string =>
	reactions.includes('reglue[bot] rocket') ? 'done' : reactions.includes('reglue[bot] confused') ? 'refused' : 'nothing'

/** Nothing of them is configured yet, and each says so to those who may. */
const missing: ReadonlySet<string> = new Set(['ask', 'approve'])

describe('every command by everybody ends the same however it is delivered, and wherever it is killed', () => {
	let total = 0
	it.each(verbs)('%s', { timeout: 300_000 }, async (verb) => {
		const { end, killPoints, usually } = await survive(everybody[verb], sameTalk)
		total += killPoints
		const comments = end.state.issues[0]?.comments ?? []
		const seen = Object.fromEntries(
			comments.filter(({ body }) => body === lines[verb]).map(({ author, reactions }) => [author, reaction(reactions)]),
		)
		const may: ReadonlySet<string> = new Set(missing.has(verb) ? [] : rolesFrom(leastRoles[verb]))
		expect(seen).toEqual(
			Object.fromEntries(Object.entries(people).map(([login, role]) => [login, may.has(role) ? 'done' : 'refused'])),
		)
		const shown = comments.map(({ author, body, reactions }) => `== ${author} [${reactions.join(', ')}]\n${body}\n`)
		await expect(`${counted({ writes: end.writes, usually })}${shown.join('\n')}`).toMatchFileSnapshot(
			`goldens/everybody/${verb}.md`,
		)
	})
	afterAll(() => process.stdout.write(`kill points of every command by everybody: ${total}\n`))
})
