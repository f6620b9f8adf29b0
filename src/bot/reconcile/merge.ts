/** A new generation and people's edits in one tree, file by file, against the last generation. */
import { merge } from 'node-diff3'
import { blobId } from '#forge/blob-id.ts'
import type { TreeFile } from '#forge/repository.ts'

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
	/** What a tree with the generation alone has not: `removed`, and the files that stay only because they are people's. */
	readonly bareRemoved: readonly string[]
	readonly conflicts: readonly Conflict[]
	/** The result holds something that is not of the generation. */
	readonly isEdited: boolean
}

/** A file of people's that stays as it is, although the generation wants another. */
export interface Conflict {
	readonly path: string
	readonly why: string
	/** What the generation would have; absent: it would remove the file. */
	readonly ours?: string
}

type Outcome =
	| { readonly kind: 'keep'; readonly conflict?: string }
	| { readonly kind: 'write'; readonly bytes: Uint8Array; readonly edited: boolean }
	| { readonly kind: 'remove' }

export async function mergeFiles(input: MergeInput): Promise<Merged> {
	const { theirs, ours, owned, kept, before } = input
	const isOwned = (path: string) => owned.some((folder) => path.startsWith(`${folder}/`)) && !kept.has(path)
	const formerly = new Map([...ours.keys()].flatMap((path) => pair(before(path), path)))
	const files = new Map<string, Uint8Array>()
	const removed: string[] = []
	const conflicts: Conflict[] = []
	let isEdited = false
	for (const path of [...new Set([...ours.keys(), ...[...theirs.keys()].filter(isOwned)])].sort()) {
		const old = formerly.get(path)
		if (!ours.has(path) && [...formerly.values()].includes(path)) {
			// Moved with its export; what people changed in it moves along.
			removed.push(path)
			continue
		}
		const outcome = await mergeFile(input, path, old !== undefined && theirs.has(old) ? old : path)
		if (outcome.kind === 'remove') removed.push(path)
		else if (outcome.kind === 'write') {
			isEdited ||= outcome.edited
			if (theirs.get(path)?.id !== blobId(outcome.bytes)) files.set(path, outcome.bytes)
		} else {
			isEdited = true
			if (outcome.conflict !== undefined) conflicts.push(conflictOf(path, outcome.conflict, ours.get(path)))
		}
	}
	const bareRemoved = [...theirs.keys()].filter((path) => isOwned(path) && !ours.has(path))
	return { files, removed, bareRemoved, conflicts, isEdited }
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
	if (wanted === base) return moved(input, path, source, theirs)
	if (theirs === undefined) return deleted(ours, base)
	if (ours === undefined)
		return { kind: 'keep', ...(base === undefined ? {} : { conflict: 'it was edited and is no longer generated' }) }
	return mergeTexts(input, path, { base, theirs, ours })
}

function deleted(ours: Uint8Array | undefined, base: string | undefined): Outcome {
	if (ours === undefined) return { kind: 'keep' }
	if (base === undefined) return { kind: 'write', bytes: ours, edited: false }
	return { kind: 'keep', conflict: 'people deleted it, and it has changed in the generation' }
}

/** A file that people edited goes along when its export is renamed. */
async function moved(input: MergeInput, path: string, source: string, theirs: string | undefined): Promise<Outcome> {
	if (theirs === undefined || path === source) return { kind: 'keep' }
	const bytes = await input.read(theirs)
	return bytes === undefined ? { kind: 'keep' } : { kind: 'write', bytes, edited: true }
}

async function mergeTexts(
	{ read, problems }: MergeInput,
	path: string,
	{ base, theirs, ours }: { readonly base: string | undefined; readonly theirs: string; readonly ours: Uint8Array },
): Promise<Outcome> {
	const [before, now] = [base === undefined ? undefined : await read(base), await read(theirs)]
	if (before === undefined || now === undefined)
		return { kind: 'keep', conflict: 'what was generated before is not there any more, so the edits cannot be told' }
	const [o, a, b] = [textOf(before), textOf(now), textOf(ours)]
	if (o === undefined || a === undefined || b === undefined) return { kind: 'keep', conflict: 'it is not text' }
	const { conflict, result } = merge(lines(a), lines(o), lines(b), { excludeFalseConflicts: true })
	if (conflict) return { kind: 'keep', conflict: 'the same lines were edited and generated anew' }
	const text = result.join('\n')
	const [problem] = problems(path, text)
	if (problem !== undefined) return { kind: 'keep', conflict: `both changes together are not well-formed: ${problem}` }
	return { kind: 'write', bytes: new TextEncoder().encode(text), edited: text !== b }
}

function conflictOf(path: string, why: string, ours: Uint8Array | undefined): Conflict {
	const text = ours === undefined ? undefined : textOf(ours)
	return { path, why, ...(text === undefined ? {} : { ours: text }) }
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
