import type { ControlFlow, LoopTask, Precedence, Task } from '#model/control-flow.ts'

/** Where a task stands: the control flow that holds it, and the loop whose body that is. */
export interface Placed {
	readonly task: Task
	readonly control: ControlFlow
	readonly loop?: LoopTask
}

/** Every task of a sequence by id, bodies of loops and handlers included. */
export function indexTasks(control: ControlFlow): ReadonlyMap<string, Placed> {
	const found = new Map<string, Placed>()
	const walk = (flow: ControlFlow, loop?: LoopTask): void => {
		for (const task of flow.tasks) {
			found.set(task.id, { task, control: flow, ...(loop === undefined ? {} : { loop }) })
			if (task.kind === 'loop') walk(task.body, task)
		}
		for (const handler of flow.handlers ?? []) walk(handler.body, loop)
	}
	walk(control)
	return found
}

/** Tasks that no trigger starts: they start with the control flow. */
export function firstTasks({ tasks, precedences }: ControlFlow): readonly Task[] {
	return tasks.filter(({ id }) => !precedences.some(({ to }) => to === id))
}

function leaving({ precedences }: ControlFlow, task: Task): readonly Precedence[] {
	return precedences.filter(({ from }) => from === task.id)
}

/** Does a trigger of the task say what happens when it fails? Custom triggers do not count (job control code of 8.7). */
export function handlesFailure(control: ControlFlow, task: Task): boolean {
	return leaving(control, task).some(({ outcome }) => outcome === 'failure' || outcome === 'otherwise')
}
