/** The bot for one piece of work: its repository guarded, its files fetched, its limits the operator's. */
import type { Bot, Compiler, Log, QueueView, Repairer } from '#bot/bot.ts'
import type { WorkStore } from '#queue/store.ts'
import type { GitHubAccess } from './github.ts'
import type { Redactor } from './log/redactor.ts'
import type { Operator } from './operator.ts'
import type { Target } from './work/content.ts'
import { commandKey, lanesOf } from './work/content.ts'
import { guarded } from './work/guarded.ts'
import type { Held } from './work/worker.ts'
import type { Workspaces } from './workspace/workspace.ts'

export interface BotParts {
	readonly operator: Operator
	readonly github: GitHubAccess
	readonly store: WorkStore
	readonly workspaces: Workspaces
	readonly compiler: Compiler
	readonly repairer: Repairer
	readonly redactor: Redactor
}

export async function botFor(target: Target, held: Held, log: Log, parts: BotParts): Promise<Bot> {
	const { operator, github, store, workspaces, compiler, repairer, redactor } = parts
	const self = await github.self()
	const source = {
		repository: target.repository,
		url: `${operator.github.git.replace(/\/$/, '')}/${target.owner}/${target.name}.git`,
		token: () => github.token(target),
	}
	return {
		repository: guarded(github.repository(target, self), {
			beforeWrite: held.guard,
			clean: redactor.known,
			repository: target.repository,
		}),
		workspace: workspaces.of(source, held.signal),
		compiler,
		repairer,
		operator: {
			openPullRequests: operator.limits.open_pull_requests,
			commentsPerHour: operator.limits.comments_per_hour,
			engine: operator.engine,
		},
		self,
		clock: () => new Date(),
		log,
		signal: held.signal,
		queue: await queueView(store, target.repository),
	}
}

/** What waits for the repository as the work begins. */
async function queueView(store: WorkStore, repository: number): Promise<QueueView> {
	const waiting = await store.waiting(lanesOf(repository))
	return {
		waiting: waiting.length,
		position: (comment) => {
			const position = waiting.findIndex(({ key }) => key === commandKey(comment))
			return position < 0 ? undefined : position
		},
	}
}
