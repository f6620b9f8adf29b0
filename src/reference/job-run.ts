import type { RunFacts } from '#languages/catalogue.ts'
import type { Job } from '#model/job.ts'
import type { FlowOutput, FlowRequest, Names } from './context.ts'
import type { Tracker } from './coverage.ts'
import type { Effect, Outside } from './effects.ts'
import type { VariableStore } from './variables.ts'

/** A job while it runs: what it was given, and what it has done so far. */
export interface JobRun {
	readonly job: Job
	/** Inputs and bound rows of each flow, by flow id. */
	readonly flows: ReadonlyMap<string, Pick<FlowRequest, 'inputs' | 'bound'>>
	readonly parameters: Names
	readonly variables: VariableStore
	readonly run: RunFacts
	readonly outside: Outside
	readonly tracker: Tracker
	readonly effects: Effect[]
	readonly outputs: { readonly flow: string; readonly output: FlowOutput }[]
}
