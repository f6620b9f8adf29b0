/** Handlers of events: each is a function, and a task lists those that its events reach. */
import { pyString } from '#languages/python.ts'
import type { EventHandler, Task, TaskEvent } from '#model/control-flow.ts'
import { identifier } from '../../names.ts'
import type { Node } from '../../text/tree.ts'
import { indent, traced } from '../../text/tree.ts'
import { docText } from '../doc-text.ts'
import type { ControlOptions, Events } from './options.ts'
import { taskParameters } from './options.ts'

/** Events of a container are its start and end, and that errors of tasks in it made it fail. */
const ofContainers: readonly string[] = ['pre-execute', 'post-execute', 'warning'] satisfies TaskEvent[]
const ofTasks: readonly string[] = ['pre-execute', 'post-execute', 'error', 'task-failed'] satisfies TaskEvent[]

export interface PrintedHandlers {
	readonly functions: readonly Node[]
	/** What events of the owner reach, and of all that is inside it. */
	readonly events: Events
}

/** Prints the handlers of a task or of the job; what they handle goes on to those around, unless they contain it. */
export function printHandlers(
	owner: { readonly name: string },
	handlers: readonly EventHandler[],
	options: ControlOptions,
): PrintedHandlers {
	const functions: Node[] = []
	const events: Partial<Record<TaskEvent, readonly string[]>> = { ...options.around }
	for (const handler of handlers) {
		const name = options.names.take(identifier(`${owner.name} on ${handler.event}`))
		functions.push(...handlerFunction(owner, handler, name, options))
		events[handler.event] = [name, ...(handler.contains ? [] : (options.around[handler.event] ?? []))]
	}
	return { functions, events }
}

function handlerFunction(
	owner: { readonly name: string },
	{ id, event, body, provenance }: EventHandler,
	name: string,
	options: ControlOptions,
): readonly Node[] {
	const { script } = options
	// Tasks of a handler raise no events themselves: a handler that logs would log its own logging.
	const inner = options.inside(body, { ...options, around: {}, maximumErrors: 1 })
	const facts = { SourceName: 'task', SourceID: 'task_id', ErrorDescription: 'error' } as const
	const told = Object.entries(facts).flatMap(([variable, field]) =>
		script.plan.variables.has(`System::${variable}`)
			? [`${script.variable(`System::${variable}`)} = event.${field}`]
			: [],
	)
	script.use('Event')
	const head = `def ${name}(${taskParameters(script)}, event: Event) -> None:`
	const text = [head, indent([`"""Handler of ${docText(owner.name)}: ${event}."""`, ...told, inner.body]), '', '']
	return [...inner.functions, traced({ element: id, provenance }, text)]
}

/** The events of a task as a Python value; empty where none has a handler. */
export function eventsText(events: Events, isContainer: boolean): string {
	const entries = Object.entries(events)
		.filter(([event]) => (isContainer ? ofContainers : ofTasks).includes(event))
		.map(([event, names]) => `${pyString(event)}: [${names.join(', ')}]`)
	return entries.length === 0 ? '' : `{${entries.join(', ')}}`
}

/** Does a task need more than a plain call: events with handlers, an own way to fail, a condition that disables it? */
export const isPlain = (task: Task): boolean =>
	(task.handlers ?? []).length === 0 && task.failure === undefined && task.disabledWhen === undefined
