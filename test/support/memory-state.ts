/** What the forge in memory holds, and how it looks as a snapshot: the same as the twin's. */
import type { CheckRun, Commit, TreeFile } from '#forge/repository.ts'
import type { Snapshot } from './github-twin/snapshot.ts'

export interface Talk {
	readonly number: number
	title: string
	body: string
	state: 'open' | 'closed'
	readonly author: string
	readonly labels: Set<string>
	readonly pull?: { head: string; commit: string; base: string; merged: boolean; readonly repository: string }
}

export interface Said {
	readonly id: number
	readonly talk: number
	readonly author: string
	body: string
	readonly reactions: string[]
}

export type Run = { -readonly [key in keyof CheckRun]: CheckRun[key] } & {
	notes: unknown[]
	buttons: readonly string[]
}

interface Memory {
	readonly refs: ReadonlyMap<string, string>
	readonly commits: ReadonlyMap<string, Commit>
	readonly talks: ReadonlyMap<number, Talk>
	readonly said: readonly Said[]
	readonly runs: readonly Run[]
	/** Newest first. */
	readonly ancestors: (id: string) => readonly string[]
	readonly filesOf: (id: string) => ReadonlyMap<string, TreeFile>
	readonly textOf: (blob: string) => string
}

export function memoryState({ refs, commits, talks, said, runs, ancestors, filesOf, textOf }: Memory): Snapshot {
	const named = new Map<string, string>()
	for (const [name, id] of byName(refs)) {
		for (const known of ancestors(id)) {
			if (!named.has(known)) named.set(known, `${name}: ${commits.get(known)?.message.split('\n')[0] ?? ''}`)
		}
	}
	return {
		refs: Object.fromEntries(
			byName(refs).map(([name, id]) => [
				name,
				{
					messages: ancestors(id).map((known) => commits.get(known)?.message ?? ''),
					files: Object.fromEntries([...filesOf(id)].map(([path, { id: blob }]) => [path, textOf(blob)])),
				},
			]),
		),
		issues: [...talks.values()].map((talk) => ({
			number: talk.number,
			kind: talk.pull === undefined ? ('issue' as const) : ('pull request' as const),
			state: talk.state,
			title: talk.title,
			body: talk.body,
			author: talk.author,
			labels: [...talk.labels].sort(),
			...(talk.pull === undefined ? {} : { head: talk.pull.head, base: talk.pull.base, merged: talk.pull.merged }),
			comments: said
				.filter(({ talk: number }) => number === talk.number)
				.map(({ author, body, reactions }) => ({ author, body, reactions: [...reactions] })),
		})),
		checks: runs.map((run) => ({
			name: run.name,
			on: named.get(run.commit) ?? 'a commit that no ref holds',
			status: run.status,
			conclusion: run.conclusion ?? null,
			title: run.title,
			summary: run.summary,
			annotations: run.notes,
			actions: run.buttons,
		})),
	}
}

const byName = (refs: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
	[...refs].sort(([left], [right]) => (left < right ? -1 : 1))
