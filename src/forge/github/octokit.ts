/**
 * The client for GitHub, for one installation or one token. What Probot's client, or octokit's own plugins, would do to
 * a bot that must never double an effect is undone here, each point with a test:
 *
 * - Writes are never repeated by the client: a 500 may come after the effect. Whoever writes looks first (`certain.ts`).
 *   Reads are repeated after server errors and lost connections.
 * - Both rate limits end the call with the time to come again, instead of sleeping or failing without a word.
 * - Each client has its own pace of writes; one busy installation does not hold up the others.
 * - Every request ends (`transport.ts`), a broken answer is an error, a redirected write stays a write.
 * - Errors are `ForgeError`, without headers and bodies; nothing is printed.
 */
import { createAppAuth } from '@octokit/auth-app'
import { Octokit } from '@octokit/rest'
import { isUncertain } from '../error.ts'
import { forgeError } from './errors.ts'
import type { Time } from './pace.ts'
import { realTime, writePace } from './pace.ts'
import { transport } from './transport.ts'

export type GitHubAuth =
	| { readonly kind: 'token'; readonly token: string }
	/** As the App itself: its installations and deliveries. */
	| { readonly kind: 'app'; readonly appId: number; readonly privateKey: string }
	/** As an installation of the App; tokens are fetched, kept and renewed. */
	| {
			readonly kind: 'installation'
			readonly appId: number
			readonly privateKey: string
			readonly installationId: number
			/** Narrows the tokens to one repository. */
			readonly repositoryId?: number
	  }

export interface ClientOptions {
	readonly auth: GitHubAuth
	readonly baseUrl?: string
	/** Milliseconds for one request. */
	readonly timeout?: number
	/** Milliseconds between two writes. */
	readonly writeGap?: number
	/** A pace that several clients keep together: GitHub counts the writes of an installation, not of a repository. */
	readonly pace?: ReturnType<typeof writePace>
	readonly time?: Time
	readonly fetch?: typeof fetch
}

/** Milliseconds before a read is repeated: once after each. */
const pauses = [250, 1000, 4000]

const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }

export function githubClient(options: ClientOptions): Octokit {
	const time = options.time ?? realTime
	const inPace = options.pace ?? writePace(options.writeGap ?? 1000, time)
	const client = new Octokit({
		...authOf(options.auth),
		...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
		userAgent: 'reglue',
		log: silent,
		request: { fetch: transport({ timeout: options.timeout ?? 30_000, fetch: options.fetch ?? globalThis.fetch }) },
	})
	client.hook.wrap('request', async (request, details) => {
		const once = async () => {
			try {
				return await request(details)
			} catch (error) {
				throw forgeError(error, time.now())
			}
		}
		// A token is fetched within the call that needs it: it must not wait for that call's turn.
		if (details.method === 'GET' || details.url.endsWith('/access_tokens')) return repeated(once, time)
		return inPace(once)
	})
	return client
}

async function repeated<T>(read: () => Promise<T>, time: Time): Promise<T> {
	for (const pause of pauses) {
		try {
			return await read()
		} catch (error) {
			if (!isUncertain(error)) throw error
			await time.sleep(pause)
		}
	}
	return read()
}

function authOf(auth: GitHubAuth) {
	if (auth.kind === 'token') return { auth: auth.token }
	const { appId, privateKey } = auth
	if (auth.kind === 'app') return { authStrategy: createAppAuth, auth: { appId, privateKey } }
	const repositories = auth.repositoryId === undefined ? {} : { repositoryIds: [auth.repositoryId] }
	return {
		authStrategy: createAppAuth,
		auth: { appId, privateKey, installationId: auth.installationId, ...repositories },
	}
}

function nothing(): void {
	// Logs are the hosts': they pass one redactor.
}
