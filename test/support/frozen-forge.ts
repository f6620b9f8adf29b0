/**
 * A repository as it was when it was first looked at: reads are remembered, writes are written down and not done. Thousands
 * of questions to the bot cost nothing then, and it is seen what it would have written.
 */
import type { ForgeRepository, Role } from '#forge/repository.ts'

export interface FrozenForge {
	readonly repository: ForgeRepository
	/** Names of the writes, with the text of comments and the reactions. */
	readonly writes: readonly { readonly write: string; readonly text: string }[]
	clear(): void
	/** What everybody may do from now on. */
	setRole(role: Role): void
}

const never = (): never => {
	throw new Error('a frozen repository gives nothing back from this write')
}

export function frozenForge(from: ForgeRepository): FrozenForge {
	const known = new Map<string, Promise<unknown>>()
	const writes: { write: string; text: string }[] = []
	let role: Role = 'none'
	const once =
		<Args extends readonly unknown[], Value>(name: string, read: (...args: Args) => Promise<Value>) =>
		(...args: Args): Promise<Value> => {
			const key = `${name} ${JSON.stringify(args)}`
			const value = known.get(key) ?? read(...args)
			known.set(key, value)
			return value as Promise<Value>
		}
	const noted =
		(write: string) =>
		async (..._args: readonly unknown[]): Promise<never> => {
			writes.push({ write, text: '' })
			return never()
		}
	const repository: ForgeRepository = {
		facts: once('facts', () => from.facts()),
		refs: once('refs', (prefix: string) => from.refs(prefix)),
		ref: once('ref', (name: string) => from.ref(name)),
		commit: once('commit', (id: string) => from.commit(id)),
		compare: once('compare', (base: string, head: string) => from.compare(base, head)),
		tree: once('tree', (commit: string) => from.tree(commit)),
		blob: once('blob', (id: string) => from.blob(id)),
		file: once('file', (path: string, at: string) => from.file(path, at)),
		pullRequests: once('pullRequests', (filter: Parameters<ForgeRepository['pullRequests']>[0]) =>
			from.pullRequests(filter),
		),
		pullRequest: once('pullRequest', (number: number) => from.pullRequest(number)),
		issues: once('issues', (filter: Parameters<ForgeRepository['issues']>[0]) => from.issues(filter)),
		comments: once('comments', (number: number) => from.comments(number)),
		commentsSince: () => Promise.resolve([]),
		checkRuns: once('checkRuns', (commit: string, name: string) => from.checkRuns(commit, name)),
		role: () => Promise.resolve(role),
		react: async (_comment, reaction) => {
			writes.push({ write: 'react', text: reaction })
		},
		writeComment: async (number, body) => {
			writes.push({ write: 'writeComment', text: body })
			return { id: number, body, author: 'reglue[bot]', url: '' }
		},
		writeTree: noted('writeTree'),
		writeCommit: noted('writeCommit'),
		createRef: noted('createRef'),
		moveRef: noted('moveRef'),
		deleteRef: noted('deleteRef'),
		openPullRequest: noted('openPullRequest'),
		editPullRequest: noted('editPullRequest'),
		editComment: noted('editComment'),
		deleteComment: noted('deleteComment'),
		openIssue: noted('openIssue'),
		editIssue: noted('editIssue'),
		addLabels: noted('addLabels'),
		removeLabel: noted('removeLabel'),
		startCheck: noted('startCheck'),
		updateCheck: noted('updateCheck'),
	}
	return {
		repository,
		writes,
		clear: () => writes.splice(0),
		setRole: (next) => {
			role = next
		},
	}
}
