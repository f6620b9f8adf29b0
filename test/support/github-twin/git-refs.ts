/** Refs of a bare repository, and how commits lie to one another. */
import { git, tryGit } from './git.ts'

export async function listRefs(folder: string, prefix = 'refs/'): Promise<ReadonlyMap<string, string>> {
	const output = await git(folder, ['for-each-ref', '--format=%(refname) %(objectname)'])
	return new Map(
		output
			.split('\n')
			.filter((line) => line.startsWith(prefix))
			.map((line): [string, string] => {
				const [name = '', sha = ''] = line.split(' ')
				return [name, sha]
			}),
	)
}

export async function readRef(folder: string, ref: string): Promise<string | undefined> {
	const { code, output } = await tryGit(folder, ['rev-parse', '--verify', '--quiet', ref])
	return code === 0 ? output.toString('utf8').trim() : undefined
}

/** The commit that a branch, tag, full ref or commit id means. */
export async function resolveCommit(folder: string, name: string): Promise<string | undefined> {
	for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, name]) {
		const { code, output } = await tryGit(folder, ['rev-parse', '--verify', '--quiet', `${candidate}^{commit}`])
		if (code === 0) return output.toString('utf8').trim()
	}
	return undefined
}

export async function setRef(folder: string, ref: string, to: string): Promise<void> {
	await git(folder, ['update-ref', ref, to])
}

export async function dropRef(folder: string, ref: string): Promise<void> {
	await git(folder, ['update-ref', '-d', ref])
}

export async function isRefName(folder: string, ref: string): Promise<boolean> {
	return (await tryGit(folder, ['check-ref-format', ref])).code === 0
}

export async function isAncestor(folder: string, older: string, newer: string): Promise<boolean> {
	return (await tryGit(folder, ['merge-base', '--is-ancestor', older, newer])).code === 0
}

export async function mergeBase(folder: string, one: string, other: string): Promise<string | undefined> {
	const { code, output } = await tryGit(folder, ['merge-base', one, other])
	return code === 0 ? output.toString('utf8').trim() : undefined
}

/** The tree that merging both would give; undefined when they conflict. */
export async function mergedTree(folder: string, one: string, other: string): Promise<string | undefined> {
	const { code, output } = await tryGit(folder, ['merge-tree', '--write-tree', one, other])
	return code === 0 ? output.toString('utf8').split('\n')[0] : undefined
}

export interface ChangedFile {
	readonly filename: string
	readonly status: 'added' | 'removed' | 'modified' | 'renamed'
	readonly previous: string | undefined
}

export async function changedFiles(folder: string, from: string, to: string): Promise<readonly ChangedFile[]> {
	const parts = (await git(folder, ['diff-tree', '-r', '-z', '-M', '--name-status', from, to])).split('\0')
	const files: ChangedFile[] = []
	while (parts.length > 1) {
		const letter = (parts.shift() ?? '').charAt(0)
		const first = parts.shift() ?? ''
		if (letter === 'R') files.push({ filename: parts.shift() ?? '', status: 'renamed', previous: first })
		else {
			const status = letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'modified'
			files.push({ filename: first, status, previous: undefined })
		}
	}
	return files
}
