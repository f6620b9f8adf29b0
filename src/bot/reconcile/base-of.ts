/** What was generated last, file by file: the base of the merge with what people did since. */

import { z } from 'zod'
import type { TreeFile } from '#forge/repository.ts'
import type { Bot } from '../bot.ts'
import type { Pristine } from './observe.ts'
import type { Route } from './route.ts'
import type { Making } from './wanted.ts'
import { folderOf, lockIn, lockOf, nothing } from './wanted.ts'

type Files = ReadonlyMap<string, TreeFile>

const lockSchema = z.object({ blobs: z.record(z.string(), z.string()) })

/** Blob ids by path. A unit that is not in `theirs` has no base: all of it is new there. */
export async function baseOf(
	bot: Bot,
	{ members }: Route,
	theirs: Files,
	making: Making,
): Promise<ReadonlyMap<string, string>> {
	const trees = new Map<string, Promise<Files | undefined>>()
	const treeOf = ({ commit }: Pristine): Promise<Files | undefined> => {
		const known = trees.get(commit) ?? pristineTree(bot, commit)
		trees.set(commit, known)
		return known
	}
	const base = new Map<string, string>()
	for (const wanted of members) {
		const isThere = (unit: string) => lockIn(theirs, unit, making) !== nothing
		const name = [wanted.unit.name, wanted.before ?? wanted.unit.name].find(isThere)
		if (name === undefined) continue
		const tree = wanted.home?.pristine === undefined ? undefined : await treeOf(wanted.home.pristine)
		const found = tree === undefined ? await fromLock(bot, theirs, name, making) : below(tree, name, making)
		for (const [path, id] of found) base.set(path, id)
	}
	return base
}

/** Undefined where the commit is gone: somebody deleted the ref that kept it. */
async function pristineTree({ repository }: Bot, commit: string): Promise<Files | undefined> {
	const found = await repository.commit(commit)
	return found === undefined ? undefined : repository.tree(commit)
}

function below(tree: Files, unit: string, making: Making): readonly (readonly [string, string])[] {
	const folder = `${folderOf(unit, making)}/`
	const isMeant = (path: string): boolean => path.startsWith(folder) || isShared(path, tree, making)
	return [...tree].flatMap(([path, { id }]) => (isMeant(path) ? [[path, id] as const] : []))
}

/** Whether a file of the output is in no unit's folder: the Terraform root module, which all units write alike. */
function isShared(path: string, tree: Files, making: Making): boolean {
	const start = `${making.output}/`
	const [first = ''] = path.startsWith(start) ? path.slice(start.length).split('/') : []
	return first !== '' && lockIn(tree, first, making) === nothing
}

/** The lock file names the blobs that were generated with it; git may still have them. */
async function fromLock(
	{ repository }: Bot,
	theirs: Files,
	unit: string,
	making: Making,
): Promise<readonly (readonly [string, string])[]> {
	const id = theirs.get(lockOf(unit, making))?.id
	if (id === undefined) return []
	const text = new TextDecoder().decode(await repository.blob(id))
	const lock = lockSchema.safeParse(parsed(text))
	if (!lock.success) return []
	return [
		...Object.entries(lock.data.blobs).map(([path, blob]) => [`${making.output}/${path}`, blob] as const),
		[lockOf(unit, making), id] as const,
	]
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		// Somebody broke it: as good as none.
		return undefined
	}
}
