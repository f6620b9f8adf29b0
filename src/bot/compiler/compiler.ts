/**
 * The compiler behind the bot: what `reglue migrate` does, on a checkout. Exports are read in child processes with a limit
 * on memory; paths are those of the repository, so that the same commit gives the same bytes here as on the command line.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Config } from '#config/schema.ts'
import type { Engine } from '#engines/port.ts'
import type { JobReport } from '#evidence/report.ts'
import type { GeneratedSequence } from '#evidence/sequence.ts'
import { checkScript } from '#generators/ruff.ts'
import { forbidden } from '#generators/well-formed.ts'
import type { Job } from '#model/job.ts'
import { childPool } from '#pipeline/child-pool.ts'
import { parseDecisions } from '#pipeline/decisions/file.ts'
import { withDecidedDifferences } from '#pipeline/decisions/report.ts'
import { skippedJobs, withDecisions } from '#pipeline/decisions/settings.ts'
import { formProblems } from '#pipeline/form-problems.ts'
import { judgeAll } from '#pipeline/migrate.ts'
import type { RootedRequest, RootedResult } from '#pipeline/rooted-work.ts'
import { readMachine } from '#pipeline/sequence-machine.ts'
import type { UnitResult } from '#pipeline/unit-work.ts'
import packageFile from '../../../package.json' with { type: 'json' }
import type { Checkout, Compiler, UnitInput, UnitSource } from '../bot.ts'
import { CompileError } from '../bot.ts'

/** Heap of a child; a 100 MB export needs about half of it. */
const childMemoryMb = 1536
const childSeconds = 600

export interface CompilerOptions {
	/** Where jobs run, by the repository's settings; undefined: nowhere, evidence ends at E1. */
	readonly engine: (config: Config) => Engine | undefined
	/** Children that read at a time. */
	readonly size?: number
}

export interface PipelineCompiler extends Compiler {
	/** Ends the children. */
	close(): void
}

export function pipelineCompiler({ engine, size = 2 }: CompilerOptions): PipelineCompiler {
	const pool = childPool<RootedRequest, RootedResult>({
		script: new URL('../../pipeline/rooted-child.ts', import.meta.url),
		size,
		memoryMb: childMemoryMb,
		seconds: childSeconds,
	})
	const ask = async <Task extends RootedRequest['task']>(
		request: Extract<RootedRequest, { readonly task: Task }>,
		task: Task,
	): Promise<Extract<RootedResult, { readonly task: Task }>> => {
		const outcome = await pool.run(request)
		if (!outcome.ok) throw new CompileError(`the exports could not be read: ${outcome.why}`)
		if (!isAnswer(outcome.value, task)) throw new Error(`a child answered ${outcome.value.task} to ${task}`)
		return outcome.value
	}
	const generate = async (given: Given, only?: readonly string[]): Promise<Made> => {
		const { unit, checkout } = given
		const { decisions, diagnostics } = parseDecisions(
			given.decisions,
			`${given.config.output}/${unit.name}/decisions.yml`,
		)
		const config = withDecisions(given.config, decisions)
		const source = { name: unit.name, files: unit.files, companions: unit.companions }
		const request = {
			unit: source,
			config,
			generate: true,
			skip: skippedJobs(decisions),
			...(only === undefined ? {} : { only }),
		}
		const { result } = await ask({ task: 'generate', root: checkout.folder, request }, 'generate')
		return { config, result, decisions: decisions.differences, diagnostics }
	}
	return {
		version: packageFile.version,
		units: async ({ folder }, config) => (await ask({ task: 'units', root: folder, config }, 'units')).units,
		generate: async (unit, checkout, config, decisions, signal) => {
			const made = await generate({ unit, checkout, config, decisions })
			signal.throwIfAborted()
			const files = made.result.artifacts.map(
				(artifact) => [`${config.output}/${artifact.path}`, new TextEncoder().encode(artifact.text)] as const,
			)
			const work = { workFolder: tmpdir(), signal, config: made.config }
			const jobs = await judgeAll(unit.name, withoutRuns(made.result), work)
			if (files.length === 0) throw new CompileError(reasonOf(made.result))
			const diagnostics = [...made.result.diagnostics, ...made.diagnostics]
			return { files: new Map(files), jobs: decided(jobs, made), diagnostics }
		},
		prove: async ({ unit, checkout, config, files, decisions, only, signal }) => {
			const made = await generate({ unit, checkout, config, decisions }, only)
			signal.throwIfAborted()
			const folder = mkdtempSync(path.join(tmpdir(), 'reglue-check-'))
			try {
				writeFiles(folder, config.output, files)
				const workFolder = path.join(folder, 'work')
				const result = asOnBranch(made.result, unit.name, config.output, files)
				const out = path.join(folder, 'out')
				const place = engineFor(engine(made.config), isAsGenerated(made.result, unit.name, config.output, files))
				const work = { out, workFolder, signal, config: made.config, ...(place === undefined ? {} : { engine: place }) }
				return decided(await judgeAll(unit.name, result, work), made)
			} finally {
				rmSync(folder, { recursive: true, force: true })
			}
		},
		problems: (file, text) => {
			if (!file.endsWith('.py')) return []
			const found = [...checkScript(text).problems, ...(file.includes('/glue_jobs/') ? forbidden(text) : [])]
			return found.map(({ line, message }) => `line ${line}: ${message}`)
		},
		semanticDifference: async (before, after) =>
			(await ask({ task: 'compare', before: rooted(before), after: rooted(after) }, 'compare')).changes,
		close: () => pool.close(),
	}
}

interface Given {
	readonly unit: UnitInput
	readonly checkout: Checkout
	readonly config: Config
	readonly decisions: string | undefined
}

type Decided = ReturnType<typeof parseDecisions>

interface Made {
	readonly config: Config
	readonly result: UnitResult
	readonly decisions: Decided['decisions']['differences']
	readonly diagnostics: Decided['diagnostics']
}

function isAnswer<Task extends RootedResult['task']>(
	result: RootedResult,
	task: Task,
): result is Extract<RootedResult, { readonly task: Task }> {
	return result.task === task
}

/** Why nothing came of a unit's exports. */
function reasonOf({ files }: UnitResult): string {
	const problem = files.flatMap(({ diagnostics }) => diagnostics).find(({ severity }) => severity === 'error')
	return problem === undefined ? 'the exports hold no job' : `${problem.what} ${problem.why}`
}

function decided(reports: readonly JobReport[], { result, decisions }: Made): readonly JobReport[] {
	return reports.map((report) => {
		const job = result.jobs.find(({ id }) => id === report.id)
		return job === undefined
			? report
			: withDecidedDifferences(report, job, decisions, result.differenceRows.get(job.id))
	})
}

const withoutRuns = (result: UnitResult): UnitResult => ({ ...result, scripts: new Map(), machines: new Map() })

function rooted(source: UnitSource | undefined) {
	if (source === undefined) return undefined
	const { name, files, companions } = source.unit
	return { root: source.checkout.folder, unit: { name, files, companions } }
}

function writeFiles(folder: string, output: string, files: ReadonlyMap<string, Uint8Array>): void {
	for (const [file, bytes] of files) {
		const target = path.join(folder, 'out', path.posix.relative(output, file))
		mkdirSync(path.dirname(target), { recursive: true })
		writeFileSync(target, bytes)
	}
}

/** Are the scripts on the branch what we would write? */
function isAsGenerated(
	{ artifacts }: UnitResult,
	unit: string,
	output: string,
	files: ReadonlyMap<string, Uint8Array>,
): boolean {
	const ours = new Map(artifacts.map(({ path: file, text }) => [`${output}/${file}`, text]))
	const scripts = [...files].filter(([file]) => file.startsWith(`${output}/${unit}/`) && file.endsWith('.py'))
	return scripts.every(([file, bytes]) => new TextDecoder().decode(bytes) === ours.get(file))
}

/** What a person has written runs in a process of its own, without network (docs/operating.md). */
function engineFor(engine: Engine | undefined, isOurs: boolean): Engine | undefined {
	if (engine === undefined || isOurs) return engine
	return { ...engine, run: (request, signal) => engine.run({ ...request, trust: 'foreign' }, signal) }
}

/** The scripts and machines as they are on the branch, people's edits among them. */
function asOnBranch(
	result: UnitResult,
	unit: string,
	output: string,
	files: ReadonlyMap<string, Uint8Array>,
): UnitResult {
	const textOf = (file: string) => new TextDecoder().decode(files.get(`${output}/${unit}/${file}`))
	const jobOf = (id: string): Job | undefined => result.jobs.find((job) => job.id === id)
	const scripts = [...result.scripts].map(([id, { entry }]) => {
		const job = jobOf(id)
		const problems = job === undefined ? [] : formProblems(job, entry.script, textOf(entry.script))
		return [id, { entry, problems }] as const
	})
	const machines = [...result.machines].map(([id, { entry }]): readonly [string, GeneratedSequence] => [
		id,
		readMachine(entry, textOf(entry.definition)),
	])
	return { ...result, scripts: new Map(scripts), machines: new Map(machines) }
}
