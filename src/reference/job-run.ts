import type { RunFacts } from '#languages/catalogue.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import type { FlowOutput, FlowRequest, Names } from './context.ts'
import { rowScope } from './context.ts'
import type { Tracker } from './coverage.ts'
import type { Answer, Effect, Outside } from './effects.ts'
import type { Level } from './events.ts'
import type { LegacySwitch } from './legacy/switch.ts'
import { stop } from './stop.ts'
import type { VariableStore } from './variables.ts'

/** A job while it runs: what it was given, and what it has done so far. */
export interface JobRun {
	readonly job: Job
	/** Inputs and bound rows of each flow, by flow id. */
	readonly flows: ReadonlyMap<string, Pick<FlowRequest, 'inputs' | 'bound'>>
	readonly parameters: Names
	readonly variables: VariableStore
	/** Rows that variables hold: result sets and recordsets. */
	readonly rowSets: Map<string, readonly Row[]>
	/** Paths of the files below a folder that a loop goes over, by the loop's id. */
	readonly files: ReadonlyMap<string, readonly string[]>
	readonly run: RunFacts
	readonly outside: Outside
	readonly tracker: Tracker
	readonly effects: Effect[]
	readonly outputs: { readonly flow: string; readonly output: FlowOutput }[]
	/** The containers around what runs now, outermost first. */
	readonly levels: Level[]
	readonly legacy?: LegacySwitch
}

/** Value of an expression that reads no row; stops the run when it fails. */
export function computed({ expression }: SourcedExpression, owner: string, run: JobRun): Value {
	const value = evaluate(
		expression,
		rowScope(run, () => undefined),
	)
	return isError(value) ? stop(owner, value.message) : value
}

/** The same as text; null is the empty one. */
export function computedText(sourced: SourcedExpression, owner: string, run: JobRun): string {
	const value = computed(sourced, owner, run)
	return value === null ? '' : valueText(value)
}

/** Does something outside and notes it; stops the run when it fails. */
export function act(effect: Effect, run: JobRun): Answer {
	run.effects.push(effect)
	const answer = run.outside(effect)
	return answer.failed === undefined ? answer : stop(effect.task, answer.failed)
}
