/**
 * A forge in memory with the same rules as the twin of GitHub, for tests that need hundreds of runs: no git, no HTTP.
 * `scenarios.test.ts` holds its end states against the twin's.
 */
import { ForgeError } from '#forge/error.ts'
import type {
	CheckChange,
	CheckRun,
	Comment,
	ForgeRepository,
	Issue,
	PullRequest,
	RefResult,
	Role,
} from '#forge/repository.ts'
import type { Snapshot } from './github-twin/snapshot.ts'
import { memoryObjects } from './memory-objects.ts'
import type { Run, Said, Talk } from './memory-state.ts'
import { memoryState } from './memory-state.ts'

export interface MemoryForge extends ForgeRepository {
	/** What people do. */
	readonly people: MemoryPeople
	state(): Snapshot
	/** The files of a commit, with their bytes: for checkouts. */
	filesAt(commit: string): ReadonlyMap<string, Uint8Array>
	archive(): void
}

export interface MemoryPeople {
	commit(
		branch: string,
		files: Readonly<Record<string, string>>,
		options?: { readonly removed?: readonly string[]; readonly onto?: string },
	): string
	head(branch: string): string | undefined
	read(branch: string, path: string): string | undefined
	deleteBranch(branch: string): void
	closePull(number: number): void
	reopenPull(number: number): void
	editBody(number: number, edit: (body: string) => string): void
	merge(number: number, method?: 'merge' | 'squash'): void
	/** A pull request of a person's, of a branch here or of a fork. */
	openPull(head: string, options?: { readonly fork?: boolean }): number
	/** With an `id` where a scenario has to name it beforehand; of Dana's unless somebody else says it. */
	comment(number: number, body: string, of?: { readonly id?: number; readonly author?: string }): number
	collaborator(login: string, role: Role): void
}

const utf8 = new TextDecoder()
const owner = 'acme/etl'
const self = 'reglue[bot]'

export function memoryForge(first: Readonly<Record<string, string>>): MemoryForge {
	const { blobs, commits, putCommit, commitAt, filesOf, changed, ancestors, mergedTree, comparison } = memoryObjects()
	const refs = new Map<string, string>()
	const talks = new Map<number, Talk>()
	const said: Said[] = []
	const runs: Run[] = []
	const roles = new Map<string, Role>([['dana', 'write']])
	let archived = false
	let nextId = 1

	const close = (talk: Talk): void => {
		talk.state = 'closed'
	}
	const pulls = (): readonly Talk[] => [...talks.values()].filter(({ pull }) => pull !== undefined)
	const moved = (ref: string, to: string | undefined): void => {
		if (to === undefined) refs.delete(ref)
		else refs.set(ref, to)
		const branch = ref.replace(/^refs\/heads\//, '')
		for (const talk of pulls().filter(({ state }) => state === 'open')) {
			const { pull } = talk
			if (pull === undefined) continue
			const base = refs.get(`refs/heads/${pull.base}`) ?? ''
			if (pull.head === branch && pull.repository === owner) {
				if (to === undefined) close(talk)
				else {
					pull.commit = to
					if (ancestors(base).includes(to)) close(talk)
				}
			}
		}
	}
	const settle = (ref: string, from: string | undefined, to: string | undefined, rewrite: boolean): RefResult => {
		const now = refs.get(ref)
		if (now === to) return 'done'
		if (now !== from) return 'raced'
		if (to !== undefined) {
			commitAt(to)
			if (from !== undefined && !rewrite && !ancestors(to).includes(from)) return 'raced'
		}
		moved(ref, to)
		return 'done'
	}
	const talkAt = (number: number): Talk => {
		const found = talks.get(number)
		if (found === undefined) throw new ForgeError('missing', `there is no ${number}`)
		return found
	}
	const addTalk = (talk: Omit<Talk, 'number' | 'labels' | 'state'>, labels: readonly string[] = []): Talk => {
		const number = talks.size + 1
		const added: Talk = { ...talk, number, state: 'open', labels: new Set(labels) }
		talks.set(number, added)
		return added
	}
	const toPull = (talk: Talk): PullRequest => {
		const { number, title, body, author, labels, pull } = talk
		if (pull === undefined) throw new ForgeError('missing', `${number} is no pull request`)
		return {
			number,
			title,
			body,
			author,
			state: pull.merged ? 'merged' : talk.state,
			head: { branch: pull.head, commit: pull.commit, repository: pull.repository },
			base: { branch: pull.base, commit: refs.get(`refs/heads/${pull.base}`) ?? '' },
			fromFork: pull.repository !== owner,
			labels: [...labels].sort(),
			url: `https://forge.test/${owner}/pull/${number}`,
		}
	}
	const toIssue = ({ number, state, title, body, author, labels }: Talk): Issue => ({
		number,
		state,
		title,
		body,
		author,
		labels: [...labels].sort(),
		url: `https://forge.test/${owner}/issues/${number}`,
	})
	const toComment = ({ id, body, author, talk }: Said): Comment => ({
		id,
		body,
		author,
		url: `https://forge.test/${owner}/issues/${talk}#${id}`,
	})
	const toRun = ({ notes: _notes, buttons: _buttons, ...run }: Run): CheckRun => ({ ...run })
	const changeRun = (run: Run, change: CheckChange): void => {
		const { status, conclusion, output, annotations = [], buttons } = change
		if (status !== undefined) run.status = status
		if (conclusion !== undefined) {
			run.status = 'completed'
			run.conclusion = conclusion
		}
		if (output !== undefined) {
			run.title = output.title
			run.summary = output.summary
		}
		run.notes.push(...annotations)
		run.annotations = run.notes.length
		if (buttons !== undefined) run.buttons = buttons.map(({ identifier }) => identifier)
	}
	const ref = (branch: string): string => `refs/heads/${branch}`
	const comment = (number: number, body: string, author: string, id = nextId++): Said => {
		talkAt(number)
		const added: Said = { id, talk: number, author, body, reactions: [] }
		said.push(added)
		return added
	}
	const encoded = (files: Readonly<Record<string, string>>) =>
		new Map(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)]))
	const people: MemoryPeople = {
		commit: (branch, files, { removed = [], onto } = {}) => {
			const parent = onto ?? refs.get(ref(branch)) ?? refs.get('refs/heads/main')
			const tree = changed(parent === undefined ? new Map() : filesOf(parent), encoded(files), removed)
			const id = putCommit(tree, parent === undefined ? [] : [parent], 'Change files', 'dana')
			moved(ref(branch), id)
			return id
		},
		head: (branch) => refs.get(ref(branch)),
		read: (branch, path) => {
			const head = refs.get(ref(branch))
			const file = head === undefined ? undefined : filesOf(head).get(path)
			return file === undefined ? undefined : utf8.decode(blobs.get(file.id))
		},
		deleteBranch: (branch) => moved(ref(branch), undefined),
		closePull: (number) => close(talkAt(number)),
		reopenPull: (number) => {
			talkAt(number).state = 'open'
		},
		editBody: (number, edit) => {
			const talk = talkAt(number)
			talk.body = edit(talk.body)
		},
		merge: (number, method = 'merge') => {
			const talk = talkAt(number)
			const { pull } = talk
			const base = refs.get(ref(pull?.base ?? ''))
			if (pull === undefined || base === undefined) throw new Error(`${number} cannot be merged`)
			const message =
				method === 'squash'
					? `${talk.title} (#${number})`
					: `Merge pull request #${number} from ${owner.split('/')[0]}/${pull.head}\n\n${talk.title}`
			const parents = method === 'squash' ? [base] : [base, pull.commit]
			pull.merged = true
			close(talk)
			moved(ref(pull.base), putCommit(mergedTree(base, pull.commit), parents, message, 'dana'))
		},
		openPull: (head, { fork = false } = {}) => {
			const commit = refs.get(ref(head)) ?? ''
			const repository = fork ? 'mallory/etl' : owner
			const pull = { head, commit, base: 'main', merged: false, repository }
			return addTalk({ title: 'By hand', body: '', author: fork ? 'mallory' : 'dana', pull }).number
		},
		comment: (number, body, { id, author = 'dana' } = {}) => comment(number, body, author, id).id,
		collaborator: (login, role) => roles.set(login, role),
	}
	people.commit('main', first)

	return {
		people,
		archive: () => {
			archived = true
		},
		filesAt: (commit) =>
			new Map([...filesOf(commit)].map(([path, { id }]) => [path, blobs.get(id) ?? new Uint8Array()])),
		state: () =>
			memoryState({ refs, commits, talks, said, runs, ancestors, filesOf, textOf: (id) => utf8.decode(blobs.get(id)) }),
		facts: async () => ({
			id: 1,
			fullName: owner,
			defaultBranch: 'main',
			archived,
			private: true,
			url: `https://forge.test/${owner}`,
		}),
		refs: async (prefix) =>
			new Map([...refs].filter(([name]) => name.startsWith(prefix)).sort(([left], [right]) => (left < right ? -1 : 1))),
		ref: async (name) => refs.get(name),
		commit: async (id) => commits.get(id),
		compare: async (base, head) => {
			const [left, right] = [refs.get(ref(base)) ?? base, refs.get(ref(head)) ?? head]
			return commits.has(left) && commits.has(right) ? comparison(left, right) : undefined
		},
		tree: async (id) => filesOf(id),
		blob: async (id) => {
			const bytes = blobs.get(id)
			if (bytes === undefined) throw new ForgeError('missing', `there is no blob ${id}`)
			return bytes
		},
		file: async (path, at) => {
			const id = filesOf(refs.get(ref(at)) ?? at).get(path)?.id
			return id === undefined ? undefined : blobs.get(id)
		},
		pullRequests: async ({ state, head, base }) =>
			pulls()
				.filter((talk) => state === 'all' || talk.state === state)
				.filter(
					({ pull }) => (head === undefined || pull?.head === head) && (base === undefined || pull?.base === base),
				)
				.map(toPull)
				.reverse(),
		pullRequest: async (number) => {
			const talk = talks.get(number)
			return talk?.pull === undefined ? undefined : toPull(talk)
		},
		issues: async ({ state, label }) =>
			[...talks.values()]
				.filter(({ pull }) => pull === undefined)
				.filter((talk) => state === 'all' || talk.state === state)
				.filter(({ labels }) => label === undefined || labels.has(label))
				.map(toIssue)
				.reverse(),
		comments: async (number) => said.filter(({ talk }) => talk === number).map(toComment),
		commentsSince: async () => said.map(toComment),
		checkRuns: async (commit, name) =>
			runs
				.filter((run) => run.commit === commit && run.name === name)
				.map(toRun)
				.reverse(),
		role: async (login) => roles.get(login) ?? 'none',

		writeTree: async ({ base, files, removed }) => changed(filesOf(base), files, removed),
		writeCommit: async ({ tree, parents, message }) => {
			for (const parent of parents) commitAt(parent)
			return putCommit(tree, parents, message, self)
		},
		createRef: async (name, to) => settle(name, undefined, to, false),
		moveRef: async (name, { from, to, rewrite = false }) => settle(name, from, to, rewrite),
		deleteRef: async (name, from) => (refs.has(name) ? settle(name, from, undefined, true) : 'done'),
		openPullRequest: async ({ title, body, head, base }) => {
			const known = pulls().find(
				({ state, pull }) => state === 'open' && pull?.head === head && pull.base === base && pull.repository === owner,
			)
			if (known !== undefined) return toPull(known)
			const [commit, onto] = [refs.get(ref(head)), refs.get(ref(base))]
			if (commit === undefined || onto === undefined || ancestors(onto).includes(commit))
				throw new ForgeError('invalid', `no commits between ${base} and ${head}`)
			const pull = { head, commit, base, merged: false, repository: owner }
			return toPull(addTalk({ title, body, author: self, pull }))
		},
		editPullRequest: async (number, { title, body, state }) => {
			const talk = talkAt(number)
			talk.title = title ?? talk.title
			talk.body = body ?? talk.body
			if (state === 'closed') close(talk)
			const head = talk.pull === undefined ? undefined : refs.get(ref(talk.pull.head))
			if (state === 'open' && talk.pull !== undefined && talk.state === 'closed') {
				if (head === undefined || talk.pull.merged) throw new ForgeError('invalid', 'state cannot be changed.')
				talk.pull.commit = head
				talk.state = 'open'
			}
			return toPull(talk)
		},
		writeComment: async (number, body) => toComment(comment(number, body, self)),
		editComment: async (id, body) => {
			const found = said.find((one) => one.id === id)
			if (found === undefined) throw new ForgeError('missing', `there is no comment ${id}`)
			found.body = body
		},
		deleteComment: async (id) => {
			const index = said.findIndex((one) => one.id === id)
			if (index >= 0) said.splice(index, 1)
		},
		react: async (id, reaction) => {
			const found = said.find((one) => one.id === id)
			const text = `${self} ${reaction}`
			if (found !== undefined && !found.reactions.includes(text)) found.reactions.push(text)
		},
		openIssue: async ({ title, body, labels }) => toIssue(addTalk({ title, body, author: self }, labels)),
		editIssue: async (number, { title, body, state }) => {
			const talk = talkAt(number)
			talk.title = title ?? talk.title
			talk.body = body ?? talk.body
			talk.state = state ?? talk.state
			return toIssue(talk)
		},
		addLabels: async (number, labels) => {
			for (const label of labels) talkAt(number).labels.add(label)
		},
		removeLabel: async (number, label) => {
			talkAt(number).labels.delete(label)
		},
		startCheck: async ({ name, commit, externalId, ...change }) => {
			commitAt(commit)
			const run: Run = {
				id: nextId++,
				name,
				commit,
				externalId,
				status: 'queued',
				conclusion: undefined,
				title: '',
				summary: '',
				annotations: 0,
				url: `https://forge.test/${owner}/runs`,
				notes: [],
				buttons: [],
			}
			changeRun(run, change)
			runs.push(run)
			return toRun(run)
		},
		updateCheck: async (id, change) => {
			const run = runs.find((one) => one.id === id)
			if (run === undefined) throw new ForgeError('missing', `there is no check run ${id}`)
			changeRun(run, change)
			return toRun(run)
		},
	}
}
