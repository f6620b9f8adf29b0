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
import { fittedText } from '../pull-text.ts'
import type { PartPlan } from './plan.ts'
import type { TreeChange } from './tree-change.ts'
import type { Wanted } from './wanted.ts'
import { nothing } from './wanted.ts'

/** `raced`: somebody else has moved the branch; observe again. */
export type PartWritten =
	| { readonly kind: 'raced' }
	| { readonly kind: 'written'; readonly pull: PullRequest | undefined; readonly wrote: boolean }

export async function writePart({ repository }: Bot, plan: PartPlan, base: string): Promise<PartWritten> {
	const { route, start } = plan
	const open = route.part?.pull
	if (plan.generated.made.length === 0) return { kind: 'written', pull: open, wrote: false }
	if (plan.isEmpty && open === undefined) return { kind: 'written', pull: undefined, wrote: false }
	if (plan.isEmpty && open !== undefined)
		return { kind: 'written', pull: await closePull(repository, plan, open), wrote: true }
	let head = start.from ?? start.tree
	let pristine = route.part?.pristine?.commit
	if (!plan.isThere) {
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
	return { kind: 'written', pull, wrote: wrote || wasMoved || !plan.isThere }
}

/** The commit of the branch; and, where people's edits are in it, one of the bare generation beside it. */
async function writeRevision(
	repository: ForgeRepository,
	plan: PartPlan,
): Promise<{ readonly commit: string; readonly pristine: string }> {
	const { route, start, change, bare, conflicts, generated, revision } = plan
	const { parents } = start
	const base = (await repository.commit(start.tree))?.tree ?? start.tree
	const { title } = pullRequestText(route.name, generated.jobs, notesOf(plan))
	const write = async (made: typeof revision, { files, removed }: TreeChange): Promise<string> => {
		const tree = await repository.writeTree({ base, files, removed })
		const message = `${title}\n\n${sourcesOf(route)}\n\n${formatRevision(made)}\n`
		return repository.writeCommit({ tree, parents, message })
	}
	const pristine = await write(revision, bare ?? change)
	if (bare === undefined) return { commit: pristine, pristine }
	return { commit: await write({ ...revision, pristine, kept: conflicts }, change), pristine }
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
	plan: PartPlan,
	{ base, pristine }: { readonly base: string; readonly pristine: string },
): Promise<{ readonly pull: PullRequest; readonly wrote: boolean }> {
	const { route, generated, conflicts, isThere } = plan
	const open = route.part?.pull
	const marker = route.part?.marker
	// The text tells the evidence of this very commit: what can be told without running anything is less.
	const isProven = marker?.evidence === open?.head.commit && marker?.pristine === pristine
	if (open !== undefined && isThere && isProven) return { pull: open, wrote: false }
	const notes = { ...notesOf(plan), conflicts, marker: { version: 1 as const, pristine } }
	const place = { part: route.name, commit: pristine, existing: open?.body ?? '' }
	const { title, body } = await fittedText(repository, place, (more) =>
		pullRequestText(route.name, generated.jobs, { ...notes, ...more }),
	)
	if (open === undefined) {
		const pull = await repository.openPullRequest({ title, body, head: branchOf(route.name), base })
		return { pull, wrote: true }
	}
	const wanted = withOwnSection(open.body, body)
	if (open.title === title && open.body.replace(/\r\n/g, '\n') === wanted) return { pull: open, wrote: false }
	return { pull: await repository.editPullRequest(open.number, { title, body: wanted }), wrote: true }
}

/** Nothing is left to migrate. The branch stays, with what people may have done on it. */
async function closePull(repository: ForgeRepository, plan: PartPlan, open: PullRequest): Promise<PullRequest> {
	const { route } = plan
	const marker = { version: 1 as const, pristine: route.part?.pristine?.commit ?? '', gone: true }
	const { title, body } = pullRequestText(route.name, [], { ...notesOf(plan), marker })
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

function notesOf({ route: { members }, generated }: Pick<PartPlan, 'route' | 'generated'>): PullRequestNotes {
	const moved = new Set(members.flatMap(({ before }) => before ?? []))
	const withJobs = new Set(generated.jobs.map(({ unit }) => unit))
	const names = (units: readonly Wanted[]): readonly string[] => units.map(({ unit }) => unit.name)
	return {
		removed: names(members.filter(({ unit }) => unit.input === nothing && !moved.has(unit.name))),
		renamed: members.flatMap(({ unit, before }) => (before === undefined ? [] : [[before, unit.name] as const])),
		leftOut: names(generated.made.filter(({ unit }) => unit.input !== nothing && !withJobs.has(unit.name))),
	}
}
