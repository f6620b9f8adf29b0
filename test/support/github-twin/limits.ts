/** GitHub's rate limits: the hourly one, and the secondary one on content that is made too fast. */
import type { Recorded } from './journal.ts'
import { Refusal } from './refusal.ts'

export interface Limits {
	/** Requests left in this hour for each caller; Infinity to begin with, so that only tests that want it meet it. */
	primary(limit: number, resetInSeconds: number): void
	/** Writes allowed before the secondary limit answers, and what it asks for in `retry-after`; without: no header. */
	secondary(writes: number, retryAfterSeconds?: number): void
	clear(): void
	/** Counts a request. @throws Refusal when it is one too many */
	count(request: Recorded): void
	/** A request that was answered with 304 costs nothing. */
	forgive(): void
	headers(): Readonly<Record<string, string>>
	state(): { readonly limit: number; readonly used: number; readonly remaining: number; readonly reset: number }
}

const everyday = 5000

export function twinLimits(): Limits {
	let limit = Number.POSITIVE_INFINITY
	let used = 0
	let reset = 0
	let secondary: { left: number; readonly retryAfter: number | undefined; until: number } | undefined

	const state = () => {
		const shown = Number.isFinite(limit) ? limit : everyday
		const counted = Number.isFinite(limit) ? used : 0
		return { limit: shown, used: counted, remaining: Math.max(0, shown - counted), reset }
	}
	const headers = () => {
		const now = state()
		return {
			'x-ratelimit-limit': String(now.limit),
			'x-ratelimit-remaining': String(now.remaining),
			'x-ratelimit-used': String(now.used),
			'x-ratelimit-reset': String(now.reset),
			'x-ratelimit-resource': 'core',
		}
	}
	return {
		primary: (requests, seconds) => {
			limit = requests
			used = 0
			reset = Math.floor(Date.now() / 1000) + seconds
		},
		secondary: (writes, retryAfter) => {
			secondary = { left: writes, retryAfter, until: Number.POSITIVE_INFINITY }
		},
		clear: () => {
			limit = Number.POSITIVE_INFINITY
			secondary = undefined
		},
		count: (request) => {
			if (Number.isFinite(limit) && Date.now() >= reset * 1000) limit = Number.POSITIVE_INFINITY
			used += 1
			if (used > limit) throw new Refusal(403, `API rate limit exceeded for ${request.actor}.`, undefined, headers())
			if (request.kind !== 'write' || secondary === undefined) return
			if (Date.now() >= secondary.until) secondary = undefined
			else if (secondary.left > 0) secondary.left -= 1
			else {
				secondary.until = Math.min(
					secondary.until,
					Date.now() + (secondary.retryAfter ?? Number.POSITIVE_INFINITY) * 1000,
				)
				throw secondaryLimit(secondary.retryAfter)
			}
		},
		forgive: () => {
			used -= 1
		},
		headers,
		state,
	}
}

function secondaryLimit(retryAfter: number | undefined): Refusal {
	return new Refusal(
		403,
		'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
		undefined,
		retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
	)
}
