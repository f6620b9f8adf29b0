/** Workers: they take work from the queue, hold its lane while they do it, and tell the queue what became of it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#bot/bot.ts'
import type { Claim, WorkStore } from '#queue/store.ts'
import type { Verdict } from './verdict.ts'
import { Draining, endOfLimit, LaneLost, verdictOn } from './verdict.ts'

/** A claim that is being worked on. */
export interface Held {
	readonly claim: Claim
	/** Aborted when the lane is lost or the process ends. */
	readonly signal: AbortSignal
	/** @throws LaneLost where another worker has the lane; to be called before every write */
	readonly guard: () => Promise<void>
}

export type Ending = 'done' | Verdict['kind']

export interface WorkersOptions {
	readonly store: WorkStore
	/** Name of this process among those that share the store. */
	readonly owner: string
	/** How many workers each pool has. */
	readonly pools: Readonly<Record<string, number>>
	/** Milliseconds that a lane is held without a sign of life. */
	readonly lease: number
	/** How often work is begun before it is given up. */
	readonly attempts: number
	readonly run: (held: Held) => Promise<void>
	/** Tells people that work was given up; `id` is what the log has. */
	readonly onGivenUp?: (held: Held, id: string) => Promise<void>
	/** Called after each piece of work. */
	readonly onEnd?: (claim: Claim, ending: Ending, milliseconds: number) => void
	readonly log: Log
	/** Milliseconds between two looks at an empty queue: other processes fill it too, and times come. */
	readonly poll?: number
}

export interface Workers {
	/** There may be something to do. */
	wake(): void
	/** Takes nothing new, waits for what is under way, and stops what takes longer than that. */
	drain(milliseconds: number): Promise<void>
}

/** Milliseconds that work gets to stop in when it is told to. */
const patience = 3000

export function startWorkers(options: WorkersOptions): Workers {
	const stopping = new AbortController()
	const ending = new AbortController()
	let awake = new AbortController()
	const wake = (): void => {
		awake.abort()
		awake = new AbortController()
	}
	const loop = async (pool: string): Promise<void> => {
		while (!stopping.signal.aborted) {
			const rest = AbortSignal.any([awake.signal, stopping.signal])
			if (!(await workOnce(options, pool, ending.signal))) await pause(options.poll ?? 1000, rest)
		}
	}
	const loops = Object.entries(options.pools).flatMap(([pool, size]) => Array.from({ length: size }, () => loop(pool)))
	return {
		wake,
		drain: async (milliseconds) => {
			stopping.abort()
			const done = Promise.all(loops)
			const waiting = new AbortController()
			await Promise.race([done, pause(milliseconds, waiting.signal)])
			ending.abort(new Draining())
			// What does not listen is left behind: its lease runs out, and the guard lets it write nothing from now on.
			await Promise.race([done, pause(patience, waiting.signal)])
			waiting.abort()
		},
	}
}

/** @returns whether there was anything to do */
async function workOnce(options: WorkersOptions, pool: string, ending: AbortSignal): Promise<boolean> {
	try {
		const { store, owner, lease } = options
		const claim = await store.claim({ pool, owner, lease })
		if (claim === undefined) return false
		await work(claim, options, ending)
		return true
	} catch (error) {
		// The store itself fails, such as on a full disk: the work is still there when it is well again.
		options.log.error('the queue does not answer', { err: error })
		return false
	}
}

async function work(claim: Claim, options: WorkersOptions, ending: AbortSignal): Promise<void> {
	const { store, attempts, log } = options
	const begun = performance.now()
	const lost = new AbortController()
	const signal = AbortSignal.any([lost.signal, ending])
	const beat = heartbeat(claim, options, () => lost.abort(new LaneLost()))
	const guard = async (): Promise<void> => {
		if (signal.aborted) throw signal.reason
		if (await store.holds(claim)) return
		lost.abort(new LaneLost())
		throw new LaneLost()
	}
	const fields = { work: claim.work, kind: claim.kind, lane: claim.lane, attempt: claim.attempt }
	let end: Ending = 'done'
	let problem: unknown
	try {
		if (claim.attempt > attempts) throw new Error(`its process died ${attempts} times while it worked on this`)
		await options.run({ claim, signal, guard })
	} catch (error) {
		problem = error
	}
	clearInterval(beat)
	if (problem === undefined) {
		if (!(await store.finish(claim, 'done'))) end = 'lost'
	} else {
		end = await settle({ claim, signal, guard }, problem, options)
	}
	const milliseconds = performance.now() - begun
	if (end === 'done') log.info('done', { ...fields, milliseconds: Math.round(milliseconds) })
	options.onEnd?.(claim, end, milliseconds)
}

/** Tells the queue what becomes of work that failed, and the log why. */
async function settle(held: Held, error: unknown, options: WorkersOptions): Promise<Ending> {
	const { store, attempts, log } = options
	const { claim, signal } = held
	const stopped: unknown = signal.aborted ? signal.reason : undefined
	const now = Date.now()
	const verdict = verdictOn(error, { attempt: claim.attempt, attempts, now, stopped })
	const fields = { work: claim.work, kind: claim.kind, lane: claim.lane, attempt: claim.attempt }
	switch (verdict.kind) {
		case 'lost':
			log.warn('the lane was lost; another worker goes on', fields)
			return 'lost'
		case 'later': {
			if (verdict.park) {
				const until = endOfLimit(error, now)
				log.warn('a rate limit holds up the installation', { ...fields, scope: claim.scope, until: new Date(until) })
				await store.park(claim.scope, until)
			}
			const kept = await store.giveBack(claim, { notBefore: verdict.notBefore, counted: false })
			return kept ? 'later' : 'lost'
		}
		case 'again':
			log.warn('failed, to be tried again', { ...fields, notBefore: new Date(verdict.notBefore), err: error })
			return (await store.giveBack(claim, { notBefore: verdict.notBefore, counted: true })) ? 'again' : 'lost'
		case 'refused':
			log.warn('refused by the forge', { ...fields, err: error })
			return (await store.finish(claim, 'done')) ? 'refused' : 'lost'
		case 'given up':
			await giveUp(held, error, options)
			return (await store.finish(claim, 'failed')) ? 'given up' : 'lost'
		default:
			return verdict satisfies never
	}
}

/** Before the work is marked as ended: a process that dies here tells it again, which the bot does only once. */
async function giveUp(held: Held, error: unknown, { log, onGivenUp }: WorkersOptions): Promise<void> {
	const { work, kind, lane, attempt } = held.claim
	const id = randomUUID()
	log.error('given up', { work, kind, lane, attempt, error: id, err: error })
	try {
		await onGivenUp?.(held, id)
	} catch (trouble) {
		log.warn('nobody could be told that work was given up', { work, error: id, err: trouble })
	}
}

/** Renews the lease three times while it lasts; one that cannot be renewed is lost. */
function heartbeat(claim: Claim, { store, lease, log }: WorkersOptions, onLost: () => void): NodeJS.Timeout {
	return setInterval(() => {
		store.renew(claim, lease).then(
			(held) => {
				if (!held) onLost()
			},
			// A single failure is not the end: the guard before each write asks the store itself.
			(error: unknown) => log.warn('the lease could not be renewed', { lane: claim.lane, err: error }),
		)
	}, lease / 3)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}
