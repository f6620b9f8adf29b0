/**
 * The text of a pull request in the room that there is. What has none is in a report beside it: a file in a commit that a
 * ref of its own keeps, since nothing that hangs on a run is ever committed to a branch.
 */
import type { ForgeRepository } from '#forge/repository.ts'
import { longestBody } from '#publish/body.ts'
import { reportRef } from '#publish/branches.ts'
import { lengthBeside } from '#publish/own-section.ts'
import type { PullRequestNotes, PullRequestText } from '#publish/pull-request.ts'

const reportFile = 'reglue-report.md'

export interface TextPlace {
	readonly part: string
	/** A commit whose files the report's commit has, too. */
	readonly commit: string
	/** The body as it is. */
	readonly existing: string
}

export async function fittedText(
	repository: ForgeRepository,
	{ part, commit, existing }: TextPlace,
	make: (more: Pick<PullRequestNotes, 'room' | 'report'>) => PullRequestText,
): Promise<PullRequestText> {
	const room = longestBody - lengthBeside(existing)
	const text = make({ room })
	if (text.whole === undefined) return text
	const kept = await keepReport(repository, part, commit, `# ${text.title}\n\n${text.whole}`)
	const { url } = await repository.facts()
	const report = /^https?:/.test(url)
		? `[the report](${url}/blob/${kept}/${reportFile})`
		: `the report: \`git show ${kept}:${reportFile}\``
	return make({ room, report })
}

/** The same text keeps its commit. */
async function keepReport(repository: ForgeRepository, part: string, at: string, text: string): Promise<string> {
	const ref = reportRef(part)
	const from = await repository.ref(ref)
	const known = from === undefined ? undefined : await repository.file(reportFile, from)
	if (from !== undefined && known !== undefined && new TextDecoder().decode(known) === text) return from
	const base = (await repository.commit(at))?.tree ?? at
	const files = new Map([[reportFile, new TextEncoder().encode(text)]])
	const tree = await repository.writeTree({ base, files, removed: [] })
	const to = await repository.writeCommit({ tree, parents: [], message: `Report of ${part}` })
	await (from === undefined ? repository.createRef(ref, to) : repository.moveRef(ref, { from, to, rewrite: true }))
	return to
}
