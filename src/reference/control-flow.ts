/** Runs tasks in order, as their precedences allow. */
import { evaluate } from '#languages/evaluate.ts'
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import { isError } from '#model/values.ts'
import { rowScope } from './context.ts'
import { interpretFlow } from './flow.ts'
import type { JobRun } from './job-run.ts'
import { runSql } from './sql-task.ts'
import type { RunFailure } from './stop.ts'
import { catchStop, stop } from './stop.ts'

export type TaskOutcome = 'success' | 'failure' | 'skipped'

/**
 * Runs every task whose precedences are met; a task that did not run meets none of those that leave it.
 * The first failure is that of the whole, even where another task handles it: so counts a package its errors.
 */
export function runControlFlow(control: ControlFlow, run: JobRun): RunFailure | undefined {
	const outcomes = new Map<string, TaskOutcome>()
	let failure: RunFailure | undefined
	for (const task of control.tasks) {
		const allowed = catchStop(() => mayStart(task, control, outcomes, run))
		const failed = 'failure' in allowed ? allowed.failure : allowed.value ? runTask(task, run) : undefined
		const skipped = 'value' in allowed && !allowed.value
		outcomes.set(task.id, skipped ? 'skipped' : failed === undefined ? 'success' : 'failure')
		failure ??= failed
	}
	return failure
}

function mayStart(task: Task, control: ControlFlow, outcomes: ReadonlyMap<string, TaskOutcome>, run: JobRun): boolean {
	const entering = control.precedences.filter(({ to }) => to === task.id)
	if (entering.length === 0) return true
	const met = entering.map((precedence) => isMet(precedence, task, outcomes.get(precedence.from), run))
	const needs = control.joins.find((join) => join.task === task.id)?.needs ?? 'all'
	return needs === 'all' ? met.every(Boolean) : met.some(Boolean)
}

function isMet(precedence: Precedence, task: Task, outcome: TaskOutcome | undefined, run: JobRun): boolean {
	const { element } = task
	const whats = precedence.condition === undefined ? ['met'] : ['met', 'not met']
	for (const what of whats) run.tracker.declare({ operator: precedence.id, element, what })
	if (outcome === undefined || outcome === 'skipped') return false
	const met = holds(precedence, outcome, run)
	run.tracker.hit(precedence.id, met ? 'met' : 'not met')
	return met
}

function holds(precedence: Precedence, outcome: TaskOutcome, run: JobRun): boolean {
	const byOutcome =
		precedence.outcome === undefined ? undefined : precedence.outcome === 'completion' || precedence.outcome === outcome
	if (precedence.condition === undefined) return byOutcome ?? true
	if (byOutcome === false && precedence.combine === 'and') return false
	if (byOutcome === true && precedence.combine === 'or') return true
	const value = evaluate(
		precedence.condition.expression,
		rowScope(run, () => undefined),
	)
	return isError(value) ? stop(precedence.id, value.message) : value === true
}

function runTask(task: Task, run: JobRun): RunFailure | undefined {
	if (task.disabled) return undefined
	if (task.kind === 'sequence') return runControlFlow(task.body, run)
	const result = catchStop(() => performTask(task, run))
	return 'failure' in result ? result.failure : undefined
}

function performTask(task: Exclude<Task, { kind: 'sequence' }>, run: JobRun): void {
	switch (task.kind) {
		case 'data-flow':
			runDataFlow(task.flow, run)
			break
		case 'execute-sql':
			runSql(task, run)
			break
		case 'expression': {
			const value = evaluate(
				task.value.expression,
				rowScope(run, () => undefined),
			)
			run.variables.set(task.variable, isError(value) ? stop(task.id, value.message) : value)
			break
		}
		case 'opaque':
			stop(task.id, `${task.sourceType} is not understood: ${task.reason}`)
	}
}

function runDataFlow(id: string, run: JobRun): void {
	const flow = run.job.flows.find((one) => one.id === id)
	if (flow === undefined) throw new Error(`no data flow has the id ${id}`)
	const { parameters, variables } = run
	const given = run.flows.get(id) ?? { inputs: new Map() }
	const result = interpretFlow(flow, { ...given, parameters, variables, run: run.run }, run.tracker)
	if (result.failure !== undefined) stop(result.failure.operator, result.failure.message)
	for (const [name, value] of result.variables) run.variables.set(name, value)
	run.outputs.push(...result.outputs.map((output) => ({ flow: id, output })))
}
