import type { Task } from '#model/control-flow.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

/** Sequence container: a scope for variables and constraints, nothing more. */
export function lowerSequence(context: TaskContext): Task {
	return { ...taskBase(context), kind: 'sequence', body: context.inside() }
}
