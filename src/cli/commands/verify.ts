import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAtLeast } from '#evidence/grade.ts'
import type { Level } from '#evidence/report.ts'
import { recordEvidence } from '#pipeline/record-evidence.ts'
import { generatedJobs } from '#pipeline/run/select-job.ts'
import { assignCases } from '#pipeline/spec/assign.ts'
import type { FoundCase } from '#pipeline/spec/find-cases.ts'
import { findCases } from '#pipeline/spec/find-cases.ts'
import { notRun } from '#pipeline/spec/run-case.ts'
import type { Verified } from '#pipeline/verify.ts'
import { verify } from '#pipeline/verify.ts'
import { caseText, differenceLines } from '../case-text.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { diagnosticText, visible } from '../diagnostic-text.ts'
import { cacheFolder, localEngine } from '../local-engine.ts'

const levels = ['E0', 'E1', 'E2', 'E3'] as const

interface VerifyOptions {
	readonly level: string
	readonly spec: readonly string[]
	readonly json?: string
}

/** `reglue verify DIR`: evidence again, for the scripts as they are now, and the team's own test cases. */
export const verifyCommand: CliCommand = {
	name: 'verify',
	register(program, run) {
		program
			.command('verify')
			.description('prove generated jobs again, as they lie on disk')
			.argument('<dir>', 'folder that `reglue migrate` wrote')
			.option('--level <level>', 'the level that every job must reach: E0, E1, E2 or E3', 'E3')
			.option(
				'--spec <path>',
				'test cases that the team has: a MettleCI specification, a next-generation test case, or a folder of them; may be given again',
				(value: string, all: readonly string[]) => [...all, value],
				[],
			)
			.option('--json <file>', 'write the evidence as JSON')
			.action((dir: string, options: VerifyOptions) => run((context) => execute(dir, options, context)))
	},
}

async function execute(dir: string, options: VerifyOptions, context: CommandContext): Promise<ExitCode> {
	const level = levels.find((known) => known === options.level)
	if (level === undefined) throw new UsageError(`--level ${options.level}: there is ${levels.join(', ')}`)
	const found = options.spec.flatMap(casesAt)
	const { cases, lost, diagnostics } = assignCases(found, generatedJobs(dir))
	for (const diagnostic of diagnostics) context.terminal.problem(diagnosticText(diagnostic))
	for (const one of lost) context.terminal.result(caseText(notRun(one.found, one.problem)))
	const engine = isAtLeast(level, 'E2') || cases.size > 0 ? localEngine(context) : undefined
	try {
		const result = await verify(
			path.resolve(dir),
			path.resolve(cacheFolder, 'work', `verify-${process.pid}`),
			isAtLeast(level, 'E2') ? engine : undefined,
			{
				signal: context.signal,
				cases,
				...(engine === undefined ? {} : { caseEngine: engine }),
				onDiagnostic: (diagnostic) => context.terminal.problem(diagnosticText(diagnostic)),
				onJob: (verified) => showJob(verified, context),
			},
		)
		if ('problem' in result) throw new UsageError(result.problem)
		recordEvidence(dir, result.verified, isAtLeast(level, 'E2'))
		if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result.verified, undefined, 1)}\n`)
		const reports = result.verified.flatMap(({ evidence }) => evidence.cases ?? [])
		const code = exitCode(
			result.verified.map(({ evidence, failed }) => ({ level: evidence.level, failed })),
			level,
		)
		const isIncomplete = lost.length > 0 || reports.some(({ status }) => status === 'not-run')
		return code === 0 && isIncomplete ? 3 : code
	} finally {
		await engine?.close()
	}
}

function casesAt(place: string): readonly FoundCase[] {
	if (!existsSync(place)) throw new UsageError(`--spec ${place}: there is no such file or folder`)
	const found = findCases(place)
	if (found.length === 0) throw new UsageError(`--spec ${place}: it holds no test case`)
	return found
}

function showJob({ name, evidence, details }: Verified, { terminal }: CommandContext): void {
	const { level, rows_compared, stopped_by } = evidence
	const stopped = stopped_by === undefined ? '' : `: ${visible(stopped_by)}`
	terminal.result(`${visible(name)}: ${level}, ${rows_compared} rows compared${stopped}`)
	for (const detail of details) terminal.note(`    ${visible(detail)}`)
	for (const one of evidence.cases ?? []) {
		terminal.result(caseText(one))
		for (const line of differenceLines(one)) terminal.note(`        ${visible(line)}`)
	}
}

/** Different or failed: 1. Below the level for another reason: 3. */
function exitCode(jobs: readonly { readonly level: Level; readonly failed: boolean }[], least: Level): ExitCode {
	if (jobs.some(({ failed }) => failed)) return 1
	return jobs.every(({ level }) => isAtLeast(level, least)) ? 0 : 3
}
