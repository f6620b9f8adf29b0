import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { toText } from '#evidence/report.ts'
import { writePortfolio } from '#pipeline/report.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { writeSarif } from '../sarif-file.ts'

interface ReportOptions {
	readonly out?: string
	readonly json?: string
	readonly sarif?: string
}

/** `reglue report DIR`: the portfolio with its evidence, as a page to look at. */
export const reportCommand: CliCommand = {
	name: 'report',
	register(program, run) {
		program
			.command('report')
			.description('write the portfolio report: jobs, evidence, lineage, source beside generated code')
			.argument('<dir>', 'folder that `reglue migrate` wrote')
			.option(
				'--out <file>',
				'the page, one file that loads nothing (default: report.html in the folder .reglue of <dir>)',
			)
			.option('--json <file>', 'write the report as JSON too')
			.option('--sarif <file>', 'write what there is to look at as SARIF 2.1.0 too')
			.action((dir: string, options: ReportOptions) =>
				run((context) => Promise.resolve(execute(dir, options, context))),
			)
	},
}

function execute(dir: string, options: ReportOptions, { terminal }: CommandContext): ExitCode {
	if (!existsSync(dir)) throw new UsageError(`there is no ${dir}`)
	const file = options.out ?? path.join(dir, '.reglue', 'report.html')
	const written = writePortfolio(dir, file)
	if ('problem' in written) throw new UsageError(written.problem)
	if (options.json !== undefined) writeFileSync(options.json, toText(written.report))
	if (options.sarif !== undefined) writeSarif(options.sarif, written.report, dir)
	terminal.result(`${file}: ${written.report.totals.jobs} jobs, ${(written.bytes / 1e6).toFixed(1)} MB`)
	return 0
}
