/** Blobs, trees and commits in memory; the same content has the same id, whenever it was made. */
import { createHash } from 'node:crypto'
import { blobId } from '#forge/blob-id.ts'
import { ForgeError } from '#forge/error.ts'
import type { Commit, Comparison, TreeFile } from '#forge/repository.ts'

type Files = ReadonlyMap<string, TreeFile>

const hash = (text: string): string => createHash('sha1').update(text).digest('hex')

export function memoryObjects() {
	const blobs = new Map<string, Uint8Array>()
	const trees = new Map<string, Files>()
	const commits = new Map<string, Commit>()
	const putBlob = (bytes: Uint8Array): string => {
		const id = blobId(bytes)
		blobs.set(id, bytes)
		return id
	}
	const putTree = (files: Files): string => {
		const sorted = [...files].sort(([left], [right]) => (left < right ? -1 : 1))
		const id = hash(sorted.map(([path, { id: blob }]) => `${blob} ${path}`).join('\n'))
		trees.set(id, new Map(sorted))
		return id
	}
	const putCommit = (tree: string, parents: readonly string[], message: string, who: string): string => {
		const id = hash([tree, ...parents, message, who].join('\n'))
		const person = { name: who, email: `${who}@localhost` }
		commits.set(id, { id, tree, parents, message, author: person, committer: person })
		return id
	}
	const commitAt = (id: string): Commit => {
		const found = commits.get(id)
		if (found === undefined) throw new ForgeError('missing', `there is no commit ${id}`)
		return found
	}
	const filesOf = (id: string): Files => {
		const found = trees.get(commits.get(id)?.tree ?? id)
		if (found === undefined) throw new ForgeError('missing', `there is no tree ${id}`)
		return found
	}
	const changed = (files: Files, put: ReadonlyMap<string, Uint8Array>, removed: readonly string[]): string => {
		const next = new Map(files)
		for (const path of removed) {
			if (!next.delete(path)) throw new ForgeError('invalid', `there is no ${path} to remove`)
		}
		for (const [path, bytes] of put) next.set(path, { id: putBlob(bytes), mode: '100644', size: bytes.length })
		return putTree(next)
	}
	/** Newest first. */
	const ancestors = (id: string): readonly string[] => {
		const seen = new Set<string>()
		const walk = (from: string): void => {
			if (seen.has(from)) return
			seen.add(from)
			for (const parent of commits.get(from)?.parents ?? []) walk(parent)
		}
		walk(id)
		return [...seen]
	}
	/** The newest commit that both have: one that no other common commit has come from. */
	const mergeBase = (left: string, right: string): string | undefined => {
		const known = new Set(ancestors(left))
		const common = ancestors(right).filter((id) => known.has(id))
		return common.find((id) => !common.some((other) => other !== id && ancestors(other).includes(id)))
	}
	/** The three-way merge of git, by whole files: tests do not let people edit one file on both sides of a merge. */
	const mergedTree = (base: string, head: string): string => {
		const common = mergeBase(base, head) ?? base
		const [from, ours, theirs] = [filesOf(common), filesOf(base), filesOf(head)]
		const next = new Map(ours)
		for (const path of new Set([...from.keys(), ...theirs.keys()])) {
			const now = theirs.get(path)
			if (now?.id === from.get(path)?.id) continue
			if (now === undefined) next.delete(path)
			else next.set(path, now)
		}
		return putTree(next)
	}

	function comparison(base: string, head: string): Comparison {
		const known = new Set(ancestors(base))
		const common = mergeBase(base, head) ?? base
		const ahead = ancestors(head).filter((id) => !known.has(id))
		const [from, to] = [filesOf(common), filesOf(head)]
		const files = [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((path) => {
			const [before, after] = [from.get(path)?.id, to.get(path)?.id]
			const status = before === undefined ? 'added' : after === undefined ? 'removed' : 'modified'
			return before === after ? [] : [{ path, status, previousPath: undefined }]
		})
		return {
			mergeBase: common,
			behind: ancestors(base).filter((id) => !ancestors(head).includes(id)).length,
			commits: ahead.toReversed().flatMap((id) => commits.get(id) ?? []),
			complete: true,
			files,
		}
	}

	return { blobs, commits, putCommit, commitAt, filesOf, changed, ancestors, mergedTree, comparison }
}
