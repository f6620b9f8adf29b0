import type { CommitObject } from '../git-objects.ts'
import { log } from '../git-objects.ts'
import type { Repository, World } from '../state.ts'
import { renderLogin } from './actors.ts'

export const fullName = (repository: Repository): string => `${repository.owner}/${repository.name}`

export const webUrl = (world: World, repository: Repository): string => `${world.url}/${fullName(repository)}`

export function renderRepository(world: World, repository: Repository): Readonly<Record<string, unknown>> {
	return {
		id: repository.id,
		name: repository.name,
		full_name: fullName(repository),
		owner: renderLogin(world, repository.owner),
		private: repository.private,
		fork: repository.forkOf !== undefined,
		archived: repository.archived,
		disabled: false,
		default_branch: repository.defaultBranch,
		html_url: webUrl(world, repository),
		url: `${world.url}/repos/${fullName(repository)}`,
		clone_url: `${webUrl(world, repository)}.git`,
	}
}

export function renderGitCommit(
	world: World,
	repository: Repository,
	commit: CommitObject,
): Readonly<Record<string, unknown>> {
	return {
		sha: commit.sha,
		message: commit.message,
		tree: { sha: commit.tree },
		parents: commit.parents.map((sha) => ({ sha })),
		author: commit.author,
		committer: commit.committer,
		html_url: `${webUrl(world, repository)}/commit/${commit.sha}`,
		verification: { verified: false, reason: 'unsigned', signature: null, payload: null },
	}
}

/** A commit as lists show it: with the accounts that the addresses belong to. */
export function renderCommit(
	world: World,
	repository: Repository,
	commit: CommitObject,
): Readonly<Record<string, unknown>> {
	const account = (email: string) => {
		const user = [...world.users.values()].find((known) => known.email === email)
		return user === undefined ? null : renderLogin(world, user.login)
	}
	return {
		sha: commit.sha,
		commit: {
			message: commit.message,
			tree: { sha: commit.tree },
			author: commit.author,
			committer: commit.committer,
		},
		author: account(commit.author.email),
		committer: account(commit.committer.email),
		parents: commit.parents.map((sha) => ({ sha })),
		html_url: `${webUrl(world, repository)}/commit/${commit.sha}`,
	}
}

/** The commits of a push, as its webhook lists them: oldest first, at most 2048. */
export async function renderPushedCommits(repository: Repository, range: readonly string[]) {
	const commits = await log(repository.folder, ['-2048', '--reverse', ...range])
	return commits.map(({ sha, tree, message, author, committer }) => ({
		id: sha,
		tree_id: tree,
		message,
		timestamp: committer.date,
		author: { name: author.name, email: author.email },
		committer: { name: committer.name, email: committer.email },
	}))
}
