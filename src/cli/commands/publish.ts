import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Compiler, Log } from '#bot/bot.ts'
import { configPath } from '#bot/settings.ts'
import { parseConfig } from '#config/parse.ts'
import type { Config } from '#config/schema.ts'
import { isForgeError } from '#forge/error.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { configFor } from '../config-file.ts'
import { diagnosticText, visible } from '../diagnostic-text.ts'
import { localEngine } from '../local-engine.ts'
import { folderCompiler } from '../publish/folder-compiler.ts'
import type { Place } from '../publish/place.ts'
import { openPlace } from '../publish/place.ts'
import { publish } from '../publish/publish.ts'
import { needsPeople, publishedLines } from '../publish/text.ts'

interface PublishOptions {
	readonly forge: string
	readonly repo: string
	readonly config?: string
	readonly engine?: string
	readonly login?: string
}

/** `reglue publish [DIR] --forge … --repo …`: branch, commit, pull request and check for each unit. */
export const publishCommand: CliCommand = {
	name: 'publish',
	register(program, run) {
		program
			.command('publish')
			.description('make a branch, a commit, a pull request and a check for each unit')
			.argument('[dir]', 'folder that `reglue migrate` wrote (default: generate from the exports of the repository)')
			.requiredOption('--forge <forge>', 'local: a plain git repository; github: with the token in GITHUB_TOKEN')
			.requiredOption('--repo <repository>', 'its path, or OWNER/NAME on GitHub')
			.option('--config <file>', 'config file (default: the nearest .github/reglue.yml, or that of the repository)')
			.option('--engine <engine>', 'local, or none to run nothing (default: `engine.check` of the config)')
			.option('--login <name>', 'account of the token, where it does not say itself (github)')
			.action((dir: string | undefined, options: PublishOptions) => run((context) => execute(dir, options, context)))
	},
}

async function execute(dir: string | undefined, options: PublishOptions, context: CommandContext): Promise<ExitCode> {
	if (dir !== undefined && !existsSync(dir)) throw new UsageError(`there is no ${dir}`)
	try {
		const place = await openPlace(options, process.env, context.signal)
		try {
			return await publishTo(place, dir, options, context)
		} finally {
			await place.close()
		}
	} catch (error) {
		// What the forge refuses is for the person who called, not a fault of the program.
		throw isForgeError(error) ? new UsageError(error.message) : error
	}
}

async function publishTo(
	place: Place,
	dir: string | undefined,
	options: PublishOptions,
	context: CommandContext,
): Promise<ExitCode> {
	const { terminal, signal } = context
	const config = await configOf(place, dir, options, context)
	const { compiler, close } = await compilerFor(dir, config, context)
	try {
		const folder = dir === undefined ? {} : { folder: path.resolve(dir) }
		const done = await publish({ place, config, compiler, log: logOf(context), signal, ...folder })
		if (done.kind === 'idle') throw new UsageError(done.text)
		for (const line of publishedLines(done)) terminal.result(line)
		return done.units.some(needsPeople) ? 3 : 0
	} finally {
		await close()
	}
}

/** The file that was named, else the nearest one on this machine, else that of the repository's default branch. */
async function configOf(
	{ repository }: Place,
	dir: string | undefined,
	{ forge, repo, config: given, engine }: PublishOptions,
	{ terminal }: CommandContext,
): Promise<Config> {
	if (engine !== undefined && engine !== 'local' && engine !== 'none')
		throw new UsageError(`--engine ${engine}: there is local and none`)
	const isHere = given !== undefined || forge === 'local' || dir !== undefined
	const { file, ...near } = isHere ? configFor(forge === 'local' ? repo : '.', given) : configFor('/')
	const bytes =
		file === undefined ? await repository.file(configPath, (await repository.facts()).defaultBranch) : undefined
	const { config, diagnostics } = bytes === undefined ? near : parseConfig(new TextDecoder().decode(bytes), configPath)
	for (const diagnostic of diagnostics) terminal.problem(diagnosticText(diagnostic))
	if (config === undefined) throw new UsageError('the config is not valid; see `reglue config validate`')
	return engine === undefined ? config : { ...config, engine: { ...config.engine, check: engine } }
}

async function compilerFor(
	dir: string | undefined,
	config: Config,
	context: CommandContext,
): Promise<{ readonly compiler: Compiler; readonly close: () => Promise<void> }> {
	const { pipelineCompiler } = await import('#bot/compiler/compiler.ts')
	const runs = dir === undefined && config.engine.check === 'local'
	const engine = runs ? localEngine(context, { glueVersion: config.glue.version }) : undefined
	const made = pipelineCompiler({ engine: () => engine })
	return {
		compiler: dir === undefined ? made : folderCompiler(path.resolve(dir), made),
		close: async () => {
			made.close()
			await engine?.close()
		},
	}
}

/** What goes wrong is in the outcome of its unit, too. */
const logOf = ({ terminal }: CommandContext): Log => ({
	info: (text) => terminal.note(visible(text)),
	warn: () => undefined,
	error: (text) => terminal.problem(visible(text)),
})
