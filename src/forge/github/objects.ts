/** Commits, trees and blobs through the Git Data API. */
import type { ChangedFile, Commit, Comparison, ForgeRepository, TreeFile } from '../repository.ts'
import { repeatable } from './certain.ts'
import type { Place } from './place.ts'
import { orMissing } from './place.ts'

/** Entries and bytes for one request that makes a tree; GitHub gives no numbers, and ends long requests after 10 s. */
const batch = { entries: 500, bytes: 4_000_000 }

/** GitHub lists at most so many files of a comparison. */
const listedFiles = 300
const listedCommits = 250

type Objects = Pick<ForgeRepository, 'commit' | 'compare' | 'tree' | 'blob' | 'file' | 'writeTree' | 'writeCommit'>

export function gitHubObjects(place: Place): Objects {
	const { client, owner, repo } = place
	const at = { owner, repo }
	return {
		commit: async (id) => {
			const answer = await orMissing(client.rest.git.getCommit({ ...at, commit_sha: id }))
			return answer === undefined ? undefined : toCommit(answer.data)
		},
		compare: async (base, head) => {
			const basehead = `${base}...${head}`
			const answer = await orMissing(
				client.rest.repos.compareCommitsWithBasehead({ ...at, basehead, per_page: listedCommits, page: 1 }),
			)
			return answer === undefined ? undefined : toComparison(answer.data)
		},
		tree: async (commit) => new Map(await filesOf(place, commit, '')),
		blob: async (id) => {
			const { data } = await client.rest.git.getBlob({ ...at, file_sha: id })
			return Buffer.from(data.content, 'base64')
		},
		file: async (path, ref) => {
			const answer = await orMissing(client.rest.repos.getContent({ ...at, path, ref }))
			if (answer === undefined || Array.isArray(answer.data) || answer.data.type !== 'file') return undefined
			const { data } = answer
			// Beyond a megabyte the content is left out, and the blob has it.
			if ('content' in data && data.encoding === 'base64') return Buffer.from(data.content, 'base64')
			const blob = await client.rest.git.getBlob({ ...at, file_sha: data.sha })
			return Buffer.from(blob.data.content, 'base64')
		},
		writeTree: async ({ base, files, removed }) => {
			const entries = [...(await entriesOf(place, files)), ...removed.map((path) => ({ path, sha: null, bytes: 0 }))]
			let tree = base
			for (const part of batches(entries)) {
				const wanted = part.map(({ bytes: _size, ...entry }) => ({
					...entry,
					mode: '100644' as const,
					type: 'blob' as const,
				}))
				const { data } = await repeatable(() => client.rest.git.createTree({ ...at, base_tree: tree, tree: wanted }))
				tree = data.sha
			}
			return tree
		},
		writeCommit: async ({ tree, parents, message }) => {
			// No author: GitHub then signs the commit as the App's.
			const wanted = { ...at, tree, parents: [...parents], message }
			return (await repeatable(() => client.rest.git.createCommit(wanted))).data.sha
		},
	}
}

async function filesOf(place: Place, tree: string, folder: string): Promise<readonly (readonly [string, TreeFile])[]> {
	const { client, owner, repo } = place
	const at = { owner, repo, tree_sha: tree }
	const whole = (await client.rest.git.getTree({ ...at, recursive: '1' })).data
	if (!whole.truncated) return whole.tree.flatMap((entry) => toFile(entry, folder))
	// Too many files for one answer: folder by folder.
	const { data } = await client.rest.git.getTree(at)
	const files: (readonly [string, TreeFile])[] = []
	for (const entry of data.tree) {
		if (entry.type !== 'tree') files.push(...toFile(entry, folder))
		else files.push(...(await filesOf(place, entry.sha, `${folder}${entry.path}/`)))
	}
	return files
}

interface Entry {
	readonly path: string
	readonly type: string
	readonly sha: string
	readonly mode: string
	readonly size?: number
}

function toFile(entry: Entry, folder: string): readonly (readonly [string, TreeFile])[] {
	if (entry.type === 'tree') return []
	return [[`${folder}${entry.path}`, { id: entry.sha, mode: entry.mode, size: entry.size }]]
}

/** Text goes along with the tree; what is not UTF-8 needs a blob of its own. */
async function entriesOf({ client, owner, repo }: Place, files: ReadonlyMap<string, Uint8Array>) {
	const entries = []
	for (const [path, bytes] of files) {
		const buffer = Buffer.from(bytes)
		const content = buffer.toString('utf8')
		if (Buffer.from(content).equals(buffer)) entries.push({ path, content, bytes: buffer.length })
		else {
			const wanted = { owner, repo, content: buffer.toString('base64'), encoding: 'base64' }
			const { data } = await repeatable(() => client.rest.git.createBlob(wanted))
			entries.push({ path, sha: data.sha, bytes: 0 })
		}
	}
	return entries
}

function batches<T extends { readonly bytes: number }>(entries: readonly T[]): readonly (readonly T[])[] {
	const parts: T[][] = []
	let room = { entries: 0, bytes: 0 }
	for (const entry of entries) {
		if (room.entries === 0 || room.bytes < entry.bytes) {
			parts.push([])
			room = { ...batch }
		}
		parts.at(-1)?.push(entry)
		room = { entries: room.entries - 1, bytes: room.bytes - entry.bytes }
	}
	return parts
}

interface Person {
	readonly name?: string
	readonly email?: string
}

interface RawCommit {
	readonly sha: string
	readonly message: string
	readonly tree: { readonly sha: string }
	readonly parents: readonly { readonly sha: string }[]
	readonly author?: Person | null
	readonly committer?: Person | null
}

function toCommit({ sha, message, tree, parents, author, committer }: RawCommit): Commit {
	const person = (who: Person | null | undefined) => ({ name: who?.name ?? '', email: who?.email ?? '' })
	return {
		id: sha,
		tree: tree.sha,
		parents: parents.map((parent) => parent.sha),
		message,
		author: person(author),
		committer: person(committer),
	}
}

function toComparison(data: {
	readonly merge_base_commit: { readonly sha: string }
	readonly behind_by: number
	readonly ahead_by: number
	readonly commits: readonly {
		readonly sha: string
		readonly commit: Omit<RawCommit, 'sha' | 'parents'>
		readonly parents: RawCommit['parents']
	}[]
	readonly files?: readonly {
		readonly filename: string
		readonly status: string
		readonly previous_filename?: string
	}[]
}): Comparison {
	const files = data.files ?? []
	return {
		mergeBase: data.merge_base_commit.sha,
		behind: data.behind_by,
		commits: data.commits.map(({ sha, commit, parents }) => toCommit({ ...commit, sha, parents })),
		complete: data.commits.length === data.ahead_by,
		files: files.length >= listedFiles ? undefined : files.map(toChangedFile),
	}
}

function toChangedFile(file: {
	readonly filename: string
	readonly status: string
	readonly previous_filename?: string
}): ChangedFile {
	return { path: file.filename, status: file.status, previousPath: file.previous_filename }
}
