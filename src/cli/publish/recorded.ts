/** A repository that keeps a list of what was written to it, in words for the terminal. */
import type { ForgeRepository, RefResult } from '#forge/repository.ts'

export type WrittenKind = 'commit' | 'branch' | 'pull request' | 'check' | 'issue'

/** Something that was made or changed; twice where it was twice. */
export interface Written {
	readonly kind: WrittenKind
	readonly id: number | string
}

export interface Recorded {
	readonly repository: ForgeRepository
	/** In the order in which it was written. */
	readonly written: readonly Written[]
}

export function recorded(inner: ForgeRepository): Recorded {
	const written: Written[] = []
	const named = async <T extends { readonly number: number }>(kind: WrittenKind, write: Promise<T>): Promise<T> => {
		const result = await write
		written.push({ kind, id: result.number })
		return result
	}
	const checked = async <T extends { readonly id: number }>(write: Promise<T>): Promise<T> => {
		const result = await write
		written.push({ kind: 'check', id: result.id })
		return result
	}
	const ofRef = async (ref: string, write: Promise<RefResult>): Promise<RefResult> => {
		const result = await write
		// Other refs are for us alone.
		if (result === 'done' && ref.startsWith('refs/heads/')) written.push({ kind: 'branch', id: ref })
		return result
	}
	return {
		written,
		repository: {
			...inner,
			writeCommit: async (commit) => {
				const id = await inner.writeCommit(commit)
				written.push({ kind: 'commit', id })
				return id
			},
			createRef: (ref, to) => ofRef(ref, inner.createRef(ref, to)),
			moveRef: (ref, move) => ofRef(ref, inner.moveRef(ref, move)),
			deleteRef: (ref, from) => ofRef(ref, inner.deleteRef(ref, from)),
			openPullRequest: (wanted) => named('pull request', inner.openPullRequest(wanted)),
			editPullRequest: (number, change) => named('pull request', inner.editPullRequest(number, change)),
			startCheck: (wanted) => checked(inner.startCheck(wanted)),
			updateCheck: (id, change) => checked(inner.updateCheck(id, change)),
			openIssue: (wanted) => named('issue', inner.openIssue(wanted)),
			editIssue: (number, change) => named('issue', inner.editIssue(number, change)),
			addLabels: async (number, labels) => {
				await inner.addLabels(number, labels)
				written.push({ kind: 'pull request', id: number })
			},
			removeLabel: async (number, label) => {
				await inner.removeLabel(number, label)
				written.push({ kind: 'pull request', id: number })
			},
		},
	}
}
