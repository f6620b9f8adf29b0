/** What a host does with work in a scenario: it tries again what failed, drops what is refused, and does what comes next. */
import { verdictOn } from '#app/work/verdict.ts'
import type { Bot } from '#bot/bot.ts'
import { runWork } from '#bot/run-work.ts'
import type { Work } from '#bot/work.ts'
import type { ForgeErrorKind } from '#forge/error.ts'
import { ForgeError } from '#forge/error.ts'
import type { ForgeRepository, WrittenRepository } from '#forge/repository.ts'

/** The process is gone: from then on nothing is read or written any more. */
export class Death extends Error {}

const writes = {
	writeTree: true,
	writeCommit: true,
	createRef: true,
	moveRef: true,
	deleteRef: true,
	openPullRequest: true,
	editPullRequest: true,
	writeComment: true,
	editComment: true,
	deleteComment: true,
	react: true,
	openIssue: true,
	editIssue: true,
	addLabels: true,
	removeLabel: true,
	startCheck: true,
	updateCheck: true,
} as const satisfies Record<keyof WrittenRepository, true>

const isWrite = (name: PropertyKey): boolean => Object.hasOwn(writes, name)

/** What the forge does to some of the steps. */
export interface Trouble {
	readonly kind: ForgeErrorKind
	/** Before: nothing was done. After: it was, and only the answer is lost. */
	readonly when: 'before' | 'after'
	readonly steps: 'all' | 'writes'
	/** Every so many of these steps. */
	readonly every: number
	/** So often at most; absent: as long as it lasts. */
	readonly times?: number
}

/** A repository whose forge can be told to make trouble. */
export function troubled(repository: ForgeRepository): {
	readonly repository: ForgeRepository
	begin(trouble: Trouble | undefined): void
} {
	let trouble: Trouble | undefined
	let count = 0
	let left = 0
	const strikes = (name: PropertyKey): Trouble | undefined => {
		if (trouble === undefined || left === 0 || (trouble.steps === 'writes' && !isWrite(name))) return undefined
		if (++count % trouble.every !== 0) return undefined
		left--
		return trouble
	}
	return {
		begin: (next) => {
			trouble = next
			count = 0
			left = next?.times ?? Number.POSITIVE_INFINITY
		},
		repository: eachStep(repository, async (name, step) => {
			const strike = strikes(name)
			if (strike?.when !== 'before') {
				const value = await step()
				if (strike === undefined) return value
			}
			throw new ForgeError(strike?.kind ?? 'unavailable', 'trouble on order')
		}),
	}
}

/** What a test does at each write; `number` counts from 1. */
export type AtWrite = (number: number, write: () => unknown) => unknown

export function watched(repository: ForgeRepository, atWrite: AtWrite): ForgeRepository {
	let count = 0
	return eachStep(repository, (name, step) => (isWrite(name) ? atWrite(++count, step) : step()))
}

function eachStep(
	repository: ForgeRepository,
	at: (name: PropertyKey, step: () => unknown) => unknown,
): ForgeRepository {
	return new Proxy(repository, {
		get: (target, name) => {
			const value: unknown = Reflect.get(target, name)
			if (typeof value !== 'function') return value
			return async (...args: readonly unknown[]): Promise<unknown> =>
				at(name, () => Reflect.apply(value, target, args) as unknown)
		},
	})
}

const attempts = 5

/** Work and what follows from it, each tried again as the App does. @throws Death and what is given up */
export async function host(bot: Bot, work: Work): Promise<void> {
	for (const next of await done(bot, work)) await host(bot, next)
}

async function done(bot: Bot, work: Work): Promise<readonly Work[]> {
	for (let attempt = 1; ; attempt++) {
		try {
			return (await runWork(bot, work)).next
		} catch (error) {
			if (error instanceof Death) throw error
			const verdict = verdictOn(error, { attempt, attempts, now: 0, stopped: undefined })
			if (verdict.kind === 'refused') return []
			if (verdict.kind === 'given up') throw error
			if (verdict.kind === 'later') attempt--
		}
	}
}
