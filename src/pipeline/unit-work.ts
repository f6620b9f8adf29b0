/** All that is done about a unit without running anything: read, understand, generate. Runs in a child process. */

import type { Config } from '#config/schema.ts'
import { differenceRows } from '#evidence/difference-rows.ts'
import type { FileReport } from '#evidence/report.ts'
import type { GeneratedSequence } from '#evidence/sequence.ts'
import type { Artifact } from '#generators/artifact.ts'
import type { JobEntry, JobsFile } from '#generators/jobs-file.ts'
import { lockFile, lockPath } from '#generators/lock.ts'
import { generators } from '#generators/registry.ts'
import type { TestData } from '#generators/tests/test-data.ts'
import { jsonText } from '#generators/text/json.ts'
import type { Diagnostic } from '#model/diagnostics.ts'
import type { DifferenceRows } from '#model/difference-rows.ts'
import type { Job } from '#model/job.ts'
import { inNewDialects } from './dialects.ts'
import type { SourceUnit } from './discover.ts'
import { formProblems } from './form-problems.ts'
import { withNewNames } from './new-names.ts'
import { readExports } from './read-exports.ts'
import { readMachine } from './sequence-machine.ts'
import { madeRows, testDataOf } from './test-data.ts'

export interface UnitRequest {
	readonly unit: SourceUnit
	readonly config: Config
	/** Absent: only read, as `analyze` does. */
	readonly generate: boolean
	/** Names or ids of jobs; absent: all. */
	readonly only?: readonly string[]
	/** Names of jobs that people decided to leave out. */
	readonly skip?: readonly string[]
}

export interface UnitResult {
	readonly files: readonly FileReport[]
	readonly jobs: readonly Job[]
	readonly artifacts: readonly Artifact[]
	readonly diagnostics: readonly Diagnostic[]
	/** By job id: the entry of jobs.json, and what keeps its script from being well-formed. */
	readonly scripts: ReadonlyMap<string, { readonly entry: JobEntry; readonly problems: readonly string[] }>
	/** State machines of job sequences, by job id. */
	readonly machines: ReadonlyMap<string, GeneratedSequence>
	/** By job id, for each of its declared differences in their order: the test rows that show it. */
	readonly differenceRows: ReadonlyMap<string, readonly DifferenceRows[]>
}

/** @param onStep called when something about one job is done: a large unit takes long without being stuck */
export function workOnUnit(
	{ unit, config, generate: wanted, only, skip = [] }: UnitRequest,
	onStep: () => void = () => undefined,
): UnitResult {
	const read = readExports(unit.files, unit.companions, { scdPurposes: config.datastage.scd_purposes })
	const jobs = read.jobs
		.filter(({ name, id }) => !skip.includes(name) && (only === undefined || only.includes(name) || only.includes(id)))
		.map((job) => withNewNames(inNewDialects(job, config.connections), config))
	if (!wanted || jobs.length === 0) {
		const isLeftOut = wanted && read.jobs.length > 0 && read.jobs.every(({ name }) => skip.includes(name))
		return {
			files: read.files,
			jobs,
			artifacts: isLeftOut ? [emptyLock(unit.name)] : [],
			diagnostics: [],
			scripts: new Map(),
			machines: new Map(),
			differenceRows: new Map(),
		}
	}
	const testData = new Map<string, TestData>()
	// The reference alone runs, so these rows are the same on every machine, and may stand in what is committed.
	const rows = new Map<string, readonly DifferenceRows[]>()
	for (const job of jobs) {
		const made = needsRows(job, config) ? madeRows(job) : undefined
		if (config.outputs.unit_tests && made !== undefined) testData.set(job.id, testDataOf(job, made))
		rows.set(job.id, differenceRows(job, made))
		onStep()
	}
	const { artifacts, diagnostics } = generators.glue(
		{ name: unit.name, jobs },
		{
			paths: config.paths,
			connections: config.connections,
			parameters: config.parameters,
			environments: config.environments,
			glue: config.glue,
			outputs: config.outputs,
			testData,
			differenceRows: rows,
		},
	)
	const text = (path: string) => artifacts.find((artifact) => artifact.path === `${unit.name}/${path}`)?.text ?? ''
	const file = JSON.parse(text('jobs.json')) as JobsFile
	const machines = (file.state_machines ?? []).map(
		(entry) => [entry.id, readMachine(entry, text(entry.definition))] as const,
	)
	return {
		files: read.files,
		jobs,
		artifacts,
		diagnostics,
		scripts: scriptsOf(file, jobs, text),
		machines: new Map(machines),
		differenceRows: rows,
	}
}

const needsRows = (job: Job, { outputs }: Config): boolean => outputs.unit_tests || job.differences.length > 0

/** All that is left of a unit whose jobs people have left out: it says that there is nothing, and that this is meant. */
const emptyLock = (unit: string): Artifact => ({ path: lockPath(unit), text: jsonText(lockFile([], [])), traces: [] })

function scriptsOf(file: JobsFile, jobs: readonly Job[], text: (path: string) => string): UnitResult['scripts'] {
	return new Map(
		jobs.flatMap((job) => {
			const entry = file.jobs.find(({ id }) => id === job.id)
			return entry === undefined
				? []
				: [[job.id, { entry, problems: formProblems(job, entry.script, text(entry.script)) }] as const]
		}),
	)
}
