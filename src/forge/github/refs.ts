/** Refs, moved only from where they were seen. */
import { isForgeError } from '../error.ts'
import type { ForgeRepository, RefResult } from '../repository.ts'
import { certain } from './certain.ts'
import type { Place } from './place.ts'
import { orMissing } from './place.ts'

type Refs = Pick<ForgeRepository, 'refs' | 'ref' | 'createRef' | 'moveRef' | 'deleteRef'>

export function gitHubRefs({ client, owner, repo }: Place): Refs {
	const at = { owner, repo }
	const short = (ref: string): string => ref.replace(/^refs\//, '')
	const read = async (ref: string): Promise<string | undefined> =>
		(await orMissing(client.rest.git.getRef({ ...at, ref: short(ref) })))?.data.object.sha
	/** Writes, and where GitHub refuses or does not answer, lets the ref itself say what happened. */
	const settle = async (
		write: () => Promise<unknown>,
		{ ref, from, to }: { readonly ref: string; readonly from: string | undefined; readonly to: string | undefined },
	): Promise<RefResult> => {
		const look = async (): Promise<RefResult | undefined> => {
			const now = await read(ref)
			if (now === to) return 'done'
			return now === from ? undefined : 'raced'
		}
		const attempt = async (): Promise<RefResult> => {
			try {
				await write()
				return 'done'
			} catch (error) {
				if (!isForgeError(error, 'invalid', 'conflict', 'missing')) throw error
				const result = await look()
				// Refused although nobody moved it: a rule of the repository, or a commit that is not there.
				if (result === undefined) throw error
				return result
			}
		}
		return certain(attempt, look)
	}
	return {
		refs: async (prefix) => {
			// GitHub gives all of them at once: this list alone has no pages.
			const { data } = await client.rest.git.listMatchingRefs({ ...at, ref: short(prefix) })
			return new Map(data.map(({ ref, object }) => [ref, object.sha]))
		},
		ref: read,
		createRef: (ref, to) =>
			settle(() => client.rest.git.createRef({ ...at, ref, sha: to }), { ref, from: undefined, to }),
		moveRef: async (ref, { from, to, rewrite = false }) => {
			// GitHub compares nothing but ancestry: a branch that was set back would take our commit, and what was thrown away.
			const now = await read(ref)
			if (now === to) return 'done'
			if (now !== from) return 'raced'
			return settle(() => client.rest.git.updateRef({ ...at, ref: short(ref), sha: to, force: rewrite }), {
				ref,
				from,
				to,
			})
		},
		deleteRef: async (ref, from) => {
			const now = await read(ref)
			if (now === undefined) return 'done'
			if (now !== from) return 'raced'
			return settle(() => client.rest.git.deleteRef({ ...at, ref: short(ref) }), { ref, from, to: undefined })
		},
	}
}
