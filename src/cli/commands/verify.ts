import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAtLeast } from '#evidence/grade.ts'
import type { Level } from '#evidence/report.ts'
import { verify } from '#pipeline/verify.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { visible } from '../diagnostic-text.ts'
import { cacheFolder, localEngine } from '../local-engine.ts'

const levels = ['E0', 'E1', 'E2', 'E3'] as const

interface VerifyOptions {
	readonly level: string
	readonly json?: string
}

/** `reglue verify DIR`: evidence again, for the scripts as they are now. */
export const verifyCommand: CliCommand = {
	name: 'verify',
	register(program, run) {
		program
			.command('verify')
			.description('prove generated jobs again, as they lie on disk')
			.argument('<dir>', 'folder that `reglue migrate` wrote')
			.option('--level <level>', 'the level that every job must reach: E0, E1, E2 or E3', 'E3')
			.option('--json <file>', 'write the evidence as JSON')
			.action((dir: string, options: VerifyOptions) => run((context) => execute(dir, options, context)))
	},
}

async function execute(dir: string, options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
	const level = levels.find((known) => known === options.level)
	if (level === undefined) throw new UsageError(`--level ${options.level}: there is ${levels.join(', ')}`)
	const engine = isAtLeast(level, 'E2') ? localEngine(context) : undefined
	try {
		const result = await verify(path.resolve(dir), path.resolve(cacheFolder, 'work', `verify-${process.pid}`), engine, {
			signal: context.signal,
			onJob: ({ name, evidence, details }) => {
				context.terminal.result(
					`${visible(name)}: ${evidence.level}, ${evidence.rows_compared} rows compared${evidence.stopped_by === undefined ? '' : `: ${visible(evidence.stopped_by)}`}`,
				)
				for (const detail of details) context.terminal.note(`    ${visible(detail)}`)
			},
		})
		if ('problem' in result) throw new UsageError(result.problem)
		if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result.verified, undefined, 1)}\n`)
		return exitCode(
			result.verified.map(({ evidence, failed }) => ({ level: evidence.level, failed })),
			level,
		)
	} finally {
		await engine?.close()
	}
}

/** Different or failed: 1. Below the level for another reason: 3. */
function exitCode(jobs: readonly { readonly level: Level; readonly failed: boolean }[], least: Level): ExitCode {
	if (jobs.some(({ failed }) => failed)) return 1
	return jobs.every(({ level }) => isAtLeast(level, least)) ? 0 : 3
}
