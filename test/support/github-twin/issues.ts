/** Changes of issues and pull requests that operations and people share. */
import type { Call } from './operation.ts'
import { emitPull } from './ref-moves.ts'
import { invalid, notFound } from './refusal.ts'
import { renderComment, renderIssue, renderLabel } from './render/issues.ts'
import type { Comment, Issue, Label, Pull, Repository } from './state.ts'

/** GitHub refuses longer bodies. */
const longestBody = 65_536

export function issueNumbered(repository: Repository, number: number): Issue {
	const issue = repository.issues.get(number)
	if (issue === undefined) throw notFound()
	return issue
}

export function checkBody(resource: string, body: string | null | undefined): void {
	if (body !== undefined && body !== null && body.length > longestBody) {
		throw invalid(resource, 'body', 'custom', `body is too long (maximum is ${longestBody} characters)`)
	}
}

export function addIssue(
	{ world, repository, login }: Call,
	title: string,
	body: string | null,
	pull: Pull | undefined,
): Issue {
	const issue: Issue = {
		id: world.ids.next++,
		number: repository.issues.size + 1,
		author: login,
		title,
		body,
		state: 'open',
		labels: new Set(),
		locked: false,
		created: world.clock.now(),
		updated: world.clock.now(),
		closed: null,
		pull,
	}
	repository.issues.set(issue.number, issue)
	return issue
}

export function emitIssue({ world, repository, login }: Call, issue: Issue, action: string): void {
	const payload = { issue: renderIssue(world, repository, issue) }
	world.emit({ name: 'issues', action, repository, sender: login, payload })
}

export function emitComment({ world, repository, login }: Call, issue: Issue, comment: Comment, action: string): void {
	const payload = {
		issue: renderIssue(world, repository, issue),
		comment: renderComment(world, repository, comment),
	}
	world.emit({ name: 'issue_comment', action, repository, sender: login, payload })
}

/** The label of that name, made when a label is put on something for the first time, as GitHub does. */
export function labelNamed({ world, repository }: Call, name: string): Label {
	const known = repository.labels.get(name.toLowerCase())
	if (known !== undefined) return known
	const label: Label = { id: world.ids.next++, name, color: 'ededed', description: null }
	repository.labels.set(name.toLowerCase(), label)
	return label
}

export function emitLabeled(call: Call, issue: Issue, label: Label, action: 'labeled' | 'unlabeled'): void {
	const { world, repository, login } = call
	if (issue.pull === undefined) {
		const payload = { issue: renderIssue(world, repository, issue), label: renderLabel(label) }
		world.emit({ name: 'issues', action, repository, sender: login, payload })
	} else emitPull(world, repository, issue, issue.pull, action, login, { label: renderLabel(label) })
}
