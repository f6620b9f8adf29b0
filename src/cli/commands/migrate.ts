import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { confirm, isCancel } from '@clack/prompts'
import type { Config } from '#config/schema.ts'
import type { Report } from '#evidence/report.ts'
import { toText } from '#evidence/report.ts'
import { plural } from '#model/plural.ts'
import { redact } from '#model/redact.ts'
import type { Discovery } from '#pipeline/discover.ts'
import { discover } from '#pipeline/discover.ts'
import { keptProofs } from '#pipeline/kept-proofs.ts'
import { migrate } from '#pipeline/migrate.ts'
import { recordRun } from '#pipeline/runs.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { configFor } from '../config-file.ts'
import { diagnosticText, visible } from '../diagnostic-text.ts'
import { cacheFolder, localEngine, warmWorkers } from '../local-engine.ts'
import { writeSarif } from '../sarif-file.ts'
import { exitCodeOf, summary } from '../summary.ts'

interface MigrateOptions {
	readonly out?: string
	readonly only?: string
	readonly engine?: string
	readonly config?: string
	readonly json?: string
	readonly sarif?: string
	readonly resume?: true
	readonly fresh?: true
	readonly interactive?: true
	readonly generateOnly?: true
	readonly llmProvider?: string
}

/** Most lines about one job's differences; `reglue verify` shows all. */
const shownDetails = 4

/** `reglue migrate PATH… --out DIR`: everything, with evidence. */
export const migrateCommand: CliCommand = {
	name: 'migrate',
	register(program, run) {
		program
			.command('migrate')
			.description('read exports, generate Glue jobs, run them and prove them equal')
			.argument('<paths...>', 'exports, or folders of exports')
			.option('--out <dir>', 'output folder (default: `output` of the config)')
			.option('--only <jobs>', 'names of jobs, separated by commas')
			.option('--engine <engine>', 'local, or none to run nothing (default: `engine.check` of the config)')
			.option('--config <file>', 'config file (default: the nearest .github/reglue.yml)')
			.option('--resume', 'leave out units that a former run finished with the same input')
			.option('--fresh', 'run scripts again, even those that a former run has proven and that have not changed')
			.option('--interactive', 'show each file and ask')
			.option('--no-llm', 'use no language model; none is used in any case')
			.option('--generate', 'generate and check, as without it')
			.option('--generate-only', 'the same as --engine none')
			.option('--llm-provider <name>', 'refused: this version calls no language model')
			.option('--json <file>', 'write the report as JSON')
			.option('--sarif <file>', 'write what there is to look at as SARIF 2.1.0')
			.action((paths: readonly string[], options: MigrateOptions) => run((context) => execute(paths, options, context)))
	},
}

/** So many units make up for the slower start of a Spark that lives long: [benchmarks](../../../docs/benchmarks.md). */
const manyUnits = 300

const engineFor = (config: Config, units: number) => ({
	glueVersion: config.glue.version,
	size: warmWorkers(),
	longLived: units >= manyUnits,
})

async function execute(paths: readonly string[], options: MigrateOptions, context: CommandContext): Promise<ExitCode> {
	if (options.llmProvider !== undefined) {
		throw new UsageError('--llm-provider: this version calls no language model; leave the option out')
	}
	const config = configOf(paths, options, context)
	if (config === undefined) return 1
	const discovery = await chosen(discoverOrFail(paths, config), options, context)
	const engineName = options.generateOnly === true ? 'none' : (options.engine ?? config.engine.check)
	if (engineName !== 'none' && engineName !== 'local')
		throw new UsageError(`--engine ${engineName}: there is local and none`)
	const out = options.out ?? config.output
	const engine = engineName === 'local' ? localEngine(context, engineFor(config, discovery.units.length)) : undefined
	const run = recordRun(path.resolve(cacheFolder), { paths, out: path.resolve(out) })
	const bar = context.terminal.progress('Migrating', discovery.units.length)
	// A short place: the paths of files are values in some jobs, and a column may have no more than 75 characters for one.
	const workFolder = mkdtempSync(path.join(tmpdir(), 'reglue-'))
	try {
		const { report, writes } = await migrate({
			discovery,
			config,
			out: path.resolve(out),
			workFolder,
			resume: options.resume === true,
			signal: context.signal,
			onUnit: (unit) => bar.step(unit),
			onDiagnostic: (diagnostic) => context.terminal.problem(diagnosticText(diagnostic)),
			onJob: (job, _report, details) => {
				for (const detail of details.slice(0, shownDetails))
					context.terminal.note(`${visible(job.name)}: ${visible(redact(detail))}`)
			},
			...(engine === undefined ? {} : { engine }),
			...(options.fresh === true ? {} : { kept: proofsFor(config) }),
			...(options.only === undefined ? {} : { only: options.only.split(',') }),
		})
		bar.end(
			`${plural(report.totals.jobs, 'job')} of ${plural(report.totals.files, 'file')}; ${plural(writes, 'file')} written to ${out}`,
		)
		run.end('finished')
		if (options.sarif !== undefined) writeSarif(options.sarif, report, out)
		return finish(report, options.json, context)
	} catch (error) {
		run.end(context.signal.aborted ? 'stopped' : 'failed')
		throw error
	} finally {
		await engine?.close()
		rmSync(workFolder, { recursive: true, force: true })
	}
}

const proofsFor = ({ glue, parameters }: Config) =>
	keptProofs(path.resolve(cacheFolder, 'proofs'), [glue.version, JSON.stringify(parameters)])

function finish(report: Report, json: string | undefined, { terminal }: CommandContext): ExitCode {
	if (json !== undefined) writeFileSync(json, toText(report))
	for (const line of summary(report)) terminal.result(line)
	return exitCodeOf(report)
}

export function configOf(
	paths: readonly string[],
	options: { readonly config?: string },
	{ terminal }: CommandContext,
): Config | undefined {
	const { config, diagnostics } = configFor(paths[0] ?? '.', options.config)
	for (const diagnostic of diagnostics) terminal.problem(diagnosticText(diagnostic))
	return config
}

export function discoverOrFail(paths: readonly string[], config: Config): Discovery {
	const discovery = discover(paths, config.unit)
	if (discovery.missing.length > 0) throw new UsageError(`there is no ${discovery.missing.join(', ')}`)
	if (discovery.units.length === 0) throw new UsageError(`no export below ${paths.join(', ')}`)
	return discovery
}

/** With `--interactive`, only the units that the user says yes to. */
async function chosen(discovery: Discovery, options: MigrateOptions, context: CommandContext): Promise<Discovery> {
	if (options.interactive !== true) return discovery
	if (!process.stdin.isTTY) throw new UsageError('--interactive needs a terminal')
	const units: Discovery['units'][number][] = []
	for (const unit of discovery.units) {
		const answer = await confirm({ message: `Migrate ${unit.files.join(', ')}?`, signal: context.signal })
		if (isCancel(answer)) throw new UsageError('cancelled')
		if (answer) units.push(unit)
	}
	return { ...discovery, units }
}
