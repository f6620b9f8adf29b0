/** The forge that `--forge` and `--repo` name. */
import { githubClient } from '#forge/github/octokit.ts'
import { gitHubRepository } from '#forge/github/repository.ts'
import { localForge } from '#forge/local/forge.ts'
import { forgeOver } from '#forge/over-repository.ts'
import type { Forge } from '#forge/port.ts'
import { UsageError } from './command.ts'

export interface ForgeOptions {
	readonly forge: string
	readonly repo: string
}

/** Variables as Actions sets them; the token comes from here only, so that no process list shows it. */
type Environment = Readonly<Record<string, string | undefined>>

/** @throws UsageError for a forge that there is none of, a folder that is no repository, or a token that is missing */
export async function forgeFor({ forge, repo }: ForgeOptions, environment: Environment): Promise<Forge> {
	if (forge === 'github') return forgeOnGitHub(repo, environment)
	if (forge !== 'local') throw new UsageError(`--forge ${forge}: there are local and github`)
	return localForge(repo).catch((error: unknown) => {
		throw new UsageError(`${repo} is not a git repository: ${error instanceof Error ? error.message : String(error)}`)
	})
}

function forgeOnGitHub(fullName: string, environment: Environment): Forge {
	const [owner = '', repo = '', ...rest] = fullName.split('/')
	if (owner === '' || repo === '' || rest.length > 0) {
		throw new UsageError(`--repo ${fullName}: for GitHub this is OWNER/NAME`)
	}
	const token = environment['GITHUB_TOKEN']
	if (token === undefined || token === '') {
		throw new UsageError(
			'--forge github needs a token in GITHUB_TOKEN, with write access to contents, pull requests and checks',
		)
	}
	const baseUrl = environment['GITHUB_API_URL']
	const client = githubClient({ auth: { kind: 'token', token }, ...(baseUrl === undefined ? {} : { baseUrl }) })
	return forgeOver(gitHubRepository({ client, owner, repo, login: 'github-actions[bot]' }))
}
