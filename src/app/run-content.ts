/** Does what the queue held: the bot's work in a repository, or the App's own rounds. */
import type { Bot, Log } from '#bot/bot.ts'
import { tellGivenUp } from '#bot/given-up.ts'
import type { WorkDone } from '#bot/run-work.ts'
import type { CommandWork, Work } from '#bot/work.ts'
import type { BotParts } from './bot-for.ts'
import { botFor } from './bot-for.ts'
import { sweepApp, sweepInstallation } from './sweep.ts'
import { currentTrace, inSpan } from './trace.ts'
import type { Target } from './work/content.ts'
import { heardWork, repositoryWork, unpacked } from './work/content.ts'
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
	if (content.for === 'hearing') return hear(target, content.work, parts)
	const bot = await botFor(target, held, log, parts)
	const { text, next } = await runWork(bot, work)
	log.info(text, { work: held.claim.work, kind: work.kind, repository: target.repository })
	// What was pushed before the App was there has brought no event.
	const all: readonly Work[] = work.kind === 'installed' ? [...next, { kind: 'sweep' }] : next
	const trace = currentTrace()
	// Before the work is marked as done: dying in between does it once more, which changes nothing.
	await store.add(all.map((following) => repositoryWork(target, following, trace === undefined ? {} : { trace })))
}

/** Tells people what was given up; the App's own rounds are nobody's to be told of. */
export async function tellPeople(held: Held, id: string, log: Log, parts: BotParts): Promise<void> {
	const content = unpacked(held.claim.content)
	if (content.for === 'app' || content.for === 'installation') return
	const bot = await botFor(content.target, held, log, parts)
	const attempts = Math.min(held.claim.attempt, parts.operator.attempts)
	await tellGivenUp(bot, content.work, { id: id.slice(0, 8), attempts })
}

/** A command holds for the commit that was there when it came, however long it waits for its turn. */
async function hear(target: Target, work: CommandWork, { store, github }: BotParts): Promise<void> {
	const pull = await github.repository(target, await github.self()).pullRequest(work.number)
	const head = pull?.head.commit
	const trace = currentTrace()
	const heard = head === undefined ? work : { ...work, head }
	await store.add([heardWork(target, heard, trace === undefined ? {} : { trace })])
}
