/**
 * The repository as a worker may use it. Before each write the worker proves that the lane is still its own, so that one
 * who was thought dead cannot spoil what its successor does; and no secret of this process leaves in a text.
 */
import { ForgeError } from '#forge/error.ts'
import type { Annotation, CheckChange, ForgeRepository } from '#forge/repository.ts'

export interface Guard {
	/** @throws Error where nothing may be written any more */
	readonly beforeWrite: () => Promise<void>
	/** The text without what only this process knows. */
	readonly clean: (text: string) => string
	/** Id of the repository that the work is for: another one may have its name by now. */
	readonly repository: number
}

export function guarded(inner: ForgeRepository, { beforeWrite, clean, repository }: Guard): ForgeRepository {
	const write = async <T>(step: () => Promise<T>): Promise<T> => {
		await beforeWrite()
		return step()
	}
	return {
		...inner,
		facts: async () => {
			const facts = await inner.facts()
			if (facts.id !== repository) throw new ForgeError('missing', `${facts.fullName} is another repository by now`)
			return facts
		},
		writeTree: (change) => write(() => inner.writeTree(change)),
		writeCommit: (commit) => write(() => inner.writeCommit({ ...commit, message: clean(commit.message) })),
		createRef: (ref, to) => write(() => inner.createRef(ref, to)),
		moveRef: (ref, move) => write(() => inner.moveRef(ref, move)),
		deleteRef: (ref, from) => write(() => inner.deleteRef(ref, from)),
		openPullRequest: (wanted) => write(() => inner.openPullRequest(cleanText(wanted, clean))),
		editPullRequest: (number, change) => write(() => inner.editPullRequest(number, cleanText(change, clean))),
		writeComment: (number, body) => write(() => inner.writeComment(number, clean(body))),
		editComment: (id, body) => write(() => inner.editComment(id, clean(body))),
		deleteComment: (id) => write(() => inner.deleteComment(id)),
		react: (comment, reaction) => write(() => inner.react(comment, reaction)),
		openIssue: (wanted) => write(() => inner.openIssue(cleanText(wanted, clean))),
		editIssue: (number, change) => write(() => inner.editIssue(number, cleanText(change, clean))),
		addLabels: (number, labels) => write(() => inner.addLabels(number, labels)),
		removeLabel: (number, label) => write(() => inner.removeLabel(number, label)),
		startCheck: (wanted) => write(() => inner.startCheck(cleanCheck(wanted, clean))),
		updateCheck: (id, change) => write(() => inner.updateCheck(id, cleanCheck(change, clean))),
	}
}

type Clean = Guard['clean']

function cleanText<T extends { readonly title?: string; readonly body?: string }>(text: T, clean: Clean): T {
	return {
		...text,
		...(text.title === undefined ? {} : { title: clean(text.title) }),
		...(text.body === undefined ? {} : { body: clean(text.body) }),
	}
}

function cleanCheck<T extends CheckChange>(change: T, clean: Clean): T {
	const { output, annotations } = change
	return {
		...change,
		...(output === undefined
			? {}
			: {
					output: {
						title: clean(output.title),
						summary: clean(output.summary),
						...(output.text === undefined ? {} : { text: clean(output.text) }),
					},
				}),
		...(annotations === undefined
			? {}
			: {
					annotations: annotations.map(
						(annotation): Annotation => ({ ...annotation, message: clean(annotation.message) }),
					),
				}),
	}
}
