import { git } from '../git.ts'
import { listTree, log, readBlob, readCommit, writeBlob, writeCommit, writeTree } from '../git-objects.ts'
import { changedFiles, listRefs, mergeBase, readRef, resolveCommit, setRef } from '../git-refs.ts'
import type { Call } from '../operation.ts'
import { created, ok, operation, page, reads, writes } from '../operation.ts'
import { inTurn, refMoved } from '../ref-moves.ts'
import { notFound, Refusal } from '../refusal.ts'
import { renderCommit, webUrl } from '../render/repository.ts'
import { inLines } from './git-objects.ts'
import { checkProtection } from './refs.ts'

/** Files above this size come without their content, as on GitHub. */
const inlineLimit = 1024 * 1024

export const contentOperations = [
	operation('GET /repos/{owner}/{repo}/contents/{path}', reads('contents'), async (call, input) => {
		const { folder, defaultBranch } = call.repository
		const commit = await commitNamed(call, input.ref ?? defaultBranch)
		const path = input.path.replace(/\/+$/, '')
		const entry = (await listTree(folder, commit, true)).find((known) => known.path === path)
		if (entry === undefined && path !== '') throw notFound()
		if (entry?.type === 'blob') return ok(await renderFile(call, path, entry.sha))
		const inside = await listTree(folder, path === '' ? commit : `${commit}:${path}`, false)
		return ok(
			inside.map(({ path: name, type, sha, size }) => ({
				type: type === 'tree' ? 'dir' : 'file',
				name,
				path: path === '' ? name : `${path}/${name}`,
				sha,
				size: size ?? 0,
			})),
		)
	}),

	operation('PUT /repos/{owner}/{repo}/contents/{path}', writes('contents'), (call, input) =>
		inTurn(call.repository, async () => {
			const { folder, defaultBranch } = call.repository
			const ref = `refs/heads/${input.branch ?? defaultBranch}`
			const before = await readRef(folder, ref)
			if (before === undefined) throw new Refusal(404, `Branch ${input.branch ?? defaultBranch} not found`)
			checkProtection(call, ref)
			const old = (await listTree(folder, before, true)).find(({ path }) => path === input.path)
			if (old !== undefined && input.sha === undefined)
				throw new Refusal(422, `Invalid request.\n\n"sha" wasn't supplied.`)
			if (input.sha !== undefined && old?.sha !== input.sha) {
				throw new Refusal(409, `${input.path} does not match ${input.sha}`)
			}
			const blob = await writeBlob(folder, Buffer.from(input.content, 'base64'))
			const tree = await writeTree(folder, before, [{ path: input.path, mode: '100644', sha: blob }])
			const who = call.identity
			const after = await writeCommit(folder, {
				tree,
				parents: [before],
				message: input.message,
				author: who,
				committer: who,
			})
			await setRef(folder, ref, after)
			await refMoved(call.world, call.repository, { ref, before, after }, call.login)
			const answer = {
				content: await renderFile(call, input.path, blob),
				commit: renderCommit(call.world, call.repository, await readCommit(folder, after)),
			}
			return old === undefined ? created(answer) : ok(answer)
		}),
	),

	operation('GET /repos/{owner}/{repo}/commits', reads('contents'), async (call, input) => {
		const { repository, world } = call
		const start = await commitNamed(call, input.sha ?? repository.defaultBranch)
		const commits = await log(repository.folder, [start, ...(input.path === undefined ? [] : ['--', input.path])])
		return page(commits.map((commit) => renderCommit(world, repository, commit)))
	}),

	operation('GET /repos/{owner}/{repo}/commits/{ref}', reads('contents'), async (call, input) => {
		const commit = await readCommit(call.repository.folder, await commitNamed(call, input.ref, 422))
		const empty = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
		const files = await changedFiles(call.repository.folder, commit.parents[0] ?? empty, commit.sha)
		return ok({ ...renderCommit(call.world, call.repository, commit), files: files.slice(0, 300).map(renderChange) })
	}),

	operation('GET /repos/{owner}/{repo}/compare/{basehead}', reads('contents'), async (call, input) => {
		const [baseName = '', headName = ''] = input.basehead.split('...')
		const base = await commitNamed(call, baseName)
		const head = await commitNamed(call, headName)
		const { folder } = call.repository
		const common = await mergeBase(folder, base, head)
		if (common === undefined) throw notFound()
		const ahead = await log(folder, ['--reverse', `${base}..${head}`])
		const behind = Number(await git(folder, ['rev-list', '--count', `${head}..${base}`]))
		const status = ahead.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged'
		const { items, first } = onePage(ahead, input.page, input.per_page)
		return ok({
			status,
			ahead_by: ahead.length,
			behind_by: behind,
			total_commits: ahead.length,
			base_commit: { sha: base },
			merge_base_commit: { sha: common },
			commits: items.map((commit) => renderCommit(call.world, call.repository, commit)),
			// Files come with the first page only, and never more than 300.
			files: first ? (await changedFiles(folder, common, head)).slice(0, 300).map(renderChange) : [],
			html_url: `${webUrl(call.world, call.repository)}/compare/${input.basehead}`,
		})
	}),

	operation('GET /repos/{owner}/{repo}/branches', reads('contents'), async ({ repository }) => {
		const refs = await listRefs(repository.folder, 'refs/heads/')
		return page(
			[...refs].map(([ref, sha]) => ({
				name: ref.slice('refs/heads/'.length),
				commit: { sha },
				protected: repository.protectedBranches.has(ref.slice('refs/heads/'.length)),
			})),
		)
	}),

	operation('GET /repos/{owner}/{repo}/branches/{branch}', reads('contents'), async (call, input) => {
		const sha = await readRef(call.repository.folder, `refs/heads/${input.branch}`)
		if (sha === undefined) throw new Refusal(404, 'Branch not found')
		const commit = renderCommit(call.world, call.repository, await readCommit(call.repository.folder, sha))
		return ok({ name: input.branch, commit, protected: call.repository.protectedBranches.has(input.branch) })
	}),
]

/** @throws Refusal for a ref that names no commit */
async function commitNamed({ repository }: Call, name: string, status = 404): Promise<string> {
	const commit = await resolveCommit(repository.folder, name)
	if (commit === undefined) throw new Refusal(status, `No commit found for the ref ${name}`)
	return commit
}

async function renderFile({ repository }: Call, path: string, sha: string): Promise<Readonly<Record<string, unknown>>> {
	const bytes = await readBlob(repository.folder, sha)
	const large = bytes.length > inlineLimit
	return {
		type: 'file',
		name: path.split('/').at(-1),
		path,
		sha,
		size: bytes.length,
		encoding: large ? 'none' : 'base64',
		content: large ? '' : inLines(bytes),
	}
}

function onePage<T>(
	items: readonly T[],
	number = 1,
	size = 250,
): { readonly items: readonly T[]; readonly first: boolean } {
	return { items: items.slice((number - 1) * size, number * size), first: number === 1 }
}

export function renderChange(
	file: Awaited<ReturnType<typeof changedFiles>>[number],
): Readonly<Record<string, unknown>> {
	return {
		filename: file.filename,
		status: file.status,
		...(file.previous === undefined ? {} : { previous_filename: file.previous }),
	}
}
