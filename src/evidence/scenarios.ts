/** Runs every scenario of a job on both sides. */
import type { Engine, RunOutcome } from '#engines/port.ts'
import type { JobEntry, PlaceEntry } from '#generators/jobs-file.ts'
import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Row, Value } from '#model/values.ts'
import type { CountedBranch, Tracker } from '#reference/coverage.ts'
import { createTracker } from '#reference/coverage.ts'
import type { JobResult } from '#reference/job.ts'
import { interpretJob } from '#reference/job.ts'
import type { FlowInputs, Scenario } from '#synthesis/scenario.ts'
import { ordinaryWorld } from '#synthesis/script-answers.ts'
import { callAnswers } from './call-answers.ts'
import type { EffectComparison } from './compare-effects.ts'
import { compareEffects } from './compare-effects.ts'
import { throughEncoding } from './encoding.ts'
import type { GeneratedJob, ProveOptions } from './evidence.ts'
import { earlierRows, existingRows } from './existing-rows.ts'
import type { Spread } from './inputs.ts'
import { findRead, placeInputs } from './inputs.ts'
import { placeLoopFiles } from './loop-files.ts'
import { needsOrder } from './order-needs.ts'
import { otherFaults } from './other-faults.ts'
import type { OutputComparison } from './outputs.ts'
import { compareOutputs } from './outputs.ts'
import { makeWorld } from './outside.ts'
import { joinPasses } from './passes.ts'
import type { EvidenceReport } from './report.ts'
import { rowFixtures } from './rows-taken.ts'
import { variableArguments } from './variable-arguments.ts'
import { workbookFixtures } from './workbook-answers.ts'

export interface ScenarioRuns {
	/** The whole script ran where the reference did. */
	readonly ran: boolean
	readonly rows: number
	readonly effects: number
	readonly outputs: EvidenceReport['outputs']
	readonly branches: readonly CountedBranch[]
	/** The first thing that differs. */
	readonly stoppedBy?: string
	/** Why the rows of the main run were not run at all, which leaves the job unproven. */
	readonly unfollowed?: string
	readonly details: readonly string[]
}

interface Proving {
	readonly job: Job
	readonly generated: GeneratedJob
	readonly scenarios: readonly Scenario[]
	readonly facts: { readonly parameters: ReadonlyMap<string, Value>; readonly run: RunFacts }
	readonly args: Readonly<Record<string, string>>
	readonly engine: Pick<Engine, 'run'>
}

interface OneRun {
	readonly scenario: Scenario
	readonly spread: Spread
}

/** What one run on both sides gave. */
interface Verdict {
	readonly ran: boolean
	readonly effects: number
	readonly outputs: readonly OutputComparison[]
	readonly problem?: string
	/** Nothing was run: why the reference does not come to an end. */
	readonly unfollowed?: string
}

/**
 * Spark evaluates expressions in two ways: it compiles them, or interprets them. The first run compiles, as runs on AWS
 * Glue do; the others interpret, so that a job is proven in both ways, and the few rows do not wait for a compiler.
 */
const interpreted = { 'spark.sql.codegen.wholeStage': 'false', 'spark.sql.codegen.factoryMode': 'NO_CODEGEN' }

/** The main rows run twice: as one file, and over seven part files, shuffled where no order matters. */
export async function runScenarios(proving: Proving, options: ProveOptions): Promise<ScenarioRuns> {
	const tracker = createTracker()
	const again: Spread = proving.job.flows.some(needsOrder) ? 'parts in order' : 'parts shuffled'
	const runs = proving.scenarios.flatMap((scenario): readonly OneRun[] =>
		scenario.kind === 'main'
			? [
					{ scenario, spread: 'one file' },
					{ scenario, spread: again },
				]
			: [{ scenario, spread: 'one file' }],
	)
	const verdict = (run: OneRun, index: number): Promise<Verdict> =>
		runOnce(run, `run-${index}`, proving, tracker, options)
	const verdicts = await (options.untilDifferent === true ? upToProblem(runs, verdict) : sideBySide(runs, verdict))
	const compared = verdicts.flatMap(({ outputs }) => outputs)
	const problems = verdicts.flatMap(({ problem }) => (problem === undefined ? [] : [problem]))
	return {
		ran: verdicts.every(({ ran }) => ran),
		rows: compared.reduce((sum, { comparison }) => sum + comparison.expected, 0),
		effects: verdicts.reduce((sum, { effects }) => sum + effects, 0),
		outputs: sumOutputs(compared),
		branches: tracker.branches(),
		details: [...problems, ...compared.flatMap(showDifferences)],
		...(problems[0] === undefined ? {} : { stoppedBy: problems[0] }),
		...(verdicts[0]?.unfollowed === undefined ? {} : { unfollowed: verdicts[0].unfollowed }),
	}
}

/**
 * No run hangs on another: an engine with several workers has them all at work to the end of a job. When the engine fails
 * one, the others still end before it is said: nobody takes their folder away from under them.
 */
async function sideBySide(
	runs: readonly OneRun[],
	verdict: (run: OneRun, index: number) => Promise<Verdict>,
): Promise<readonly Verdict[]> {
	const started = runs.map(verdict)
	await Promise.allSettled(started)
	return Promise.all(started)
}

/** One after the other, and none after the first with a problem. */
async function upToProblem(
	runs: readonly OneRun[],
	verdict: (run: OneRun, index: number) => Promise<Verdict>,
): Promise<readonly Verdict[]> {
	const verdicts: Verdict[] = []
	for (const [index, run] of runs.entries()) {
		const one = await verdict(run, index)
		verdicts.push(one)
		if (one.problem !== undefined) break
	}
	return verdicts
}

async function runOnce(
	{ scenario, spread }: OneRun,
	name: string,
	proving: Proving,
	tracker: Tracker,
	options: ProveOptions,
): Promise<Verdict> {
	const { job, generated, facts, engine } = proving
	const control = scenario.control ?? ordinaryWorld
	const world = makeWorld(job, control)
	await options.folder.clear(name)
	const stored = new Map([...scenario.flows].map(([id, inputs]) => [id, asStored(id, inputs, job)]))
	const place = { folder: options.folder, name }
	const loops = await placeLoopFiles(job, generated.entry, stored, control.files, place)
	const flows = new Map([...loops.flows].map(([id, inputs]) => [id, { inputs }]))
	const own = { ...facts, ...(scenario.variables === undefined ? {} : { variables: scenario.variables }) }
	const expected = interpretJob(job, { flows, ...own, outside: world.outside, files: loops.files }, tracker)
	const faults = (): readonly string[] =>
		otherFaults(expected.failure?.operator ?? '', job, loops.flows, (left) => {
			const others = new Map([...left].map(([id, inputs]) => [id, { inputs }]))
			const { outside } = makeWorld(job, control)
			return interpretJob(job, { flows: others, ...own, outside, files: loops.files })
		})
	if (expected.failure?.tooLarge === true)
		return { ran: true, effects: 0, outputs: [], unfollowed: `${scenario.name}: ${expected.failure.message}` }
	const existing = existingRows(expected.outputs, generated.entry.places, (place) => rowsGiven(place, job, scenario))
	const written = joinPasses(job, expected.outputs)
	const earlier = earlierRows(job, written, generated.entry.places)
	const placed = await placeInputs(
		{
			job,
			entry: generated.entry,
			scenario,
			spread,
			args: { ...proving.args, ...namesOfJobs(generated.entry), ...loops.args },
			name,
			existing,
			earlier,
		},
		options.folder,
	)
	const calls = await callAnswers(generated.entry.places, (place) => Promise.resolve(rowsGiven(place, job, scenario)))
	const answered = world.helpers().map((helper) => ({ ...helper, answers: [...calls, ...helper.answers] }))
	const workbooks = await workbookFixtures(generated.entry.places, placed.request.args, (place) =>
		Promise.resolve(rowsGiven(place, job, scenario)),
	)
	const helpers = [...answered, ...rowFixtures, ...workbooks]
	const sparkConf = name === 'run-0' ? {} : interpreted
	const variables = variableArguments(job, scenario)
	const request = { ...placed.request, script: generated.script, helpers, sparkConf, variables }
	const outcome = await engine.run(request, options.signal)
	const label = `${scenario.name} (${spread})`
	if (expected.failure !== undefined || !outcome.ok) {
		const verdict = judgeFailure(label, expected, outcome, job, faults)
		return control.failing === undefined || verdict.problem !== undefined
			? verdict
			: withEffects(verdict, label, compareEffects(expected.effects, outcome.effects, generated.entry.starts))
	}
	const outputs = await compareOutputs(
		job,
		written,
		generated.entry.places,
		placed.written,
		options.folder,
		{ changed: existing, earlier },
		outcome.effects,
	)
	const effects = compareEffects(expected.effects, outcome.effects, generated.entry.starts)
	const different = outputs.find(({ comparison }) => !comparison.equal)
	const problem = different === undefined ? effects.difference : describeDifference(different)
	return {
		ran: true,
		effects: effects.compared,
		outputs,
		...(problem === undefined ? {} : { problem: `${label}: ${problem}` }),
	}
}

/** A job outside the unit keeps its old name, and this one is called so that those beside it have theirs alone. */
function namesOfJobs({ name, starts }: JobEntry): Readonly<Record<string, string>> {
	const outside = (starts ?? []).filter(({ placeholder }) => placeholder !== '')
	const named = Object.fromEntries(outside.map(({ placeholder, title }) => [placeholder, title]))
	return starts === undefined ? {} : { JOB_NAME: name, ...named }
}

/** Where a task outside fails, what was done until then and in the handlers has to be the same, too. */
function withEffects(verdict: Verdict, label: string, { compared, difference }: EffectComparison): Verdict {
	return { ...verdict, effects: compared, ...(difference === undefined ? {} : { problem: `${label}: ${difference}` }) }
}

/** Rows of a scenario for a source that is called on the driver. */
function rowsGiven(place: PlaceEntry, job: Job, scenario: Scenario): readonly Row[] | undefined {
	const found = findRead(job, place)
	const data = found === undefined ? undefined : scenario.flows.get(found.flow)?.get(found.operator.id)
	return data?.kind === 'rows' ? data.rows : undefined
}

/** Inputs as the files hold them: a character that the encoding lacks is lost on both sides alike. */
function asStored(flow: string, inputs: FlowInputs, job: Job): FlowInputs {
	const operators = job.flows.find(({ id }) => id === flow)?.operators ?? []
	return new Map(
		[...inputs].map(([id, data]) => {
			const read = operators.find((operator) => operator.id === id)
			if (data.kind !== 'text' || read?.kind !== 'read' || read.source.kind !== 'text-file') return [id, data]
			const { encoding } = read.source.layout
			return [id, { kind: 'text', files: data.files.map((file) => throughEncoding(file, encoding)) }]
		}),
	)
}

/** Where the reference stops, the script has to stop too, and name the same element, or that of another fault, if it names one. */
function judgeFailure(
	label: string,
	expected: JobResult,
	outcome: RunOutcome,
	job: Job,
	faults: () => readonly string[],
): Verdict {
	const nothing = { effects: 0, outputs: [] }
	const { failure } = expected
	if (failure === undefined) {
		const message = outcome.ok ? '' : `${outcome.failure.errorClass}: ${firstLine(outcome.failure.message)}`
		return { ...nothing, ran: false, problem: `${label}: the script failed: ${message}` }
	}
	const where = `${nameOf(failure.operator, job)}: ${failure.message}`
	if (outcome.ok) {
		return { ...nothing, ran: true, problem: `${label}: the source would stop at ${where}; the script did not` }
	}
	const { stage } = outcome.failure
	const isNamed = (operator: string): boolean => stage === nameOf(operator, job)
	if (stage === undefined || isNamed(failure.operator) || faults().some(isNamed)) return { ...nothing, ran: true }
	return {
		...nothing,
		ran: true,
		problem: `${label}: the source would stop at ${where}; the script stopped at ${stage}`,
	}
}

function nameOf(id: string, job: Job): string {
	const operator = job.flows.flatMap(({ operators }) => operators).find((one) => one.id === id)
	return operator?.name ?? id
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

function describeDifference({ name, comparison }: OutputComparison): string {
	const { missing, extra, misplaced, expected } = comparison
	if (misplaced > 0) return `${name} differs: ${misplaced} of ${expected} rows stand in another order`
	return `${name} differs: ${missing} rows missing, ${extra} too many, of ${expected}`
}

function showDifferences({ name, comparison }: OutputComparison): readonly string[] {
	return comparison.samples.map((sample) => `${name}: ${JSON.stringify(sample)}`)
}

/** One line for each output over all runs. */
function sumOutputs(compared: readonly OutputComparison[]): EvidenceReport['outputs'] {
	const groups = Map.groupBy(compared, ({ name }) => name)
	return [...groups].map(([name, group]) => ({
		name,
		expected: group.reduce((sum, { comparison }) => sum + comparison.expected, 0),
		actual: group.reduce((sum, { comparison }) => sum + comparison.actual, 0),
		equal: group.every(({ comparison }) => comparison.equal),
	}))
}
