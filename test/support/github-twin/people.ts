/** What people do on GitHub, without a request of the App's being counted: commits, comments, buttons. */
import type { Endpoints } from '@octokit/types'
import { userNamed } from './access.ts'
import { writeBlob, writeCommit, writeTree } from './git-objects.ts'
import { readRef, setRef } from './git-refs.ts'
import type { Reply } from './operation.ts'
import { emitCheckRun } from './operations/checks.ts'
import { inTurn, refMoved } from './ref-moves.ts'
import type { Repository } from './state.ts'
import type { Twin } from './twin.ts'

export interface CommitOptions {
	readonly message?: string
	/** Branch to start from where `branch` does not exist. */
	readonly from?: string
	readonly removed?: readonly string[]
	/** Throws away what the branch had: a force-push. */
	readonly onto?: string
}

export interface Person {
	/** Any operation of the API, as this person, past faults, limits and journal. @throws Refusal */
	call<Route extends keyof Endpoints>(route: Route, input: Readonly<Record<string, unknown>>): Promise<Reply>
	/** Commits files and pushes them. @returns the commit */
	commit(
		repository: Repository,
		branch: string,
		files: Readonly<Record<string, string | Uint8Array>>,
		options?: CommitOptions,
	): Promise<string>
	deleteBranch(repository: Repository, branch: string): Promise<void>
	comment(repository: Repository, issue: number, body: string): Promise<void>
	merge(repository: Repository, number: number, method?: 'merge' | 'squash'): Promise<void>
	closePull(repository: Repository, number: number): Promise<void>
	/** Presses a button of a check run. */
	press(repository: Repository, checkRun: number, identifier: string): void
	rerun(repository: Repository, checkRun: number): void
}

export function as(twin: Twin, login: string): Person {
	const { world } = twin
	const user = userNamed(world, login)
	const identity = () => ({ name: user.login, email: user.email, date: world.clock.now() })
	const call = async (route: string, input: Readonly<Record<string, unknown>>): Promise<Reply> => {
		const operation = twin.operations.get(route)
		const repository = world.repositories.get(`${String(input['owner'])}/${String(input['repo'])}`.toLowerCase())
		if (operation === undefined || repository === undefined) throw new Error(`the twin has no ${route} there`)
		world.clock.tick()
		const actor = { kind: 'user', user, name: login } as const
		return operation.run({ world, actor, repository, login, identity: identity() }, input)
	}
	const on = (repository: Repository) => ({ owner: repository.owner, repo: repository.name })
	return {
		call,
		commit: (repository, branch, files, options = {}) =>
			inTurn(repository, async () => {
				const { folder } = repository
				const ref = `refs/heads/${branch}`
				const before = await readRef(folder, ref)
				const parent =
					options.onto ?? before ?? (await readRef(folder, `refs/heads/${options.from ?? repository.defaultBranch}`))
				const changes = []
				for (const [path, content] of Object.entries(files)) {
					changes.push({ path, mode: '100644', sha: await writeBlob(folder, content) })
				}
				for (const path of options.removed ?? []) changes.push({ path, mode: '100644', sha: null })
				world.clock.tick()
				const tree = await writeTree(folder, parent, changes)
				const message = options.message ?? 'Change files'
				const parents = parent === undefined ? [] : [parent]
				const after = await writeCommit(folder, { tree, parents, message, author: identity(), committer: identity() })
				await setRef(folder, ref, after)
				await refMoved(world, repository, { ref, before, after }, login)
				return after
			}),
		deleteBranch: async (repository, branch) => {
			await call('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...on(repository), ref: `heads/${branch}` })
		},
		comment: async (repository, issue, body) => {
			const input = { ...on(repository), issue_number: issue, body }
			await call('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', input)
		},
		merge: async (repository, number, method = 'merge') => {
			const input = { ...on(repository), pull_number: number, merge_method: method }
			await call('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', input)
		},
		closePull: async (repository, number) => {
			const input = { ...on(repository), pull_number: number, state: 'closed' }
			await call('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', input)
		},
		press: (repository, id, identifier) => {
			const run = repository.checkRuns.get(id)
			if (run?.actions.some((action) => action.identifier === identifier) !== true) {
				throw new Error(`check run ${id} has no button ${identifier}`)
			}
			world.clock.tick()
			emitCheckRun({ world, repository, login }, run, 'requested_action', { requested_action: { identifier } })
		},
		rerun: (repository, id) => {
			const run = repository.checkRuns.get(id)
			if (run === undefined) throw new Error(`there is no check run ${id}`)
			world.clock.tick()
			emitCheckRun({ world, repository, login }, run, 'rerequested')
		},
	}
}
