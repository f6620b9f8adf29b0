import type { Octokit } from '@octokit/rest'
import { isForgeError } from '../error.ts'

/** A repository, and the client to reach it. */
export interface Place {
	readonly client: Octokit
	readonly owner: string
	readonly repo: string
	/** Login that our own comments and pull requests have, such as `reglue[bot]`. */
	readonly login: string
}

/** What a read gives, or undefined where GitHub says that there is no such thing. */
export async function orMissing<T>(read: Promise<T>): Promise<T | undefined> {
	return read.catch((error: unknown) => {
		if (isForgeError(error, 'missing')) return undefined
		throw error
	})
}

/** Pages of a list that are read at most; more than this in one repository is not what Reglue made. */
const mostPages = 30

/** Everything in a list, up to the limit of pages. */
export async function everyPage<T>(pages: AsyncIterable<{ readonly data: readonly T[] }>): Promise<readonly T[]> {
	const items: T[] = []
	let count = 0
	for await (const { data } of pages) {
		items.push(...data)
		count += 1
		if (count === mostPages) break
	}
	return items
}
