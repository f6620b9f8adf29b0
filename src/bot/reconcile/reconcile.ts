/**
 * The loop: observe → wanted → routes → plan → write. It knows no former run: whatever one has left undone is seen and
 * done, and where nothing is left to do it writes nothing.
 */
import type { Config } from '#config/schema.ts'
import { ForgeError } from '#forge/error.ts'
import type { RepositoryFacts } from '#forge/repository.ts'
import { branchOf } from '#publish/branches.ts'
import type { Bot, Checkout } from '../bot.ts'
import { withdrawOffer } from '../onboarding/withdraw.ts'
import { configHash, readSettings } from '../settings.ts'
import type { Observed } from './observe.ts'
import { observe } from './observe.ts'
import type { PartPlan } from './plan.ts'
import { planPart } from './plan.ts'
import type { Route, Routes } from './route.ts'
import { routeUnits } from './route.ts'
import type { Making, Wanted } from './wanted.ts'
import { wantedUnits, withCalm } from './wanted.ts'
import { writePart } from './write.ts'

export interface ReconcileOptions {
	/** Names of units; absent: all. */
	readonly units?: readonly string[]
	/** `regenerate` looks at units although nothing changed; `recreate` drops people's edits and the branch's history. */
	readonly mode?: 'changed' | 'regenerate' | 'recreate'
	/** Takes up again what people declined by closing its pull request. */
	readonly reopen?: boolean
	/** Starts units although there are as many open pull requests as are allowed: somebody asked for these. */
	readonly beyondLimit?: boolean
}

export type Reconciled =
	| {
			readonly kind: 'idle'
			readonly why: 'archived' | 'no-config' | 'broken-config' | 'no-base'
			readonly text: string
	  }
	| {
			readonly kind: 'done'
			/** Commit of the base branch that was looked at. */
			readonly base: string
			readonly units: readonly UnitOutcome[]
			/** Open pull requests of ours that this run wrote to. */
			readonly written: readonly number[]
			/** Open pull requests of ours whose text has no evidence of their head: each needs its check. */
			readonly unchecked: readonly number[]
	  }

export interface UnitOutcome {
	readonly unit: string
	/** Exports; empty where they are gone. */
	readonly files: readonly string[]
	readonly state: /** Merged, and nothing has changed since. */
		| 'merged'
		/** In an open pull request. */
		| 'open'
		/** Its pull request was closed: nothing happens until its exports change, or it is reopened. */
		| 'declined'
		/** There are as many open pull requests as are allowed. */
		| 'waiting'
		/** Its export and everything of it are gone. */
		| 'gone'
		/** Nothing can be made of its exports; what was made before stays. */
		| 'failed'
	/** Why it failed. */
	readonly why?: string
	readonly branch?: string
	readonly pullRequest?: { readonly number: number; readonly url: string }
	/** Files of people's that stayed although the generation has another text. */
	readonly conflicts: readonly string[]
	readonly wrote: boolean
}

/** How often somebody else may be faster before the host tries again later. */
const attempts = 3

export async function reconcile(bot: Bot, options: ReconcileOptions = {}): Promise<Reconciled> {
	const facts = await bot.repository.facts()
	if (facts.archived) return { kind: 'idle', why: 'archived', text: 'The repository is archived.' }
	const settings = await readSettings(bot, facts)
	if (settings.state === 'absent')
		return { kind: 'idle', why: 'no-config', text: 'The default branch has no .github/reglue.yml.' }
	if (settings.state === 'broken')
		return { kind: 'idle', why: 'broken-config', text: 'The .github/reglue.yml of the default branch is not valid.' }
	for (let attempt = 1; attempt <= attempts; attempt++) {
		const done = await reconcileOnce(bot, facts, settings.config, options)
		if (done !== 'raced') return done
	}
	throw new ForgeError('conflict', 'somebody else keeps moving the branches; come again later')
}

async function reconcileOnce(
	bot: Bot,
	facts: RepositoryFacts,
	config: Config,
	options: ReconcileOptions,
): Promise<Reconciled | 'raced'> {
	const observed = await observe(bot.repository, config.branch)
	if (observed === undefined)
		return { kind: 'idle', why: 'no-base', text: `${facts.fullName} has no branch ${config.branch} with a commit.` }
	await withdrawOffer(bot, observed.open)
	const checkout = await bot.workspace.checkout(observed.base.commit, [...config.sources, `${config.output}/**`])
	try {
		return await reconcileAt(bot, { observed, checkout, config, options })
	} finally {
		await checkout.release()
	}
}

async function reconcileAt(
	bot: Bot,
	{
		observed,
		checkout,
		config,
		options,
	}: {
		readonly observed: Observed
		readonly checkout: Checkout
		readonly config: Config
		readonly options: ReconcileOptions
	},
): Promise<Reconciled | 'raced'> {
	const { mode = 'changed', reopen = false } = options
	const making: Making = { output: config.output, config: configHash(config), version: bot.compiler.version }
	const wanted = await knownUnits(await bot.compiler.units(checkout, config), observed, making)
	const routes = await routeUnits(bot.repository, observed, {
		wanted,
		chosen: new Set(options.units ?? wanted.map(({ unit }) => unit.name)),
		limit: options.beyondLimit === true ? Number.POSITIVE_INFINITY : limitOf(bot, config),
		reopen,
		force: mode !== 'changed',
		making,
	})
	const outcomes: UnitOutcome[] = [...routes.settled.map((one) => calm(one)), ...unwritten(routes)]
	const written: number[] = []
	const calmed = new Map<string, string>()
	for (const route of routes.parts.values()) {
		bot.signal.throwIfAborted()
		const plan = await planPart(bot, route, { observed, checkout, config, making, recreate: mode === 'recreate' })
		const result = await writePart(bot, plan, observed.base.branch)
		if (result.kind === 'raced') return 'raced'
		if (result.wrote && result.pull?.state === 'open') written.push(result.pull.number)
		outcomes.push(...outcomesOf(route, plan, result.pull, result.wrote))
		if (!result.wrote) for (const [unit, state] of calmedBy(plan)) calmed.set(unit, state)
	}
	await observed.remember(calmed)
	const units = outcomes.sort((left, right) => (left.unit < right.unit ? -1 : 1))
	const unchecked = [...new Set([...written, ...withoutEvidence(observed)])].sort((left, right) => left - right)
	return { kind: 'done', base: observed.base.commit, units, written, unchecked }
}

async function knownUnits(
	units: Parameters<typeof wantedUnits>[0],
	observed: Observed,
	making: Making,
): Promise<readonly Wanted[]> {
	const wanted = wantedUnits(units, observed, making)
	const isAsked = wanted.some(({ isFresh, home }) => !isFresh && home !== undefined)
	return isAsked ? withCalm(wanted, await observed.calm()) : wanted
}

/** Units that were generated for nothing: as long as nothing changes about them, they need not be again. */
const calmedBy = ({ generated }: PartPlan): readonly (readonly [string, string])[] =>
	generated.made
		.filter(({ isFresh, home }) => !isFresh && home !== undefined)
		.map(({ unit, state }) => [unit.name, state])

function withoutEvidence({ parts }: Observed): readonly number[] {
	return [...parts.values()].flatMap(({ pull, marker }) =>
		pull !== undefined && marker?.evidence !== pull.head.commit ? [pull.number] : [],
	)
}

const limitOf = ({ operator }: Bot, { limits }: Config): number =>
	Math.min(limits.open_pull_requests, operator.openPullRequests)

const common = ({ unit }: Wanted) => ({ unit: unit.name, files: unit.files, conflicts: [], wrote: false })

function calm(wanted: Wanted): UnitOutcome {
	const { home } = wanted
	if (home?.pull === undefined) return { ...common(wanted), state: wanted.unit.files.length === 0 ? 'gone' : 'merged' }
	const { number, url } = home.pull
	return { ...common(wanted), state: 'open', branch: branchOf(home.name), pullRequest: { number, url } }
}

function unwritten({ declined, waiting }: Routes): readonly UnitOutcome[] {
	return [
		...waiting.map((wanted): UnitOutcome => ({ ...common(wanted), state: 'waiting' })),
		...declined.map(
			({ wanted, pull: { number, url, head } }): UnitOutcome => ({
				...common(wanted),
				state: 'declined',
				branch: head.branch,
				pullRequest: { number, url },
			}),
		),
	]
}

function outcomesOf(
	{ name, members }: Route,
	{ conflicts, generated }: PartPlan,
	pull: { readonly number: number; readonly url: string; readonly state: string } | undefined,
	wrote: boolean,
): readonly UnitOutcome[] {
	return members.map((wanted): UnitOutcome => {
		const why = generated.failed.get(wanted.unit.name)
		if (why !== undefined) return { ...common(wanted), state: 'failed', why }
		if (pull === undefined) return calm({ ...wanted, home: undefined })
		const { number, url } = pull
		return {
			...common(wanted),
			state: pull.state === 'open' ? 'open' : 'gone',
			branch: branchOf(name),
			pullRequest: { number, url },
			conflicts: conflicts.map(({ path }) => path),
			wrote,
		}
	})
}
