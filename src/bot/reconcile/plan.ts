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
import type { Merged } from './merge.ts'
import { mergeFiles, stillKept } from './merge.ts'
import type { Observed } from './observe.ts'
import type { Route } from './route.ts'
import type { Making } from './wanted.ts'
import { decisionsOf, folderOf, lockIn, nothing } from './wanted.ts'

export interface PartPlan {
	readonly route: Route
	readonly start: Start
	readonly generated: GeneratedPart
	readonly merged: Merged
	readonly revision: Revision
	/** Nothing is left to offer: the branch would be equal to the base. */
	readonly isEmpty: boolean
}

/** Where a revision is made. */
export interface Start {
	readonly parent: string
	readonly files: ReadonlyMap<string, TreeFile>
	/** Where the branch is now. */
	readonly from: string | undefined
	/** The branch begins again at the base: what it had was merged, or is to be dropped. */
	readonly rewrite: boolean
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
	const start = await startOf(bot, route, context)
	const decided = recreate ? await decisionsOnBranch(bot, route, making) : new Map<string, TreeFile>()
	const theirs = new Map([...start.files, ...decided])
	const made = await generatePart(bot, { ...context, members: route.members }, theirs)
	const generated = { ...made, files: new Map([...made.files, ...(await bytesOf(bot, decided, start.files))]) }
	const base = await baseOf(bot, route, start.files, making)
	const folders = generated.made.flatMap(({ unit, before }) => [unit.name, ...(before === undefined ? [] : [before])])
	const owned = folders.map((unit) => folderOf(unit, making))
	const fresh = await mergeFiles({
		base: recreate ? idsOf(start.files) : base,
		theirs: start.files,
		ours: generated.files,
		owned,
		kept: new Set(generated.made.map(({ unit }) => decisionsOf(unit.name, making))),
		before: formerPath(route, making),
		read: (id) => bot.repository.blob(id).catch(missing),
		problems: (path, text) => bot.compiler.problems(path, text),
	})
	const renamed = route.members.flatMap(({ unit, before }) =>
		before === undefined ? [] : [[before, unit.name] as const],
	)
	const units = generated.units
	const former = recreate ? [] : stillKept(route.part?.pristine?.revision.kept ?? [], start.files, generated.files)
	const again = new Set(fresh.conflicts.map(({ path }) => path))
	const merged = { ...fresh, conflicts: [...fresh.conflicts, ...former.filter(({ path }) => !again.has(path))] }
	const isEmpty = generated.made.every(({ unit }) => unit.input === nothing)
		? folders.every((unit) => lockIn(observed.base.files, unit, making) === nothing)
		: sameBelow(resultOf(start.files, merged), idsOf(observed.base.files), owned)
	return {
		route,
		start,
		generated,
		merged,
		revision: { units, renamed, config: making.config, version: making.version, source: observed.base.commit },
		isEmpty,
	}
}

/** Decisions are no edits: they stay where everything else of the branch is dropped. */
async function decisionsOnBranch(
	{ repository }: Bot,
	{ part, members }: Route,
	making: Making,
): Promise<ReadonlyMap<string, TreeFile>> {
	if (part?.head === undefined) return new Map()
	const files = part.files ?? (await repository.tree(part.head))
	const paths = members.map(({ unit }) => decisionsOf(unit.name, making))
	return new Map([...files].filter(([path]) => paths.includes(path)))
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

async function startOf(bot: Bot, { part, last }: Route, { observed, recreate }: PlanContext): Promise<Start> {
	const { base } = observed
	const from = part?.head
	if (from === undefined) return { parent: base.commit, files: base.files, from, rewrite: false }
	// What was merged is in the base already, perhaps as another commit: the next revision starts there.
	const isMerged = part?.pull === undefined && last?.state === 'merged' && last.head.commit === from
	if (isMerged || recreate) return { parent: base.commit, files: base.files, from, rewrite: true }
	return { parent: from, files: part?.files ?? (await bot.repository.tree(from)), from, rewrite: false }
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

const idsOf = (files: ReadonlyMap<string, TreeFile>): ReadonlyMap<string, string> =>
	new Map([...files].map(([path, { id }]) => [path, id]))

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
