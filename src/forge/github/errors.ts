import { RequestError } from '@octokit/request-error'
import type { ForgeErrorKind } from '../error.ts'
import { ForgeError } from '../error.ts'

/** Without a hint GitHub asks to wait at least a minute after a secondary limit. */
const usualWait = 60_000

/** What an error of octokit's means, without the request's body and headers. Other errors stay as they are. */
export function forgeError(error: unknown, now: number): unknown {
	if (!(error instanceof RequestError)) return error
	const { status, response } = error
	const what = `${error.request.method} ${new URL(error.request.url).pathname}: ${error.message}`
	if (response === undefined) return new ForgeError('unreachable', what)
	const until = limitedUntil(error, now)
	if (until !== undefined) return new ForgeError('rate-limited', what, { status, until })
	return new ForgeError(kindOf(status), what, { status })
}

function kindOf(status: number): ForgeErrorKind {
	if (status === 401) return 'unauthorized'
	if (status === 403 || status === 451) return 'forbidden'
	if (status === 404 || status === 410) return 'missing'
	if (status === 409) return 'conflict'
	return status >= 500 ? 'unavailable' : 'invalid'
}

/**
 * When to come again after a limit; undefined for other answers.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function limitedUntil({ status, message, response }: RequestError, now: number): Date | undefined {
	if (status !== 403 && status !== 429) return undefined
	const headers = response?.headers ?? {}
	const seconds = Number(headers['retry-after'])
	if (headers['retry-after'] !== undefined && Number.isFinite(seconds)) return new Date(now + seconds * 1000)
	if (headers['x-ratelimit-remaining'] === '0') return new Date(Number(headers['x-ratelimit-reset']) * 1000)
	return status === 429 || /secondary rate limit/i.test(message) ? new Date(now + usualWait) : undefined
}
