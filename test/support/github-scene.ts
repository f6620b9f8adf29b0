/** A repository on the twin with the App installed and one person who may write, as most tests of the bot begin. */
import type { ClientOptions } from '#forge/github/octokit.ts'
import { githubClient } from '#forge/github/octokit.ts'
import { gitHubRepository } from '#forge/github/repository.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import type { Person } from './github-twin/people.ts'
import { as } from './github-twin/people.ts'
import type { Installation, Repository } from './github-twin/state.ts'
import type { Twin } from './github-twin/twin.ts'
import { startTwin } from './github-twin/twin.ts'

export interface Scene {
	readonly twin: Twin
	/** `acme/etl` with a commit on `main`. */
	readonly repository: Repository
	readonly installation: Installation
	readonly dana: Person
	/** The repository as the App sees it. */
	readonly forge: ForgeRepository
	/** Another client of the App: a second worker, or the first after a restart. */
	again(options?: Partial<ClientOptions>): ForgeRepository
	close(): Promise<void>
}

/** Waiting takes no time in tests. */
const noWait = { now: () => Date.now(), sleep: () => Promise.resolve() }

export async function githubScene(files: Readonly<Record<string, string>> = { README: 'hello\n' }): Promise<Scene> {
	const twin = await startTwin()
	const repository = await twin.repository('acme/etl', { collaborators: { dana: 'write', mo: 'read' } })
	const installation = twin.install(repository)
	const dana = as(twin, 'dana')
	await dana.commit(repository, 'main', files)
	const again = (options: Partial<ClientOptions> = {}) => {
		const { id: appId, privateKey } = twin.app
		const auth = { kind: 'installation', appId, privateKey, installationId: installation.id } as const
		const client = githubClient({ auth, baseUrl: twin.url, writeGap: 0, time: noWait, ...options })
		return gitHubRepository({ client, owner: 'acme', repo: 'etl', login: 'reglue[bot]' })
	}
	return { twin, repository, installation, dana, forge: again(), again, close: () => twin.close() }
}
