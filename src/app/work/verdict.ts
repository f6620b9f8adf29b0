/** What becomes of work that did not end well. */
import { ForgeError } from '#forge/error.ts'
import { CheckoutRefused } from '../workspace/git.ts'

/** The lane went to another worker: whatever this one still does must have no effect. */
export class LaneLost extends Error {
	override readonly name = 'LaneLost'
	constructor() {
		super('the lane belongs to another worker by now')
	}
}

/** The process is about to end: the work is done by the next one. */
export class Draining extends Error {
	override readonly name = 'Draining'
	constructor() {
		super('the process is ending')
	}
}

export type Verdict =
	/** Somebody else does it; nothing may be said about it any more. */
	| { readonly kind: 'lost' }
	/** Nothing went wrong with it; `park` holds up whatever has the same rate limit. */
	| { readonly kind: 'later'; readonly notBefore: number; readonly park: boolean }
	| { readonly kind: 'again'; readonly notBefore: number }
	/** The forge does not allow it, and would not the next time: suspended, uninstalled, archived, deleted. */
	| { readonly kind: 'refused' }
	| { readonly kind: 'given up' }

export interface Circumstances {
	/** 1 for the first. */
	readonly attempt: number
	readonly attempts: number
	readonly now: number
	/** Why the work was told to stop, if it was. */
	readonly stopped: unknown
}

/** Milliseconds before the second, third … attempt. */
const pauses = [5000, 30_000, 120_000, 600_000]

export function verdictOn(error: unknown, { attempt, attempts, now, stopped }: Circumstances): Verdict {
	if (error instanceof LaneLost || stopped instanceof LaneLost) return { kind: 'lost' }
	if (stopped instanceof Draining) return { kind: 'later', notBefore: now, park: false }
	if (error instanceof ForgeError && error.kind === 'rate-limited') {
		return { kind: 'later', notBefore: now, park: true }
	}
	// The same commit is as large the next time.
	if (error instanceof CheckoutRefused) return { kind: 'given up' }
	const last = attempt >= attempts
	if (error instanceof ForgeError && ['forbidden', 'missing', 'unauthorized'].includes(error.kind)) {
		// Once more all the same: GitHub answers so for a moment after a thing was made.
		return attempt >= 2 || last ? { kind: 'refused' } : again(attempt, now)
	}
	return last ? { kind: 'given up' } : again(attempt, now)
}

/** When a rate limit that a forge told of is over; a minute where it did not say, and never longer than an hour and a bit. */
export function endOfLimit(error: unknown, now: number): number {
	const until = error instanceof ForgeError ? error.until?.getTime() : undefined
	return Math.min(Math.max(until ?? now + 60_000, now + 1000), now + 4_000_000)
}

function again(attempt: number, now: number): Verdict {
	return { kind: 'again', notBefore: now + (pauses[attempt - 1] ?? pauses.at(-1) ?? 0) }
}
