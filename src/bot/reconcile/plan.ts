/** From a part as it is and as it should be to the fewest writes. Reads, and writes nothing. */
import type { Config } from '#config/schema.ts'
import { blobId } from '#forge/blob-id.ts'
import { isForgeError } from '#forge/error.ts'
import type { TreeFile } from '#forge/repository.ts'
import type { Revision } from '#publish/revision.ts'
import type { Bot, Checkout } from '../bot.ts'
import { baseOf } from './base-of.ts'
import type { GeneratedPart } from './generate.ts'
import { generatePart } from './generate.ts'
import type { Merged, MergeInput } from './merge.ts'
import { isOwnedBy, mergeFiles, stillKept } from './merge.ts'
import type { Observed } from './observe.ts'
import type { Route } from './route.ts'
import type { Start } from './start.ts'
import { decisionsOnBranch, startOf } from './start.ts'
import type { TreeChange } from './tree-change.ts'
import { changeTo, idsOf, isNoChange, textsById } from './tree-change.ts'
import type { Making } from './wanted.ts'
import { baseDigest, decisionsOf, folderOf, lockIn, nothing } from './wanted.ts'

export interface PartPlan {
	readonly route: Route
	readonly start: Start
	readonly generated: GeneratedPart
	readonly conflicts: Merged['conflicts']
	/** What the branch's next commit changes. */
	readonly change: TreeChange
	/** The generation alone, where the commit holds people's edits too. */
	readonly bare: TreeChange | undefined
	readonly revision: Revision
	/** Nothing is left to offer: the branch would be equal to the base. */
	readonly isEmpty: boolean
	/** The branch is what the plan comes to already. */
	readonly isThere: boolean
}

export interface PlanContext {
	readonly observed: Observed
	readonly checkout: Checkout
	readonly config: Config
	readonly making: Making
	/** People's edits are dropped. */
	readonly recreate: boolean
}

export async function planPart(bot: Bot, route: Route, context: PlanContext): Promise<PartPlan> {
	const { observed, making, recreate } = context
	const reading = {
		read: (id: string) => bot.repository.blob(id).catch(missing),
		problems: (path: string, text: string) => bot.compiler.problems(path, text),
	}
	const start = await startOf(bot, route, { ...context, merging: reading })
	const read = async (id: string) => start.texts.get(id) ?? reading.read(id)
	const decided = recreate ? await decisionsOnBranch(bot, route, making) : new Map<string, TreeFile>()
	const made = await generatePart(
		bot,
		{ ...context, members: route.members },
		{ ...start, theirs: new Map([...start.theirs, ...decided]) },
	)
	const generated = { ...made, files: new Map([...made.files, ...(await bytesOf(bot, decided, start.theirs))]) }
	const folders = generated.made.flatMap(({ unit, before }) => [unit.name, ...(before === undefined ? [] : [before])])
	const input: MergeInput = {
		...reading,
		read,
		base: recreate ? idsOf(start.theirs) : await baseOf(bot, route, start.theirs, making),
		theirs: start.theirs,
		ours: generated.files,
		owned: folders.map((unit) => folderOf(unit, making)),
		kept: new Set(generated.made.map(({ unit }) => decisionsOf(unit.name, making))),
		before: formerPath(route, making),
	}
	const merged = await mergeFiles(input)
	const wanted = resultOf(start.theirs, merged)
	const texts = new Map([...start.texts, ...textsById([...generated.files.values(), ...merged.files.values()])])
	const change = await changeTo(bot.repository, start.files, wanted, texts)
	const revision = revisionOf(route, generated, context)
	const former = recreate ? [] : [...start.conflicts, ...(route.part?.pristine?.revision.kept ?? [])]
	return {
		route,
		start,
		generated,
		conflicts: allConflicts(merged, stillKept(former, start.theirs, generated.files, wanted)),
		change,
		bare: merged.isEdited ? bareOf(input, start) : undefined,
		revision,
		isEmpty: generated.made.every(({ unit }) => unit.input === nothing)
			? folders.every((unit) => lockIn(observed.base.files, unit, making) === nothing)
			: sameBelow(wanted, idsOf(observed.base.files), input.owned),
		isThere: start.rewrite ? await isAlready(bot, start, wanted) : isNoChange(change) && start.parents.length === 1,
	}
}

function revisionOf({ members }: Route, { units }: GeneratedPart, { observed, making }: PlanContext): Revision {
	const renamed = members.flatMap(({ unit, before }) => (before === undefined ? [] : [[before, unit.name] as const]))
	const { commit, files } = observed.base
	const names = units.map(({ name }) => name)
	const base = baseDigest(files, names, making)
	return { units, renamed, config: making.config, version: making.version, source: commit, base }
}

function allConflicts({ conflicts }: Merged, former: Merged['conflicts']): Merged['conflicts'] {
	const known = new Map([...former, ...conflicts].map((one) => [one.path, one]))
	return [...known.values()].sort((left, right) => (left.path < right.path ? -1 : 1))
}

function bareOf(input: MergeInput, { files }: Start): TreeChange {
	const isOwned = isOwnedBy(input)
	return { files: input.ours, removed: [...files.keys()].filter((path) => isOwned(path) && !input.ours.has(path)) }
}

/** A branch that begins again need not where it is that one commit already. */
async function isAlready(
	{ repository }: Bot,
	{ from, parents }: Start,
	wanted: ReadonlyMap<string, string>,
): Promise<boolean> {
	const head = from === undefined ? undefined : await repository.commit(from)
	if (head === undefined || head.parents.join() !== parents.join()) return false
	const files = idsOf(await repository.tree(head.id))
	return files.size === wanted.size && [...files].every(([path, id]) => wanted.get(path) === id)
}

/** What of some files the start has not, or has otherwise. */
async function bytesOf(
	{ repository }: Bot,
	files: ReadonlyMap<string, TreeFile>,
	start: ReadonlyMap<string, TreeFile>,
): Promise<readonly (readonly [string, Uint8Array])[]> {
	const changed = [...files].filter(([path, { id }]) => start.get(path)?.id !== id)
	return Promise.all(changed.map(async ([path, { id }]) => [path, await repository.blob(id)] as const))
}

function formerPath({ members }: Route, making: Making): (path: string) => string | undefined {
	const moved = members.flatMap(({ unit, before }) =>
		before === undefined ? [] : [[`${folderOf(unit.name, making)}/`, `${folderOf(before, making)}/`] as const],
	)
	return (path) => {
		const found = moved.find(([now]) => path.startsWith(now))
		return found === undefined ? undefined : `${found[1]}${path.slice(found[0].length)}`
	}
}

/** Blob ids of the tree that the plan leads to. */
function resultOf(files: ReadonlyMap<string, TreeFile>, { files: put, removed }: Merged): ReadonlyMap<string, string> {
	const ids = new Map(idsOf(files))
	for (const path of removed) ids.delete(path)
	for (const [path, bytes] of put) ids.set(path, blobId(bytes))
	return ids
}

function sameBelow(
	left: ReadonlyMap<string, string>,
	right: ReadonlyMap<string, string>,
	folders: readonly string[],
): boolean {
	const below = (files: ReadonlyMap<string, string>) =>
		[...files].filter(([path]) => folders.some((folder) => path.startsWith(`${folder}/`)))
	const ours = below(left)
	return ours.length === below(right).length && ours.every(([path, id]) => right.get(path) === id)
}

function missing(error: unknown): undefined {
	if (isForgeError(error, 'missing')) return undefined
	throw error
}
