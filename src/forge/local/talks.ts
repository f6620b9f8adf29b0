/** Issues, comments, reactions and labels, each in a folder of its own. */
import { ForgeError } from '../error.ts'
import type { Comment, ForgeRepository, Issue } from '../repository.ts'
import type { RecordOf } from './records.ts'
import type { CommentState, IssueState, Store } from './store.ts'
import { titled, untitled } from './store.ts'

type Issues = Pick<ForgeRepository, 'issues' | 'openIssue' | 'editIssue' | 'addLabels' | 'removeLabel'>
type Comments = Pick<
	ForgeRepository,
	'comments' | 'commentsSince' | 'writeComment' | 'editComment' | 'deleteComment' | 'react'
>

export function localIssues({ issues, pulls }: Store, login: string): Issues {
	const toIssue = ({ id, state: { state, author, labels }, text }: RecordOf<IssueState>): Issue => ({
		number: id,
		state,
		...untitled(text),
		author,
		labels: labels.toSorted(),
		url: issues.folderOf(id),
	})
	const relabel = async (number: number, change: (labels: readonly string[]) => readonly string[]): Promise<void> => {
		const changed = <State extends { readonly labels: readonly string[] }>(record: RecordOf<State>) => ({
			...record,
			state: { ...record.state, labels: [...change(record.state.labels)] },
		})
		const [pull, issue] = [await pulls.get(number), await issues.get(number)]
		if (pull !== undefined) await pulls.put(changed(pull))
		else if (issue !== undefined) await issues.put(changed(issue))
		else throw new ForgeError('missing', `there is no issue or pull request ${number}`)
	}
	return {
		issues: async ({ state, label, author }) =>
			(await issues.all())
				.map(toIssue)
				.filter((issue) => state === 'all' || issue.state === state)
				.filter((issue) => label === undefined || issue.labels.includes(label))
				.filter((issue) => author === undefined || issue.author === author),
		openIssue: async ({ title, body, labels = [] }) =>
			toIssue(await issues.create({ state: 'open', author: login, labels: [...labels] }, titled(title, body))),
		editIssue: async (number, { title, body, state }) => {
			const record = await issues.get(number)
			if (record === undefined) throw new ForgeError('missing', `there is no issue ${number}`)
			const known = untitled(record.text)
			const next: RecordOf<IssueState> = {
				id: number,
				state: { ...record.state, state: state ?? record.state.state },
				text: titled(title ?? known.title, body ?? known.body),
			}
			await issues.put(next)
			return toIssue(next)
		},
		addLabels: (number, labels) => relabel(number, (known) => [...new Set([...known, ...labels])]),
		removeLabel: (number, label) => relabel(number, (known) => known.filter((one) => one !== label)),
	}
}

export function localComments({ comments }: Store, login: string): Comments {
	const toComment = ({ id, state: { author }, text }: RecordOf<CommentState>): Comment => ({
		id,
		body: text,
		author,
		url: comments.folderOf(id),
	})
	const oldestFirst = async () => (await comments.all()).toReversed()
	const at = async (id: number): Promise<RecordOf<CommentState>> => {
		const record = await comments.get(id)
		if (record === undefined) throw new ForgeError('missing', `there is no comment ${id}`)
		return record
	}
	return {
		comments: async (number) => (await oldestFirst()).filter(({ state }) => state.talk === number).map(toComment),
		commentsSince: async (time) =>
			(await oldestFirst()).filter(({ state }) => Date.parse(state.written) >= time.getTime()).map(toComment),
		writeComment: async (talk, body) => {
			const state = { talk, author: login, written: new Date().toISOString(), reactions: [] }
			return toComment(await comments.create(state, body))
		},
		editComment: async (id, body) => comments.put({ ...(await at(id)), text: body }),
		deleteComment: (id) => comments.remove(id),
		react: async (id, reaction) => {
			const record = await at(id)
			const reactions = [...new Set([...record.state.reactions, `${login} ${reaction}`])]
			await comments.put({ ...record, state: { ...record.state, reactions } })
		},
	}
}
