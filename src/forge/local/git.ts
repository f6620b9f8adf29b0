/** The few git plumbing commands that the local forge needs, through simple-git; no work tree is touched. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { simpleGit } from 'simple-git'

/** Who commits: the forge has no account to take a name from. Without HOME git reads no configuration of the user's. */
const identity = {
	GIT_AUTHOR_NAME: 'Reglue',
	GIT_AUTHOR_EMAIL: 'reglue@localhost',
	GIT_COMMITTER_NAME: 'Reglue',
	GIT_COMMITTER_EMAIL: 'reglue@localhost',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_TERMINAL_PROMPT: '0',
	LC_ALL: 'C',
}

/** Variables that simple-git would strip otherwise; all are set here, none is inherited. */
const allowEnvironment = [...Object.keys(identity), 'GIT_INDEX_FILE']

/** Longest list of arguments for one call, well below the system's limit. */
const batch = 200

export interface Repository {
	/** Folder of the repository's own data (`.git`, or the bare repository itself). */
	readonly gitFolder: string
	/** The commit that a ref points to; undefined when there is none. */
	resolve(ref: string): Promise<string | undefined>
	treeOf(commit: string): Promise<string>
	messageOf(commit: string): Promise<string>
	/** Paths and blob ids of a commit, below a folder (`''`: all). */
	list(commit: string, below: string): Promise<ReadonlyMap<string, string>>
	/** Writes a tree: the parent's files, less `removed`, with `files` put in. */
	writeTree(parent: string, files: ReadonlyMap<string, Uint8Array>, removed: readonly string[]): Promise<string>
	commit(tree: string, parent: string, message: string): Promise<string>
	/** Moves a ref if it still is where it was seen; `undefined` = it did not exist. @throws when somebody else moved it */
	move(ref: string, to: string, from: string | undefined): Promise<void>
}

/** @throws Error when the folder is not a git repository */
export async function openRepository(folder: string): Promise<Repository> {
	const environment = { PATH: process.env['PATH'] ?? '', ...identity }
	const run = async (args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<string> =>
		(
			await simpleGit({ baseDir: folder, trimmed: true, allowEnvironment })
				.env({ ...environment, ...extra })
				.raw([...args])
		).trim()
	const gitFolder = path.resolve(folder, await run(['rev-parse', '--git-dir']))

	return {
		gitFolder,
		resolve: (ref) =>
			run(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]).then(
				(id) => id || undefined,
				() => undefined,
			),
		treeOf: (commit) => run(['rev-parse', `${commit}^{tree}`]),
		messageOf: (commit) => run(['log', '-1', '--format=%B', commit]),
		list: async (commit, below) => {
			const output = await run(['ls-tree', '-r', '-z', commit, ...(below === '' ? [] : ['--', below])])
			return new Map(
				output
					.split('\0')
					.filter(Boolean)
					.map((entry): [string, string] => [entry.slice(entry.indexOf('\t') + 1), entry.split(/[ \t]/)[2] ?? '']),
			)
		},
		writeTree: (parent, files, removed) =>
			withTemporaryFolder(async (temporary) => {
				const index = { GIT_INDEX_FILE: path.join(temporary, 'index') }
				await run(['read-tree', parent], index)
				for (const part of batches(removed)) await run(['update-index', '--force-remove', '--', ...part], index)
				const ids = await writeBlobs(run, files, temporary)
				for (const part of batches([...ids])) {
					await run(
						['update-index', '--add', ...part.flatMap(([file, id]) => ['--cacheinfo', `100644,${id},${file}`])],
						index,
					)
				}
				return run(['write-tree'], index)
			}),
		commit: (tree, parent, message) =>
			withTemporaryFolder(async (temporary) => {
				const file = path.join(temporary, 'message')
				await writeFile(file, message)
				return run(['commit-tree', tree, '-p', parent, '-F', file])
			}),
		move: async (ref, to, from) => {
			await run(['update-ref', '--create-reflog', ref, to, from ?? '0'.repeat(to.length)])
		},
	}
}

async function writeBlobs(
	run: (args: readonly string[]) => Promise<string>,
	files: ReadonlyMap<string, Uint8Array>,
	temporary: string,
): Promise<ReadonlyMap<string, string>> {
	const ids = new Map<string, string>()
	let number = 0
	for (const part of batches([...files])) {
		const copies: string[] = []
		for (const [, bytes] of part) {
			const copy = path.join(temporary, `blob-${number++}`)
			await writeFile(copy, bytes)
			copies.push(copy)
		}
		const output = await run(['hash-object', '-w', '--no-filters', '--', ...copies])
		output.split('\n').forEach((id, position) => {
			const entry = part[position]
			if (entry !== undefined) ids.set(entry[0], id)
		})
	}
	return ids
}

function batches<T>(items: readonly T[]): readonly (readonly T[])[] {
	return Array.from({ length: Math.ceil(items.length / batch) }, (_unused, part) =>
		items.slice(part * batch, (part + 1) * batch),
	)
}

async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(path.join(tmpdir(), 'reglue-git-'))
	try {
		return await work(folder)
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}
