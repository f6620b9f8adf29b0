/** Proves a job: runs the unchanged script and the reference on the same rows, and says how far they agree. */
import type { Engine } from '#engines/port.ts'
import type { JobEntry } from '#generators/jobs-file.ts'
import type { RunFacts } from '#languages/catalogue.ts'
import { parseTimestamp } from '#model/calendar.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import { makeTimestamp } from '#model/values.ts'
import { parameterValues } from '#reference/parameters.ts'
import type { Synthesis } from '#synthesis/synthesise.ts'
import { synthesise } from '#synthesis/synthesise.ts'
import { coverBranches } from './coverage-report.ts'
import { levelOf } from './grade.ts'
import type { EvidenceReport, Level } from './report.ts'
import { runScenarios } from './scenarios.ts'
import { uncountedStop } from './uncounted.ts'
import type { WorkFolder } from './work-folder.ts'

export interface GeneratedJob {
	readonly entry: JobEntry
	/** Absolute path of the script. */
	readonly script: string
	/** What linting and the schema walk found; empty = well-formed (E1). */
	readonly problems: readonly string[]
}

export interface ProveOptions {
	readonly folder: WorkFolder
	readonly seed?: number
	readonly signal?: AbortSignal
	/** Texts of parameters by full name, in place of their defaults. */
	readonly parameters?: ReadonlyMap<string, string>
	/** End with the first run that differs. Default: all runs. */
	readonly untilDifferent?: boolean
	/** Rows that were made before for this job, parameters and seed. */
	readonly synthesis?: Synthesis
}

export interface Proof {
	readonly report: EvidenceReport
	/** The script failed where the reference does not, or its rows or effects differ. */
	readonly failed: boolean
	/** In words, for a person: what differs, with samples of rows. */
	readonly details: readonly string[]
}

/** The clock of every proof. */
const clock = '2024-01-15 10:20:30'

/**
 * E0 from the accounting, E1 from `generated.problems`, E2 and E3 by running. Without an engine it ends at E1.
 * A job with anything opaque ends there too: its script stops where the opaque part begins, which proves nothing.
 */
export async function prove(
	job: Job,
	generated: GeneratedJob,
	engine: Pick<Engine, 'run'> | undefined,
	options: ProveOptions,
): Promise<Proof> {
	const reached = new Set<Level>()
	if (isAccounted(job)) reached.add('E0')
	if (generated.problems.length === 0) reached.add('E1')
	const obstacle = findObstacle(job, generated, engine)
	if (obstacle !== undefined || engine === undefined) return early(reached, obstacle ?? 'no engine was given')
	const given = options.parameters ?? new Map<string, string>()
	const { values, missing, wrong } = parameterValues(job, given)
	if (wrong.length > 0) return early(reached, `no value of its type was given for ${wrong.join(', ')}`)
	const facts = { parameters: values, run: runFacts(job) }
	const synthesis = options.synthesis ?? synthesise(job, facts, options.seed)
	const { scenarios } = synthesis
	const args = {
		...requiredArguments(generated.entry, missing),
		...givenArguments(generated.entry, given),
		run_at: '2024-01-15T10:20:30Z',
	}
	const ran = await runScenarios({ job, generated, scenarios, facts, args, engine }, options)
	const hasRun = ran.ran && ran.unfollowed === undefined
	const stoppedBy = ran.stoppedBy ?? ran.unfollowed
	if (hasRun) reached.add('E2')
	if (hasRun && stoppedBy === undefined) reached.add('E3')
	return {
		failed: ran.stoppedBy !== undefined,
		details: ran.details,
		report: {
			level: levelOf(reached),
			reached: [...reached],
			rows_compared: ran.rows,
			effects_compared: ran.effects,
			outputs: ran.outputs,
			branches: coverBranches(job, ran.branches, facts, synthesis),
			...shortenedBy(synthesis),
			...(stoppedBy === undefined ? {} : { stopped_by: stoppedBy }),
		},
	}
}

/** The rows of a proof with the defaults of all parameters, for {@link ProveOptions.synthesis}. */
export function synthesisOf(job: Job): Synthesis {
	return synthesise(job, { parameters: parameterValues(job, new Map()).values, run: runFacts(job) })
}

function shortenedBy({ shortened }: Synthesis): Pick<EvidenceReport, 'shortened'> {
	if (shortened.size === 0) return {}
	const texts = [...shortened].map(([variable, value]) => ({ variable, value: value === null ? '' : valueText(value) }))
	return { shortened: texts }
}

function early(reached: ReadonlySet<Level>, reason: string): Proof {
	return {
		failed: false,
		details: [],
		report: {
			level: levelOf(reached),
			reached: [...reached],
			rows_compared: 0,
			effects_compared: 0,
			outputs: [],
			branches: { covered: 0, total: 0, unreached: [] },
			stopped_by: reason,
		},
	}
}

/** Every element has one outcome, and no element is counted twice. */
function isAccounted(job: Job): boolean {
	return new Set(job.accounting.map(({ id }) => id)).size === job.accounting.length
}

function findObstacle(job: Job, { entry, problems }: GeneratedJob, engine: unknown): string | undefined {
	const [problem] = problems
	if (problem !== undefined) return `the script is not well-formed: ${problem}`
	const opaque = job.accounting.find(({ outcome }) => outcome === 'opaque')
	if (opaque !== undefined)
		return `${opaque.name} (${opaque.type}) is not understood: ${opaque.reason ?? 'no reason given'}`
	if (engine === undefined) return 'no engine was given'
	const task = uncountedStop(job)
	if (task !== undefined) return `${task.name} is not understood: ${task.reason}`
	const other = entry.places.find(({ kind }) => kind === 'other')
	if (other !== undefined) return `${other.element} reads from a place that only a binding can replace`
	const both = entry.places.find(
		({ role, argument }) =>
			role === 'read' &&
			argument !== null &&
			entry.places.some((one) => one.role === 'write' && one.argument === argument),
	)
	return both === undefined ? undefined : `${both.element} reads the very place that the job writes`
}

function runFacts(job: Job): RunFacts {
	return { at: makeTimestamp(parseTimestamp(clock) ?? 0n), job: job.name, project: '', host: '', invocation: '' }
}

/** A required parameter that nobody gave is the empty text, on both sides. */
function requiredArguments(entry: JobEntry, missing: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		entry.arguments
			.filter(({ parameter, default: text }) => text === null && parameter !== null && missing.includes(parameter))
			.map(({ name }) => [name, '']),
	)
}

function givenArguments(entry: JobEntry, given: ReadonlyMap<string, string>): Record<string, string> {
	return Object.fromEntries(
		entry.arguments.flatMap(({ name, parameter }) => {
			const text = parameter === null ? undefined : given.get(parameter)
			return text === undefined ? [] : [[name, text]]
		}),
	)
}
