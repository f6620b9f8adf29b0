import { isObject, listTree, readBlob, readCommit, writeBlob, writeCommit, writeTree } from '../git-objects.ts'
import { resolveCommit } from '../git-refs.ts'
import { created, ok, operation, reads, writes } from '../operation.ts'
import { Refusal } from '../refusal.ts'
import { renderGitCommit } from '../render/repository.ts'

export const gitObjectOperations = [
	operation('POST /repos/{owner}/{repo}/git/blobs', writes('contents'), async ({ repository }, input) => {
		const encoding = input.encoding ?? 'utf-8'
		if (encoding !== 'utf-8' && encoding !== 'base64') throw new Refusal(422, `${encoding} is not an encoding of blobs`)
		const sha = await writeBlob(repository.folder, Buffer.from(input.content, encoding))
		return created({ sha, url: `git/blobs/${sha}` })
	}),

	operation('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', reads('contents'), async ({ repository }, input) => {
		const bytes = await readBlob(repository.folder, input.file_sha)
		return ok({ sha: input.file_sha, size: bytes.length, encoding: 'base64', content: inLines(bytes) })
	}),

	operation('POST /repos/{owner}/{repo}/git/trees', writes('contents'), async ({ repository }, input) => {
		const { folder } = repository
		if (input.base_tree !== undefined && !(await isObject(folder, input.base_tree, 'tree')))
			throw new Refusal(422, 'Invalid base_tree parameter')
		const changes = []
		for (const { path = '', mode = '100644', sha, content } of input.tree) {
			if (sha !== undefined && content !== undefined) {
				throw new Refusal(422, 'Must supply either tree.sha or tree.content, not both')
			}
			if (sha === undefined && content === undefined) throw new Refusal(422, 'Must supply a valid tree.sha')
			if (path === '' || path.startsWith('/')) throw new Refusal(422, 'tree.path cannot start with a slash')
			if (typeof sha === 'string' && !(await isObject(folder, sha, mode === '040000' ? 'tree' : 'blob'))) {
				throw new Refusal(422, `tree.sha ${sha} is not a valid ${mode === '040000' ? 'tree' : 'blob'}`)
			}
			changes.push({ path, mode, sha: content === undefined ? (sha ?? null) : await writeBlob(folder, content) })
		}
		if (changes.some(({ sha }) => sha === null)) await refuseUnknownRemovals(folder, input.base_tree, changes)
		const sha = await writeTree(folder, input.base_tree, changes)
		return created({ sha, tree: renderEntries(await listTree(folder, sha, false)), truncated: false })
	}),

	operation(
		'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
		reads('contents'),
		async ({ repository, world }, input) => {
			const limit = world.treeLimit
			const commit = await resolveCommit(repository.folder, input.tree_sha)
			const entries = await listTree(repository.folder, commit ?? input.tree_sha, input.recursive !== undefined)
			const truncated = input.recursive !== undefined && entries.length > limit
			const shown = truncated ? entries.slice(0, limit) : entries
			return ok({ sha: input.tree_sha, tree: renderEntries(shown), truncated })
		},
	),

	operation('POST /repos/{owner}/{repo}/git/commits', writes('contents'), async (call, input) => {
		const { folder } = call.repository
		const parents = input.parents ?? []
		if (!(await isObject(folder, input.tree, 'tree'))) throw new Refusal(422, 'Tree SHA does not exist')
		for (const parent of parents) {
			if (!(await isObject(folder, parent, 'commit')))
				throw new Refusal(422, 'Parent SHA does not exist or is not a commit object')
		}
		const author = { ...call.identity, ...input.author }
		const sha = await writeCommit(folder, {
			tree: input.tree,
			parents,
			message: input.message,
			author,
			committer: { ...author, ...input.committer },
		})
		return created(renderGitCommit(call.world, call.repository, await readCommit(folder, sha)))
	}),

	operation('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', reads('contents'), async (call, input) => {
		const commit = await readCommit(call.repository.folder, input.commit_sha)
		return ok(renderGitCommit(call.world, call.repository, commit))
	}),
]

async function refuseUnknownRemovals(
	folder: string,
	base: string | undefined,
	changes: readonly { readonly path: string; readonly sha: string | null }[],
): Promise<void> {
	if (base === undefined) throw new Refusal(422, 'GitRPC::BadObjectState')
	const known = new Set((await listTree(folder, base, true)).map(({ path }) => path))
	if (changes.some(({ path, sha }) => sha === null && !known.has(path)))
		throw new Refusal(422, 'GitRPC::BadObjectState')
}

function renderEntries(entries: Awaited<ReturnType<typeof listTree>>): readonly unknown[] {
	return entries.map(({ path, mode, type, sha, size }) => ({
		path,
		mode,
		type,
		sha,
		...(size === undefined ? {} : { size }),
	}))
}

/** GitHub breaks base64 into lines of 60 characters. */
export function inLines(bytes: Buffer): string {
	return bytes.toString('base64').replace(/.{1,60}/g, '$&\n')
}
