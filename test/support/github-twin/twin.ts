/**
 * A GitHub of one's own: an HTTP server with GitHub's REST operations over real bare git repositories.
 *
 * State is in memory, and in git for everything that is git's: refs, trees, commits and merges are made by the git
 * binary, and `git clone`, `fetch` and `push` work against the same address. Requests are validated against GitHub's own
 * OpenAPI description. Tokens, permissions, archived and suspended installations, pages, `Link`, ETags and rate limits
 * behave as documented; `faults` adds what goes wrong on the way. What happens becomes a webhook that waits in
 * `webhooks` until a test sends it, once, twice, or in the wrong order. `journal` has every request, so that a test can
 * count them and let the client die at each write in turn. Time is the twin's own, so a scenario gives the same commits.
 *
 * Set the scene with `person`, `repository` and `install`; play people with `as(login)` (people.ts); look at the end
 * state with `snapshot` (snapshot.ts).
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Clock } from './clock.ts'
import { twinClock } from './clock.ts'
import type { Faults } from './faults.ts'
import { twinFaults } from './faults.ts'
import { git } from './git.ts'
import type { Journal } from './journal.ts'
import { twinJournal } from './journal.ts'
import type { Limits } from './limits.ts'
import { twinLimits } from './limits.ts'
import type { Operation } from './operation.ts'
import { operation } from './operation.ts'
import { appOperations } from './operations/apps.ts'
import { checkOperations } from './operations/checks.ts'
import { commentOperations } from './operations/comments.ts'
import { contentOperations } from './operations/contents.ts'
import { deliveryOperations } from './operations/deliveries.ts'
import { gitObjectOperations } from './operations/git-objects.ts'
import { issueOperations } from './operations/issues.ts'
import { pullOperations } from './operations/pulls.ts'
import { refOperations } from './operations/refs.ts'
import { repositoryOperations } from './operations/repositories.ts'
import { notFound } from './refusal.ts'
import { renderRepository } from './render/repository.ts'
import { operationTable, serve } from './server.ts'
import type { Installation, Permissions, Repository, Role, World } from './state.ts'
import type { Webhooks } from './webhooks.ts'
import { twinWebhooks } from './webhooks.ts'

export interface RepositoryOptions {
	readonly defaultBranch?: string
	readonly private?: boolean
	readonly forkOf?: Repository
	readonly collaborators?: Readonly<Record<string, Role>>
}

export interface Twin {
	/** Address of the API and of the web pages; clones come from `<url>/<owner>/<name>.git`. */
	readonly url: string
	readonly app: {
		readonly id: number
		readonly slug: string
		readonly privateKey: string
		readonly webhookSecret: string
	}
	readonly world: World
	readonly operations: ReadonlyMap<string, Operation>
	readonly clock: Clock
	readonly journal: Journal
	readonly faults: Faults
	readonly limits: Limits
	readonly webhooks: Webhooks
	/** Adds an account. @returns a token of theirs, for git and the API */
	person(login: string): string
	/** Adds an empty repository; an account for its owner is made where there is none. */
	repository(fullName: string, options?: RepositoryOptions): Promise<Repository>
	/** Installs the App on repositories of one owner, with the event. */
	install(...repositories: readonly Repository[]): Installation
	addToInstallation(installation: Installation, ...repositories: readonly Repository[]): void
	/** A token as Actions hands it out, or any other with fewer rights; without the App's key. */
	installationToken(installation: Installation, permissions?: Permissions): string
	suspend(installation: Installation, suspended: boolean): void
	uninstall(installation: Installation): void
	rename(repository: Repository, name: string): void
	close(): Promise<void>
}

/** What the App asks for and listens to, as `app.yml` says. */
export interface TwinOptions {
	readonly permissions?: Permissions
	readonly events?: readonly string[]
	readonly port?: number
}

const permissions: Permissions = {
	contents: 'write',
	pull_requests: 'write',
	checks: 'write',
	issues: 'write',
	metadata: 'read',
}
const events = ['push', 'pull_request', 'issue_comment', 'issues', 'check_run', 'check_suite']

/** One key for all twins of a process: making one takes a tenth of a second. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const privateKey = keys.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()

export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
	const webhookSecret = 'the twin and its App share this'
	const webhooks = twinWebhooks(webhookSecret)
	const app = {
		id: 4711,
		slug: 'reglue',
		publicKey: keys.publicKey,
		permissions: options.permissions ?? permissions,
		events: options.events ?? events,
	}
	const world: World = {
		app,
		clock: twinClock(),
		users: new Map(),
		tokens: new Map(),
		installations: new Map(),
		repositories: new Map(),
		moved: new Map(),
		folder: await mkdtemp(path.join(tmpdir(), 'github-twin-')),
		url: '',
		ids: { next: 1001 },
		treeLimit: 100_000,
		emit: (event) => webhooks.emit(world, event),
	}
	const journal = twinJournal()
	const faults = twinFaults()
	const limits = twinLimits()
	const operations = operationTable([
		...appOperations,
		...checkOperations,
		...commentOperations,
		...contentOperations,
		...deliveryOperations(webhooks),
		...gitObjectOperations,
		...issueOperations,
		...pullOperations,
		...refOperations,
		...repositoryOperations,
		// Answered by the server itself: it costs nothing.
		operation('GET /rate_limit', 'anyone', () => {
			throw notFound()
		}),
	])
	const server = createServer((request, response) => {
		serve({ world, operations, journal, faults, limits }, request, response).catch(() => response.socket?.destroy())
	})
	server.keepAliveTimeout = 500
	await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error('the twin got no port')
	world.url = `http://127.0.0.1:${address.port}`
	addUser(world, `${app.slug}[bot]`, 'Bot')

	return {
		url: world.url,
		app: { id: app.id, slug: app.slug, privateKey, webhookSecret },
		world,
		operations,
		clock: world.clock,
		journal,
		faults,
		limits,
		webhooks,
		person: (login) => {
			addUser(world, login, 'User')
			const token = `ghp_${randomBytes(18).toString('hex')}`
			world.tokens.set(token, { kind: 'user', login })
			return token
		},
		repository: (fullName, more = {}) => addRepository(world, fullName, more),
		install: (...repositories) => install(world, repositories),
		addToInstallation: (installation, ...repositories) => {
			for (const { id } of repositories) installation.repositories.add(id)
			const added = repositories.map((repository) => renderRepository(world, repository))
			emitInstallation(world, installation, 'installation_repositories', 'added', {
				repositories_added: added,
				repositories_removed: [],
			})
		},
		installationToken: (installation, narrowed = app.permissions) => {
			const token = `ghs_${randomBytes(18).toString('hex')}`
			const expires = Date.now() + 3_600_000
			world.tokens.set(token, {
				kind: 'installation',
				installation: installation.id,
				permissions: narrowed,
				repositories: undefined,
				expires,
			})
			return token
		},
		suspend: (installation, suspended) => {
			installation.suspended = suspended
			emitInstallation(world, installation, 'installation', suspended ? 'suspend' : 'unsuspend')
		},
		uninstall: (installation) => {
			world.installations.delete(installation.id)
			emitInstallation(world, installation, 'installation', 'deleted')
		},
		rename: (repository, name) => {
			const old = `${repository.owner}/${repository.name}`.toLowerCase()
			world.repositories.delete(old)
			world.moved.set(old, repository.id)
			repository.name = name
			world.repositories.set(`${repository.owner}/${name}`.toLowerCase(), repository)
		},
		close: async () => {
			webhooks.target(undefined)
			server.closeAllConnections()
			await new Promise((resolve) => server.close(resolve))
			await rm(world.folder, { recursive: true, force: true, maxRetries: 3 })
		},
	}
}

function addUser(world: World, login: string, type: 'User' | 'Bot'): void {
	if (world.users.has(login.toLowerCase())) return
	const id = world.ids.next++
	const email = `${id}+${login}@users.noreply.github.com`
	world.users.set(login.toLowerCase(), { id, login, type, email })
}

async function addRepository(world: World, fullName: string, options: RepositoryOptions): Promise<Repository> {
	const [owner = '', name = ''] = fullName.split('/')
	addUser(world, owner, 'User')
	const id = world.ids.next++
	const folder = path.join(world.folder, `${id}.git`)
	const defaultBranch = options.defaultBranch ?? 'main'
	const source = options.forkOf?.folder
	if (source === undefined) await git(world.folder, ['init', '-q', '--bare', '-b', defaultBranch, folder])
	else await git(world.folder, ['clone', '-q', '--bare', source, folder])
	await git(folder, ['config', 'http.receivepack', 'true'])
	await git(folder, ['config', 'uploadpack.allowFilter', 'true'])
	await git(folder, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
	const repository: Repository = {
		id,
		owner,
		name,
		folder,
		defaultBranch,
		private: options.private ?? true,
		archived: false,
		forkOf: options.forkOf?.id,
		collaborators: new Map(
			Object.entries(options.collaborators ?? {}).map(([login, role]) => [login.toLowerCase(), role]),
		),
		protectedBranches: new Set(),
		mayOpenPullRequests: true,
		issues: new Map(),
		comments: new Map(),
		labels: new Map(),
		checkRuns: new Map(),
		turn: Promise.resolve(),
	}
	for (const login of Object.keys(options.collaborators ?? {})) addUser(world, login, 'User')
	world.repositories.set(fullName.toLowerCase(), repository)
	return repository
}

function install(world: World, repositories: readonly Repository[]): Installation {
	const [first] = repositories
	if (first === undefined) throw new Error('an installation needs a repository')
	const installation: Installation = {
		id: world.ids.next++,
		account: first.owner,
		repositories: new Set(repositories.map(({ id }) => id)),
		suspended: false,
	}
	world.installations.set(installation.id, installation)
	emitInstallation(world, installation, 'installation', 'created', {
		repositories: repositories.map((repository) => renderRepository(world, repository)),
	})
	return installation
}

function emitInstallation(
	world: World,
	installation: Installation,
	name: string,
	action: string,
	payload: Readonly<Record<string, unknown>> = {},
): void {
	world.emit({ name, action, repository: undefined, installation, sender: installation.account, payload })
}
