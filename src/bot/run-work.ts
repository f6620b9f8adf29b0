/** Does one piece of work. Whatever it is, doing it late, twice or again after a crash ends in the same state. */
import type { Bot } from './bot.ts'
import { checkPullRequest } from './check/check-pull-request.ts'
import { endOrphans } from './check/post.ts'
import { runCommand } from './commands/run-command.ts'
import { checkConfigChange } from './config-check/check-config-change.ts'
import { healConfigIssue } from './config-check/heal-config-issue.ts'
import { dashboardTicked } from './dashboard/ticked.ts'
import { updateDashboard } from './dashboard/update.ts'
import { onboard } from './onboarding/onboard.ts'
import { reconcile } from './reconcile/reconcile.ts'
import type { CommandWork, Work } from './work.ts'

export interface WorkDone {
	/** What happened, in a sentence for logs. */
	readonly text: string
	/** What is to be done next. Hosts that get it as events too may do it twice: the second time writes nothing. */
	readonly next: readonly Work[]
}

export async function runWork(bot: Bot, work: Work): Promise<WorkDone> {
	switch (work.kind) {
		case 'push':
			return push(bot)
		case 'sweep':
			return sweep(bot)
		case 'pull-request':
			return check(bot, work.number)
		case 'pull-request-closed':
			// A place may have become free, and a merged unit is up to date.
			return push(bot)
		case 'check-rerun':
			return rerun(bot, work.commit, `check-${work.check}`)
		case 'check-button':
			return button(bot, work)
		case 'command':
			return command(bot, work)
		case 'installed':
			return { text: `onboarding: ${await onboard(bot)}`, next: [] }
		case 'dashboard':
			return { text: 'boxes of the dashboard', next: checksOf(await dashboardTicked(bot, work)) }
	}
}

async function push(bot: Bot): Promise<WorkDone> {
	const settings = await healConfigIssue(bot)
	const done = await reconcile(bot)
	if (done.kind === 'idle' && done.why === 'no-config') return { text: `onboarding: ${await onboard(bot)}`, next: [] }
	if (done.kind === 'idle') return { text: done.text, next: [] }
	if (settings?.state === 'ready') await updateDashboard(bot, { done, isWanted: settings.config.dashboard })
	const next = checksOf(done.unchecked)
	return { text: `${done.units.length} units looked at, ${done.written.length} pull requests written`, next }
}

async function command(bot: Bot, work: CommandWork): Promise<WorkDone> {
	const { outcome, next } = await runCommand(bot, work)
	return { text: `comment ${work.comment}: ${outcome}`, next }
}

/** What a lost event would have asked for: the loop, and a check on every head. */
async function sweep(bot: Bot): Promise<WorkDone> {
	const { text } = await push(bot)
	const open = await bot.repository.pullRequests({ state: 'open' })
	for (const { head } of open) await endOrphans(bot, head.commit)
	return { text, next: open.map(({ number }): Work => ({ kind: 'pull-request', number })) }
}

async function check(bot: Bot, number: number, again?: string): Promise<WorkDone> {
	const pull = await bot.repository.pullRequest(number)
	if (pull !== undefined) await checkConfigChange(bot, pull)
	const done = await checkPullRequest(bot, number, again === undefined ? {} : { again })
	// Also where the check is an older run's: that run may have been stopped before it came to the dashboard.
	if (done.kind === 'checked' && pull?.author === bot.self) await updateDashboard(bot)
	const text =
		done.kind === 'skipped' ? done.why : `pull request ${number}: ${done.check.conclusion ?? done.check.status}`
	const isRepaired = done.kind === 'checked' && done.repaired === true
	return { text, next: isRepaired ? [{ kind: 'pull-request', number }] : [] }
}

/** Buttons are for those who may write; GitHub shows them to everybody who may read. */
async function button(bot: Bot, work: Extract<Work, { readonly kind: 'check-button' }>): Promise<WorkDone> {
	const role = await bot.repository.role(work.author)
	if (!['write', 'maintain', 'admin'].includes(role))
		return { text: `${work.author} may not press buttons of checks: that needs write access`, next: [] }
	if (work.button !== 'regenerate') return rerun(bot, work.commit, `check-${work.check}-${work.button}`)
	const pulls = await bot.repository.pullRequests({ state: 'open' })
	const pull = pulls.find(({ head }) => head.commit === work.commit)
	const branch = pull?.fromFork === false ? pull.head.branch : ''
	const seen = await reconcile(bot)
	const units = seen.kind === 'done' ? seen.units.filter((unit) => unit.branch === branch).map(({ unit }) => unit) : []
	if (units.length === 0) return { text: `no unit is at ${work.commit} any more`, next: [] }
	const done = await reconcile(bot, { units, mode: 'regenerate' })
	if (done.kind === 'idle') return { text: done.text, next: [] }
	const next = done.unchecked.map((number): Work => ({ kind: 'pull-request', number }))
	return { text: `${units.join(', ')} generated again`, next }
}

const checksOf = (numbers: readonly number[]): readonly Work[] =>
	numbers.map((number) => ({ kind: 'pull-request', number }))

/** A check belongs to a commit; the pull request whose head that is gets its run, and an older commit gets none. */
async function rerun(bot: Bot, commit: string, again: string): Promise<WorkDone> {
	const pulls = await bot.repository.pullRequests({ state: 'open' })
	const pull = pulls.find(({ head }) => head.commit === commit)
	if (pull === undefined) return { text: `no open pull request has ${commit} as its head any more`, next: [] }
	return check(bot, pull.number, again)
}
