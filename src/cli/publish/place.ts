/** The repository that `--forge` and `--repo` name, with its files. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Workspaces } from '#app/workspace/workspace.ts'
import { openWorkspaces } from '#app/workspace/workspace.ts'
import type { Workspace } from '#bot/bot.ts'
import { isForgeError } from '#forge/error.ts'
import { githubClient } from '#forge/github/octokit.ts'
import { gitHubRepository } from '#forge/github/repository.ts'
import { localRepository } from '#forge/local/repository.ts'
import type { ForgeRepository } from '#forge/repository.ts'
import { UsageError } from '../command.ts'

export interface Place {
	readonly repository: ForgeRepository
	readonly workspace: Workspace
	/** Login that everything is written under. */
	readonly self: string
	close(): Promise<void>
}

export interface PlaceOptions {
	readonly forge: string
	readonly repo: string
	/** Absent: the account of the token. */
	readonly login?: string
}

/** Variables as Actions sets them; the token comes from here only, so that no process list shows it. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The repository is the person's own, so there is no limit but the machine's. */
const limits = {
	files: 1_000_000,
	fileBytes: 10_000_000_000,
	checkoutBytes: 100_000_000_000,
	milliseconds: 3_600_000,
}

const ownLogin = 'reglue'

/** @throws UsageError for a forge that there is none of, a folder that is no repository, or a token that is missing */
export async function openPlace(options: PlaceOptions, environment: Environment, signal: AbortSignal): Promise<Place> {
	if (options.forge === 'local') return openLocal(options.repo, signal)
	if (options.forge !== 'github') throw new UsageError(`--forge ${options.forge}: there are local and github`)
	return openGitHub(options, environment, signal)
}

async function openLocal(folder: string, signal: AbortSignal): Promise<Place> {
	const repository = await localRepository(folder, ownLogin).catch((error: unknown) => {
		throw new UsageError(`${folder} is not a git repository: ${error instanceof Error ? error.message : String(error)}`)
	})
	return withWorkspaces(async (workspaces, root) => {
		// Everything is here already: the workspace finds it in the repository's own folder, and fetches nothing.
		const info = path.join(root, '1.git', 'objects', 'info')
		await mkdir(info, { recursive: true })
		await writeFile(path.join(info, 'alternates'), `${repository.objects}\n`)
		const source = { repository: 1, url: 'file:///nowhere', token: () => Promise.resolve('') }
		return { repository, workspace: workspaces.of(source, signal), self: ownLogin }
	})
}

async function openGitHub(
	{ repo: fullName, login }: PlaceOptions,
	environment: Environment,
	signal: AbortSignal,
): Promise<Place> {
	const [owner = '', repo = '', ...rest] = fullName.split('/')
	if (owner === '' || repo === '' || rest.length > 0)
		throw new UsageError(`--repo ${fullName}: for GitHub this is OWNER/NAME`)
	const token = environment['GITHUB_TOKEN']
	if (token === undefined || token === '')
		throw new UsageError(
			'--forge github needs a token in GITHUB_TOKEN, with write access to contents, pull requests, checks and issues',
		)
	const baseUrl = environment['GITHUB_API_URL']
	const client = githubClient({ auth: { kind: 'token', token }, ...(baseUrl === undefined ? {} : { baseUrl }) })
	const self = login ?? (await loginOf(client))
	const repository = gitHubRepository({ client, owner, repo, login: self })
	const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com'
	const url = `${server}/${owner}/${repo}.git`
	return withWorkspaces((workspaces) => {
		const source = { repository: 1, url, token: () => Promise.resolve(token) }
		return Promise.resolve({ repository, workspace: workspaces.of(source, signal), self })
	})
}

/** @throws UsageError where the token is an App's, which belongs to no account that it may ask for */
async function loginOf(client: ReturnType<typeof githubClient>): Promise<string> {
	try {
		return (await client.rest.users.getAuthenticated()).data.login
	} catch (error) {
		if (isForgeError(error, 'forbidden', 'missing'))
			throw new UsageError('the token does not say whose it is: add --login, such as `--login github-actions[bot]`')
		throw error
	}
}

async function withWorkspaces(
	open: (workspaces: Workspaces, root: string) => Promise<Omit<Place, 'close'>>,
): Promise<Place> {
	const root = await mkdtemp(path.join(tmpdir(), 'reglue-publish-'))
	const workspaces = await openWorkspaces(root, limits)
	return { ...(await open(workspaces, root)), close: () => rm(root, { recursive: true, force: true }) }
}
