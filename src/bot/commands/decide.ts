/** Records decisions in `decisions.yml` on the unit's branch, and lets the branch follow from them. */

import { ForgeError } from '#forge/error.ts'
import type { Decided } from '#pipeline/decisions/write.ts'
import { writeDecisions } from '#pipeline/decisions/write.ts'
import { branchRef, partOf } from '#publish/branches.ts'
import { code } from '#publish/markdown.ts'
import { list } from './answer.ts'
import type { Answer, PullTalk, Scene } from './command.ts'
import { done } from './command.ts'
import { commandTrailer, movedHead } from './head.ts'
import { rebuild } from './rebuild.ts'
import { sentenceOf } from './sentences.ts'
import { decisionsPath, textAt } from './unit-files.ts'

/** How often somebody else may be faster before the host tries again later. */
const attempts = 3

/** What to decide, by unit. */
export type Decisions = ReadonlyMap<string, readonly Decided[]>

export async function decide(scene: Scene, talk: PullTalk, decisions: Decisions): Promise<Answer> {
	const recorded = await record(scene, talk, decisions)
	if (recorded.kind === 'refused') return recorded
	const trouble = await rebuild(scene, [...decisions.keys()], 'changed')
	return trouble ?? done(recorded.text)
}

type Recorded = { readonly kind: 'recorded'; readonly text: string } | Extract<Answer, { kind: 'refused' }>

async function record(scene: Scene, talk: PullTalk, decisions: Decisions): Promise<Recorded> {
	const { repository } = scene.bot
	let { pull } = talk
	for (let attempt = 1; attempt <= attempts; attempt++) {
		const moved = await movedHead(scene.bot, { ...talk, pull }, talk.head, { bound: 'head' }, scene.line)
		if (moved?.kind === 'refused') return moved
		const written = await writeAll(scene, decisions, pull.head.commit)
		if ('refused' in written) return written.refused
		if (written.files.size === 0) return { kind: 'recorded', text: written.text }
		const result = await commit(scene, pull.head, written)
		if (result === 'done') return { kind: 'recorded', text: written.text }
		pull = (await repository.pullRequest(talk.number)) ?? pull
	}
	throw new ForgeError('conflict', 'somebody else keeps moving the branch; come again later')
}

interface WrittenFiles {
	readonly files: ReadonlyMap<string, Uint8Array>
	readonly title: string
	readonly text: string
}

async function writeAll(
	scene: Scene,
	decisions: Decisions,
	head: string,
): Promise<WrittenFiles | { readonly refused: Extract<Answer, { kind: 'refused' }> }> {
	const files = new Map<string, Uint8Array>()
	const sentences: string[] = []
	const notes: string[] = []
	const signature = { by: scene.author, at: scene.bot.clock().toISOString().slice(0, 10), comment: scene.comment }
	for (const [unit, decided] of decisions) {
		const path = decisionsPath(unit, scene)
		const before = await textAt(scene, path, head)
		const written = writeDecisions(before, decided, signature)
		if ('problems' in written) {
			const lines = written.problems.map(({ provenance, why }) => `line ${provenance.lines.start}: ${code(why)}`)
			const why = `${code(path)} on this branch is not valid, and nothing is put into it until somebody mends it:\n\n${list(lines)}`
			return { refused: { kind: 'refused', why, copy: scene.line } }
		}
		if (written.changed.length > 0) files.set(path, new TextEncoder().encode(written.text))
		sentences.push(...decided.filter((one) => !written.overtaken.includes(one)).map((one) => sentenceOf(one)))
		notes.push(...written.overtaken.map((one) => `${sentenceOf(one)} That was decided otherwise later, and stays so.`))
		const isKnown = written.known.length + written.overtaken.length === decided.length
		notes.push(
			isKnown
				? `${code(path)} said so already: nothing changed.`
				: `Recorded in ${code(path)}; what follows from it is on the branch.`,
		)
	}
	const title = sentences.map(plain).join(' ')
	return { files, title: title === '' ? 'Decide' : title, text: `${list(sentences)}\n\n${notes.join('\n')}`.trim() }
}

/** Titles of commits are plain text. */
const plain = (sentence: string): string => sentence.replaceAll('`', '').replace(/\.$/, ';')

async function commit(
	{ bot: { repository }, author, comment }: Scene,
	head: PullTalk['pull']['head'],
	{ files, title }: WrittenFiles,
): Promise<'done' | 'raced'> {
	const found = await repository.commit(head.commit)
	if (found === undefined) return 'raced'
	const tree = await repository.writeTree({ base: found.tree, files, removed: [] })
	const cut = title.length > 72 ? `${title.slice(0, 71)}…` : title.replace(/;$/, '')
	const message = `${cut}\n\n${author} decided this in a comment.\n\n${commandTrailer(comment)}\n`
	const to = await repository.writeCommit({ tree, parents: [head.commit], message })
	return repository.moveRef(branchRef(partOf(head.branch) ?? head.branch), { from: head.commit, to })
}
