import { existsSync } from 'node:fs'
import { isForgeError } from '#forge/error.ts'
import { publishUnits } from '#pipeline/publish.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { configFor } from '../config-file.ts'
import { forgeFor } from '../forge.ts'

interface PublishOptions {
	readonly forge: string
	readonly repo: string
	readonly config?: string
}

/** `reglue publish DIR --forge … --repo …`: branch, commit and pull request for each unit. */
export const publishCommand: CliCommand = {
	name: 'publish',
	register(program, run) {
		program
			.command('publish')
			.description('make a branch, a commit and a pull request for each unit')
			.argument('<dir>', 'folder that `reglue migrate` wrote')
			.requiredOption('--forge <forge>', 'local: a plain git repository; github: with the token in GITHUB_TOKEN')
			.requiredOption('--repo <repository>', 'its path, or OWNER/NAME on GitHub')
			.option('--config <file>', 'config file (default: the nearest .github/reglue.yml)')
			.action((dir: string, options: PublishOptions) => run((context) => execute(dir, options, context)))
	},
}

async function execute(dir: string, options: PublishOptions, { terminal }: CommandContext): Promise<ExitCode> {
	if (!existsSync(dir)) throw new UsageError(`there is no ${dir}`)
	const { config } = configFor(options.forge === 'local' ? options.repo : '.', options.config)
	if (config === undefined) throw new UsageError('the config is not valid; see `reglue config validate`')
	const forge = await forgeFor(options, process.env)
	const units = await publishUnits(dir, config, forge).catch((error: unknown) => {
		// What GitHub refuses is for the person who called, not a fault of the program.
		throw isForgeError(error) ? new UsageError(error.message) : error
	})
	let held = false
	for (const published of units) {
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
