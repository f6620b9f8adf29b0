/** Runs tasks in order, as their precedences allow. */
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import { containsErrors, raise } from './events.ts'
import type { JobRun } from './job-run.ts'
import { computed } from './job-run.ts'
import { passes } from './loops.ts'
import type { RunFailure } from './stop.ts'
import { catchStop } from './stop.ts'
import { performTask } from './task.ts'

export type TaskOutcome = 'success' | 'failure' | 'skipped'

/** How a task ended: for the precedences that leave it, and for the containers around it. */
interface Ended {
	readonly outcome: TaskOutcome
	/** Errors that climb on. */
	readonly errors: readonly RunFailure[]
}

/** Runs a whole job with its own handlers; the failure is its first error that counts. */
export function runJobControl(control: ControlFlow, run: JobRun): RunFailure | undefined {
	const { name, id } = run.job
	const root = { id, name, handlers: control.handlers ?? [] }
	const maximum = control.failure?.maximumErrors
	const { errors } = runWithEvents(root, { maximum }, run, () => runControlFlow(control, run))
	return isFailed(errors, maximum) ? errors[0] : undefined
}

const isFailed = (errors: readonly RunFailure[], maximum = 1): boolean => maximum > 0 && errors.length >= maximum

/**
 * Runs every task whose precedences are met; a task that did not run meets none of those that leave it.
 * An error stays one, even where another task handles the failure: so counts a package its errors.
 */
function runControlFlow(control: ControlFlow, run: JobRun): readonly RunFailure[] {
	const outcomes = new Map<string, TaskOutcome>()
	const errors: RunFailure[] = []
	for (const task of control.tasks) {
		const allowed = catchStop(() => mayStart(task, control, outcomes, run))
		const ended: Ended =
			'failure' in allowed
				? { outcome: 'failure', errors: [allowed.failure] }
				: allowed.value
					? runTask(task, run)
					: { outcome: 'skipped', errors: [] }
		outcomes.set(task.id, ended.outcome)
		errors.push(...ended.errors)
	}
	return errors
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
	return computed(precedence.condition, precedence.id, run) === true
}

function runTask(task: Task, run: JobRun): Ended {
	const disabled = catchStop(() => isDisabled(task, run))
	if ('failure' in disabled) return { outcome: 'failure', errors: [disabled.failure] }
	if (disabled.value) return { outcome: 'success', errors: [] }
	const isContainer = task.kind === 'sequence' || task.kind === 'loop'
	const maximum = task.failure?.maximumErrors
	const source = { ...task, handlers: task.handlers ?? [] }
	const ended = runWithEvents(source, isContainer ? { maximum } : 'task', run, () =>
		isContainer ? runContainer(task, run) : failuresOf(() => performTask(task, run)),
	)
	const failed = isContainer ? isFailed(ended.own, maximum) : ended.own.length > 0
	return {
		outcome: task.failure?.outcome ?? (failed ? 'failure' : 'success'),
		errors: containsErrors(task) ? [] : ended.errors,
	}
}

function isDisabled({ id, disabled, disabledWhen }: Task, run: JobRun): boolean {
	return disabled || (disabledWhen !== undefined && computed(disabledWhen, id, run) === true)
}

function failuresOf(work: () => void): readonly RunFailure[] {
	const result = catchStop(work)
	return 'failure' in result ? [result.failure] : []
}

function runContainer(task: Extract<Task, { kind: 'sequence' | 'loop' }>, run: JobRun): readonly RunFailure[] {
	if (task.kind === 'sequence') return runControlFlow(task.body, run)
	const declared = ['no pass', 'one pass', 'several passes']
	for (const what of declared) run.tracker.declare({ operator: task.id, element: task.element, what })
	const errors: RunFailure[] = []
	let count = 0
	const ended = catchStop(() => {
		for (const _pass of passes(task, run)) {
			count += 1
			errors.push(...runControlFlow(task.body, run))
			if (isFailed(errors, task.failure?.maximumErrors)) return
		}
	})
	run.tracker.hit(task.id, declared[Math.min(count, 2)] ?? '')
	return 'failure' in ended ? [...errors, ended.failure] : errors
}

interface Source {
	readonly id: string
	readonly name: string
	readonly sourceId?: string
	readonly handlers: NonNullable<ControlFlow['handlers']>
}

/** What a warning of the engine says (DTS_W_MAXIMUMERRORCOUNTREACHED), without its numbers. */
const tooManyErrors = 'The number of errors raised reached the maximum allowed; resulting in failure.'

/** Only tasks raise errors: those of containers are the errors of what is in them, which at most tell that they are too many. */
function runWithEvents(
	source: Source,
	kind: 'task' | { readonly maximum: number | undefined },
	run: JobRun,
	work: () => readonly RunFailure[],
): { readonly own: readonly RunFailure[]; readonly errors: readonly RunFailure[] } {
	run.levels.push(source)
	const before = raise('pre-execute', source, '', run, runControlFlow)
	const own = work()
	const raised =
		kind === 'task'
			? own.flatMap(({ message }) => [
					...raise('error', source, message, run, runControlFlow),
					...raise('task-failed', source, message, run, runControlFlow),
				])
			: isFailed(own, kind.maximum)
				? raise('warning', source, tooManyErrors, run, runControlFlow)
				: []
	const after = raise('post-execute', source, '', run, runControlFlow)
	run.levels.pop()
	return { own, errors: [...before, ...own, ...raised, ...after] }
}
