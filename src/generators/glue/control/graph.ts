/** Tasks that do not simply follow each other: each waits for its precedences, and its end is noted. */
import { pyString } from '#languages/python.ts'
import type { ControlFlow, Precedence, Task } from '#model/control-flow.ts'
import { Names } from '../../names.ts'
import type { Node } from '../../text/tree.ts'
import { indent, traced } from '../../text/tree.ts'
import { docText } from '../doc-text.ts'
import { driverValue } from '../driver-value.ts'
import type { ScriptContext } from '../script-context.ts'
import { eventsText } from './events.ts'
import type { ControlOptions, Events } from './options.ts'
import { taskArguments } from './options.ts'

/** A printed task: how it is called, and the handlers that its events reach. */
export interface TaskCall {
	readonly code: string
	readonly events: Events
}

export const disabledText = (task: Task): string => `# ${docText(task.name)} is disabled in the export.`

export function printGraph(
	control: ControlFlow,
	calls: ReadonlyMap<string, TaskCall>,
	{ script, maximumErrors }: ControlOptions,
): Node {
	const keys = new Names()
	const names = new Map(control.tasks.map((task) => [task.id, keys.take(task.name)]))
	const hasEvents = [...calls.values()].some(({ events }) => Object.keys(events).length > 0)
	const made = hasEvents
		? `${script.use('TasksWithEvents')}(lambda handler, event: handler(${taskArguments(script)}, event))`
		: `${script.use('Tasks')}()`
	const lines = control.tasks.map((task) => {
		const work = taskWork(task, pyString(names.get(task.id) ?? task.name), calls.get(task.id), script)
		const test = precedenceTest(task, control, names, script)
		return traced(task, test === undefined ? work : [`if ${test}:`, indent(work)])
	})
	const finish =
		maximumErrors === 1
			? ['tasks.finish()']
			: [...(maximumErrors === 0 ? [] : [`tasks.finish(${maximumErrors})`]), 'return tasks.failures']
	return [`tasks = ${made}`, ...lines, ...finish]
}

function taskWork(task: Task, key: string, call: TaskCall | undefined, script: ScriptContext): readonly Node[] {
	const skip = `tasks.skip(${key})`
	if (call === undefined) return [disabledText(task), skip]
	const events = eventsText(call.events, task.kind === 'sequence' || task.kind === 'loop')
	const sourceId = task.sourceId === undefined || events === '' ? '' : `, ${pyString(task.sourceId)}`
	const own = events === '' ? '' : `, ${events}${sourceId}`
	const outcome = task.failure?.outcome === undefined ? '' : `, outcome=${pyString(task.failure.outcome)}`
	const contains = task.handlers?.some((one) => one.event === 'error' && one.contains) ? ', contains=True' : ''
	const run = `tasks.run(${key}, lambda: ${call.code}${own}${outcome}${contains})`
	if (task.disabledWhen === undefined) return [run]
	const disabled = driverValue(task.disabledWhen.expression, script.driver)
	return [`if ${disabled}:`, indent(skip), 'else:', indent(run)]
}

function precedenceTest(
	task: Task,
	control: ControlFlow,
	names: ReadonlyMap<string, string>,
	script: ScriptContext,
): string | undefined {
	const entering = control.precedences.filter(({ to }) => to === task.id)
	if (entering.length === 0) return undefined
	const needs = control.joins.find((join) => join.task === task.id)?.needs ?? 'all'
	const tests = entering.map((precedence) => holds(precedence, names, script))
	const word = needs === 'all' ? ' and ' : ' or '
	return tests.length === 1 ? tests[0] : tests.map((one) => (one.includes(' ') ? `(${one})` : one)).join(word)
}

/** `warning` and `otherwise` are outcomes of job sequences, which are no scripts. */
const outcomeTests = {
	success: 'succeeded',
	failure: 'failed',
	completion: 'completed',
	warning: 'succeeded',
	otherwise: 'completed',
} as const

function holds(precedence: Precedence, names: ReadonlyMap<string, string>, script: ScriptContext): string {
	const from = pyString(names.get(precedence.from) ?? precedence.from)
	const ran = `tasks.completed(${from})`
	const outcome = precedence.outcome === undefined ? undefined : `tasks.${outcomeTests[precedence.outcome]}(${from})`
	if (precedence.condition === undefined) return outcome ?? ran
	const condition = driverValue(precedence.condition.expression, script.driver)
	if (outcome === undefined) return `${ran} and ${condition}`
	return precedence.combine === 'and' ? `${outcome} and ${condition}` : `${ran} and (${outcome} or ${condition})`
}
