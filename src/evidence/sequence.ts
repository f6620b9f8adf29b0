/**
 * Proves a job sequence: the reference and the generated state machine go through the same scenarios, in which each activity ends
 * well, fails or warns. What they start, when and with what, and how they end, must agree.
 */
import type { Machine } from '#engines/state-machine/definition.ts'
import { readDefinition } from '#engines/state-machine/definition.ts'
import type { Ending } from '#engines/state-machine/run.ts'
import { runMachine } from '#engines/state-machine/run.ts'
import type { StateMachineEntry } from '#generators/jobs-file.ts'
import { makeMemory } from '#generators/step-functions/memory.ts'
import { statusFolder } from '#generators/step-functions/user-status.ts'
import type { RunFacts } from '#languages/catalogue.ts'
import { parseTimestamp } from '#model/calendar.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import { createTracker, summarise } from '#reference/coverage.ts'
import type { SequenceResult } from '#reference/sequence/sequence.ts'
import { interpretSequence } from '#reference/sequence/sequence.ts'
import type { Activity, Started } from '#reference/sequence/world.ts'
import type { SequenceScenario } from '#synthesis/sequences/scenario.ts'
import { sequenceRequest, synthesiseSequence, worldOf } from '#synthesis/sequences/synthesise.ts'
import { startedAt } from './call-words.ts'
import type { Proof } from './evidence.ts'
import { levelOf } from './grade.ts'
import type { EvidenceReport, Level } from './report.ts'
import { callWorld, comparable } from './sequence-calls.ts'

export interface GeneratedSequence {
	readonly entry: StateMachineEntry
	/** Text of the definition's file. */
	readonly definition: string
	/** What keeps it from being well-formed (E1). */
	readonly problems: readonly string[]
}

/** @param run whether anything may run; without it, evidence ends at E1 */
export async function proveSequence(
	job: Job,
	generated: GeneratedSequence,
	options: { readonly run: boolean; readonly parameters?: ReadonlyMap<string, string> },
): Promise<Proof> {
	const reached = new Set<Level>()
	if (new Set(job.accounting.map(({ id }) => id)).size === job.accounting.length) reached.add('E0')
	if (generated.problems.length === 0) reached.add('E1')
	const obstacle = obstacleOf(job, generated, options.run)
	if (obstacle !== undefined) return proof(reached, { stopped: obstacle })
	const facts = runFacts(job)
	const given = options.parameters ?? new Map<string, string>()
	const started = new Map(generated.entry.starts.map((start) => [start.title.toLowerCase(), start]))
	const startOf = (activity: Activity) =>
		activity.kind === 'run-job' ? started.get(activity.job.text.toLowerCase()) : undefined
	const scenarios = synthesiseSequence(job, {
		run: facts,
		given,
		mayWarn: (activity) => startOf(activity)?.kind === 'state-machine',
		tellsStatus: (activity) => startOf(activity)?.tells_status === true,
	})
	const machine = readDefinition(
		generated.definition.replaceAll(statusFolder.placeholder, () => 's3://bucket/user-status'),
	)
	const tracker = createTracker()
	const problems: string[] = []
	let compared = 0
	for (const scenario of scenarios) {
		const expected = interpretSequence(job, sequenceRequest(job, scenario, facts), tracker)
		const { problem, ran } = await compareScenario(job, scenario, expected, machine, generated.entry)
		compared += expected.started.length
		if (ran) reached.add('E2')
		if (problem !== undefined) problems.push(`${scenario.name}: ${problem}`)
	}
	if (problems.length === 0) reached.add('E3')
	const { covered, total, unreached } = summarise(tracker.branches())
	const branches = { covered, total, unreached: unreached.map(({ element, what }) => `${element}: ${what}`) }
	return proof(reached, { compared, branches, problems, scenarios: scenarios.length })
}

function obstacleOf(job: Job, { problems }: GeneratedSequence, run: boolean): string | undefined {
	const [problem] = problems
	if (problem !== undefined) return `the state machine is not well-formed: ${problem}`
	const opaque = job.accounting.find(({ outcome }) => outcome === 'opaque')
	if (opaque !== undefined)
		return `${opaque.name} (${opaque.type}) is not understood: ${opaque.reason ?? 'no reason given'}`
	return run ? undefined : 'no engine was given'
}

interface Found {
	readonly stopped?: string
	readonly compared?: number
	readonly scenarios?: number
	readonly branches?: EvidenceReport['branches']
	readonly problems?: readonly string[]
}

function proof(reached: ReadonlySet<Level>, found: Found): Proof {
	const { stopped, compared = 0, problems = [], scenarios = 0 } = found
	const [first] = problems
	const reason = stopped ?? first
	return {
		failed: problems.length > 0,
		details: problems,
		report: {
			level: levelOf(reached),
			reached: [...reached],
			rows_compared: 0,
			effects_compared: compared,
			outputs:
				scenarios === 0
					? []
					: [
							{
								name: 'scenarios',
								expected: scenarios,
								actual: scenarios - problems.length,
								equal: problems.length === 0,
							},
						],
			branches: found.branches ?? { covered: 0, total: 0, unreached: [] },
			...(reason === undefined ? {} : { stopped_by: reason }),
		},
	}
}

async function compareScenario(
	job: Job,
	scenario: SequenceScenario,
	expected: SequenceResult,
	machine: Machine,
	entry: StateMachineEntry,
): Promise<{ readonly ran: boolean; readonly problem?: string }> {
	const world = callWorld(job, entry, makeMemory(job), worldOf(job, scenario), expected.started)
	const input = { parameters: Object.fromEntries(scenario.parameters) }
	const { calls, ending } = await runMachine(machine, input, world.answers, startedAt)
	if (!ending.ok && ending.error.startsWith('States.') && ending.error !== 'States.TaskFailed')
		return { ran: false, problem: `the state machine stopped: ${ending.cause}` }
	const problem =
		endingProblem(expected, ending) ??
		startsProblem(
			job,
			expected.started.map((one) => comparable(one, entry)),
			world.started(calls),
			ending.ok,
		)
	return problem === undefined ? { ran: true } : { ran: true, problem }
}

/** RG-D063: after a failure beside other jobs, the state machine fails when its handler has done its work. */
function endingProblem(expected: SequenceResult, ending: Ending): string | undefined {
	if (!ending.ok) {
		if (expected.status === 3 || ending.error === 'SequenceFailed') return undefined
		return `the source ends with status ${expected.status}, the state machine fails: ${ending.error} ${ending.cause}`
	}
	const { output } = ending
	const status =
		typeof output === 'object' && output !== null && 'JobStatus' in output ? output['JobStatus'] : undefined
	return status === expected.status
		? undefined
		: `the source ends with status ${expected.status}, the state machine with ${JSON.stringify(status)}`
}

/** The same starts; later than in the source where ways cross, but never too early. */
function startsProblem(
	job: Job,
	expected: readonly Started[],
	actual: readonly Started[],
	ended: boolean,
): string | undefined {
	const names = new Map(allTasks(job.control).map(({ id, name }) => [id, name]))
	const told = ({ task, details }: Started): string => `${names.get(task) ?? task} ${JSON.stringify(details)}`
	const later = mayComeLater(job)
	const left = [...expected]
	for (const one of actual) {
		const at = left.findIndex(
			(other) => told(other) === told(one) && (Math.abs(other.at - one.at) < 1e-6 || (later && other.at < one.at)),
		)
		if (at < 0) return `the state machine starts ${told(one)} at ${one.at}, which the source does not`
		left.splice(at, 1)
	}
	const [missing] = left
	// What waits longer may not have begun when something else fails.
	if (missing === undefined || (!ended && later)) return undefined
	return `the source starts ${told(missing)}, the state machine does not`
}

/** Ways that cross are told apart by the differences that they declare. */
const mayComeLater = (job: Job): boolean => job.differences.some(({ id }) => id === 'RG-D065')

function runFacts(job: Job): RunFacts {
	return {
		at: makeTimestamp(parseTimestamp('2024-01-15 10:20:30') ?? 0n),
		job: job.name,
		project: 'project',
		host: 'host',
		invocation: '',
	}
}
