/** The control flow of a job: tasks are functions, precedences are conditions. */
import { pyString } from '#languages/python.ts'
import type { ControlFlow } from '#model/control-flow.ts'
import { identifier } from '../names.ts'
import type { Node } from '../text/tree.ts'
import { indent, traced } from '../text/tree.ts'
import { eventsText, isPlain, printHandlers } from './control/events.ts'
import type { TaskCall } from './control/graph.ts'
import { disabledText, printGraph } from './control/graph.ts'
import type { ControlOptions, PrintedControl } from './control/options.ts'
import { taskArguments, taskParameters } from './control/options.ts'
import { taskFunctions } from './control/task-function.ts'
import { docText } from './doc-text.ts'

/** The control flow of a whole job. One with handlers of its own is itself a task that has events. */
export function printJobControl(
	control: ControlFlow,
	given: Pick<ControlOptions, 'flowBody' | 'script' | 'names'>,
): PrintedControl {
	const { script, names } = given
	const { job } = script.plan
	const options = { ...given, around: {}, maximumErrors: control.failure?.maximumErrors ?? 1, inside: printControl }
	const handlers = control.handlers ?? []
	if (handlers.length === 0) {
		const printed = printControl(control, options)
		return options.maximumErrors === 1 ? printed : { ...printed, body: withoutReturn(printed.body) }
	}
	const name = names.take(identifier(job.name))
	const { functions, events } = printHandlers(job, handlers, options)
	const inner = printControl(control, { ...options, around: events })
	const result = options.maximumErrors === 1 ? 'None' : 'list[str]'
	const head = `def ${name}(${taskParameters(script)}) -> ${result}:`
	const doc = `"""The tasks of ${docText(job.name)}."""`
	const whole = traced({ element: job.id, provenance: job.provenance }, [head, indent([doc, inner.body]), '', ''])
	const arguments_ = taskArguments(script)
	const own = eventsText(events, true)
	return {
		functions: [...functions, ...inner.functions, whole],
		body: [
			`tasks = ${script.use('TasksWithEvents')}(lambda handler, event: handler(${arguments_}, event))`,
			`tasks.run(${pyString(job.name)}, lambda: ${name}(${arguments_})${own === '' ? '' : `, ${own}`})`,
			...(options.maximumErrors === 1 ? ['tasks.finish()'] : []),
		],
	}
}

/** The run of a job that lives with errors: nobody counts those that are left. */
function withoutReturn(body: Node): Node {
	if (typeof body === 'string' || 'kind' in body) return body
	return body.filter((line) => line !== 'return tasks.failures')
}

function printControl(control: ControlFlow, options: ControlOptions): PrintedControl {
	const functions: Node[] = []
	const calls = new Map<string, TaskCall>()
	for (const task of control.tasks) {
		if (task.disabled) continue
		const name = options.names.take(identifier(task.name))
		const handlers = printHandlers(task, task.handlers ?? [], options)
		const { around } = options
		functions.push(...handlers.functions, ...taskFunctions(task, name, { ...options, around: handlers.events }))
		const events = (task.handlers ?? []).length > 0 ? handlers.events : around
		calls.set(task.id, { code: `${name}(${taskArguments(options.script)})`, events })
	}
	return { functions, body: isChain(control, options) ? chain(control, calls) : printGraph(control, calls, options) }
}

/** Each task follows the one before it when that succeeded: then plain calls say all. */
function isChain({ tasks, precedences }: ControlFlow, { around, maximumErrors }: ControlOptions): boolean {
	if (maximumErrors !== 1 || Object.keys(around).length > 0 || !tasks.every(isPlain)) return false
	if (tasks.length < 2) return true
	return tasks.every((task, index) => {
		const entering = precedences.filter(({ to }) => to === task.id)
		if (index === 0) return entering.length === 0
		const [only] = entering
		return (
			entering.length === 1 &&
			only?.from === tasks[index - 1]?.id &&
			only?.outcome === 'success' &&
			only.condition === undefined
		)
	})
}

function chain({ tasks }: ControlFlow, calls: ReadonlyMap<string, TaskCall>): Node {
	return tasks.map((task) => traced(task, calls.get(task.id)?.code ?? disabledText(task)))
}
