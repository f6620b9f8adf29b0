import { afterAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../support/github-twin/snapshot.ts'
import { golden } from '../../support/golden.ts'
import type { Scenario } from '../../support/scenario.ts'
import { survive } from '../../support/scenario.ts'
import { talks } from './talk.ts'

const stories: Readonly<Record<string, Scenario>> = talks

/** A reaction that comes late stands behind the others, and nobody sees in which order they came. */
const inOrder = (state: Snapshot): Snapshot => ({
	...state,
	issues: state.issues.map((issue) => ({
		...issue,
		comments: issue.comments.map((comment) => ({ ...comment, reactions: comment.reactions.toSorted() })),
	})),
})

/**
 * What must be the same where two workers are there at once, or a write of another one comes late: every file, and one answer for each comment. Answers
 * may tell of a check that the late request has started, and stand in another order where they share a comment.
 */
const lasting = ({ refs, issues }: Snapshot) => ({
	refs,
	talks: issues.map(({ title, state, comments }) => ({
		title,
		state,
		comments: comments.map(({ author }) => author).sort(),
	})),
})

describe('what people say ends the same however it is delivered, and wherever it is killed', () => {
	let total = 0
	it.each(Object.entries(stories))('%s', { timeout: 300_000 }, async (name, scenario) => {
		const { end, killPoints } = await survive(scenario, (play, expected, how) => {
			if (/^(late|two workers)/.test(how)) expect(lasting(play.state), how).toEqual(lasting(expected.state))
			else {
				expect(inOrder(play.state), how).toEqual(inOrder(expected.state))
				expect(play.idle, `${how}: writes although nothing changed`).toBe(0)
			}
		})
		expect(end.idle).toBe(0)
		total += killPoints
		await expect(golden(end.state)).toMatchFileSnapshot(`goldens/${name.replaceAll(' ', '-')}.txt`)
	})
	afterAll(() => process.stdout.write(`kill points of what people say: ${total}\n`))
})
