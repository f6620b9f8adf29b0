/** What the twin holds, as a person would see it on GitHub. */
import type { Repository } from '../../test/support/github-twin/state.ts'

export interface Pull {
	readonly number: number
	readonly title: string
	readonly body: string
	readonly branch: string
	readonly base: string
}

export interface Check {
	readonly title: string
	readonly summary: string
	readonly conclusion: string
	readonly annotations: number
}

export interface Said {
	readonly author: string
	readonly body: string
	readonly reactions: readonly string[]
}

/** The newest pull request of the bot with generated jobs. */
export function openPull(repository: Repository): Pull | undefined {
	const issue = [...repository.issues.values()].findLast(
		({ state, pull }) => state === 'open' && pull?.headBranch.startsWith('reglue/') === true,
	)
	if (issue?.pull === undefined) return undefined
	const { number, title, body, pull } = issue
	return { number, title, body: body ?? '', branch: pull.headBranch, base: pull.base }
}

/** The newest check that has come to its end on the pull request's head. */
export function lastCheck(repository: Repository): Check | undefined {
	const run = [...repository.checkRuns.values()].findLast(
		({ name, status }) => name === 'reglue' && status === 'completed',
	)
	if (run === undefined) return undefined
	const { title, summary, conclusion, annotations } = run
	return { title: title ?? '', summary: summary ?? '', conclusion: conclusion ?? '', annotations: annotations.length }
}

export function commentsOf(repository: Repository, number: number): readonly Said[] {
	return [...repository.comments.values()]
		.filter(({ issue }) => issue === number)
		.map(({ author, body, reactions }) => ({
			author,
			body,
			reactions: [...reactions.values()].map(({ content }) => content),
		}))
}

/** Looks again and again. @throws Error when it has not come in time */
export async function until<T>(minutes: number, what: string, look: () => T | undefined): Promise<T> {
	for (const end = Date.now() + minutes * 60_000; Date.now() < end; ) {
		const found = look()
		if (found !== undefined) return found
		await new Promise((resolve) => setTimeout(resolve, 200))
	}
	throw new Error(`there was no ${what} within ${minutes} minutes`)
}
