/**
 * What a run has found out, so that the next one need not: what commits were made from, and of which units a generation
 * came to nothing new. It lies in files behind a ref of its own. Nothing is wrong without it: a commit never changes, and
 * what a unit follows from is in the key of what is remembered about it. Lost or broken, it is found out and written again.
 */
import { z } from 'zod'
import { isForgeError } from '#forge/error.ts'
import type { ForgeRepository } from '#forge/repository.ts'

export const memoryRef = 'refs/reglue/generations'
const messagesFile = 'generations.json'
const calmFile = 'calm.json'
const texts = z.record(z.string(), z.string())
type Texts = Readonly<Record<string, string>>

/** Commits that are read one by one: fewer are not worth a file. */
const few = 20

export interface Memory {
	/** Messages of commits; those that are gone are missing. */
	readonly messages: ReadonlyMap<string, string>
	/** States of units, by name, in which a generation gave what was there already. */
	calm(): Promise<ReadonlyMap<string, string>>
	/** Last of all writes: nothing depends on it. `calm` is what this run has found out. */
	remember(found: {
		readonly calm: ReadonlyMap<string, string>
		readonly baseTree: () => Promise<string>
	}): Promise<void>
}

/** @param at where the ref of the memory stands; undefined: nothing is remembered */
export async function readMemory(
	repository: ForgeRepository,
	ids: readonly string[],
	at: string | undefined,
): Promise<Memory> {
	const known = ids.length > few ? await readTexts(repository, messagesFile, at) : {}
	const messages = new Map<string, string>()
	let read = 0
	for (const id of new Set(ids)) {
		const message = known[id] ?? (await repository.commit(id))?.message
		if (known[id] === undefined) read++
		if (message !== undefined) messages.set(id, message)
	}
	let calm: Promise<ReadonlyMap<string, string>> | undefined
	const readCalm = (): Promise<ReadonlyMap<string, string>> => {
		calm ??= readTexts(repository, calmFile, at).then((entries) => new Map(Object.entries(entries)))
		return calm
	}
	return {
		messages,
		calm: readCalm,
		remember: async (found) => {
			if (read <= few && found.calm.size === 0) return
			const files = new Map([[calmFile, encoded(new Map([...(await readCalm()), ...found.calm]))]])
			const isMany = ids.length > few
			if (isMany) files.set(messagesFile, encoded(messages))
			const base =
				at === undefined ? await found.baseTree() : ((await repository.commit(at))?.tree ?? (await found.baseTree()))
			const tree = await repository.writeTree({ base, files, removed: [] })
			const to = await repository.writeCommit({ tree, parents: [], message: 'Remember what was generated from what' })
			// Somebody else who was faster remembers the same.
			if (at === undefined) await repository.createRef(memoryRef, to)
			else await repository.moveRef(memoryRef, { from: at, to, rewrite: true })
		},
	}
}

function encoded(entries: ReadonlyMap<string, string>): Uint8Array {
	const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : 1))
	return new TextEncoder().encode(JSON.stringify(Object.fromEntries(sorted)))
}

async function readTexts(repository: ForgeRepository, file: string, at: string | undefined): Promise<Texts> {
	if (at === undefined) return {}
	try {
		const bytes = await repository.file(file, at)
		return bytes === undefined ? {} : (texts.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? {})
	} catch (error) {
		// Broken or gone: as good as none.
		if (error instanceof SyntaxError || isForgeError(error, 'missing')) return {}
		throw error
	}
}
