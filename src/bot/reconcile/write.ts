/**
 * Writes a plan: objects, branch, pull request, pristine ref. Every step looks as if it were the last one: what a run
 * that ended in between has left out, the next run sees and does.
 */
import type { ForgeRepository, PullRequest } from '#forge/repository.ts'
import { branchOf, branchRef, pristineRef } from '#publish/branches.ts'
import { withOwnSection } from '#publish/own-section.ts'
import type { PullRequestNotes } from '#publish/pull-request.ts'
import { pullRequestText } from '#publish/pull-request.ts'
import { formatRevision } from '#publish/revision.ts'
import type { Bot } from '../bot.ts'
import type { PartPlan } from './plan.ts'
import { nothing } from './wanted.ts'

/** `raced`: somebody else has moved the branch; observe again. */
export type PartWritten =
	| { readonly kind: 'raced' }
	| { readonly kind: 'written'; readonly pull: PullRequest | undefined; readonly wrote: boolean }

export async function writePart({ repository }: Bot, plan: PartPlan, base: string): Promise<PartWritten> {
	const { route, start, merged } = plan
	const open = route.part?.pull
	if (plan.generated.made.length === 0) return { kind: 'written', pull: open, wrote: false }
	if (plan.isEmpty && open === undefined) return { kind: 'written', pull: undefined, wrote: false }
	if (plan.isEmpty && open !== undefined)
		return { kind: 'written', pull: await closePull(repository, plan, open), wrote: true }
	let head = start.from ?? start.parent
	let pristine = route.part?.pristine?.commit
	const hasChanges = merged.files.size > 0 || merged.removed.length > 0
	if (hasChanges || start.rewrite) {
		const revision = await writeRevision(repository, plan)
		const ref = branchRef(route.name)
		const { from, rewrite } = start
		const result =
			from === undefined
				? await repository.createRef(ref, revision.commit)
				: await repository.moveRef(ref, { from, to: revision.commit, rewrite })
		if (result === 'raced') return { kind: 'raced' }
		head = revision.commit
		pristine = revision.pristine
	}
	const wasMoved = pristine !== undefined && (await movePristine(repository, plan, pristine))
	const { pull, wrote } = await writePull(repository, plan, { base, pristine: pristine ?? head })
	return { kind: 'written', pull, wrote: wrote || wasMoved || hasChanges }
}

/** The commit of the branch; and, where people's edits are in it, one of the bare generation beside it. */
async function writeRevision(
	repository: ForgeRepository,
	{ route, start, merged, generated, revision }: PartPlan,
): Promise<{ readonly commit: string; readonly pristine: string }> {
	const base = (await repository.commit(start.parent))?.tree ?? start.parent
	const { title } = pullRequestText(route.name, generated.jobs, notesOf(route))
	const message = (made: typeof revision) => `${title}\n\n${sourcesOf(route)}\n\n${formatRevision(made)}\n`
	const parents = [start.parent]
	if (!merged.isEdited) {
		const tree = await repository.writeTree({ base, files: merged.files, removed: merged.removed })
		const commit = await repository.writeCommit({ tree, parents, message: message(revision) })
		return { commit, pristine: commit }
	}
	const bare = await repository.writeTree({ base, files: generated.files, removed: merged.bareRemoved })
	const pristine = await repository.writeCommit({ tree: bare, parents, message: message(revision) })
	const tree = await repository.writeTree({ base, files: merged.files, removed: merged.removed })
	const commit = await repository.writeCommit({
		tree,
		parents,
		message: message({ ...revision, pristine, kept: merged.conflicts }),
	})
	return { commit, pristine }
}

async function movePristine(repository: ForgeRepository, { route }: PartPlan, to: string): Promise<boolean> {
	const from = route.part?.pristineRef
	if (from === to) return false
	const ref = pristineRef(route.name)
	await (from === undefined ? repository.createRef(ref, to) : repository.moveRef(ref, { from, to, rewrite: true }))
	return true
}

async function writePull(
	repository: ForgeRepository,
	{ route, generated, merged }: PartPlan,
	{ base, pristine }: { readonly base: string; readonly pristine: string },
): Promise<{ readonly pull: PullRequest; readonly wrote: boolean }> {
	const open = route.part?.pull
	const notes = { ...notesOf(route), conflicts: merged.conflicts, marker: { version: 1 as const, pristine } }
	const { title, body } = pullRequestText(route.name, generated.jobs, notes)
	if (open === undefined) {
		const pull = await repository.openPullRequest({ title, body, head: branchOf(route.name), base })
		return { pull, wrote: true }
	}
	const wanted = withOwnSection(open.body, body)
	if (open.title === title && open.body.replace(/\r\n/g, '\n') === wanted) return { pull: open, wrote: false }
	return { pull: await repository.editPullRequest(open.number, { title, body: wanted }), wrote: true }
}

/** Nothing is left to migrate. The branch stays, with what people may have done on it. */
async function closePull(repository: ForgeRepository, { route }: PartPlan, open: PullRequest): Promise<PullRequest> {
	const marker = { version: 1 as const, pristine: route.part?.pristine?.commit ?? '', gone: true }
	const { title, body } = pullRequestText(route.name, [], { ...notesOf(route), marker })
	return repository.editPullRequest(open.number, { title, body: withOwnSection(open.body, body), state: 'closed' })
}

/** Exports that are named in a commit's message; of more only their number is. */
const namedExports = 10

function sourcesOf({ members }: PartPlan['route']): string {
	const files = members.flatMap(({ unit }) => unit.files)
	if (files.length === 0) return 'The exports are gone.'
	if (files.length > namedExports) return `Generated from ${files.length} exports.`
	return `Generated from ${files.join(', ')}.`
}

function notesOf({ members }: PartPlan['route']): PullRequestNotes {
	const moved = new Set(members.flatMap(({ before }) => before ?? []))
	return {
		removed: members.flatMap(({ unit }) => (unit.input === nothing && !moved.has(unit.name) ? [unit.name] : [])),
		renamed: members.flatMap(({ unit, before }) => (before === undefined ? [] : [[before, unit.name] as const])),
	}
}
