/** Triggers: which of them fire when an activity has ended. */
import { evaluate } from '#languages/evaluate.ts'
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import { innerControls } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { rowScope } from '../context.ts'
import type { Tracker } from '../coverage.ts'
import { stop } from '../stop.ts'
import type { Coordinator } from './coordinator.ts'
import type { JobStatus } from './world.ts'

/** `fired` for each trigger, and `not fired` for those that depend on something. */
export function declareTriggers(control: ControlFlow, tracker: Tracker): void {
	for (const precedence of control.precedences) {
		const element = control.tasks.find(({ id }) => id === precedence.from)?.element ?? precedence.from
		const whats = alwaysFires(precedence, control) ? ['fired'] : ['fired', 'not fired']
		for (const what of whats)
			tracker.declare({ operator: precedence.id, element, what: `${nameOf(precedence)} ${what}` })
	}
	for (const task of control.tasks) for (const inner of innerControls(task)) declareTriggers(inner, tracker)
	for (const { body } of control.handlers ?? []) declareTriggers(body, tracker)
}

function alwaysFires({ from, outcome }: Precedence, { precedences }: ControlFlow): boolean {
	const depends = (other: Precedence): boolean =>
		other.from === from && other.outcome !== 'completion' && other.outcome !== 'otherwise'
	return outcome === 'completion' || (outcome === 'otherwise' && !precedences.some(depends))
}

const nameOf = ({ provenance }: Precedence): string => `trigger ${provenance.path.replace(/^.*\//, '')}`

/** Fires the triggers of a task one after the other; each is followed to its end before the next is looked at. */
export function fire(
	task: Task,
	status: JobStatus,
	control: ControlFlow,
	coordinator: Coordinator,
	enter: (task: string) => void,
): void {
	const leaving = control.precedences.filter(({ from }) => from === task.id)
	const inTurn = [
		...leaving.filter(({ outcome }) => outcome !== 'otherwise'),
		...leaving.filter(({ outcome }) => outcome === 'otherwise'),
	]
	let conditional = false
	for (const precedence of inTurn) {
		const fires = precedence.outcome === 'otherwise' ? !conditional : firesAt(precedence, status, coordinator)
		coordinator.tracker.hit(precedence.id, `${nameOf(precedence)} ${fires ? 'fired' : 'not fired'}`)
		if (!fires) continue
		if (precedence.outcome !== 'completion') conditional = true
		enter(precedence.to)
	}
}

/** The triggers of an activity whose failure is raised: none of them is looked at. */
export function passOver(task: Task, control: ControlFlow, coordinator: Coordinator): void {
	for (const precedence of control.precedences)
		if (precedence.from === task.id && precedence.outcome !== 'completion')
			coordinator.tracker.hit(precedence.id, `${nameOf(precedence)} not fired`)
}

function firesAt({ id, outcome, condition }: Precedence, status: JobStatus, coordinator: Coordinator): boolean {
	const byOutcome =
		outcome === undefined ||
		outcome === 'completion' ||
		(outcome === 'success' && status === 1) ||
		(outcome === 'warning' && status === 2) ||
		(outcome === 'failure' && status === 3)
	return byOutcome && (condition === undefined || isTrue(condition, id, coordinator))
}

/** A number is true unless it is zero, a text unless it is empty: BASIC has no truth values of its own. */
export function isTrue(condition: SourcedExpression | undefined, id: string, coordinator: Coordinator): boolean {
	if (condition === undefined) return false
	const value = computed(condition, id, coordinator)
	if (typeof value === 'string') return value !== '' && Number(value) !== 0
	if (typeof value === 'bigint' || typeof value === 'number') return Number(value) !== 0
	return value === true
}

export function computed({ expression }: SourcedExpression, owner: string, coordinator: Coordinator): Value {
	const value = evaluate(
		expression,
		rowScope(coordinator, () => undefined),
	)
	return isError(value) ? stop(owner, value.message) : value
}
