/** Refs, moved only from where they were seen; a work tree that has the branch checked out moves along. */
import { ForgeError, isForgeError } from '../error.ts'
import type { ForgeRepository, RefResult } from '../repository.ts'
import type { LocalGit } from './git.ts'
import { isAncestor, readRef, readRefs } from './git.ts'
import type { LocalPulls } from './pulls.ts'

type Refs = Pick<ForgeRepository, 'refs' | 'ref' | 'createRef' | 'moveRef' | 'deleteRef'>

interface Move {
	readonly from: string | undefined
	readonly to: string | undefined
	readonly rewrite: boolean
}

export function localRefs(git: LocalGit, pulls: LocalPulls): Refs {
	const settle = async (ref: string, { from, to, rewrite }: Move): Promise<RefResult> => {
		const now = await readRef(git, ref)
		if (now === to) return 'done'
		if (now !== from) return 'raced'
		if (from !== undefined && to !== undefined && !rewrite && !(await isAncestor(git, from, to))) return 'raced'
		const follow = await workTreeOf(git, ref, { from, to })
		// What was merged is merged, wherever the branch goes.
		await pulls.settle(ref)
		try {
			await git.run(
				to === undefined
					? ['update-ref', '-d', ref, from ?? '']
					: ['update-ref', '--create-reflog', ref, to, from ?? '0'.repeat(to.length)],
			)
		} catch (error) {
			const result = await readRef(git, ref)
			if (!isForgeError(error) || result === from) throw error
			return result === to ? 'done' : 'raced'
		}
		await follow()
		await pulls.settle(ref)
		return 'done'
	}
	return {
		refs: (prefix) => readRefs(git, prefix),
		ref: (name) => readRef(git, name),
		createRef: (ref, to) => settle(ref, { from: undefined, to, rewrite: false }),
		moveRef: (ref, { from, to, rewrite = false }) => settle(ref, { from, to, rewrite }),
		deleteRef: async (ref, from) =>
			(await readRef(git, ref)) === undefined ? 'done' : settle(ref, { from, to: undefined, rewrite: true }),
	}
}

/**
 * The work tree that has the branch checked out, if any, gets the new files once the branch has moved, as git does for
 * `receive.denyCurrentBranch=updateInstead`.
 *
 * @throws ForgeError `forbidden` where that would take anything of a person's with it
 */
async function workTreeOf(
	git: LocalGit,
	ref: string,
	{ from, to }: Pick<Move, 'from' | 'to'>,
): Promise<() => Promise<void>> {
	const workTree = (await git.run(['for-each-ref', '--format=%(worktreepath)', ref])).trim()
	if (workTree === '' || from === undefined || to === undefined) return () => Promise.resolve()
	const changes = await git.run(['status', '--porcelain', '--untracked-files=no'], { workTree })
	const files = ['-u', '-m', from, to]
	try {
		if (changes !== '') throw new ForgeError('invalid', 'it has changes that are not committed')
		await git.run(['read-tree', '--dry-run', ...files], { workTree })
	} catch (error) {
		if (!isForgeError(error)) throw error
		const branch = ref.replace('refs/heads/', '')
		throw new ForgeError(
			'forbidden',
			`${branch} is checked out in ${workTree}, and its files cannot be brought up to date: ${error.message}. Commit them, or check out another branch there`,
		)
	}
	return async () => {
		await git.run(['read-tree', ...files], { workTree })
	}
}
