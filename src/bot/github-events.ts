/**
 * GitHub's events as work. Only what is needed to find the repository and the thing is taken from a payload; everything
 * else is observed when the work is done, because events come late, twice and out of order.
 *
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import { z } from 'zod'
import type { Work } from './work.ts'

/** Branches that only the bot makes; a push there comes back as an event of its pull request. */
const ownBranches = 'reglue/'

export interface RepositoryWork {
	readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
	readonly work: Work
}

const repository = z.object({ id: z.int(), full_name: z.string() })
const person = z.object({ login: z.string(), type: z.string().optional() })
const pull = z.object({ number: z.int() })
const here = z.object({ repository, sender: person })

const events = {
	push: z
		.object({ repository, ref: z.string(), deleted: z.boolean().optional() })
		.transform(({ repository: at, ref, deleted }): readonly RepositoryWork[] => {
			const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined
			if (branch === undefined || deleted === true || branch.startsWith(ownBranches)) return []
			return [workAt(at, { kind: 'push', branch })]
		}),
	pull_request: here
		.extend({ action: z.string(), pull_request: pull })
		.transform(({ action, repository: at, pull_request: { number } }): readonly RepositoryWork[] => {
			if (action === 'closed') return [workAt(at, { kind: 'pull-request-closed', number })]
			const concerned = ['opened', 'reopened', 'synchronize', 'edited'].includes(action)
			return concerned ? [workAt(at, { kind: 'pull-request', number })] : []
		}),
	issue_comment: here
		.extend({
			action: z.string(),
			issue: z.object({ number: z.int() }),
			comment: z.object({ id: z.int(), body: z.string(), user: person.nullable() }),
		})
		.transform(({ action, repository: at, issue, comment, sender }): readonly RepositoryWork[] => {
			const isOurs = action === 'created' && sender.type !== 'Bot' && comment.body.includes('/migrate')
			if (!isOurs || comment.user === null) return []
			const { id, body, user } = comment
			return [workAt(at, { kind: 'command', number: issue.number, comment: id, body, author: user.login })]
		}),
	check_run: here
		.extend({
			action: z.string(),
			check_run: z.object({ id: z.int(), head_sha: z.string() }),
			requested_action: z.object({ identifier: z.string() }).optional(),
		})
		.transform(({ action, repository: at, check_run: run, requested_action: pressed, sender }) => {
			const check = { check: run.id, commit: run.head_sha }
			if (action === 'rerequested') return [workAt(at, { kind: 'check-rerun', ...check })]
			if (action !== 'requested_action' || pressed === undefined) return []
			return [workAt(at, { kind: 'check-button', ...check, button: pressed.identifier, author: sender.login })]
		}),
	check_suite: here
		.extend({ action: z.string(), check_suite: z.object({ head_sha: z.string() }) })
		.transform(({ action, repository: at, check_suite: suite }) =>
			action === 'rerequested' ? [workAt(at, { kind: 'check-rerun', commit: suite.head_sha })] : [],
		),
	issues: here
		.extend({ action: z.string(), issue: z.object({ number: z.int() }) })
		.transform(({ action, repository: at, issue, sender }) =>
			action === 'edited' && sender.type !== 'Bot'
				? [workAt(at, { kind: 'dashboard', issue: issue.number, author: sender.login })]
				: [],
		),
	installation: z
		.object({ action: z.string(), repositories: z.array(repository).default([]) })
		.transform(({ action, repositories }) =>
			['created', 'unsuspend'].includes(action) ? repositories.map((at) => workAt(at, { kind: 'installed' })) : [],
		),
	installation_repositories: z
		.object({ repositories_added: z.array(repository).default([]) })
		.transform(({ repositories_added: added }) => added.map((at) => workAt(at, { kind: 'installed' }))),
} as const satisfies Readonly<Record<string, z.ZodType<readonly RepositoryWork[]>>>

/** Names of the events that the bot listens to. */
export const eventNames = Object.keys(events) as readonly (keyof typeof events)[]

/**
 * What an event asks for.
 *
 * @param name such as `push`
 * @param payload as GitHub sent it, its signature already checked
 * @returns nothing for events that concern nobody here; undefined for a payload that is not what GitHub documents
 */
export function workOf(name: string, payload: unknown): readonly RepositoryWork[] | undefined {
	if (!isKnown(name)) return []
	const read = events[name].safeParse(payload)
	return read.success ? read.data : undefined
}

const isKnown = (name: string): name is keyof typeof events => Object.hasOwn(events, name)

function workAt({ id, full_name: fullName }: z.infer<typeof repository>, work: Work): RepositoryWork {
	const [owner = '', name = ''] = fullName.split('/')
	return { repository: { id, owner, name }, work }
}
