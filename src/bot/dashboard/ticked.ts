/** Boxes of the dashboard that people have ticked: units to start, and checks to run again. */
import type { Bot } from '../bot.ts'
import { checkPullRequest } from '../check/check-pull-request.ts'
import { allows } from '../commands/permission.ts'
import { findOwnIssue } from '../own-issue.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { readSettings } from '../settings.ts'
import type { Work } from '../work.ts'
import { parseState, tickedBoxes } from './state.ts'
import { dashboard, updateDashboard } from './update.ts'

type DashboardWork = Extract<Work, { readonly kind: 'dashboard' }>

/**
 * The boxes are emptied last: as long as one is ticked, its work is not done, or nobody knows. The number of a retry is
 * in the text, so that doing it again after a crash is the same retry.
 *
 * @returns pull requests that were written to
 */
export async function dashboardTicked(bot: Bot, work: DashboardWork): Promise<readonly number[]> {
	const facts = await bot.repository.facts()
	const settings = facts.archived ? undefined : await readSettings(bot, facts)
	if (settings?.state !== 'ready') return []
	const issue = await findOwnIssue(bot, dashboard)
	if (issue?.number !== work.issue || issue.state !== 'open') return []
	const { start, retry } = tickedBoxes(issue.body)
	if (start.length + retry.length === 0) return []

	const role = await bot.repository.role(work.author)
	const { reopen, run } = settings.config.permissions
	const wanted = allows(role, reopen) ? start : []
	const tried = allows(role, run) ? retry : []
	const started =
		wanted.length === 0 ? undefined : await reconcile(bot, { units: wanted, reopen: true, beyondLimit: true })
	const retries = parseState(issue.body)?.retries ?? {}
	for (const number of tried) {
		bot.signal.throwIfAborted()
		await checkPullRequest(bot, number, { again: `dashboard-${retries[number] ?? 0}` })
	}
	await updateDashboard(bot, { done: await reconcile(bot), tried })
	return started?.kind === 'done' ? started.written : []
}
