import { existsSync } from 'node:fs'
import { localForge } from '#forge/local/forge.ts'
import { publishUnits } from '#pipeline/publish.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { configFor } from '../config-file.ts'

interface PublishOptions {
	readonly forge: string
	readonly repo: string
	readonly config?: string
}

/** `reglue publish DIR --forge local --repo PATH`: branch, commit and pull request for each unit, without GitHub. */
export const publishCommand: CliCommand = {
	name: 'publish',
	register(program, run) {
		program
			.command('publish')
			.description('make a branch, a commit and a pull request for each unit')
			.argument('<dir>', 'folder that `reglue migrate` wrote')
			.requiredOption('--forge <forge>', 'local: a plain git repository')
			.requiredOption('--repo <path>', 'the repository')
			.option('--config <file>', 'config file (default: the nearest .github/reglue.yml)')
			.action((dir: string, options: PublishOptions) => run((context) => execute(dir, options, context)))
	},
}

async function execute(dir: string, options: PublishOptions, { terminal }: CommandContext): Promise<ExitCode> {
	if (options.forge !== 'local') throw new UsageError(`--forge ${options.forge}: there is local`)
	if (!existsSync(dir)) throw new UsageError(`there is no ${dir}`)
	const { config } = configFor(options.repo, options.config)
	if (config === undefined) throw new UsageError('the config is not valid; see `reglue config validate`')
	const forge = await localForge(options.repo).catch((error: unknown) => {
		throw new UsageError(
			`${options.repo} is not a git repository: ${error instanceof Error ? error.message : String(error)}`,
		)
	})
	let held = false
	for (const published of await publishUnits(dir, config, forge)) {
		held ||= published.held !== undefined
		const what =
			published.held ??
			(published.writes.length === 0 ? 'nothing changed, nothing written' : `wrote ${published.writes.join(', ')}`)
		terminal.result(
			`${published.unit}: ${what}\n    branch ${published.branch} at ${published.commit.slice(0, 12)}, pull request in ${published.url}`,
		)
	}
	return held ? 3 : 0
}
