/** The whole way for a set of exports: read, generate, write, prove, report. Used by the command line and the demo alike. */

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '#config/schema.ts'
import type { Engine } from '#engines/port.ts'
import { containerEvidence } from '#evidence/container.ts'
import { prove } from '#evidence/evidence.ts'
import type { FileReport, JobReport, Report } from '#evidence/report.ts'
import { reportVersion, totalsOf } from '#evidence/report.ts'
import type { GeneratedSequence } from '#evidence/sequence.ts'
import { proveSequence } from '#evidence/sequence.ts'
import { workFolder } from '#evidence/work-folder.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import packageFile from '../../package.json' with { type: 'json' }
import type { ChildPool, Outcome } from './child-pool.ts'
import { childPool } from './child-pool.ts'
import { decisionsFile, readDecisions } from './decisions/file.ts'
import { withDecidedDifferences } from './decisions/report.ts'
import { skippedJobs, withDecisions } from './decisions/settings.ts'
import type { Discovery, SourceUnit } from './discover.ts'
import { deadUnit } from './file-problems.ts'
import { jobReport, noEvidence } from './job-report.ts'
import type { KeptProofs } from './kept-proofs.ts'
import { recordFiles, withReconciled } from './reconciled.ts'
import { inputHash, readUnitState, writeReport, writeUnitState } from './state.ts'
import { inputOf } from './unit-input.ts'
import type { UnitRequest, UnitResult } from './unit-work.ts'
import { writeArtifacts } from './write-artifacts.ts'

/** Heap of a child; a 100 MB export needs about half of it. */
const childMemoryMb = 1536
const childSeconds = 600
/** Units worked on at a time, and jobs of a unit: reading one while another's scripts run. */
const atOnce = 2

export interface MigrateRequest {
	readonly discovery: Discovery
	readonly config: Config
	/** Absent: nothing is written, as `analyze` does. */
	readonly out?: string
	/** Absent: nothing runs, evidence ends at E1. */
	readonly engine?: Engine
	/** Folder for the inputs and outputs of evidence runs; emptied afterwards. */
	readonly workFolder: string
	/** Names or ids of jobs; absent: all. */
	readonly only?: readonly string[]
	/** Units that a former run finished with the same input are not done again. */
	readonly resume: boolean
	/** Proofs of earlier runs, which hold while nothing that they hang on changes. Absent: everything runs. */
	readonly kept?: KeptProofs
	readonly signal: AbortSignal
	readonly onUnit?: (unit: string) => void
	/** Called with each job's model and the words of what differs. */
	/** Something to tell that belongs to no export: a wrong `decisions.yml`. */
	readonly onDiagnostic?: (diagnostic: Diagnostic) => void
	readonly onJob?: (job: Job, report: JobReport, details: readonly string[]) => void
}

export interface MigrateResult {
	readonly report: Report
	/** Files of the output folder that were written or removed. */
	readonly writes: number
}

export async function migrate(request: MigrateRequest): Promise<MigrateResult> {
	const { discovery, signal } = request
	const pool = childPool<UnitRequest, UnitResult>({
		script: new URL('unit-child.ts', import.meta.url),
		size: atOnce,
		memoryMb: childMemoryMb,
		seconds: childSeconds,
		signal,
	})
	try {
		const units = await inOrder(discovery.units, atOnce, async (unit) => {
			signal.throwIfAborted()
			const done = await migrateUnit(unit, request, pool)
			request.onUnit?.(unit.name)
			return done
		})
		const files = units.flatMap((unit) => unit.files)
		const jobs = units.flatMap((unit) => unit.jobs)
		const report: Report = { version: reportVersion, files, jobs, totals: totalsOf(files, jobs) }
		if (request.out !== undefined) writeReport(request.out, report)
		return { report, writes: units.reduce((sum, unit) => sum + unit.writes, 0) }
	} finally {
		pool.close()
	}
}

interface UnitDone {
	readonly files: readonly FileReport[]
	readonly jobs: readonly JobReport[]
	readonly writes: number
}

async function migrateUnit(
	unit: SourceUnit,
	given: MigrateRequest,
	pool: ChildPool<UnitRequest, UnitResult>,
): Promise<UnitDone> {
	const { out, only } = given
	const { decisions, diagnostics } = readDecisions(path.join(out ?? '', unit.name))
	const request = out === undefined ? given : { ...given, config: withDecisions(given.config, decisions) }
	const { config } = request
	const skip = out === undefined ? [] : skippedJobs(decisions)
	const input = hashOf(unit, request)
	const before = out !== undefined && request.resume ? readUnitState(out, unit.name) : undefined
	if (before?.input === input) return { ...before, writes: 0 }
	const wanted = only === undefined ? {} : { only }
	const outcome = await pool.run({ unit, config, generate: out !== undefined, skip, ...wanted })
	request.signal.throwIfAborted()
	if (!outcome.ok) return deadOrSplit(unit, outcome, given, pool)
	const result = outcome.value
	const writes = out === undefined ? 0 : writeArtifacts(out, unit.name, result.artifacts)
	const judged = await judgeAll(unit.name, result, request)
	for (const diagnostic of diagnostics) request.onDiagnostic?.(diagnostic)
	const jobs = judged.map((report) => {
		const job = result.jobs.find(({ id }) => id === report.id)
		if (job === undefined || out === undefined) return report
		return withDecidedDifferences(report, job, decisions.differences, result.differenceRows.get(job.id))
	})
	if (out !== undefined) {
		const exports = exportsOf(unit)
		const state = { input, files: result.files, jobs, ...(exports === undefined ? {} : { exports }) }
		writeUnitState(out, unit.name, state, result.jobs)
	}
	return { files: result.files, jobs, writes }
}

/** One file can take the process of a whole folder with it: then each file is tried alone, so that only the bad one is lost. */
async function deadOrSplit(
	unit: SourceUnit,
	outcome: Extract<Outcome<UnitResult>, { ok: false }>,
	request: MigrateRequest,
	pool: ChildPool<UnitRequest, UnitResult>,
): Promise<UnitDone> {
	if (unit.files.length === 1)
		return { files: unit.files.map((file) => deadUnit(file, outcome.why)), jobs: [], writes: 0 }
	const bad: string[] = []
	for (const file of unit.files) {
		const alone = await pool.run({ unit: { ...unit, files: [file] }, config: request.config, generate: false })
		if (!alone.ok) bad.push(file)
	}
	if (bad.length === 0) return { files: unit.files.map((file) => deadUnit(file, outcome.why)), jobs: [], writes: 0 }
	const rest = await migrateUnit({ ...unit, files: unit.files.filter((file) => !bad.includes(file)) }, request, pool)
	return { ...rest, files: [...rest.files, ...bad.map((file) => deadUnit(file, outcome.why))] }
}

/** What judging jobs needs of a request. */
export type JudgeRequest = Pick<
	MigrateRequest,
	'out' | 'engine' | 'config' | 'workFolder' | 'signal' | 'onJob' | 'kept'
>

/** Containers last: what is proven of them is what is proven of the jobs that use them. Reports in the order of the jobs. */
export async function judgeAll(unit: string, result: UnitResult, request: JudgeRequest): Promise<readonly JobReport[]> {
	const judged: { readonly job: Job; readonly report: JobReport }[] = [
		...(await inOrder(
			result.jobs.filter(({ kind }) => kind !== 'container'),
			atOnce,
			async (job) => {
				request.signal.throwIfAborted()
				return { job, report: await judge(job, unit, result, request) }
			},
		)),
	]
	for (const job of result.jobs.filter(({ kind }) => kind === 'container')) {
		const evidence = containerEvidence(job, judged)
		const predicted = request.engine === undefined
		const { artifacts, diagnostics } = result
		const report = jobReport(job, { unit, artifacts, diagnostics, predicted, evidence, failed: false })
		request.onJob?.(job, report, [])
		judged.push({ job, report })
	}
	return result.jobs.flatMap((job) => judged.find((one) => one.job === job)?.report ?? [])
}

/** A folder of its own for each job. */
const shortName = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

async function judge(job: Job, unit: string, result: UnitResult, request: JudgeRequest): Promise<JobReport> {
	const { out, engine, signal, config } = request
	const machine = result.machines.get(job.id)
	if (machine !== undefined) return judgeSequence(job, machine, unit, result, request)
	const script = result.scripts.get(job.id)
	const common = { unit, artifacts: result.artifacts, diagnostics: result.diagnostics, predicted: engine === undefined }
	if (out === undefined || script === undefined) {
		const report = jobReport(job, { ...common, evidence: noEvidence, failed: false })
		request.onJob?.(job, report, [])
		return report
	}
	const folder = path.join(request.workFolder, shortName(`${unit}/${script.entry.name}`))
	try {
		const place = path.resolve(out, unit, script.entry.script)
		const generated = { entry: script.entry, script: place, problems: script.problems }
		const parameters = new Map(Object.entries(config.parameters))
		const proveNow = () => prove(job, generated, engine, { folder: workFolder(folder), signal, parameters })
		const proof =
			request.kept === undefined || engine === undefined
				? await proveNow()
				: await request.kept(job, generated, proveNow)
		const evidence = withReconciled(proof.report, script.entry, path.resolve(out, unit))
		const report = jobReport(job, { ...common, entry: script.entry, evidence, failed: proof.failed })
		request.onJob?.(job, report, proof.details)
		return report
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

/** A sequence needs no engine of its own, and runs where jobs run. */
async function judgeSequence(
	job: Job,
	machine: GeneratedSequence,
	unit: string,
	{ artifacts, diagnostics }: UnitResult,
	{ engine, config, onJob }: JudgeRequest,
): Promise<JobReport> {
	const parameters = new Map(Object.entries(config.parameters))
	const proof = await proveSequence(job, machine, { run: engine !== undefined, parameters })
	const common = { unit, artifacts, diagnostics, predicted: engine === undefined, entry: machine.entry }
	const report = jobReport(job, { ...common, evidence: proof.report, failed: proof.failed })
	onJob?.(job, report, proof.details)
	return report
}

/** Everything that a unit's result depends on. */
function hashOf(unit: SourceUnit, { config, engine, only, out }: MigrateRequest): string {
	const ofPeople =
		out === undefined
			? []
			: [path.join(out, unit.name, decisionsFile), ...recordFiles(path.join(out, unit.name))].filter((file) =>
					existsSync(file),
				)
	const bytes = [...unit.files, ...unit.companions, ...ofPeople].flatMap((file) => [file, bytesOf(file)])
	return inputHash([
		packageFile.version,
		JSON.stringify(config),
		engine === undefined ? 'none' : 'local',
		JSON.stringify(only ?? null),
		...bytes,
	])
}

/** Undefined where a file went away meanwhile: nothing is known to have been made of its bytes. */
function exportsOf(unit: SourceUnit): string | undefined {
	try {
		return inputOf(unit)
	} catch {
		return undefined
	}
}

function bytesOf(file: string): Uint8Array {
	try {
		return readFileSync(file)
	} catch {
		// The unit's own reading says what is wrong with the file.
		return new Uint8Array()
	}
}

/** Works on items a few at a time; results in the order of the items. */
async function inOrder<T, R>(items: readonly T[], size: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
	const results: R[] = []
	let next = 0
	const lane = async (): Promise<void> => {
		for (let index = next++; index < items.length; index = next++) {
			const item = items[index]
			if (item !== undefined) results[index] = await work(item)
		}
	}
	await Promise.all(Array.from({ length: size }, lane))
	return results
}
