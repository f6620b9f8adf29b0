import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { redact } from '#model/redact.ts'
import type { Binding } from '#pipeline/run/bindings.ts'
import { parseBinding, parseParameter } from '#pipeline/run/bindings.ts'
import type { JobRunResult } from '#pipeline/run/run-job.ts'
import { runJob } from '#pipeline/run/run-job.ts'
import { generatedJobs, selectJob } from '#pipeline/run/select-job.ts'
import type { CliCommand, CommandContext, ExitCode } from '../command.ts'
import { UsageError } from '../command.ts'
import { visible } from '../diagnostic-text.ts'
import { localEngine } from '../local-engine.ts'

interface RunOptions {
	readonly engine: string
	readonly in: string
	readonly out: string
	readonly bind: readonly string[]
	readonly param: readonly string[]
}

/** `reglue run JOB --in DIR --bind OLD=NEW --out DIR`: one generated job on data. */
export const runCommand: CliCommand = {
	name: 'run',
	register(program, run) {
		const collect = (value: string, all: readonly string[]) => [...all, value]
		program
			.command('run')
			.description('run one generated job on data')
			.argument('<job>', "the job's name in the export, its slug, or unit/job")
			.requiredOption('--in <dir>', 'folder that `reglue migrate` wrote')
			.requiredOption('--out <dir>', 'folder for what the job writes, with outputs.json')
			.option('--engine <engine>', 'where it runs: local', 'local')
			.option(
				'--bind <old=new>',
				'a path, table or element of the export, and the local file that takes its place',
				collect,
				[],
			)
			.option('--param <name=value>', 'a parameter of the job; run_at is its clock', collect, [])
			.action((job: string, options: RunOptions) => run((context) => execute(job, options, context)))
	},
}

async function execute(name: string, options: RunOptions, context: CommandContext): Promise<ExitCode> {
	if (options.engine !== 'local') throw new UsageError(`--engine ${options.engine}: there is local`)
	const selection = selectJob(generatedJobs(options.in), name)
	if ('problem' in selection)
		throw new UsageError(
			`${selection.problem}; there is ${selection.candidates.join(', ') || `none below ${options.in}`}`,
		)
	const bindings = options.bind.map(bindingOf)
	const parameters = new Map(options.param.map(parameterOf))
	const temporary = mkdtempSync(path.join(tmpdir(), 'reglue-run-'))
	const engine = localEngine(context, { glueVersion: selection.job.entry.glue_version })
	try {
		const result = await runJob(
			{ job: selection.job, bindings, parameters, out: path.resolve(options.out), temporary },
			engine,
			context.signal,
		)
		return report(result, options.out, context)
	} finally {
		await engine.close()
		rmSync(temporary, { recursive: true, force: true })
	}
}

function bindingOf(text: string): Binding {
	const binding = parseBinding(text, existsSync)
	if (binding === undefined) throw new UsageError(`--bind ${text}: write OLD=NEW`)
	return binding
}

function parameterOf(text: string): readonly [string, string] {
	const parameter = parseParameter(text)
	if (parameter === undefined) throw new UsageError(`--param ${text}: write NAME=VALUE`)
	return parameter
}

function report(result: JobRunResult, out: string, { terminal }: CommandContext): ExitCode {
	// Nothing has run: what was given does not fit the job.
	if (!result.ok && result.failure === undefined) throw new UsageError(visible(result.problem))
	if (!result.ok) {
		terminal.problem(`The run failed: ${visible(redact(result.problem))}`)
		for (const line of result.failure?.trace ?? [])
			terminal.problem(`    line ${line.line}, ${line.function}: ${visible(line.code)}`)
		return 1
	}
	mkdirSync(out, { recursive: true })
	writeFileSync(path.join(out, 'outputs.json'), `${JSON.stringify(result.outputs, undefined, 1)}\n`)
	for (const output of result.outputs) {
		terminal.result(
			`${output.kind} ${visible(output.output)}: ${output.rows} ${output.rows === 1 ? 'row' : 'rows'} → ${path.join(out, output.path)}`,
		)
	}
	terminal.note(`ran in ${result.seconds.toFixed(1)} s`)
	return 0
}
