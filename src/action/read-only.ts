/**
 * A repository that is only read: pull requests of forks come with a token that may not write. The check that would have
 * been posted is kept for annotations in the log and the job summary.
 */
import { ForgeError } from '#forge/error.ts'
import type { Annotation, CheckChange, CheckRun, ForgeRepository, NewCheck } from '#forge/repository.ts'

export interface KeptCheck {
	readonly name: string
	readonly commit: string
	readonly conclusion: string | undefined
	readonly title: string
	readonly summary: string
	readonly annotations: readonly Annotation[]
}

export interface ReadOnlyRepository {
	readonly repository: ForgeRepository
	/** Checks as they stand, in the order in which they were started. */
	checks(): readonly KeptCheck[]
}

export function readOnly(repository: ForgeRepository): ReadOnlyRepository {
	const kept = new Map<number, KeptCheck & { readonly externalId: string; readonly status: string }>()
	const put = (id: number, before: NewCheck | undefined, change: CheckChange): CheckRun => {
		const old = kept.get(id)
		const next = {
			name: before?.name ?? old?.name ?? '',
			commit: before?.commit ?? old?.commit ?? '',
			externalId: before?.externalId ?? old?.externalId ?? '',
			status: change.status ?? old?.status ?? 'queued',
			conclusion: change.conclusion ?? old?.conclusion,
			title: change.output?.title ?? old?.title ?? '',
			summary: change.output?.summary ?? old?.summary ?? '',
			annotations: [...(old?.annotations ?? []), ...(change.annotations ?? [])],
		}
		kept.set(id, next)
		return { ...next, id, annotations: next.annotations.length, url: '' }
	}
	const refuse = (what: string) => (): Promise<never> =>
		Promise.reject(new ForgeError('forbidden', `the token may only read here: no ${what}`))
	return {
		checks: () => [...kept.values()],
		repository: {
			...repository,
			checkRuns: async (commit, name) => {
				const own = [...kept].filter(([, one]) => one.commit === commit && one.name === name)
				const runs = own.map(([id, one]): CheckRun => ({ ...one, id, annotations: one.annotations.length, url: '' }))
				return [...runs.reverse(), ...(await repository.checkRuns(commit, name))]
			},
			startCheck: (wanted) => Promise.resolve(put(-1 - kept.size, wanted, wanted)),
			updateCheck: (id, change) => Promise.resolve(put(id, undefined, change)),
			writeTree: refuse('tree'),
			writeCommit: refuse('commit'),
			createRef: refuse('branch'),
			moveRef: refuse('branch'),
			deleteRef: refuse('branch'),
			openPullRequest: refuse('pull request'),
			editPullRequest: refuse('pull request'),
			writeComment: refuse('comment'),
			editComment: refuse('comment'),
			deleteComment: refuse('comment'),
			react: refuse('reaction'),
			openIssue: refuse('issue'),
			editIssue: refuse('issue'),
			addLabels: refuse('label'),
			removeLabel: refuse('label'),
		},
	}
}
