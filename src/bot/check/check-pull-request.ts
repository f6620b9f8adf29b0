/** The check `reglue` on the head of a pull request: one is posted on each, as a required check that never comes would block. */
import type { CheckRun, PullRequest } from '#forge/repository.ts'
import { partOf } from '#publish/branches.ts'
import type { Bot } from '../bot.ts'
import { configHash, readSettings } from '../settings.ts'
import { checkPeoplesPullRequest } from './peoples-pull-request.ts'
import { checkUnitBranch } from './unit-branch.ts'

export interface CheckOptions {
	/** Names or ids of jobs; absent: all. */
	readonly only?: readonly string[]
	/**
	 * Runs again although the head has its check; the text names what asked for it (`comment-17`, `check-4`), so that the
	 * same request gives one run however often it comes.
	 */
	readonly again?: string
}

export type Checked =
	| { readonly kind: 'skipped'; readonly why: string }
	| {
			readonly kind: 'checked'
			readonly check: CheckRun
			readonly commit: string
			readonly wrote: boolean
			readonly repaired?: boolean
	  }

export async function checkPullRequest(bot: Bot, number: number, options: CheckOptions = {}): Promise<Checked> {
	const pull = await bot.repository.pullRequest(number)
	if (pull === undefined) return { kind: 'skipped', why: `there is no pull request ${number}` }
	if (pull.state !== 'open') return { kind: 'skipped', why: `pull request ${number} is ${pull.state}` }
	const facts = await bot.repository.facts()
	if (facts.archived) return { kind: 'skipped', why: 'the repository is archived' }
	const settings = await readSettings(bot, facts)
	const config = settings.state === 'ready' ? settings.config : undefined
	const making =
		config === undefined
			? undefined
			: { output: config.output, config: configHash(config), version: bot.compiler.version }
	const subject = { pull, config, making, options }
	return isOurs(bot, pull) && config !== undefined && making !== undefined
		? checkUnitBranch(bot, { ...subject, config, making })
		: checkPeoplesPullRequest(bot, { pull, config, options })
}

/** A branch of the bot's, opened by the bot: a person's branch that happens to have such a name is a person's. */
const isOurs = (bot: Bot, { head, fromFork, author }: PullRequest): boolean =>
	!fromFork && author === bot.self && partOf(head.branch) !== undefined
