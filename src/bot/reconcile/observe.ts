/** What the repository holds of the bot's work now: read afresh in every run, from refs, commits and pull requests alone. */
import type { ForgeRepository, PullRequest, TreeFile } from '#forge/repository.ts'
import { branchPrefix, branchRef, ownRefs, pristinePrefix } from '#publish/branches.ts'
import type { Marker } from '#publish/marker.ts'
import { parseMarker } from '#publish/marker.ts'
import type { Revision } from '#publish/revision.ts'
import { parseRevision } from '#publish/revision.ts'
import type { Memory } from './memory.ts'
import { memoryRef, readMemory } from './memory.ts'

export interface Observed {
	readonly base: Base
	/** All open pull requests against it, people's too. */
	readonly open: readonly PullRequest[]
	readonly parts: ReadonlyMap<string, Part>
	/** States of units in which a former run found nothing to write. */
	readonly calm: Memory['calm']
	/** Makes the next look cheap; the last write of a run. */
	remember(calm: ReadonlyMap<string, string>): Promise<void>
}

export interface Base {
	readonly branch: string
	readonly commit: string
	readonly files: ReadonlyMap<string, TreeFile>
}

/** A branch of the bot's with its pull request, or what is left of one. */
export interface Part {
	readonly name: string
	/** Head of the branch. */
	readonly head: string | undefined
	/** Files of the branch, where people have committed to it: theirs count. */
	readonly files: ReadonlyMap<string, TreeFile> | undefined
	/** The open pull request. */
	readonly pull: PullRequest | undefined
	readonly marker: Marker | undefined
	readonly pristine: Pristine | undefined
	/** Where the pristine ref stands; behind `pristine` when a run ended between two writes. */
	readonly pristineRef: string | undefined
}

export interface Pristine {
	readonly commit: string
	readonly revision: Revision
}

export async function observe(repository: ForgeRepository, branch: string): Promise<Observed | undefined> {
	const commit = await repository.ref(`refs/heads/${branch}`)
	if (commit === undefined) return undefined
	const [files, heads, own, pulls] = [
		await repository.tree(commit),
		await repository.refs(branchPrefix),
		await repository.refs(ownRefs),
		await repository.pullRequests({ state: 'open', base: branch }),
	]
	const pristine = new Map([...own].filter(([ref]) => ref.startsWith(pristinePrefix)))
	const memory = await readMemory(repository, [...pristine.values()], own.get(memoryRef))
	const names = new Set([
		...[...heads.keys()].map((ref) => ref.slice(branchPrefix.length)),
		...[...pristine.keys()].map((ref) => ref.slice(pristinePrefix.length)),
	])
	const parts = new Map<string, Part>()
	for (const name of [...names].sort()) {
		const head = heads.get(branchRef(name))
		const kept = pristine.get(`${pristinePrefix}${name}`)
		const pull = pulls.find((one) => !one.fromFork && branchRef(name).endsWith(`/${one.head.branch}`))
		const known = await newestGeneration(repository, { base: commit, head, kept, messages: memory.messages })
		// A branch of that name which never held a generation is not ours.
		if (known === undefined && kept === undefined) continue
		const isTouched = pull !== undefined && head !== undefined && head !== known?.commit
		parts.set(name, {
			name,
			head,
			files: isTouched ? await repository.tree(head) : undefined,
			pull,
			marker: pull === undefined ? undefined : parseMarker(pull.body),
			pristine: known,
			pristineRef: kept,
		})
	}
	const baseTree = async (): Promise<string> => (await repository.commit(commit))?.tree ?? commit
	return {
		base: { branch, commit, files },
		open: pulls,
		parts,
		calm: () => memory.calm(),
		remember: (calm) => memory.remember({ calm, baseTree }),
	}
}

/** What one branch stands on, without looking at all others. */
export async function generationOf(
	repository: ForgeRepository,
	{ part, base, head }: { readonly part: string; readonly base: string; readonly head: string },
): Promise<Pristine | undefined> {
	const kept = await repository.ref(`${pristinePrefix}${part}`)
	const { messages } = await readMemory(repository, kept === undefined ? [] : [kept], undefined)
	return newestGeneration(repository, { base, head, kept, messages })
}

/** The generation that the branch stands on, even where the ref to it was not moved any more. */
async function newestGeneration(
	repository: ForgeRepository,
	{
		base,
		head,
		kept,
		messages,
	}: {
		readonly base: string
		readonly head: string | undefined
		readonly kept: string | undefined
		readonly messages: ReadonlyMap<string, string>
	},
): Promise<Pristine | undefined> {
	if (head !== undefined && head !== kept) {
		const commits = (await repository.compare(base, head))?.commits ?? []
		for (const { id, message } of commits.toReversed()) {
			const revision = parseRevision(message)
			if (revision !== undefined && revision.units.length > 0) return { commit: revision.pristine ?? id, revision }
		}
	}
	const revision = kept === undefined ? undefined : parseRevision(messages.get(kept) ?? '')
	return kept === undefined || revision === undefined ? undefined : { commit: kept, revision }
}
