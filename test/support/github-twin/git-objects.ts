/** Blobs, trees and commits of a bare repository. */
import { git, tryGit, withIndex } from './git.ts'
import { notFound, Refusal } from './refusal.ts'

export interface TreeEntry {
	readonly path: string
	readonly mode: string
	readonly type: string
	readonly sha: string
	readonly size: number | undefined
}

export interface CommitObject {
	readonly sha: string
	readonly tree: string
	readonly parents: readonly string[]
	readonly author: Identity
	readonly committer: Identity
	readonly message: string
}

export interface Identity {
	readonly name: string
	readonly email: string
	readonly date: string
}

export type ObjectType = 'blob' | 'tree' | 'commit'

export async function isObject(folder: string, sha: string, type: ObjectType): Promise<boolean> {
	if (!/^[0-9a-f]{40}$/.test(sha)) return false
	const { code, output } = await tryGit(folder, ['cat-file', '-t', sha])
	return code === 0 && output.toString().trim() === type
}

export async function readBlob(folder: string, sha: string): Promise<Buffer> {
	if (!(await isObject(folder, sha, 'blob'))) throw notFound()
	return (await tryGit(folder, ['cat-file', 'blob', sha])).output
}

export async function writeBlob(folder: string, bytes: string | Uint8Array): Promise<string> {
	return git(folder, ['hash-object', '-w', '--stdin'], bytes)
}

export async function listTree(folder: string, treeish: string, recursive: boolean): Promise<readonly TreeEntry[]> {
	const { code, output } = await tryGit(folder, ['ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), treeish])
	if (code !== 0) throw notFound()
	return output
		.toString('utf8')
		.split('\0')
		.filter(Boolean)
		.map((line) => {
			const tab = line.indexOf('\t')
			const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/)
			return { path: line.slice(tab + 1), mode, type, sha, size: size === '-' ? undefined : Number(size) }
		})
}

export interface TreeChange {
	readonly path: string
	readonly mode: string
	/** null: the path is removed. */
	readonly sha: string | null
}

/** A tree like `base` with the changes, where a folder may be given by the id of its tree. */
export function writeTree(folder: string, base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
	return withIndex(async (index) => {
		if (base !== undefined) await git(folder, ['read-tree', base], '', index)
		const lines: string[] = []
		for (const change of changes) {
			if (change.sha === null) lines.push(`0 ${'0'.repeat(40)}\t${change.path}`)
			else if (change.mode !== '040000') lines.push(`${change.mode} ${change.sha}\t${change.path}`)
			else
				for (const entry of await listTree(folder, change.sha, true)) {
					if (entry.type !== 'tree') lines.push(`${entry.mode} ${entry.sha}\t${change.path}/${entry.path}`)
				}
		}
		const { code, errors } = await tryGit(folder, ['update-index', '-z', '--index-info'], lines.join('\0'), index)
		if (code !== 0) throw new Refusal(422, `tree.path contains a malformed path component: ${errors.trim()}`)
		return git(folder, ['write-tree'], '', index)
	})
}

export function writeCommit(folder: string, commit: Omit<CommitObject, 'sha'>): Promise<string> {
	const { author, committer } = commit
	return git(
		folder,
		['commit-tree', commit.tree, ...commit.parents.flatMap((parent) => ['-p', parent])],
		commit.message,
		{
			GIT_AUTHOR_NAME: author.name,
			GIT_AUTHOR_EMAIL: author.email,
			GIT_AUTHOR_DATE: author.date,
			GIT_COMMITTER_NAME: committer.name,
			GIT_COMMITTER_EMAIL: committer.email,
			GIT_COMMITTER_DATE: committer.date,
		},
	)
}

const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x1f')

/** Commits in git's order for a range such as `base..head`, or the arguments of `git log`. */
export async function log(folder: string, args: readonly string[]): Promise<readonly CommitObject[]> {
	const { code, output } = await tryGit(folder, ['log', '-z', `--format=${format}`, ...args])
	if (code !== 0) throw notFound()
	return output.toString('utf8').split('\0').filter(Boolean).map(parseCommit)
}

function parseCommit(text: string): CommitObject {
	const [sha = '', tree = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', ...message] =
		text.split('\x1f')
	return {
		sha,
		tree,
		parents: parents.split(' ').filter(Boolean),
		author: { name: an, email: ae, date: inUtc(ad) },
		committer: { name: cn, email: ce, date: inUtc(cd) },
		message: message.join('\x1f').replace(/\n+$/, ''),
	}
}

function inUtc(date: string): string {
	return new Date(date).toISOString().replace('.000Z', 'Z')
}

export async function readCommit(folder: string, sha: string): Promise<CommitObject> {
	if (!(await isObject(folder, sha, 'commit'))) throw notFound()
	const [commit] = await log(folder, ['-1', sha])
	if (commit === undefined) throw notFound()
	return commit
}
