/**
 * Pull requests as folders with `pull-request.md`. A person merges one with git, or closes it by writing `closed` into its
 * `state.json`; where the branches are tells the rest.
 */
import { ForgeError } from '../error.ts'
import type { ForgeRepository, PullRequest } from '../repository.ts'
import type { LocalGit } from './git.ts'
import { isAncestor, isId, readRef } from './git.ts'
import type { RecordOf } from './records.ts'
import type { PullState, Store } from './store.ts'
import { titled, untitled } from './store.ts'

type Pulls = Pick<ForgeRepository, 'pullRequests' | 'pullRequest' | 'openPullRequest' | 'editPullRequest'>

export interface LocalPulls {
	readonly steps: Pulls
	/** Writes down what has become of the open pull requests of a branch. */
	settle(ref: string): Promise<void>
}

export function localPulls(git: LocalGit, { pulls }: Store, login: string, name: string): LocalPulls {
	const branchRef = (branch: string): string => `refs/heads/${branch}`
	/** As the branches say: merged once its head is in the base, closed once its branch is gone. */
	const now = async ({ state }: RecordOf<PullState>): Promise<PullState> => {
		if (state.state !== 'open') return state
		const [head, base] = [await readRef(git, branchRef(state.branch)), await readRef(git, branchRef(state.base))]
		const commit = head ?? state.commit
		const isMerged = base !== undefined && isId(commit) && (await isAncestor(git, commit, base).catch(() => false))
		if (isMerged) return { ...state, commit, state: 'merged' }
		return { ...state, commit, state: head === undefined ? 'closed' : 'open' }
	}
	const toPull = async (record: RecordOf<PullState>): Promise<PullRequest> => {
		const { state, author, labels, branch, commit, base } = await now(record)
		return {
			number: record.id,
			state,
			...untitled(record.text),
			author,
			head: { branch, commit, repository: name },
			base: { branch: base, commit: (await readRef(git, branchRef(base))) ?? '' },
			fromFork: false,
			labels: labels.toSorted(),
			url: pulls.folderOf(record.id),
		}
	}
	const list = async ({ head, base }: { readonly head?: string; readonly base?: string }) => {
		const found = await pulls.all()
		return found.filter(
			({ state }) => (head === undefined || state.branch === head) && (base === undefined || state.base === base),
		)
	}
	return {
		settle: async (ref) => {
			for (const record of (await list({})).filter(({ state }) => state.state === 'open')) {
				if (branchRef(record.state.branch) === ref) await pulls.put({ ...record, state: await now(record) })
			}
		},
		steps: {
			pullRequests: async ({ state, ...filter }) => {
				const found = await Promise.all((await list(filter)).map(toPull))
				return found.filter((pull) => state === 'all' || (pull.state === 'open') === (state === 'open'))
			},
			pullRequest: async (number) => {
				const record = await pulls.get(number)
				return record === undefined ? undefined : toPull(record)
			},
			openPullRequest: async ({ title, body, head, base }) => {
				const known = await Promise.all((await list({ head, base })).map(toPull))
				const open = known.find(({ state }) => state === 'open')
				if (open !== undefined) return open
				const [commit, onto] = [await readRef(git, branchRef(head)), await readRef(git, branchRef(base))]
				if (commit === undefined || onto === undefined || (await isAncestor(git, commit, onto)))
					throw new ForgeError('invalid', `there are no commits between ${base} and ${head}`)
				const state: PullState = { state: 'open', author: login, labels: [], branch: head, commit, base }
				return toPull(await pulls.create(state, titled(title, body)))
			},
			editPullRequest: async (number, { title, body, base, state }) => {
				const record = await pulls.get(number)
				if (record === undefined) throw new ForgeError('missing', `there is no pull request ${number}`)
				const before = await now(record)
				const known = untitled(record.text)
				const isMerged = before.state === 'merged'
				if (isMerged && state !== undefined) throw new ForgeError('invalid', `pull request ${number} is merged`)
				const next = await now({
					...record,
					state: { ...before, ...(state === undefined ? {} : { state }), ...(base === undefined ? {} : { base }) },
				})
				const text = titled(title ?? known.title, body ?? known.body)
				await pulls.put({ id: number, state: next, text })
				return toPull({ id: number, state: next, text })
			},
		},
	}
}
