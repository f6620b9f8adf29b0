/** Runs one test case against the generated job: rows in, the unchanged script, rows out. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Engine } from '#engines/port.ts'
import type { CaseReport } from '#evidence/report.ts'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import { diagnose } from '#model/diagnostics.ts'
import type { Job } from '#model/job.ts'
import type { Provenance } from '#model/provenance.ts'
import { redact } from '#model/redact.ts'
import type { Binding } from '../run/bindings.ts'
import type { OutputEntry } from '../run/outputs.ts'
import { runJob } from '../run/run-job.ts'
import type { GeneratedJob } from '../run/select-job.ts'
import { compareOutput, readWritten } from './compare-output.ts'
import type { FoundCase } from './find-cases.ts'
import { injectRows } from './inject.ts'
import { runParameters } from './parameters.ts'
import type { ExpectedRows, GivenRows, TestCase } from './test-case.ts'
import type { TestRows } from './test-data.ts'
import { readTestRows } from './test-data.ts'

export interface CaseResult {
	readonly report: CaseReport
	readonly diagnostics: readonly Diagnostic[]
}

export interface CaseRun {
	readonly found: FoundCase
	readonly testCase: TestCase
	readonly generated: GeneratedJob
	readonly job: Job
	/** Folder for what the run reads and writes, removed by the caller. */
	readonly folder: string
}

/** Collects what keeps a case from running, each with its line. */
type Report = (at: Provenance, why: string) => void

export async function runCase(run: CaseRun, engine: Engine, signal?: AbortSignal): Promise<CaseResult> {
	const { testCase, generated } = run
	const diagnostics: Diagnostic[] = []
	const report: Report = (at, why) => {
		diagnostics.push(diagnose('test-case/invalid', at, { what: `The test case ${testCase.name} cannot run.`, why }))
	}
	const [inputs, out] = [path.join(run.folder, 'in'), path.join(run.folder, 'out')]
	mkdirSync(inputs, { recursive: true })
	const bindings = testCase.given.flatMap((one) => bindGiven(one, run, inputs, report))
	const expected = testCase.expected.flatMap((one) => expectRows(one, run, report))
	const given = runParameters(testCase, generated.entry)
	diagnostics.push(...given.diagnostics)
	const [problem] = diagnostics.filter(({ severity }) => severity === 'error')
	if (problem !== undefined) return { report: notRun(run.found, problem.why), diagnostics }
	const ran = await runJob(
		{ job: generated, bindings, parameters: given.parameters, out, temporary: inputs },
		engine,
		signal,
	)
	if (!ran.ok && ran.failure === undefined) {
		report(place(testCase.file), ran.problem)
		return { report: notRun(run.found, ran.problem), diagnostics }
	}
	if (!ran.ok) {
		const why = `the run failed: ${redact(ran.problem)}`
		return { report: { ...notRun(run.found, why), status: 'failed' }, diagnostics }
	}
	const outputs = expected.map((one) => compareOne(one, run.job, ran.outputs, out))
	const status = outputs.every(({ equal }) => equal) ? 'passed' : 'failed'
	return { report: { name: testCase.name, file: testCase.file, status, outputs }, diagnostics }
}

export const notRun = ({ name, file }: FoundCase, problem: string): CaseReport => ({
	name,
	file,
	status: 'not-run',
	outputs: [],
	problem,
})

const place = (file: string): Provenance => ({ file, path: '', lines: { start: 1, end: 1 } })

function bindGiven(given: GivenRows, run: CaseRun, folder: string, report: Report): readonly Binding[] {
	const found = findPlace(run.generated.entry, given, 'read')
	const rows = rowsOf(given, run.found, report)
	if (found === undefined) {
		const known = elementNames(run.generated.entry, 'read')
		report(given.at, `the job reads nothing at the stage ${given.stage}; it reads at ${known}`)
	}
	if (found === undefined || rows === undefined) return []
	const injected = injectRows(run.job, found, rows, folder)
	if ('file' in injected) return [{ old: found.id, new: injected.file }]
	report(given.at, `${given.path}: ${injected.problem}`)
	return []
}

interface Expectation {
	readonly wanted: ExpectedRows
	readonly place: PlaceEntry
	readonly rows: TestRows
}

function expectRows(wanted: ExpectedRows, run: CaseRun, report: Report): readonly Expectation[] {
	const found = findPlace(run.generated.entry, wanted, 'write')
	const rows = rowsOf(wanted, run.found, report)
	if (found === undefined) {
		const known = elementNames(run.generated.entry, 'write')
		report(wanted.at, `the job writes nothing at the stage ${wanted.stage}; it writes at ${known}`)
	}
	return found === undefined || rows === undefined ? [] : [{ wanted, place: found, rows }]
}

function rowsOf(given: GivenRows, found: FoundCase, report: Report): TestRows | undefined {
	const text = found.data(given.path)
	if (text === undefined) {
		report(given.at, `there is no file ${given.path} beside the specification`)
		return undefined
	}
	try {
		return readTestRows(text)
	} catch (error) {
		report(given.at, `${given.path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
		return undefined
	}
}

/** By the stage; where a stage has several links, the one whose place carries the link's name. */
export function findPlace(
	{ places }: JobEntry,
	{ stage, link }: Pick<GivenRows, 'stage' | 'link'>,
	role: 'read' | 'write',
): PlaceEntry | undefined {
	const wanted = link === undefined ? stage : `${stage}.${link}`
	const own = places.filter((one) => one.role === role && [stage, wanted].includes(one.element))
	if (own.length <= 1 || link === undefined) return own[0]
	return own.find(({ id, element }) => id.endsWith(link) || element.endsWith(link)) ?? undefined
}

const elementNames = ({ places }: JobEntry, role: 'read' | 'write'): string =>
	[...new Set(places.filter((one) => one.role === role).map(({ element }) => element))].join(', ') || 'no stage'

function compareOne(
	{ wanted, place: target, rows }: Expectation,
	job: Job,
	outputs: readonly OutputEntry[],
	out: string,
): CaseReport['outputs'][number] {
	const entry = outputs.find(({ output, legacy }) => output === target.element && legacy === target.legacy)
	const written = path.join(out, entry?.path ?? '')
	const actual = readWritten(job, target, entry === undefined ? path.join(out, 'nothing') : written)
	const compared = compareOutput(rows, actual, wanted)
	const { equal, missing, extra, changed, samples } = compared
	const columns = [...compared.missing_columns, ...compared.extra_columns]
	return {
		name: wanted.link === undefined ? wanted.stage : `${wanted.stage}.${wanted.link}`,
		expected: compared.rows.expected,
		actual: compared.rows.actual,
		equal,
		missing,
		extra,
		changed,
		count_only: wanted.countOnly,
		columns_of_one_side: columns,
		samples,
	}
}
