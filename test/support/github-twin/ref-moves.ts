/** What follows when a ref has moved, whether through the API or through git: pull requests and events. */
import { git } from './git.ts'
import { log } from './git-objects.ts'
import { isAncestor, readRef } from './git-refs.ts'
import { renderLogin } from './render/actors.ts'
import { renderPull } from './render/pulls.ts'
import { renderPushedCommits } from './render/repository.ts'
import type { Issue, Pull, Repository, World } from './state.ts'

const noCommit = '0'.repeat(40)

export interface RefMove {
	readonly ref: string
	readonly before: string | undefined
	readonly after: string | undefined
}

/** Work on a repository's refs, one piece after the other. */
export function inTurn<T>(repository: Repository, work: () => Promise<T>): Promise<T> {
	const result = repository.turn.then(work, work)
	repository.turn = result.catch(() => undefined)
	return result
}

export async function refMoved(world: World, repository: Repository, move: RefMove, login: string): Promise<void> {
	if (move.before === move.after) return
	await emitPush(world, repository, move, login)
	if (!move.ref.startsWith('refs/heads/')) return
	const branch = move.ref.slice('refs/heads/'.length)
	const touched = pullsOfBranch(world, repository, branch)
	for (const { owner, issue, pull } of touched.heads) {
		if (owner !== repository && move.after !== undefined)
			await git(owner.folder, ['fetch', '-q', repository.folder, move.ref])
		await headMoved(world, owner, issue, pull, move, login)
	}
	for (const { issue, pull } of touched.bases) {
		if (move.after === undefined) close(world, repository, issue, pull, login)
		else {
			pull.baseSha = move.after
			if (await isAncestor(repository.folder, pull.headSha, move.after))
				merged(world, repository, issue, pull, login, move.after)
		}
	}
}

/** GitHub sends no push event for refs that are neither branches nor tags, such as `refs/reglue/…`. */
async function emitPush(world: World, repository: Repository, move: RefMove, login: string): Promise<void> {
	if (!/^refs\/(heads|tags)\//.test(move.ref)) return
	const { folder } = repository
	const range =
		move.after === undefined
			? undefined
			: move.before === undefined
				? ['-1', move.after]
				: [`${move.before}..${move.after}`]
	const commits = range === undefined ? [] : await renderPushedCommits(repository, range)
	const forced =
		move.before !== undefined && move.after !== undefined && !(await isAncestor(folder, move.before, move.after))
	const [tip] = move.after === undefined ? [] : await log(folder, ['-1', move.after])
	world.emit({
		name: 'push',
		action: undefined,
		repository,
		sender: login,
		payload: {
			ref: move.ref,
			before: move.before ?? noCommit,
			after: move.after ?? noCommit,
			created: move.before === undefined,
			deleted: move.after === undefined,
			forced,
			base_ref: null,
			commits,
			head_commit:
				tip === undefined ? null : (commits.at(-1) ?? { id: tip.sha, tree_id: tip.tree, message: tip.message }),
			pusher: { name: login },
		},
	})
}

function pullsOfBranch(world: World, repository: Repository, branch: string) {
	const heads: { readonly owner: Repository; readonly issue: Issue; readonly pull: Pull }[] = []
	const bases: { readonly issue: Issue; readonly pull: Pull }[] = []
	for (const owner of world.repositories.values()) {
		for (const issue of owner.issues.values()) {
			const { pull } = issue
			if (pull === undefined || issue.state === 'closed') continue
			if (pull.headRepository === repository.id && pull.headBranch === branch) heads.push({ owner, issue, pull })
			if (owner === repository && pull.base === branch) bases.push({ issue, pull })
		}
	}
	return { heads, bases }
}

async function headMoved(
	world: World,
	repository: Repository,
	issue: Issue,
	pull: Pull,
	move: RefMove,
	login: string,
): Promise<void> {
	if (move.after === undefined) {
		close(world, repository, issue, pull, login)
		return
	}
	pull.headSha = move.after
	issue.updated = world.clock.now()
	emitPull(world, repository, issue, pull, 'synchronize', login, { before: move.before, after: move.after })
	const base = await readRef(repository.folder, `refs/heads/${pull.base}`)
	// GitHub closes a pull request whose branch has nothing that the base has not.
	if (base !== undefined && (await isAncestor(repository.folder, move.after, base)))
		close(world, repository, issue, pull, login)
}

export function close(world: World, repository: Repository, issue: Issue, pull: Pull | undefined, login: string): void {
	issue.state = 'closed'
	issue.closed = world.clock.now()
	issue.updated = issue.closed
	if (pull !== undefined) emitPull(world, repository, issue, pull, 'closed', login)
}

export function merged(
	world: World,
	repository: Repository,
	issue: Issue,
	pull: Pull,
	login: string,
	commit: string,
): void {
	pull.merged = world.clock.now()
	pull.mergeCommit = commit
	pull.mergedBy = login
	close(world, repository, issue, pull, login)
}

export function emitPull(
	world: World,
	repository: Repository,
	issue: Issue,
	pull: Pull,
	action: string,
	login: string,
	more: Readonly<Record<string, unknown>> = {},
): void {
	world.emit({
		name: 'pull_request',
		action,
		repository,
		sender: login,
		payload: {
			number: issue.number,
			pull_request: {
				...renderPull(world, repository, issue, pull),
				merged: pull.merged !== null,
				merged_by: pull.mergedBy === null ? null : renderLogin(world, pull.mergedBy),
			},
			...more,
		},
	})
}
