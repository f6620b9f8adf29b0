import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import type { FlowOutput, FlowRequest, Names } from './context.ts'
import { runJobControl } from './control-flow.ts'
import type { CountedBranch, Tracker } from './coverage.ts'
import { createTracker } from './coverage.ts'
import type { Effect, Outside } from './effects.ts'
import { silent } from './effects.ts'
import type { JobRun } from './job-run.ts'
import type { LegacySwitch } from './legacy/switch.ts'
import type { RunFailure } from './stop.ts'
import { makeVariables } from './variables.ts'

export interface JobRequest {
	/** Inputs of each data flow, by flow id. */
	readonly flows: ReadonlyMap<string, Pick<FlowRequest, 'inputs' | 'bound'>>
	readonly parameters: Names
	readonly run: RunFacts
	/** Variables that a caller sets before the start. */
	readonly variables?: ReadonlyMap<string, Value>
	readonly outside?: Outside
	/** Paths of the files below the folder of each loop over files, by the loop's id, in any order. */
	readonly files?: ReadonlyMap<string, readonly string[]>
	/** A declared difference that keeps the meaning of the old job in this run. */
	readonly legacy?: LegacySwitch
}

export interface JobResult {
	/** Of the flows that succeeded, in order. */
	readonly outputs: readonly { readonly flow: string; readonly output: FlowOutput }[]
	readonly variables: ReadonlyMap<string, Value>
	readonly effects: readonly Effect[]
	readonly failure?: RunFailure
	readonly branches: readonly CountedBranch[]
}

/** Runs a whole job: its control flow, and each data flow when its turn comes. */
export function interpretJob(job: Job, request: JobRequest, tracker: Tracker = createTracker()): JobResult {
	const { flows, parameters } = request
	const variables = makeVariables(job.variables, parameters, request.run)
	for (const [name, value] of request.variables ?? []) variables.set(name, value)
	const run: JobRun = {
		job,
		flows,
		parameters,
		variables,
		rowSets: new Map(),
		files: request.files ?? new Map(),
		run: request.run,
		outside: request.outside ?? silent,
		tracker,
		effects: [],
		outputs: [],
		levels: [],
		...(request.legacy === undefined ? {} : { legacy: request.legacy }),
	}
	const failure = runJobControl(job.control, run)
	return {
		outputs: run.outputs,
		variables: variables.values(),
		effects: run.effects,
		branches: tracker.branches(),
		...(failure === undefined ? {} : { failure }),
	}
}
