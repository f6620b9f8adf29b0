/** What must be the same however a conversation with the bot goes wrong. */
import { expect } from 'vitest'
import type { Snapshot } from '../../support/github-twin/snapshot.ts'
import type { Play } from '../../support/scenario.ts'

/** A reaction that comes late stands behind the others, and nobody sees in which order they came. */
const inOrder = (state: Snapshot): Snapshot => ({
	...state,
	issues: state.issues.map((issue) => ({
		...issue,
		comments: issue.comments.map((comment) => ({ ...comment, reactions: comment.reactions.toSorted() })),
	})),
})

/**
 * What must be the same where two workers are there at once, or a write of another one comes late: every file, and one
 * answer for each comment. Answers may tell of a check that the late request has started, and stand in another order where
 * they share a comment.
 */
const lasting = ({ refs, issues }: Snapshot) => ({
	refs,
	talks: issues.map(({ title, state, comments }) => ({
		title,
		state,
		comments: comments.map(({ author }) => author).sort(),
	})),
})

export function sameTalk(play: Play, expected: Play, how: string): void {
	if (/^(late|two workers)/.test(how)) expect(lasting(play.state), how).toEqual(lasting(expected.state))
	else {
		expect(inOrder(play.state), how).toEqual(inOrder(expected.state))
		expect(play.idle, `${how}: writes although nothing changed`).toBe(0)
	}
}
