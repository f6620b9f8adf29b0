/** Commits, trees and blobs of the repository; no work tree is touched. */
import { writeFile } from 'node:fs/promises'
import { ForgeError } from '../error.ts'
import type { ChangedFile, Commit, Comparison, ForgeRepository, TreeFile } from '../repository.ts'
import type { LocalGit } from './git.ts'
import { isId, readRef, withTemporaryFolder } from './git.ts'

type Objects = Pick<ForgeRepository, 'commit' | 'compare' | 'tree' | 'blob' | 'file' | 'writeTree' | 'writeCommit'>

export function localObjects(git: LocalGit): Objects {
	const resolve = async (name: string): Promise<string | undefined> => {
		const branch = await readRef(git, `refs/heads/${name}`)
		if (branch !== undefined) return branch
		return (await git.object('commit', name)) === undefined ? undefined : name
	}
	const tree: Objects['tree'] = async (commit) => {
		if (!isId(commit)) throw new ForgeError('missing', `there is no tree ${commit}`)
		return filesOf(await git.run(['ls-tree', '-r', '-z', '--long', '--full-tree', commit]))
	}
	return {
		commit: async (id) => (isId(id) ? (await commitsOf(git, ['--no-walk', id]).catch(() => []))[0] : undefined),
		compare: async (base, head) => {
			const [left, right] = [await resolve(base), await resolve(head)]
			return left === undefined || right === undefined ? undefined : compare(git, left, right)
		},
		tree,
		blob: async (id) => {
			const bytes = await git.object('blob', id)
			if (bytes === undefined) throw new ForgeError('missing', `there is no blob ${id}`)
			return bytes
		},
		file: async (path, at) => {
			const commit = await resolve(at)
			const id = commit === undefined ? undefined : (await tree(commit)).get(path)?.id
			return id === undefined ? undefined : git.object('blob', id)
		},
		writeTree: ({ base, files, removed }) =>
			withTemporaryFolder(async (file) => {
				const index = file()
				await git.run(['read-tree', base], { index })
				const ids = await writeBlobs(git, [...files.values()], file)
				const put = [...files.keys()].map((path, number) => `100644 ${ids[number]}\t${path}\0`)
				const taken = removed.map((path) => `0 ${'0'.repeat(base.length)}\t${path}\0`)
				await git.run(['update-index', '-z', '--index-info'], { index, input: [...taken, ...put].join('') })
				return (await git.run(['write-tree'], { index })).trim()
			}),
		writeCommit: ({ tree: written, parents, message }) =>
			withTemporaryFolder(async (file) => {
				const text = file()
				await writeFile(text, message)
				const onto = parents.flatMap((parent) => ['-p', parent])
				return (await git.run(['commit-tree', written, ...onto, '-F', text])).trim()
			}),
	}
}

/** @param listing output of `git ls-tree -r -z --long` */
function filesOf(listing: string): ReadonlyMap<string, TreeFile> {
	return new Map(
		listing
			.split('\0')
			.filter(Boolean)
			.map((entry): [string, TreeFile] => {
				const tab = entry.indexOf('\t')
				const [mode = '', , id = '', size = '-'] = entry.slice(0, tab).split(/ +/)
				return [entry.slice(tab + 1), { id, mode, size: size === '-' ? undefined : Number(size) }]
			}),
	)
}

const commitFields = ['%H', '%T', '%P', '%an', '%ae', '%cn', '%ce', '%B'].join('%n')

/** @param wanted ids and options that choose the commits; newest first */
async function commitsOf(git: LocalGit, wanted: readonly string[]): Promise<readonly Commit[]> {
	const output = await git.run(['log', '-z', `--format=${commitFields}`, ...wanted, '--'])
	return output
		.split('\0')
		.filter(Boolean)
		.map((text): Commit => {
			const [id = '', tree = '', parents = '', name = '', email = '', by = '', from = '', ...lines] = text.split('\n')
			return {
				id,
				tree,
				parents: parents.split(' ').filter(Boolean),
				message: lines.join('\n'),
				author: { name, email },
				committer: { name: by, email: from },
			}
		})
}

async function compare(git: LocalGit, base: string, head: string): Promise<Comparison | undefined> {
	const mergeBase = (await git.run(['merge-base', base, head])).trim()
	if (mergeBase === '') return undefined
	const behind = Number(await git.run(['rev-list', '--count', `${head}..${base}`]))
	const commits = await commitsOf(git, ['--topo-order', '--reverse', `${base}..${head}`])
	const changes = await git.run(['diff-tree', '-r', '-z', '--find-renames', '--name-status', mergeBase, head])
	return { mergeBase, behind, commits, complete: true, files: changedFiles(changes.split('\0')) }
}

/** In the words of GitHub. */
const statuses: Readonly<Record<string, string>> = { A: 'added', D: 'removed', R: 'renamed', C: 'copied' }

/** @param fields status and path, or status and two paths, one after the other */
function changedFiles(fields: readonly string[]): readonly ChangedFile[] {
	const files: ChangedFile[] = []
	for (let at = 0; at + 1 < fields.length; ) {
		const kind = fields[at]?.charAt(0) ?? ''
		const isMoved = kind === 'R' || kind === 'C'
		const [first = '', second = ''] = fields.slice(at + 1)
		files.push({
			path: isMoved ? second : first,
			status: statuses[kind] ?? 'modified',
			previousPath: isMoved ? first : undefined,
		})
		at += isMoved ? 3 : 2
	}
	return files
}

/** @returns ids in the order of the files */
async function writeBlobs(git: LocalGit, files: readonly Uint8Array[], file: () => string): Promise<readonly string[]> {
	if (files.length === 0) return []
	const copies: string[] = []
	for (const bytes of files) {
		const copy = file()
		await writeFile(copy, bytes)
		copies.push(copy)
	}
	const output = await git.run(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
		input: `${copies.join('\n')}\n`,
	})
	return output.trim().split('\n')
}
