/** Where a revision of a branch begins: at the branch, at the base, or at both where people have edited the base meanwhile. */
import type { TreeFile } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { BaseEdits } from './base-edits.ts'
import { baseEdits } from './base-edits.ts'
import { baseOf } from './base-of.ts'
import type { Conflict, MergeInput } from './merge.ts'
import type { Observed } from './observe.ts'
import type { Route } from './route.ts'
import type { Making } from './wanted.ts'
import { decisionsOf, folderOf, isBaseEdited } from './wanted.ts'

type Files = ReadonlyMap<string, TreeFile>

export interface Start {
	readonly parents: readonly string[]
	/** Commit whose tree is changed. */
	readonly tree: string
	/** The files of that tree. */
	readonly files: Files
	/** What people have now, on the branch and on the base: what a generation is merged with. */
	readonly theirs: Files
	/** Texts of `theirs` of which git knows nothing yet, by blob id. */
	readonly texts: ReadonlyMap<string, Uint8Array>
	/** What could not be taken in from the base as it is. */
	readonly conflicts: readonly Conflict[]
	/** Where the branch is now. */
	readonly from: string | undefined
	/** The branch begins again at the base: what it had was merged, or is to be dropped. */
	readonly rewrite: boolean
}

export interface StartContext {
	readonly observed: Observed
	readonly making: Making
	/** People's edits are dropped. */
	readonly recreate: boolean
	readonly merging: Pick<MergeInput, 'read' | 'problems'>
}

export async function startOf(bot: Bot, route: Route, context: StartContext): Promise<Start> {
	const { observed, recreate } = context
	const { part, last } = route
	const { base } = observed
	const from = part?.head
	const atBase = { parents: [base.commit], tree: base.commit, files: base.files, texts: new Map(), conflicts: [] }
	if (from === undefined) return { ...atBase, theirs: base.files, from, rewrite: false }
	// What was merged is in the base already, perhaps as another commit: the next revision starts there.
	const isMerged = part?.pull === undefined && last?.state === 'merged' && last.head.commit === from
	if (isMerged || recreate) return { ...atBase, theirs: base.files, from, rewrite: true }
	const files = part?.files ?? (await bot.repository.tree(from))
	const edits = await editsSince(bot, route, files, context)
	const atBranch = { parents: [from], tree: from, files, theirs: files, texts: new Map(), conflicts: [] }
	if (edits === undefined) return { ...atBranch, from, rewrite: false }
	const taken = { theirs: edits.files, texts: edits.texts, conflicts: edits.conflicts, from, rewrite: false }
	return edits.isWhole
		? { ...taken, parents: [from, base.commit], tree: base.commit, files: base.files }
		: { ...taken, parents: [from], tree: from, files }
}

async function editsSince(
	bot: Bot,
	route: Route,
	files: Files,
	{ observed, making, merging }: StartContext,
): Promise<BaseEdits | undefined> {
	const { part } = route
	if (part?.head === undefined || !isBaseEdited(part, observed, making)) return undefined
	const owned = (part.pristine?.revision.units ?? []).map(({ name }) => folderOf(name, making))
	const generated = await baseOf(bot, route, files, making)
	return baseEdits(bot.repository, observed.base, { head: part.head, files, owned, generated }, merging)
}

/** Decisions are no edits: they stay where everything else of the branch is dropped. */
export async function decisionsOnBranch({ repository }: Bot, { part, members }: Route, making: Making): Promise<Files> {
	if (part?.head === undefined) return new Map()
	const files = part.files ?? (await repository.tree(part.head))
	const paths = members.map(({ unit }) => decisionsOf(unit.name, making))
	return new Map([...files].filter(([path]) => paths.includes(path)))
}
