import { addIssue, checkBody, emitIssue, emitLabeled, issueNumbered, labelNamed } from '../issues.ts'
import { created, ok, operation, page, reads, writes } from '../operation.ts'
import { close } from '../ref-moves.ts'
import { invalid, Refusal } from '../refusal.ts'
import { renderIssue, renderLabel, renderLabels } from '../render/issues.ts'
import type { Label } from '../state.ts'

export const issueOperations = [
	operation('GET /repos/{owner}/{repo}/issues', reads('issues'), ({ world, repository }, input) => {
		const state = input.state ?? 'open'
		const labels = (input.labels ?? '').toLowerCase().split(',').filter(Boolean)
		const found = [...repository.issues.values()].filter(
			(issue) =>
				(state === 'all' || issue.state === state) &&
				(input.creator === undefined || issue.author === input.creator) &&
				labels.every((label) => [...issue.labels].some((name) => name.toLowerCase() === label)),
		)
		const shown = found.map((issue) => renderIssue(world, repository, issue))
		return page(input.direction === 'asc' ? shown : shown.reverse())
	}),

	operation('POST /repos/{owner}/{repo}/issues', writes('issues'), (call, input) => {
		checkBody('Issue', input.body)
		const issue = addIssue(call, String(input.title), input.body ?? null, undefined)
		for (const label of input.labels ?? []) {
			const name = typeof label === 'string' ? label : label.name
			if (name !== undefined) issue.labels.add(labelNamed(call, name).name)
		}
		emitIssue(call, issue, 'opened')
		return created(renderIssue(call.world, call.repository, issue))
	}),

	operation('GET /repos/{owner}/{repo}/issues/{issue_number}', reads('issues', 'pull_requests'), (call, input) =>
		ok(renderIssue(call.world, call.repository, issueNumbered(call.repository, input.issue_number))),
	),

	operation('PATCH /repos/{owner}/{repo}/issues/{issue_number}', writes('issues', 'pull_requests'), (call, input) => {
		const { world, repository, login } = call
		const issue = issueNumbered(repository, input.issue_number)
		checkBody('Issue', input.body)
		const title = input.title === undefined || input.title === null ? issue.title : String(input.title)
		const edited = title !== issue.title || (input.body ?? issue.body) !== issue.body
		issue.title = title
		issue.body = input.body ?? issue.body
		issue.updated = world.clock.now()
		if (edited) emitIssue(call, issue, 'edited')
		if (input.state !== undefined && input.state !== issue.state) {
			if (input.state === 'closed') close(world, repository, issue, issue.pull, login)
			else {
				issue.state = 'open'
				issue.closed = null
			}
			emitIssue(call, issue, input.state === 'closed' ? 'closed' : 'reopened')
		}
		return ok(renderIssue(world, repository, issue))
	}),

	operation('GET /repos/{owner}/{repo}/issues/{issue_number}/labels', reads('issues', 'pull_requests'), (call, input) =>
		page(renderLabels(call.repository, issueNumbered(call.repository, input.issue_number))),
	),

	operation(
		'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const issue = issueNumbered(call.repository, input.issue_number)
			for (const item of input.labels ?? []) {
				const label = labelNamed(call, typeof item === 'string' ? item : (item.name ?? ''))
				if (issue.labels.has(label.name)) continue
				issue.labels.add(label.name)
				emitLabeled(call, issue, label, 'labeled')
			}
			return ok(renderLabels(call.repository, issue))
		},
	),

	operation(
		'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
		writes('issues', 'pull_requests'),
		(call, input) => {
			const issue = issueNumbered(call.repository, input.issue_number)
			const label = call.repository.labels.get(input.name.toLowerCase())
			if (label === undefined || !issue.labels.delete(label.name)) throw new Refusal(404, 'Label does not exist')
			emitLabeled(call, issue, label, 'unlabeled')
			return ok(renderLabels(call.repository, issue))
		},
	),

	operation('GET /repos/{owner}/{repo}/labels', reads('issues', 'pull_requests'), ({ repository }) =>
		page([...repository.labels.values()].map(renderLabel)),
	),

	operation('POST /repos/{owner}/{repo}/labels', writes('issues', 'pull_requests'), ({ world, repository }, input) => {
		if (repository.labels.has(input.name.toLowerCase())) throw invalid('Label', 'name', 'already_exists')
		const label: Label = {
			id: world.ids.next++,
			name: input.name,
			color: input.color ?? 'ededed',
			description: input.description ?? null,
		}
		repository.labels.set(input.name.toLowerCase(), label)
		return created(renderLabel(label))
	}),
]
