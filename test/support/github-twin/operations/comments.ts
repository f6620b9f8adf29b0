import { atLeast, roleOf } from '../access.ts'
import { checkBody, emitComment, issueNumbered } from '../issues.ts'
import type { Call } from '../operation.ts'
import { created, nothing, ok, operation, page, reads, writes } from '../operation.ts'
import { notFound, Refusal } from '../refusal.ts'
import { renderComment, renderReaction } from '../render/issues.ts'
import type { Comment, Repository } from '../state.ts'

export const commentOperations = [
	operation(
		'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
		reads('issues', 'pull_requests'),
		(call, input) => {
			const { world, repository } = call
			const { number } = issueNumbered(repository, input.issue_number)
			const comments = [...repository.comments.values()].filter(({ issue }) => issue === number)
			return page(comments.map((comment) => renderComment(world, repository, comment)))
		},
	),

	// Of issues and pull requests alike; `since` is about the last change.
	operation('GET /repos/{owner}/{repo}/issues/comments', reads('issues', 'pull_requests'), (call, input) => {
		const { world, repository } = call
		const since = Date.parse(input.since ?? '1970-01-01T00:00:00Z')
		const comments = [...repository.comments.values()].filter(({ updated }) => Date.parse(updated) >= since)
		return page(comments.map((comment) => renderComment(world, repository, comment)))
	}),

	// Anybody who can see a repository may comment in it; Apps need the permission.
	operation(
		'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const { world, repository, login } = call
			const issue = issueNumbered(repository, input.issue_number)
			checkBody('IssueComment', input.body)
			if (issue.locked && !atLeast(roleOf(world, repository, login), 'write')) {
				throw new Refusal(403, 'Unable to create comment because issue is locked.')
			}
			const comment: Comment = {
				id: world.ids.next++,
				issue: issue.number,
				author: login,
				body: input.body,
				created: world.clock.now(),
				updated: world.clock.now(),
				reactions: new Map(),
			}
			repository.comments.set(comment.id, comment)
			issue.updated = comment.created
			emitComment(call, issue, comment, 'created')
			return created(renderComment(world, repository, comment))
		},
	),

	operation('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', reads('issues', 'pull_requests'), (call, input) =>
		ok(renderComment(call.world, call.repository, commentOf(call.repository, Number(input.comment_id)))),
	),

	operation(
		'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const comment = commentOf(call.repository, Number(input.comment_id))
			checkBody('IssueComment', input.body)
			checkAuthor(call, comment)
			comment.body = input.body
			comment.updated = call.world.clock.now()
			emitComment(call, issueNumbered(call.repository, comment.issue), comment, 'edited')
			return ok(renderComment(call.world, call.repository, comment))
		},
	),

	operation(
		'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const comment = commentOf(call.repository, Number(input.comment_id))
			checkAuthor(call, comment)
			call.repository.comments.delete(comment.id)
			emitComment(call, issueNumbered(call.repository, comment.issue), comment, 'deleted')
			return nothing
		},
	),

	operation(
		'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
		reads('issues', 'pull_requests'),
		(call, input) => {
			const reactions = [...commentOf(call.repository, Number(input.comment_id)).reactions.values()]
			const wanted = reactions.filter(({ content }) => input.content === undefined || content === input.content)
			return page(wanted.map((reaction) => renderReaction(call.world, reaction)))
		},
	),

	operation(
		'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const { world, login } = call
			const { reactions } = commentOf(call.repository, Number(input.comment_id))
			const same = [...reactions.values()].find(({ author, content }) => author === login && content === input.content)
			if (same !== undefined) return ok(renderReaction(world, same))
			const reaction = { id: world.ids.next++, author: login, content: input.content, created: world.clock.now() }
			reactions.set(reaction.id, reaction)
			return created(renderReaction(world, reaction))
		},
	),

	operation(
		'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const { reactions } = commentOf(call.repository, Number(input.comment_id))
			if (reactions.get(input.reaction_id)?.author !== call.login) throw notFound()
			reactions.delete(input.reaction_id)
			return nothing
		},
	),
]

function commentOf(repository: Repository, id: number): Comment {
	const comment = repository.comments.get(id)
	if (comment === undefined) throw notFound()
	return comment
}

/** An App may change its own comments only; people with write access may change anybody's. */
function checkAuthor({ world, repository, login, actor }: Call, comment: Comment): void {
	if (comment.author === login) return
	if (actor.kind === 'installation') return
	if (!atLeast(roleOf(world, repository, login), 'write'))
		throw new Refusal(403, 'Must have admin rights to Repository.')
}
