/** Issues, comments, reactions and labels. */
import { isForgeError } from '../error.ts'
import type { Comment, ForgeRepository, Issue } from '../repository.ts'
import { certain, repeatable } from './certain.ts'
import type { Place } from './place.ts'
import { everyPage } from './place.ts'

type Issues = Pick<ForgeRepository, 'issues' | 'openIssue' | 'editIssue' | 'addLabels' | 'removeLabel'>
type Comments = Pick<
	ForgeRepository,
	'comments' | 'commentsSince' | 'writeComment' | 'editComment' | 'deleteComment' | 'react'
>

export function gitHubIssues({ client, owner, repo, login }: Place): Issues {
	const at = { owner, repo }
	const list: Issues['issues'] = async ({ state, label, author }) => {
		const chosen = {
			...(label === undefined ? {} : { labels: label }),
			...(author === undefined ? {} : { creator: author }),
		}
		const filter = { ...at, state, per_page: 100, ...chosen }
		const found = await everyPage(client.paginate.iterator(client.rest.issues.listForRepo, filter))
		return found.filter(({ pull_request }) => pull_request === undefined).map(toIssue)
	}
	return {
		issues: list,
		openIssue: ({ title, body, labels = [] }) =>
			certain(
				async () => toIssue((await client.rest.issues.create({ ...at, title, body, labels: [...labels] })).data),
				async () => (await list({ state: 'open' })).find((issue) => issue.author === login && issue.title === title),
			),
		editIssue: async (number, change) => {
			const { data } = await repeatable(() => client.rest.issues.update({ ...at, issue_number: number, ...change }))
			return toIssue(data)
		},
		addLabels: async (number, labels) => {
			if (labels.length === 0) return
			await repeatable(() => client.rest.issues.addLabels({ ...at, issue_number: number, labels: [...labels] }))
		},
		removeLabel: (number, name) =>
			unlessGone(() => client.rest.issues.removeLabel({ ...at, issue_number: number, name })),
	}
}

export function gitHubComments({ client, owner, repo, login }: Place): Comments {
	const at = { owner, repo }
	const list = async (number: number): Promise<readonly Comment[]> => {
		const wanted = { ...at, issue_number: number, per_page: 100 }
		return (await everyPage(client.paginate.iterator(client.rest.issues.listComments, wanted))).map(toComment)
	}
	return {
		comments: list,
		commentsSince: async (time) => {
			// GitHub filters by the last change: older comments that were edited since come along.
			const wanted = { ...at, since: time.toISOString(), per_page: 100 }
			const found = await everyPage(client.paginate.iterator(client.rest.issues.listCommentsForRepo, wanted))
			return found.filter(({ created_at }) => Date.parse(created_at) >= time.getTime()).map(toComment)
		},
		writeComment: (number, body) =>
			certain(
				async () => toComment((await client.rest.issues.createComment({ ...at, issue_number: number, body })).data),
				async () => (await list(number)).findLast((comment) => comment.author === login && comment.body === body),
			),
		editComment: async (id, body) => {
			await repeatable(() => client.rest.issues.updateComment({ ...at, comment_id: id, body }))
		},
		deleteComment: (id) => unlessGone(() => client.rest.issues.deleteComment({ ...at, comment_id: id })),
		react: async (comment, content) => {
			await repeatable(() => client.rest.reactions.createForIssueComment({ ...at, comment_id: comment, content }))
		},
	}
}

/** A removal that finds nothing to remove has reached its end. */
async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
	try {
		await repeatable(remove)
	} catch (error) {
		if (!isForgeError(error, 'missing')) throw error
	}
}

interface RawIssue {
	readonly number: number
	readonly state: string
	readonly title: string
	readonly body?: string | null
	readonly user: { readonly login: string } | null
	readonly labels: readonly (string | { readonly name?: string })[]
	readonly html_url: string
}

function toIssue(raw: RawIssue): Issue {
	return {
		number: raw.number,
		state: raw.state === 'open' ? 'open' : 'closed',
		title: raw.title,
		body: raw.body ?? '',
		author: raw.user?.login ?? 'ghost',
		labels: raw.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
		url: raw.html_url,
	}
}

function toComment(raw: {
	readonly id: number | bigint
	readonly body?: string
	readonly user: { readonly login: string } | null
	readonly html_url: string
}): Comment {
	return { id: Number(raw.id), body: raw.body ?? '', author: raw.user?.login ?? 'ghost', url: raw.html_url }
}
