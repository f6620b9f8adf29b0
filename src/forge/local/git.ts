/** The git commands that the local forge is made of, through simple-git. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SimpleGit } from 'simple-git'
import { simpleGit } from 'simple-git'
import { ForgeError } from '../error.ts'

/** Who commits: the forge has no account to take a name from. Without HOME git reads no configuration of the user's. */
const identity = {
	GIT_AUTHOR_NAME: 'Reglue',
	GIT_AUTHOR_EMAIL: 'reglue@localhost',
	GIT_COMMITTER_NAME: 'Reglue',
	GIT_COMMITTER_EMAIL: 'reglue@localhost',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_TERMINAL_PROMPT: '0',
	GIT_OPTIONAL_LOCKS: '0',
	LC_ALL: 'C',
}

/** Variables that simple-git would strip otherwise; all are set here, none is inherited. */
const allowEnvironment = [...Object.keys(identity), 'GIT_INDEX_FILE']

export interface LocalGit {
	/** Folder of the repository's own data, which all its work trees share. */
	readonly gitFolder: string
	/** @throws ForgeError `invalid` with git's own words */
	run(args: readonly string[], options?: RunOptions): Promise<string>
	/** The bytes of an object of any type. */
	object(type: 'blob' | 'commit' | 'tree', id: string): Promise<Uint8Array | undefined>
}

export interface RunOptions {
	/** Standard input. */
	readonly input?: string
	/** Index file that stands for the repository's own. */
	readonly index?: string
	/** Work tree to run in; absent: the repository. */
	readonly workTree?: string
}

/** @throws ForgeError when the folder is not a git repository */
export async function openGit(folder: string): Promise<LocalGit> {
	const client = (baseDir: string, input?: string): SimpleGit =>
		simpleGit({ baseDir, allowEnvironment, ...(input === undefined ? {} : { input: () => input }) })
	const run: LocalGit['run'] = async (args, { input, index, workTree = folder } = {}) => {
		const variables = { PATH: process.env['PATH'] ?? '', ...identity }
		try {
			return await client(workTree, input)
				.env(index === undefined ? variables : { ...variables, GIT_INDEX_FILE: index })
				.raw([...args])
		} catch (error) {
			const words = error instanceof Error ? error.message : String(error)
			throw new ForgeError('invalid', words.trim().replace(/^(?:fatal|error): /, ''))
		}
	}
	const gitFolder = path.resolve(folder, (await run(['rev-parse', '--git-common-dir'])).trim())
	return {
		gitFolder,
		run,
		object: async (type, id) => {
			if (!isId(id)) return undefined
			try {
				const bytes: unknown = await client(folder)
					.env({ PATH: process.env['PATH'] ?? '', ...identity })
					.binaryCatFile([type, id])
				return bytes instanceof Uint8Array ? bytes : undefined
			} catch {
				// An object that is not there, or is another type.
				return undefined
			}
		},
	}
}

/** Ids of commits and other objects: nothing else is ever handed to git as one. */
export const isId = (text: string): boolean => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)

/** Where refs are. @param pattern a ref, or the beginning of some; nothing in it but what a ref's name may have counts */
export async function readRefs(git: LocalGit, pattern: string): Promise<ReadonlyMap<string, string>> {
	const output = await git.run(['for-each-ref', '--format=%(objectname) %(refname)', pattern])
	const refs = output
		.split('\n')
		.filter(Boolean)
		.map((line): [string, string] => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))])
	return new Map(refs.filter(([name]) => name.startsWith(pattern)))
}

/** Where a ref is; undefined where there is none. */
export const readRef = async (git: LocalGit, ref: string): Promise<string | undefined> =>
	(await readRefs(git, ref)).get(ref)

/** Is everything of the one in the other? */
export const isAncestor = async (git: LocalGit, older: string, younger: string): Promise<boolean> =>
	Number(await git.run(['rev-list', '--count', '--max-count=1', `${younger}..${older}`])) === 0

/** A file name that nothing else has, in a folder that is removed afterwards. */
export async function withTemporaryFolder<T>(work: (file: () => string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(path.join(tmpdir(), 'reglue-git-'))
	try {
		return await work(() => path.join(folder, randomUUID()))
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}
