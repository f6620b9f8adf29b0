import { mergedTree } from '../git-refs.ts'
import type { Issue, Pull, Repository, World } from '../state.ts'
import { renderLogin } from './actors.ts'
import { renderIssue } from './issues.ts'
import { fullName, renderRepository, webUrl } from './repository.ts'

/** A pull request as lists and events show it. */
export function renderPull(
	world: World,
	repository: Repository,
	issue: Issue,
	pull: Pull,
): Readonly<Record<string, unknown>> {
	const head = [...world.repositories.values()].find(({ id }) => id === pull.headRepository)
	const { comments: _count, pull_request: _link, ...rest } = renderIssue(world, repository, issue)
	return {
		...rest,
		draft: pull.draft,
		merged_at: pull.merged,
		merge_commit_sha: pull.mergeCommit,
		head: {
			ref: pull.headBranch,
			sha: pull.headSha,
			label: `${head?.owner ?? 'unknown'}:${pull.headBranch}`,
			user: head === undefined ? null : renderLogin(world, head.owner),
			repo: head === undefined ? null : renderRepository(world, head),
		},
		base: {
			ref: pull.base,
			sha: pull.baseSha,
			label: `${repository.owner}:${pull.base}`,
			user: renderLogin(world, repository.owner),
			repo: renderRepository(world, repository),
		},
		url: `${world.url}/repos/${fullName(repository)}/pulls/${issue.number}`,
		html_url: `${webUrl(world, repository)}/pull/${issue.number}`,
	}
}

/** A pull request on its own, which also says whether it can be merged. */
export async function renderWholePull(
	world: World,
	repository: Repository,
	issue: Issue,
	pull: Pull,
): Promise<Readonly<Record<string, unknown>>> {
	const open = issue.state === 'open'
	const tree = open ? await mergedTree(repository.folder, pull.baseSha, pull.headSha) : undefined
	const comments = [...repository.comments.values()].filter((comment) => comment.issue === issue.number)
	return {
		...renderPull(world, repository, issue, pull),
		merged: pull.merged !== null,
		merged_by: pull.mergedBy === null ? null : renderLogin(world, pull.mergedBy),
		mergeable: open ? tree !== undefined : null,
		mergeable_state: open ? (tree === undefined ? 'dirty' : 'clean') : 'unknown',
		comments: comments.length,
	}
}
