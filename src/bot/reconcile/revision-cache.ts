/**
 * What commits were made from, for many commits in few requests. A commit never changes, so what is remembered about it
 * cannot be wrong: a file behind a ref of its own holds the trailers of the generations of a repository with many
 * branches. Without the file, or with a part of it, the commits themselves are read and the file is written again.
 */
import { z } from 'zod'
import { isForgeError } from '#forge/error.ts'
import type { ForgeRepository } from '#forge/repository.ts'

const ref = 'refs/reglue/generations'
const file = 'generations.json'
const schema = z.record(z.string(), z.string())

/** Commits that are read one by one: fewer are not worth a file. */
const few = 20

export interface Messages {
	readonly byCommit: ReadonlyMap<string, string>
	/** Remembers what had to be read, if that was much. Last of all writes: nothing depends on it. */
	readonly remember?: (baseTree: string) => Promise<void>
}

/** Messages of commits; those that are gone are missing. */
export async function messagesOf(repository: ForgeRepository, ids: readonly string[]): Promise<Messages> {
	const seen = ids.length > few ? await repository.ref(ref) : undefined
	const known = seen === undefined ? {} : await readKnown(repository, seen)
	const byCommit = new Map<string, string>()
	let read = 0
	for (const id of new Set(ids)) {
		const message = known[id] ?? (await repository.commit(id))?.message
		if (known[id] === undefined) read++
		if (message !== undefined) byCommit.set(id, message)
	}
	const remember = async (baseTree: string): Promise<void> => {
		const text = JSON.stringify(Object.fromEntries([...byCommit].sort(([left], [right]) => (left < right ? -1 : 1))))
		const files = new Map([[file, new TextEncoder().encode(text)]])
		const tree = await repository.writeTree({ base: baseTree, files, removed: [] })
		const to = await repository.writeCommit({ tree, parents: [], message: 'Remember what was generated from what' })
		// Somebody else who was faster remembers the same.
		if (seen === undefined) await repository.createRef(ref, to)
		else await repository.moveRef(ref, { from: seen, to, rewrite: true })
	}
	return { byCommit, ...(read > few ? { remember } : {}) }
}

async function readKnown(repository: ForgeRepository, commit: string): Promise<Readonly<Record<string, string>>> {
	try {
		const bytes = await repository.file(file, commit)
		return bytes === undefined ? {} : (schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? {})
	} catch (error) {
		// Broken or gone: as good as none.
		if (error instanceof SyntaxError || isForgeError(error, 'missing')) return {}
		throw error
	}
}
