/** A repository of the twin as text and plain data, for goldens and for comparing the ends of two scenarios. */
import { listTree, log, readBlob } from './git-objects.ts'
import { listRefs } from './git-refs.ts'
import type { Repository } from './state.ts'

export interface Snapshot {
	/** Each ref: its commits' messages, newest first, and its files with their text. */
	readonly refs: Readonly<
		Record<string, { readonly messages: readonly string[]; readonly files: Readonly<Record<string, string>> }>
	>
	readonly issues: readonly {
		readonly number: number
		readonly kind: 'issue' | 'pull request'
		readonly state: string
		readonly title: string
		readonly body: string
		readonly author: string
		readonly labels: readonly string[]
		readonly head?: string
		readonly base?: string
		readonly merged?: boolean
		readonly comments: readonly {
			readonly author: string
			readonly body: string
			readonly reactions: readonly string[]
		}[]
	}[]
	readonly checks: readonly {
		readonly name: string
		readonly on: string
		readonly status: string
		readonly conclusion: string | null
		readonly title: string | null
		readonly summary: string | null
		readonly annotations: readonly unknown[]
		readonly actions: readonly string[]
	}[]
}

/** Ids, times and commit ids are left out: they say nothing about what a person sees. */
export async function snapshot(repository: Repository): Promise<Snapshot> {
	const refs = await listRefs(repository.folder)
	const named = new Map<string, string>()
	for (const [ref, sha] of refs) {
		for (const commit of await log(repository.folder, [sha])) {
			if (!named.has(commit.sha)) named.set(commit.sha, `${ref}: ${commit.message.split('\n')[0] ?? ''}`)
		}
	}
	// Many refs hold the same commits and files: each is read once.
	const text = remembered(async (sha) => (await readBlob(repository.folder, sha)).toString('utf8'))
	const state = remembered((sha) => refState(repository, sha, text))
	const shown = await Promise.all([...refs].map(async ([ref, sha]) => [ref, await state(sha)] as const))
	return {
		refs: Object.fromEntries(shown),
		issues: [...repository.issues.values()]
			.map((issue) => issueState(repository, issue.number))
			.filter((issue) => issue !== undefined),
		checks: [...repository.checkRuns.values()].map((run) => ({
			name: run.name,
			on: named.get(run.head) ?? 'a commit that no ref holds',
			status: run.status,
			conclusion: run.conclusion,
			title: run.title,
			summary: run.summary,
			annotations: run.annotations,
			actions: run.actions.map(({ identifier }) => identifier),
		})),
	}
}

function remembered<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
	const known = new Map<string, Promise<T>>()
	return (key) => {
		const value = known.get(key) ?? read(key)
		known.set(key, value)
		return value
	}
}

async function refState(repository: Repository, sha: string, text: (sha: string) => Promise<string>) {
	const files: Record<string, string> = {}
	for (const { path, type, sha: blob } of await listTree(repository.folder, sha, true)) {
		if (type === 'blob') files[path] = await text(blob)
	}
	const commits = await log(repository.folder, [sha])
	return { messages: commits.map(({ message }) => message), files }
}

function issueState(repository: Repository, number: number): Snapshot['issues'][number] | undefined {
	const issue = repository.issues.get(number)
	if (issue === undefined) return undefined
	const { pull } = issue
	return {
		number,
		kind: pull === undefined ? 'issue' : 'pull request',
		state: issue.state,
		title: issue.title,
		body: issue.body ?? '',
		author: issue.author,
		labels: [...issue.labels].sort(),
		...(pull === undefined ? {} : { head: pull.headBranch, base: pull.base, merged: pull.merged !== null }),
		comments: [...repository.comments.values()]
			.filter((comment) => comment.issue === number)
			.map(({ author, body, reactions }) => ({
				author,
				body,
				reactions: [...reactions.values()].map((reaction) => `${reaction.author} ${reaction.content}`),
			})),
	}
}
