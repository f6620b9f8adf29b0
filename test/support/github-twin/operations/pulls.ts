import { git } from '../git.ts'
import { log, readCommit, writeCommit } from '../git-objects.ts'
import { changedFiles, mergeBase, mergedTree, readRef, setRef } from '../git-refs.ts'
import { addIssue, checkBody, issueNumbered } from '../issues.ts'
import type { Call } from '../operation.ts'
import { created, ok, operation, page, reads, writes } from '../operation.ts'
import { close, emitPull, inTurn, merged, refMoved } from '../ref-moves.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { renderPull, renderWholePull } from '../render/pulls.ts'
import { renderCommit } from '../render/repository.ts'
import type { Issue, Pull, Repository } from '../state.ts'
import { renderChange } from './contents.ts'
import { checkProtection } from './refs.ts'

export const pullOperations = [
	operation('GET /repos/{owner}/{repo}/pulls', reads('pull_requests'), (call, input) => {
		const { repository, world } = call
		const state = input.state ?? 'open'
		const up = input.direction === 'asc'
		const found = [...repository.issues.values()].flatMap((issue) => {
			const { pull } = issue
			if (pull === undefined || (state !== 'all' && issue.state !== state)) return []
			if (input.base !== undefined && pull.base !== input.base) return []
			if (input.head !== undefined && headLabel(call, pull) !== input.head) return []
			return [renderPull(world, repository, issue, pull)]
		})
		return page(up ? found : found.reverse())
	}),

	operation('POST /repos/{owner}/{repo}/pulls', writes('pull_requests'), async (call, input) => {
		const { repository, world } = call
		if (call.actor.kind === 'installation' && !repository.mayOpenPullRequests) {
			throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.')
		}
		checkBody('PullRequest', input.body)
		const head = await headOf(call, input.head)
		const baseSha = await readRef(repository.folder, `refs/heads/${input.base}`)
		if (head === undefined) throw invalid('PullRequest', 'head', 'invalid')
		if (baseSha === undefined) throw invalid('PullRequest', 'base', 'invalid')
		const twin = [...repository.issues.values()].find(
			({ state, pull }) =>
				state === 'open' &&
				pull?.headRepository === head.repository.id &&
				pull.headBranch === head.branch &&
				pull.base === input.base,
		)
		if (twin !== undefined) {
			const message = `A pull request already exists for ${head.repository.owner}:${head.branch}.`
			throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }])
		}
		if (head.repository !== repository) await git(repository.folder, ['fetch', '-q', head.repository.folder, head.sha])
		if ((await git(repository.folder, ['rev-list', '--count', `${baseSha}..${head.sha}`])) === '0') {
			const message = `No commits between ${input.base} and ${input.head}`
			throw new Refusal(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }])
		}
		const pull: Pull = {
			headRepository: head.repository.id,
			headBranch: head.branch,
			headSha: head.sha,
			base: input.base,
			baseSha,
			merged: null,
			mergeCommit: null,
			mergedBy: null,
			draft: input.draft ?? false,
		}
		const issue = addIssue(call, input.title ?? '', input.body ?? null, pull)
		emitPull(world, repository, issue, pull, 'opened', call.login)
		return created(await renderWholePull(world, repository, issue, pull))
	}),

	operation('GET /repos/{owner}/{repo}/pulls/{pull_number}', reads('pull_requests'), async (call, input) => {
		const { issue, pull } = pullNumbered(call.repository, input.pull_number)
		return ok(await renderWholePull(call.world, call.repository, issue, pull))
	}),

	operation('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', writes('pull_requests'), async (call, input) => {
		const { repository, world, login } = call
		const { issue, pull } = pullNumbered(repository, input.pull_number)
		checkBody('PullRequest', input.body)
		if (input.base !== undefined && input.base !== pull.base) {
			const sha = await readRef(repository.folder, `refs/heads/${input.base}`)
			if (sha === undefined) throw invalid('PullRequest', 'base', 'invalid')
			pull.base = input.base
			pull.baseSha = sha
		}
		const edited = (input.title ?? issue.title) !== issue.title || (input.body ?? issue.body) !== issue.body
		issue.title = input.title ?? issue.title
		issue.body = input.body ?? issue.body
		issue.updated = world.clock.now()
		if (edited) emitPull(world, repository, issue, pull, 'edited', login)
		if (input.state === 'closed' && issue.state === 'open') close(world, repository, issue, pull, login)
		if (input.state === 'open' && issue.state === 'closed') await reopen(call, issue, pull)
		return ok(await renderWholePull(world, repository, issue, pull))
	}),

	operation('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', reads('pull_requests'), async (call, input) => {
		const { pull } = pullNumbered(call.repository, input.pull_number)
		const commits = await log(call.repository.folder, ['--reverse', `${pull.baseSha}..${pull.headSha}`])
		// GitHub shows at most 250 here, whatever the page.
		return page(commits.slice(0, 250).map((commit) => renderCommit(call.world, call.repository, commit)))
	}),

	operation('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', reads('pull_requests'), async (call, input) => {
		const { pull } = pullNumbered(call.repository, input.pull_number)
		const { folder } = call.repository
		const base = (await mergeBase(folder, pull.baseSha, pull.headSha)) ?? pull.baseSha
		return page((await changedFiles(folder, base, pull.headSha)).slice(0, 3000).map(renderChange))
	}),

	operation('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', writes('contents'), (call, input) =>
		inTurn(call.repository, async () => {
			const { issue, pull } = pullNumbered(call.repository, input.pull_number)
			if (issue.state === 'closed') throw new Refusal(405, 'Pull Request is not mergeable')
			if (input.sha !== undefined && input.sha !== pull.headSha) {
				throw new Refusal(409, 'Head branch was modified. Review and try the merge again.')
			}
			const sha = await merge(call, issue, pull, input.merge_method ?? 'merge')
			return ok({ sha, merged: true, message: 'Pull Request successfully merged' })
		}),
	),
]

function pullNumbered(repository: Repository, number: number): { readonly issue: Issue; readonly pull: Pull } {
	const issue = issueNumbered(repository, number)
	if (issue.pull === undefined) throw notFound()
	return { issue, pull: issue.pull }
}

function headLabel({ world }: Call, pull: Pull): string {
	const head = [...world.repositories.values()].find(({ id }) => id === pull.headRepository)
	return `${head?.owner ?? ''}:${pull.headBranch}`
}

/** `branch`, or `owner:branch` in this repository or a fork of it. */
async function headOf({ world, repository }: Call, label: string) {
	const colon = label.indexOf(':')
	const owner = colon < 0 ? repository.owner : label.slice(0, colon)
	const branch = label.slice(colon + 1)
	const home = [...world.repositories.values()].find(
		(known) =>
			known.owner.toLowerCase() === owner.toLowerCase() && (known === repository || known.forkOf === repository.id),
	)
	const sha = home === undefined ? undefined : await readRef(home.folder, `refs/heads/${branch}`)
	return home === undefined || sha === undefined ? undefined : { repository: home, branch, sha }
}

async function reopen({ world, repository, login }: Call, issue: Issue, pull: Pull): Promise<void> {
	const home = [...world.repositories.values()].find(({ id }) => id === pull.headRepository)
	const sha = home === undefined ? undefined : await readRef(home.folder, `refs/heads/${pull.headBranch}`)
	if (sha === undefined || pull.merged !== null)
		throw invalid('PullRequest', 'state', 'custom', 'state cannot be changed.')
	pull.headSha = sha
	issue.state = 'open'
	issue.closed = null
	emitPull(world, repository, issue, pull, 'reopened', login)
}

async function merge(call: Call, issue: Issue, pull: Pull, method: string): Promise<string> {
	const { world, repository, login, identity } = call
	const ref = `refs/heads/${pull.base}`
	checkProtection(call, ref)
	const tree = await mergedTree(repository.folder, pull.baseSha, pull.headSha)
	if (tree === undefined) throw new Refusal(405, 'Pull Request is not mergeable')
	const squash = method === 'squash'
	const before = pull.baseSha
	const message = squash
		? `${issue.title} (#${issue.number})`
		: `Merge pull request #${issue.number} from ${headLabel(call, pull).replace(':', '/')}\n\n${issue.title}`
	const parents = squash ? [before] : [before, pull.headSha]
	const after = await writeCommit(repository.folder, { tree, parents, message, author: identity, committer: identity })
	await readCommit(repository.folder, after)
	await setRef(repository.folder, ref, after)
	merged(world, repository, issue, pull, login, after)
	await refMoved(world, repository, { ref, before, after }, login)
	return after
}
