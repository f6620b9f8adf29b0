/** From the files that a commit begins with to those that it shall have: what is to be written, and what goes. */
import { blobId } from '#forge/blob-id.ts'
import type { ForgeRepository, TreeFile } from '#forge/repository.ts'

export interface TreeChange {
	readonly files: ReadonlyMap<string, Uint8Array>
	readonly removed: readonly string[]
}

/** @param known texts that need not be fetched, by blob id */
export async function changeTo(
	repository: ForgeRepository,
	start: ReadonlyMap<string, TreeFile>,
	wanted: ReadonlyMap<string, string>,
	known: ReadonlyMap<string, Uint8Array>,
): Promise<TreeChange> {
	const files = new Map<string, Uint8Array>()
	for (const [path, id] of [...wanted].sort(([left], [right]) => (left < right ? -1 : 1))) {
		if (start.get(path)?.id !== id) files.set(path, known.get(id) ?? (await repository.blob(id)))
	}
	return { files, removed: [...start.keys()].filter((path) => !wanted.has(path)) }
}

export const isNoChange = ({ files, removed }: TreeChange): boolean => files.size === 0 && removed.length === 0

export const textsById = (files: Iterable<Uint8Array>): ReadonlyMap<string, Uint8Array> =>
	new Map([...files].map((bytes) => [blobId(bytes), bytes]))

export const idsOf = (files: ReadonlyMap<string, TreeFile>): ReadonlyMap<string, string> =>
	new Map([...files].map(([path, { id }]) => [path, id]))
