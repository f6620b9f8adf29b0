import { roleOf } from '../access.ts'
import type { Comment, Issue, Label, Reaction, Repository, World } from '../state.ts'
import { renderLogin } from './actors.ts'
import { fullName, webUrl } from './repository.ts'

export function renderLabel(label: Label): Readonly<Record<string, unknown>> {
	return { id: label.id, name: label.name, color: label.color, description: label.description, default: false }
}

export function renderLabels(repository: Repository, issue: Issue): readonly unknown[] {
	return [...issue.labels].flatMap((name) => {
		const label = repository.labels.get(name.toLowerCase())
		return label === undefined ? [] : [renderLabel(label)]
	})
}

export function renderIssue(world: World, repository: Repository, issue: Issue): Readonly<Record<string, unknown>> {
	const kind = issue.pull === undefined ? 'issues' : 'pull'
	return {
		id: issue.id,
		number: issue.number,
		title: issue.title,
		body: issue.body,
		state: issue.state,
		locked: issue.locked,
		user: renderLogin(world, issue.author),
		labels: renderLabels(repository, issue),
		comments: [...repository.comments.values()].filter((comment) => comment.issue === issue.number).length,
		created_at: issue.created,
		updated_at: issue.updated,
		closed_at: issue.closed,
		html_url: `${webUrl(world, repository)}/${kind}/${issue.number}`,
		author_association: association(world, repository, issue.author),
		...(issue.pull === undefined
			? {}
			: { pull_request: { url: `${world.url}/repos/${fullName(repository)}/pulls/${issue.number}` } }),
	}
}

export function renderComment(
	world: World,
	repository: Repository,
	comment: Comment,
): Readonly<Record<string, unknown>> {
	return {
		id: comment.id,
		body: comment.body,
		user: renderLogin(world, comment.author),
		created_at: comment.created,
		updated_at: comment.updated,
		issue_url: `${world.url}/repos/${fullName(repository)}/issues/${comment.issue}`,
		html_url: `${webUrl(world, repository)}/issues/${comment.issue}#issuecomment-${comment.id}`,
		author_association: association(world, repository, comment.author),
	}
}

export function renderReaction(world: World, reaction: Reaction): Readonly<Record<string, unknown>> {
	return {
		id: reaction.id,
		user: renderLogin(world, reaction.author),
		content: reaction.content,
		created_at: reaction.created,
	}
}

/** Role names are not sent with events: this is all that GitHub says there. */
function association(world: World, repository: Repository, login: string): string {
	if (login.toLowerCase() === repository.owner.toLowerCase()) return 'OWNER'
	return repository.collaborators.has(login.toLowerCase()) && roleOf(world, repository, login) !== undefined
		? 'COLLABORATOR'
		: 'NONE'
}
