/** Runs the reference both ways, as the new job and as the old one, and shows the rows that a declared difference changes. */
import type { ChangedOutput, DifferenceRows } from '#model/difference-rows.ts'
import { visibility } from '#model/difference-visibility.ts'
import type { DifferenceId } from '#model/differences.ts'
import type { DifferenceOccurrence, Job } from '#model/job.ts'
import { encodeRow } from '#model/json-values.ts'
import { legacyMeanings } from '#model/legacy-meanings.ts'
import type { FlowOutput } from '#reference/context.ts'
import type { JobRequest, JobResult } from '#reference/job.ts'
import { interpretJob } from '#reference/job.ts'
import { legacyWays } from '#reference/legacy/registry.ts'
import type { LegacySwitch } from '#reference/legacy/switch.ts'
import type { Scenario } from '#synthesis/scenario.ts'
import { compareTables } from './compare.ts'
import { pairChanged } from './difference.ts'
import { operatorsOf } from './difference-steps.ts'

/** Enough to see what happens; the counts tell the rest. */
const mostSamples = 3

/** Test rows, and the facts of the runs that take them. */
export interface TestRows {
	readonly scenarios: readonly Scenario[]
	readonly facts: Pick<JobRequest, 'parameters' | 'run'>
}

/**
 * For each occurrence of a declared difference, in the order of `job.differences`. The first scenario that shows it is taken.
 *
 * @param test absent: the job cannot run as a whole
 */
export function differenceRows(job: Job, test: TestRows | undefined): readonly DifferenceRows[] {
	const scenes = lazily(() => test?.scenarios.flatMap((scenario) => sceneOf(job, scenario, test.facts)) ?? [])
	return job.differences.map((occurrence) => rowsOf(job, occurrence, scenes))
}

/** Rows to run on, and what the new job makes of them. */
interface Scene {
	readonly name: string
	readonly request: JobRequest
	readonly result: JobResult
}

function sceneOf(job: Job, scenario: Scenario, facts: TestRows['facts']): readonly Scene[] {
	if (scenario.kind !== 'main' && scenario.kind !== 'few') return []
	const flows = new Map([...scenario.flows].map(([id, inputs]) => [id, { inputs }]))
	const { variables } = scenario
	const request = { ...facts, flows, ...(variables === undefined ? {} : { variables }) }
	const result = interpretJob(job, request)
	return result.failure === undefined ? [{ name: scenario.name, request, result }] : []
}

function rowsOf(job: Job, occurrence: DifferenceOccurrence, scenes: () => readonly Scene[]): DifferenceRows {
	const seen = visibility[occurrence.id as DifferenceId]
	if ('hidden' in seen) return { kind: 'hidden', because: seen.hidden }
	const { kinds } = legacyWays[seen.legacy]
	const operators = operatorsOf(job, occurrence, kinds)
	if (operators.size === 0) return { kind: 'hidden', because: 'no step of a data flow here has a second meaning' }
	if (scenes().length === 0) return { kind: 'hidden', because: 'no test rows run through the whole job' }
	const legacy = legacyMeanings[seen.legacy]
	for (const scene of scenes()) {
		const change = changeOf(job, scene, { meaning: seen.legacy, operators })
		if (change.outputs.length > 0 || change.stops !== undefined)
			return { kind: 'shown', legacy, scenario: scene.name, ...change }
	}
	return { kind: 'unseen', legacy }
}

function changeOf(
	job: Job,
	{ request, result }: Scene,
	legacy: LegacySwitch,
): { readonly outputs: readonly ChangedOutput[]; readonly stops?: string } {
	const old = interpretJob(job, { ...request, legacy })
	if (old.failure !== undefined) return { outputs: [], stops: `${old.failure.operator}: ${old.failure.message}` }
	const earlier = outputsByOperator(old)
	const outputs = [...outputsByOperator(result)].flatMap(([operator, now]) =>
		changedOutput(earlier.get(operator) ?? [], now),
	)
	return { outputs }
}

/** A data flow in a loop gives an output in each pass. */
function outputsByOperator({ outputs }: JobResult): ReadonlyMap<string, readonly FlowOutput[]> {
	const groups = Map.groupBy(outputs, ({ flow, output }) => `${flow}/${output.operator}`)
	return new Map([...groups].map(([id, group]) => [id, group.map(({ output }) => output)]))
}

function changedOutput(earlier: readonly FlowOutput[], now: readonly FlowOutput[]): readonly ChangedOutput[] {
	const [first] = now
	if (first === undefined) return []
	const [before, after] = [earlier, now].map((outputs) => outputs.flatMap(({ rows }) => rows))
	const { equal, missing, extra, samples } = compareTables(before ?? [], after ?? [], first.schema, {
		samples: mostSamples,
	})
	const common = { name: first.operator, rows: after?.length ?? 0 }
	if (!equal) return [{ ...common, changed: Math.max(missing, extra), order: false, samples }]
	if (first.lines === undefined) return []
	const moved = (before ?? []).flatMap((row, index) => {
		const [old, other] = [row, after?.[index] ?? {}].map((one) => encodeRow(one, first.schema))
		return JSON.stringify(old) === JSON.stringify(other) ? [] : [[old ?? {}, other ?? {}] as const]
	})
	if (moved.length === 0) return []
	const places = moved.slice(0, mostSamples).flatMap(([old, other]) => pairChanged([old], [other], 2))
	return [{ ...common, changed: moved.length, order: true, samples: places }]
}

function lazily<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined
	return () => {
		made ??= { value: make() }
		return made.value
	}
}
