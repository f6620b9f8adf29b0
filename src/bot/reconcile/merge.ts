/** A new generation and people's edits in one tree, file by file, against the last generation. */
import { merge } from 'node-diff3'
import { blobId } from '#forge/blob-id.ts'
import type { TreeFile } from '#forge/repository.ts'
import type { ConflictReason, KeptFile } from '#publish/revision.ts'

type Files = ReadonlyMap<string, TreeFile>

export interface MergeInput {
	/** Blob ids of the last generation by path. */
	readonly base: ReadonlyMap<string, string>
	/** What is there now. */
	readonly theirs: Files
	readonly ours: ReadonlyMap<string, Uint8Array>
	/** Folders that the generation owns. */
	readonly owned: readonly string[]
	/** Files in them that are people's alone. */
	readonly kept: ReadonlySet<string>
	/** Where a path was before its export was renamed. */
	readonly before: (path: string) => string | undefined
	readonly read: (id: string) => Promise<Uint8Array | undefined>
	/** What keeps a merged file from being well-formed. */
	readonly problems: (path: string, text: string) => readonly string[]
}

export interface Merged {
	/** Files that differ from what is there. */
	readonly files: ReadonlyMap<string, Uint8Array>
	readonly removed: readonly string[]
	readonly conflicts: readonly Conflict[]
	/** The result holds something that is not of the generation. */
	readonly isEdited: boolean
}

/** A file of people's that stays as it is, although the generation wants another. */
export interface Conflict extends KeptFile {
	/** What the generation would have; absent: it would remove the file. */
	readonly ours?: string
}

type MergedText =
	| { readonly kind: 'keep'; readonly conflict?: ConflictReason }
	| { readonly kind: 'write'; readonly bytes: Uint8Array; readonly edited: boolean }

type Outcome = MergedText | { readonly kind: 'remove' }

export async function mergeFiles(input: MergeInput): Promise<Merged> {
	const { theirs, ours, before } = input
	const isOwned = isOwnedBy(input)
	const formerly = new Map([...ours.keys()].flatMap((path) => pair(before(path), path)))
	const moving = new Set([...formerly.values()].filter((path) => !ours.has(path)))
	const files = new Map<string, Uint8Array>()
	const removed: string[] = []
	const conflicts: Conflict[] = []
	let isEdited = false
	for (const path of [...new Set([...ours.keys(), ...[...theirs.keys()].filter(isOwned)])].sort()) {
		const old = formerly.get(path)
		const source = old !== undefined && theirs.has(old) ? old : path
		// What people changed in a file that moves with its export moves along.
		const outcome: Outcome = moving.has(path) ? { kind: 'remove' } : await mergeFile(input, path, source)
		if (outcome.kind === 'remove') removed.push(path)
		else if (outcome.kind === 'write') {
			isEdited ||= outcome.edited
			if (theirs.get(path)?.id !== blobId(outcome.bytes)) files.set(path, outcome.bytes)
		} else {
			isEdited = true
			const moved = source === path ? undefined : await bytesAt(input, source)
			if (moved !== undefined) files.set(path, moved)
			if (outcome.conflict === undefined) continue
			const kept = { path, why: outcome.conflict, blob: theirs.get(source)?.id ?? '-' }
			conflicts.push(withText(kept, ours.get(path)))
		}
	}
	return { files, removed, conflicts, isEdited }
}

/** Whether a file is the generation's to write and to remove. */
export const isOwnedBy =
	({ owned, kept }: Pick<MergeInput, 'owned' | 'kept'>) =>
	(path: string): boolean =>
		owned.some((folder) => path.startsWith(`${folder}/`)) && !kept.has(path)

async function bytesAt({ theirs, read }: MergeInput, path: string): Promise<Uint8Array | undefined> {
	const id = theirs.get(path)?.id
	return id === undefined ? undefined : read(id)
}

async function mergeFile(input: MergeInput, path: string, source: string): Promise<Outcome> {
	const ours = input.ours.get(path)
	const theirs = input.theirs.get(source)?.id
	const base = input.base.get(source)
	const wanted = ours === undefined ? undefined : blobId(ours)
	// The lock file says what was generated, so it is never people's.
	const isOurs = theirs === wanted || theirs === base || path.endsWith('/reglue.lock.json')
	if (ours !== undefined && isOurs) return { kind: 'write', bytes: ours, edited: false }
	if (ours === undefined && theirs === base) return { kind: 'remove' }
	// Nothing new from us: what people did stands, be it an edit or a removal.
	if (wanted === base) return { kind: 'keep' }
	if (theirs === undefined) return deleted(ours, base)
	if (ours === undefined) return { kind: 'keep', ...(base === undefined ? {} : { conflict: 'edited' }) }
	return mergeTexts(input, path, { base, theirs, ours })
}

function deleted(ours: Uint8Array | undefined, base: string | undefined): Outcome {
	if (ours === undefined) return { kind: 'keep' }
	if (base === undefined) return { kind: 'write', bytes: ours, edited: false }
	return { kind: 'keep', conflict: 'deleted' }
}

/** Two texts that came from a third, as one; or why they cannot be. */
export async function mergeTexts(
	{ read, problems }: Pick<MergeInput, 'read' | 'problems'>,
	path: string,
	{ base, theirs, ours }: { readonly base: string | undefined; readonly theirs: string; readonly ours: Uint8Array },
): Promise<MergedText> {
	const [before, now] = [base === undefined ? undefined : await read(base), await read(theirs)]
	if (before === undefined || now === undefined) return { kind: 'keep', conflict: 'no-base' }
	const [o, a, b] = [textOf(before), textOf(now), textOf(ours)]
	if (o === undefined || a === undefined || b === undefined) return { kind: 'keep', conflict: 'not-text' }
	const { conflict, result } = merge(lines(a), lines(o), lines(b), { excludeFalseConflicts: true })
	if (conflict) return { kind: 'keep', conflict: 'lines' }
	const text = result.join('\n')
	if (problems(path, text).length > 0) return { kind: 'keep', conflict: 'form' }
	return { kind: 'write', bytes: new TextEncoder().encode(text), edited: text !== b }
}

/**
 * What stayed in former merges still does, as long as people have not looked at it: also where this generation could be
 * put into the file, a former one could not.
 *
 * @param result blob ids of what the merge comes to
 */
export function stillKept(
	former: readonly KeptFile[],
	theirs: Files,
	ours: ReadonlyMap<string, Uint8Array>,
	result: ReadonlyMap<string, string>,
): readonly Conflict[] {
	return former
		.filter(({ path, blob }) => (theirs.get(path)?.id ?? '-') === blob)
		.map((kept) => ({ ...kept, blob: result.get(kept.path) ?? '-' }))
		.filter(({ path, blob }) => blob !== idOf(ours.get(path)))
		.map((kept) => withText(kept, ours.get(kept.path)))
}

const idOf = (bytes: Uint8Array | undefined): string => (bytes === undefined ? '-' : blobId(bytes))

function withText(kept: KeptFile, ours: Uint8Array | undefined): Conflict {
	const text = ours === undefined ? undefined : textOf(ours)
	return { ...kept, ...(text === undefined ? {} : { ours: text }) }
}

const pair = (old: string | undefined, path: string): readonly (readonly [string, string])[] =>
	old === undefined ? [] : [[path, old]]

const lines = (text: string): string[] => text.split('\n')

function textOf(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
	} catch {
		return undefined
	}
}
