/** Publishing from the command line: the loop of the bot, its dashboard and its checks, once and in this process. */
import { createHash } from 'node:crypto'
import type { KeptCheck } from '#action/read-only.ts'
import { readOnly } from '#action/read-only.ts'
import type { Bot, Compiler, Log } from '#bot/bot.ts'
import type { Checked, CheckOptions } from '#bot/check/check-pull-request.ts'
import { checkPullRequest } from '#bot/check/check-pull-request.ts'
import { updateDashboard } from '#bot/dashboard/update.ts'
import type { ReconcileOptions, UnitOutcome } from '#bot/reconcile/reconcile.ts'
import { reconcile } from '#bot/reconcile/reconcile.ts'
import type { Config } from '#config/schema.ts'
import { isForgeError } from '#forge/error.ts'
import type { PullRequest } from '#forge/repository.ts'
import { readUnitState } from '#pipeline/state.ts'
import { unitNames } from './folder-compiler.ts'
import type { Place } from './place.ts'
import type { Written } from './recorded.ts'
import { recorded } from './recorded.ts'

export interface PublishRequest {
	readonly place: Place
	readonly config: Config
	readonly compiler: Compiler
	/** Folder that `reglue migrate` wrote: its units alone are looked at. Absent: the exports of the repository. */
	readonly folder?: string
	readonly log: Log
	readonly signal: AbortSignal
}

export type Published =
	| { readonly kind: 'idle'; readonly text: string }
	| {
			readonly kind: 'done'
			readonly units: readonly UnitOutcome[]
			readonly pulls: readonly PublishedPull[]
			/** Everything that was written; empty on a second run with nothing changed. */
			readonly written: readonly Written[]
	  }

export type Shown = Pick<KeptCheck, 'conclusion' | 'title' | 'summary'>

export interface PublishedPull {
	readonly pull: PullRequest
	readonly check: Shown | undefined
	/** The token may not post checks: this is all that is seen of it. */
	readonly isOnlyShown: boolean
}

export async function publish(request: PublishRequest): Promise<Published> {
	const { place, config, folder } = request
	const { repository, written } = recorded(place.repository)
	const bot = botOf(request, repository)
	const done = await reconcile(bot, folder === undefined ? {} : onlyUnitsOf(folder))
	if (done.kind === 'idle') return { kind: 'idle', text: done.text }
	// A folder has some units; the dashboard lists all of them.
	const keepsDashboard = folder === undefined
	if (keepsDashboard) await updateDashboard(bot, { done, isWanted: config.dashboard })
	const open = new Set(done.units.flatMap(({ pullRequest }) => (pullRequest === undefined ? [] : [pullRequest.number])))
	const pulls: PublishedPull[] = []
	for (const number of open) {
		const units = done.units.filter(({ pullRequest }) => pullRequest?.number === number)
		const again = folder === undefined ? {} : { again: evidenceOf(folder, units) }
		const found = await checked(bot, number, again)
		if (found !== undefined) pulls.push(found)
	}
	if (keepsDashboard) await updateDashboard(bot)
	return { kind: 'done', units: done.units, pulls, written }
}

/** Another evidence of the same files asks for another run of the check. */
function evidenceOf(folder: string, units: readonly UnitOutcome[]): string {
	const reports = units.map(({ unit }) => readUnitState(folder, unit)?.jobs ?? [])
	return `evidence-${createHash('sha256').update(JSON.stringify(reports)).digest('hex').slice(0, 16)}`
}

async function checked(bot: Bot, number: number, options: CheckOptions): Promise<PublishedPull | undefined> {
	const { check, isOnlyShown } = await checkOf(bot, number, options)
	const pull = await bot.repository.pullRequest(number)
	return pull?.state === 'open' ? { pull, check, isOnlyShown } : undefined
}

/** With a person's own token checks cannot be posted: then they are shown here alone. */
async function checkOf(
	bot: Bot,
	number: number,
	options: CheckOptions,
): Promise<Pick<PublishedPull, 'check' | 'isOnlyShown'>> {
	try {
		return { check: runOf(await checkPullRequest(bot, number, options)), isOnlyShown: false }
	} catch (error) {
		if (!isForgeError(error, 'forbidden')) throw error
		const kept = readOnly(bot.repository)
		// Its text may still be written.
		const editPullRequest: Bot['repository']['editPullRequest'] = (one, change) =>
			bot.repository.editPullRequest(one, change)
		await checkPullRequest({ ...bot, repository: { ...kept.repository, editPullRequest } }, number, options)
		return { check: kept.checks().at(-1), isOnlyShown: true }
	}
}

const runOf = (done: Checked): Shown | undefined => (done.kind === 'checked' ? done.check : undefined)

/** Somebody asked for just these. */
const onlyUnitsOf = (folder: string): ReconcileOptions => ({ units: unitNames(folder), beyondLimit: true })

function botOf({ place, config, compiler, log, signal }: PublishRequest, repository: Bot['repository']): Bot {
	return {
		repository,
		workspace: place.workspace,
		compiler,
		repairer: { propose: () => Promise.resolve(undefined) },
		operator: {
			openPullRequests: config.limits.open_pull_requests,
			commentsPerHour: config.limits.comments_per_hour,
			engine: config.engine.check,
		},
		config,
		self: place.self,
		clock: () => new Date(),
		log,
		signal,
		queue: { position: () => undefined, waiting: 0 },
	}
}
