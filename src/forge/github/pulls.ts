/** Pull requests. */
import { isForgeError } from '../error.ts'
import type { ForgeRepository, PullRequest } from '../repository.ts'
import { certain, repeatable } from './certain.ts'
import type { Place } from './place.ts'
import { everyPage, orMissing } from './place.ts'

type Pulls = Pick<ForgeRepository, 'pullRequests' | 'pullRequest' | 'openPullRequest' | 'editPullRequest'>

export function gitHubPulls({ client, owner, repo }: Place): Pulls {
	const at = { owner, repo }
	const list: Pulls['pullRequests'] = async ({ state, head, base }) => {
		const filter = {
			...at,
			state,
			per_page: 100,
			...(head === undefined ? {} : { head: `${owner}:${head}` }),
			...(base === undefined ? {} : { base }),
		}
		return (await everyPage(client.paginate.iterator(client.rest.pulls.list, filter))).map(toPullRequest)
	}
	return {
		pullRequests: list,
		pullRequest: async (number) => {
			const answer = await orMissing(client.rest.pulls.get({ ...at, pull_number: number }))
			return answer === undefined ? undefined : toPullRequest(answer.data)
		},
		openPullRequest: async (wanted) => {
			const { title, body, head, base } = wanted
			const find = async () => (await list({ state: 'open', head, base }))[0]
			const open = async () => toPullRequest((await client.rest.pulls.create({ ...at, title, body, head, base })).data)
			try {
				return await certain(open, find)
			} catch (error) {
				// GitHub allows one open pull request for two branches, and says so with 422.
				const found = isForgeError(error, 'invalid') ? await find() : undefined
				if (found === undefined) throw error
				return found
			}
		},
		editPullRequest: async (number, change) => {
			const { data } = await repeatable(() => client.rest.pulls.update({ ...at, pull_number: number, ...change }))
			return toPullRequest(data)
		},
	}
}

interface RawPull {
	readonly number: number
	readonly state: string
	readonly title: string
	readonly body: string | null
	readonly user: { readonly login: string } | null
	readonly merged_at: string | null
	readonly html_url: string
	readonly labels: readonly { readonly name: string }[]
	readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } | null }
	readonly base: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } }
}

function toPullRequest(raw: RawPull): PullRequest {
	return {
		number: raw.number,
		state: raw.merged_at === null ? (raw.state === 'open' ? 'open' : 'closed') : 'merged',
		title: raw.title,
		body: raw.body ?? '',
		author: raw.user?.login ?? 'ghost',
		head: { branch: raw.head.ref, commit: raw.head.sha, repository: raw.head.repo?.full_name },
		base: { branch: raw.base.ref, commit: raw.base.sha },
		fromFork: raw.head.repo?.full_name !== raw.base.repo.full_name,
		labels: raw.labels.map(({ name }) => name),
		url: raw.html_url,
	}
}
