/** Events of tasks, and the handlers that they reach. */
import type { ControlFlow, EventHandler, Task, TaskEvent } from '#model/control-flow.ts'
import type { JobRun } from './job-run.ts'
import type { RunFailure } from './stop.ts'

/** A container, or a task, around what runs now. */
export interface Level {
	readonly id: string
	readonly handlers: readonly EventHandler[]
}

export type RunHandler = (body: ControlFlow, run: JobRun) => readonly RunFailure[]

/**
 * Runs the handlers that an event reaches, those of the task itself first, then outwards to the first that contains it.
 * Tasks of a handler raise no events themselves: a handler that logs would log its own logging.
 *
 * @returns errors of the handlers.
 */
export function raise(
	event: TaskEvent,
	source: { readonly name: string; readonly sourceId?: string },
	message: string,
	run: JobRun,
	runHandler: RunHandler,
): readonly RunFailure[] {
	const reached = reachedBy(event, run.levels)
	if (reached.length === 0) return []
	const facts = { SourceName: source.name, SourceID: source.sourceId ?? '', ErrorDescription: message }
	const outer = run.levels.splice(0)
	const errors = reached.flatMap(({ body }) => {
		for (const [name, value] of Object.entries(facts)) run.variables.set(`System::${name}`, value)
		return runHandler(body, run)
	})
	run.levels.push(...outer)
	return errors
}

function reachedBy(event: TaskEvent, levels: readonly Level[]): readonly EventHandler[] {
	const reached: EventHandler[] = []
	for (const { handlers } of levels.toReversed()) {
		const own = handlers.filter((handler) => handler.event === event)
		reached.push(...own)
		if (own.some(({ contains }) => contains)) break
	}
	return reached
}

/** Do errors inside it stay inside? */
export const containsErrors = ({ handlers }: Pick<Task, 'handlers'>): boolean =>
	handlers?.some(({ event, contains }) => event === 'error' && contains) ?? false
