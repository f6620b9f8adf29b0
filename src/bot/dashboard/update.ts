/** One issue that lists every job of the repository, how far it is, and boxes to start or to retry. */
import type { PullRequest } from '#forge/repository.ts'
import { partOf } from '#publish/branches.ts'
import { listedJobs } from '#publish/job-table.ts'
import type { Bot } from '../bot.ts'
import type { OwnIssue } from '../own-issue.ts'
import { closeOwnIssue, findOwnIssue, writeOwnIssue } from '../own-issue.ts'
import type { Reconciled } from '../reconcile/reconcile.ts'
import type { DashboardState } from './state.ts'
import { parseState, stateOf } from './state.ts'
import type { DashboardJobs } from './text.ts'
import { dashboardText } from './text.ts'

export const dashboard = { topic: 'dashboard', title: 'Migration dashboard' } as const satisfies Partial<OwnIssue>

export interface Seen {
	/** What the loop has seen of all units; absent: they are where they were, and only their evidence may be new. */
	readonly done?: Reconciled
	/** Pull requests whose check was started from the dashboard. */
	readonly tried?: readonly number[]
	/** Whether the config asks for a dashboard; absent: it did when there was one. */
	readonly isWanted?: boolean
}

/** @returns whether anything was written */
export async function updateDashboard(bot: Bot, { done, tried = [], isWanted = true }: Seen = {}): Promise<boolean> {
	const found = await findOwnIssue(bot, dashboard)
	// Whoever closes it does not want it.
	if (found?.state === 'closed') return false
	if (!isWanted) return closeOwnIssue(bot, { ...dashboard, body: 'The settings ask for no dashboard any more.\n' })
	const before = found === undefined ? undefined : parseState(found.body)
	const retries = { ...before?.retries }
	for (const number of tried) retries[number] = (retries[number] ?? 0) + 1
	const state = done?.kind === 'done' ? stateOf(done.units, retries) : before && { ...before, retries }
	if (state === undefined || (found === undefined && isEmpty(state))) return false
	return writeOwnIssue(bot, { ...dashboard, body: dashboardText(state, await jobsOf(bot)) })
}

const isEmpty = ({ open, declined, waiting, merged }: DashboardState): boolean =>
	[...Object.keys(open), ...Object.keys(declined), ...waiting, ...merged].length === 0

/** Every pull request of the bot's tells its jobs in its text. */
async function jobsOf({ repository, self }: Bot): Promise<DashboardJobs> {
	const pulls = (await repository.pullRequests({ state: 'all' })).filter(
		(pull) => !pull.fromFork && pull.author === self,
	)
	const listed = (pull: PullRequest) => listedJobs(pull.body)
	const merged = pulls.filter(({ state }) => state === 'merged').toSorted((left, right) => left.number - right.number)
	return {
		ofPull: new Map(pulls.filter(({ state }) => state === 'open').map((pull) => [pull.number, listed(pull)])),
		ofMerged: new Map(merged.map((pull) => [partOf(pull.head.branch) ?? '', listed(pull)])),
	}
}
