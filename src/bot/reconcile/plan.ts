/** From a part as it is and as it should be to the fewest writes. Reads, and writes nothing. */
import type { Config } from '#config/schema.ts'
import { isForgeError } from '#forge/error.ts'
import type { TreeFile } from '#forge/repository.ts'
import type { Revision } from '#publish/revision.ts'
import type { Bot, Checkout } from '../bot.ts'
import { baseOf } from './base-of.ts'
import type { GeneratedPart } from './generate.ts'
import { generatePart } from './generate.ts'
import type { Merged } from './merge.ts'
import { mergeFiles } from './merge.ts'
import type { Observed } from './observe.ts'
import type { Route } from './route.ts'
import type { Making } from './wanted.ts'
import { decisionsOf, folderOf } from './wanted.ts'

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
	const generated = await generatePart(bot, { ...context, members: route.members }, start.files)
	const base = await baseOf(bot, route, start.files, making)
	const folders = route.members.flatMap(({ unit, before }) => [unit.name, ...(before === undefined ? [] : [before])])
	const merged = await mergeFiles({
		base: recreate ? idsOf(start.files) : base,
		theirs: start.files,
		ours: generated.files,
		owned: folders.map((unit) => folderOf(unit, making)),
		kept: new Set(folders.map((unit) => decisionsOf(unit, making))),
		before: formerPath(route, making),
		read: (id) => bot.repository.blob(id).catch(missing),
		problems: bot.compiler.problems,
	})
	const units = generated.units
	const isEmpty =
		merged.files.size === 0 &&
		merged.removed.length === 0 &&
		sameBelow(
			start.files,
			observed.base.files,
			folders.map((unit) => folderOf(unit, making)),
		)
	return {
		route,
		start,
		generated,
		merged,
		revision: { units, config: making.config, version: making.version },
		isEmpty,
	}
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

function sameBelow(
	left: ReadonlyMap<string, TreeFile>,
	right: ReadonlyMap<string, TreeFile>,
	folders: readonly string[],
): boolean {
	const below = (files: ReadonlyMap<string, TreeFile>) =>
		[...files].filter(([path]) => folders.some((folder) => path.startsWith(`${folder}/`)))
	const ids = new Map(below(right).map(([path, { id }]) => [path, id]))
	const ours = below(left)
	return ours.length === ids.size && ours.every(([path, { id }]) => ids.get(path) === id)
}

function missing(error: unknown): undefined {
	if (isForgeError(error, 'missing')) return undefined
	throw error
}
