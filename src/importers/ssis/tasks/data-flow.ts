import type { Task } from '#model/control-flow.ts'
import { lowerFlow } from '../flow/lower-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

/** Data Flow task. */
export function lowerDataFlow(context: TaskContext): Task | Refusal {
	const { executable, scope, collected } = context
	if (executable.pipeline === undefined) return refuse('it holds no pipeline')
	const lowered = lowerFlow(executable, executable.pipeline, scope)
	collected.flows.push(lowered.flow)
	collected.accounting.push(...lowered.accounting)
	collected.differences.push(...lowered.differences)
	collected.diagnostics.push(...lowered.diagnostics)
	collected.inferred.push(...lowered.inferred)
	return { ...taskBase(context), kind: 'data-flow', flow: lowered.flow.id }
}
