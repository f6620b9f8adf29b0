import { atLeast, roleOf } from '../access.ts'
import { isObject } from '../git-objects.ts'
import { dropRef, isAncestor, isRefName, listRefs, readRef, setRef } from '../git-refs.ts'
import type { Call } from '../operation.ts'
import { created, nothing, ok, operation, reads, writes } from '../operation.ts'
import { inTurn, refMoved } from '../ref-moves.ts'
import { notFound, Refusal } from '../refusal.ts'

export const refOperations = [
	operation('GET /repos/{owner}/{repo}/git/ref/{ref}', reads('contents'), async ({ repository }, input) => {
		const ref = `refs/${input.ref}`
		const sha = await readRef(repository.folder, ref)
		if (sha === undefined) throw notFound()
		return ok(renderRef(ref, sha))
	}),

	operation('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', reads('contents'), async ({ repository }, input) => {
		const refs = await listRefs(repository.folder, `refs/${input.ref}`)
		return ok([...refs].map(([ref, sha]) => renderRef(ref, sha)))
	}),

	operation('POST /repos/{owner}/{repo}/git/refs', writes('contents'), (call, input) =>
		inTurn(call.repository, async () => {
			const { folder } = call.repository
			if (!input.ref.startsWith('refs/') || !(await isRefName(folder, input.ref))) {
				throw new Refusal(422, `${input.ref} is not a valid ref name.`)
			}
			if ((await readRef(folder, input.ref)) !== undefined) throw new Refusal(422, 'Reference already exists')
			await checkTarget(call, input.sha)
			await setRef(folder, input.ref, input.sha).catch(() => {
				throw new Refusal(422, 'Reference update failed')
			})
			await refMoved(call.world, call.repository, { ref: input.ref, before: undefined, after: input.sha }, call.login)
			return created(renderRef(input.ref, input.sha))
		}),
	),

	operation('PATCH /repos/{owner}/{repo}/git/refs/{ref}', writes('contents'), (call, input) =>
		inTurn(call.repository, async () => {
			const { folder } = call.repository
			const ref = `refs/${input.ref}`
			const before = await readRef(folder, ref)
			if (before === undefined) throw new Refusal(422, 'Reference does not exist')
			await checkTarget(call, input.sha)
			checkProtection(call, ref)
			if (input.force !== true && !(await isAncestor(folder, before, input.sha))) {
				throw new Refusal(422, 'Update is not a fast forward')
			}
			await setRef(folder, ref, input.sha)
			await refMoved(call.world, call.repository, { ref, before, after: input.sha }, call.login)
			return ok(renderRef(ref, input.sha))
		}),
	),

	operation('DELETE /repos/{owner}/{repo}/git/refs/{ref}', writes('contents'), (call, input) =>
		inTurn(call.repository, async () => {
			const ref = `refs/${input.ref}`
			const before = await readRef(call.repository.folder, ref)
			if (before === undefined) throw new Refusal(422, 'Reference does not exist')
			checkProtection(call, ref)
			await dropRef(call.repository.folder, ref)
			await refMoved(call.world, call.repository, { ref, before, after: undefined }, call.login)
			return nothing
		}),
	),
]

async function checkTarget({ repository }: Call, sha: string): Promise<void> {
	if (!(await isObject(repository.folder, sha, 'commit'))) throw new Refusal(422, 'Object does not exist')
}

/** @throws Refusal where the branch is protected and the caller is no administrator */
export function checkProtection({ world, repository, login }: Call, ref: string): void {
	if (!repository.protectedBranches.has(ref.replace('refs/heads/', ''))) return
	if (atLeast(roleOf(world, repository, login), 'admin')) return
	throw new Refusal(422, 'Changes must be made through a pull request.')
}

function renderRef(ref: string, sha: string): Readonly<Record<string, unknown>> {
	return { ref, url: `git/${ref}`, object: { type: 'commit', sha, url: `git/commits/${sha}` } }
}
