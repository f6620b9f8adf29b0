/** Does what the queue held: the bot's work in a repository, or the App's own rounds. */
import type { Bot, Log } from '#bot/bot.ts'
import type { WorkDone } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { BotParts } from './bot-for.ts'
import { botFor } from './bot-for.ts'
import { sweepApp, sweepInstallation } from './sweep.ts'
import { currentTrace, inSpan } from './trace.ts'
import { repositoryWork, unpacked } from './work/content.ts'
import type { Held } from './work/worker.ts'

export interface Doing {
	readonly runWork: (bot: Bot, work: Work) => Promise<WorkDone>
	readonly onAsked: (count: number) => void
}

export function runContent(held: Held, log: Log, parts: BotParts, doing: Doing): Promise<void> {
	const { kind, lane, attempt, trace } = held.claim
	const attributes = { 'reglue.kind': kind, 'reglue.lane': lane, 'reglue.attempt': attempt }
	return inSpan(`work ${kind}`, { kind: 'consumer', attributes, parent: trace }, () => run(held, log, parts, doing))
}

async function run(held: Held, log: Log, parts: BotParts, { runWork, onAsked }: Doing): Promise<void> {
	const { store, github, operator } = parts
	const content = unpacked(held.claim.content)
	const spread = operator.sweep_minutes * 30_000
	const round = { store, github, accounts: operator.accounts, log, spread }
	if (content.for === 'app') {
		onAsked(await sweepApp(round))
		return
	}
	if (content.for === 'installation') return sweepInstallation(content.installation, round)
	const { target, work } = content
	const bot = await botFor(target, held, log, parts)
	const { text, next } = await runWork(bot, work)
	log.info(text, { work: held.claim.work, kind: work.kind, repository: target.repository })
	// What was pushed before the App was there has brought no event.
	const all: readonly Work[] = work.kind === 'installed' ? [...next, { kind: 'sweep' }] : next
	const trace = currentTrace()
	// Before the work is marked as done: dying in between does it once more, which changes nothing.
	await store.add(all.map((following) => repositoryWork(target, following, trace === undefined ? {} : { trace })))
}
