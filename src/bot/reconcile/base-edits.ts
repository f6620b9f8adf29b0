/**
 * What people did on the base, in the folders of a branch, since the branch left it. The branch takes it in, as a person
 * would who merges the base: otherwise its pull request would conflict, or would undo what was done there.
 */
import { blobId } from '#forge/blob-id.ts'
import type { ForgeRepository, TreeFile } from '#forge/repository.ts'
import type { Conflict, MergeInput } from './merge.ts'
import { mergeTexts } from './merge.ts'
import type { Base } from './observe.ts'

type Files = ReadonlyMap<string, TreeFile>

export interface BranchToMerge {
	readonly head: string
	readonly files: Files
	/** Folders that the branch carries. */
	readonly owned: readonly string[]
	/** Blob ids of the last generation: what of the branch nobody has edited. */
	readonly generated: ReadonlyMap<string, string>
}

export interface BaseEdits {
	/** The files of the branch with the base's edits in them. */
	readonly files: Files
	/** Texts of which git knows nothing yet, by blob id. */
	readonly texts: ReadonlyMap<string, Uint8Array>
	readonly conflicts: readonly Conflict[]
	/** Everything of the base is in `files`, below the folders and elsewhere: it can become a parent. */
	readonly isWhole: boolean
}

/** @returns undefined where the base has nothing that the branch has not seen */
export async function baseEdits(
	repository: ForgeRepository,
	base: Base,
	branch: BranchToMerge,
	merging: Pick<MergeInput, 'read' | 'problems'>,
): Promise<BaseEdits | undefined> {
	const common = (await repository.compare(base.commit, branch.head))?.mergeBase
	if (common === undefined || common === base.commit) return undefined
	const before = await repository.tree(common)
	const isOwned = (path: string) => branch.owned.some((folder) => path.startsWith(`${folder}/`))
	const edited = changedPaths(before, base.files).filter(
		(path) => isOwned(path) && !path.endsWith('/reglue.lock.json') && !isSame(path, base.files, branch.files),
	)
	if (edited.length === 0) return undefined
	const files = new Map(branch.files)
	const texts = new Map<string, Uint8Array>()
	const conflicts: Conflict[] = []
	let isWhole = true
	for (const path of edited) {
		const sides = { was: before.get(path), here: branch.files.get(path), there: base.files.get(path) }
		const taken = await takeIn(path, sides, branch.generated.get(path), merging)
		if (taken.text !== undefined) texts.set(blobId(taken.text), taken.text)
		if (taken.file === undefined) files.delete(path)
		else files.set(path, taken.file)
		if (taken.conflict !== undefined) conflicts.push(taken.conflict)
		isWhole &&= taken.conflict?.why !== 'both-sides'
	}
	const elsewhere = mergeElsewhere(before, base.files, branch.files, isOwned)
	return elsewhere === undefined || !isWhole
		? { files, texts, conflicts, isWhole: false }
		: { files: new Map([...elsewhere, ...[...files].filter(([path]) => isOwned(path))]), texts, conflicts, isWhole }
}

interface Sides {
	readonly was: TreeFile | undefined
	/** On the branch. */
	readonly here: TreeFile | undefined
	/** On the base. */
	readonly there: TreeFile | undefined
}

interface Taken {
	readonly file: TreeFile | undefined
	readonly text?: Uint8Array
	readonly conflict?: Conflict
}

async function takeIn(
	path: string,
	{ was, here, there }: Sides,
	generated: string | undefined,
	merging: Pick<MergeInput, 'read' | 'problems'>,
): Promise<Taken> {
	if (here?.id === was?.id) return { file: there }
	const text = here === undefined ? undefined : await merging.read(here.id)
	const merged =
		there === undefined || text === undefined
			? ({ kind: 'keep', conflict: there === undefined ? 'deleted' : 'edited' } as const)
			: await mergeTexts(merging, path, { base: was?.id, theirs: there.id, ours: text })
	if (merged.kind === 'write') {
		const file = { id: blobId(merged.bytes), mode: there?.mode ?? '100644', size: merged.bytes.length }
		return { file, text: merged.bytes }
	}
	// What a person did stands against what we generated; between two people only people can decide.
	if (here?.id !== generated) return { file: here, conflict: { path, why: 'both-sides', blob: here?.id ?? '-' } }
	return { file: there, conflict: { path, why: merged.conflict ?? 'lines', blob: there?.id ?? '-' } }
}

/** The merge of everything else, by whole files; undefined where people changed a file on both sides. */
function mergeElsewhere(
	before: Files,
	base: Files,
	branch: Files,
	isOwned: (path: string) => boolean,
): Files | undefined {
	const merged = new Map([...base].filter(([path]) => !isOwned(path)))
	for (const path of changedPaths(before, branch).filter((one) => !isOwned(one) && !isSame(one, base, branch))) {
		if (!isSame(path, base, before)) return undefined
		const file = branch.get(path)
		if (file === undefined) merged.delete(path)
		else merged.set(path, file)
	}
	return merged
}

function changedPaths(before: Files, after: Files): readonly string[] {
	return [...new Set([...before.keys(), ...after.keys()])].filter((path) => !isSame(path, before, after)).sort()
}

const isSame = (path: string, left: Files, right: Files): boolean => left.get(path)?.id === right.get(path)?.id
