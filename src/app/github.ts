/** The App's ways to GitHub: as itself, and as an installation, narrowed to the one repository that work is for. */
import type { Octokit } from '@octokit/rest'
import { z } from 'zod'
import type { ClientOptions, GitHubAuth } from '#forge/github/octokit.ts'
import { githubClient } from '#forge/github/octokit.ts'
import { realTime, writePace } from '#forge/github/pace.ts'
import { gitHubRepository } from '#forge/github/repository.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import type { Credentials } from './operator.ts'
import type { Target } from './work/content.ts'

export interface GitHubAccess {
	/** Login that the App writes as, such as `reglue[bot]`. */
	self(): Promise<string>
	/** The client of the App itself: its installations and deliveries. */
	readonly app: Octokit
	/** The client of an installation, for all its repositories: only for listing them. */
	installation(id: number): Octokit
	repository(target: Target, self: string): ForgeRepository
	/** A token that reads and writes nothing but the target, for git. */
	token(target: Target): Promise<string>
}

export interface GitHubOptions {
	readonly credentials: Credentials
	readonly api: string
	/** Told of every token that is fetched, so that it shows nowhere. */
	readonly onToken: (token: string) => void
	/** Milliseconds between two writes of an installation. */
	readonly writeGap?: number
}

/** Clients that are kept, with their tokens; the one that was used longest ago goes first. */
const mostClients = 500

export function gitHubAccess({ credentials, api, onToken, writeGap = 1000 }: GitHubOptions): GitHubAccess {
	const { appId, privateKey } = credentials
	const common: Omit<ClientOptions, 'auth'> = { baseUrl: api, writeGap }
	const app = githubClient({ ...common, auth: { kind: 'app', appId, privateKey } })
	const clients = new Map<string, Octokit>()
	const paces = new Map<number, ReturnType<typeof writePace>>()
	const paceOf = (installation: number) => {
		const pace = paces.get(installation) ?? writePace(writeGap, realTime)
		paces.set(installation, pace)
		return pace
	}
	const client = (installationId: number, repositoryId?: number): Octokit => {
		const key = `${installationId} ${repositoryId ?? ''}`
		const auth: GitHubAuth = {
			kind: 'installation',
			appId,
			privateKey,
			installationId,
			...(repositoryId === undefined ? {} : { repositoryId }),
		}
		const found = clients.get(key) ?? telling(githubClient({ ...common, auth, pace: paceOf(installationId) }), onToken)
		clients.delete(key)
		clients.set(key, found)
		const [oldest] = clients.keys()
		if (clients.size > mostClients && oldest !== undefined) clients.delete(oldest)
		return found
	}
	const clientOf = ({ installation, repository }: Target): Octokit => client(installation, repository)
	let self: Promise<string> | undefined
	return {
		app,
		self: () => {
			self ??= app.rest.apps.getAuthenticated().then(({ data }) => `${data?.slug ?? 'reglue'}[bot]`)
			// GitHub may be away just now; the next one asks again.
			self.catch(() => {
				self = undefined
			})
			return self
		},
		installation: (id) => client(id),
		repository: (target, login) =>
			gitHubRepository({ client: clientOf(target), owner: target.owner, repo: target.name, login }),
		token: async (target) => installationToken.parse(await clientOf(target).auth({ type: 'installation' })).token,
	}
}

const installationToken = z.object({ token: z.string() })

function telling(client: Octokit, onToken: (token: string) => void): Octokit {
	client.hook.after('request', ({ data }, { url }) => {
		if (url.endsWith('/access_tokens')) onToken(installationToken.parse(data).token)
	})
	return client
}
