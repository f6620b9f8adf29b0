import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { complexity } from '#analysis/complexity.ts'
import { cloneGroups } from '#analysis/portfolio.ts'
import { toText } from '#evidence/report.ts'
import type { Job } from '#model/job.ts'
import { toJson } from '#model/json.ts'
import { migrate } from '#pipeline/migrate.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { visible } from '../diagnostic-text.ts'
import { cacheFolder } from '../local-engine.ts'
import { exitCodeOf, summary } from '../summary.ts'
import { configOf, discoverOrFail } from './migrate.ts'

interface AnalyzeOptions {
	readonly json?: string
	readonly dumpModel?: true
	readonly config?: string
}

/** `reglue analyze PATH…`: inventory, accounting, predicted category, complexity, clones. Writes and runs nothing. */
export const analyzeCommand: CliCommand = {
	name: 'analyze',
	register(program, run) {
		program
			.command('analyze')
			.description('say what exports hold and what to expect, without generating or running anything')
			.argument('<paths...>', 'exports, or folders of exports')
			.option('--json <file>', 'write the report as JSON')
			.option('--dump-model', 'print the model of every job as JSON')
			.option('--config <file>', 'config file (default: the nearest .github/reglue.yml)')
			.action((paths: readonly string[], options: AnalyzeOptions) => run((context) => execute(paths, options, context)))
	},
}

async function execute(paths: readonly string[], options: AnalyzeOptions, context: CommandContext): Promise<ExitCode> {
	const config = configOf(paths, options, context)
	if (config === undefined) return 1
	const discovery = discoverOrFail(paths, config)
	const jobs: Job[] = []
	const bar = context.terminal.progress('Reading', discovery.units.length)
	const { report } = await migrate({
		discovery,
		config,
		workFolder: path.resolve(cacheFolder, 'work'),
		resume: false,
		signal: context.signal,
		onUnit: (unit) => bar.step(unit),
		onJob: (job) => jobs.push(job),
	})
	bar.end(`${report.totals.jobs} jobs in ${report.totals.files} files`)
	if (options.json !== undefined) writeFileSync(options.json, toText(report))
	if (options.dumpModel === true) {
		context.terminal.result(toJson(jobs, 1))
		return exitCodeOf(report)
	}
	for (const line of summary(report)) context.terminal.result(line)
	for (const line of details(jobs)) context.terminal.result(line)
	return exitCodeOf(report)
}

/** Jobs whose complexity is worth a line; for more the report is the place. */
const mostJobs = 20

function details(jobs: readonly Job[]): readonly string[] {
	const ranked = jobs
		.map((job) => ({ job, ...complexity(job) }))
		.toSorted((a, b) => b.score - a.score || (a.job.id < b.job.id ? -1 : 1))
	const grades = ['simple', 'medium', 'complex'].map(
		(grade) => `${ranked.filter((entry) => entry.grade === grade).length} ${grade}`,
	)
	const clones = cloneGroups(jobs)
	return [
		`complexity: ${grades.join(', ')}`,
		...ranked
			.slice(0, mostJobs)
			.map(
				({ job, score, grade, operators, operations }) =>
					`    ${String(score).padStart(5)}  ${grade.padEnd(7)}  ${visible(job.name)} (${operators} operators, ${operations} operations)`,
			),
		...clones.map((group) => `the same but for names: ${group.jobs.map(visible).join(', ')}`),
	]
}
