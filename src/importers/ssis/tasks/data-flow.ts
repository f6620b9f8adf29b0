import type { Task } from '#model/control-flow.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import { lowerFlow } from '../flow/lower-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import type { ExecutableRecord, PipelineRecord } from '../formats/records.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

/** Data Flow task. */
export function lowerDataFlow(context: TaskContext): Task | Refusal {
	const { executable, scope, collected } = context
	if (executable.pipeline === undefined) return refuse('it holds no pipeline')
	const reshaped = reshapes(executable)
	if (reshaped !== undefined) return refuse(reshaped)
	const lowered = lowerFlow(executable, executable.pipeline, scope)
	collected.flows.push(lowered.flow)
	collected.accounting.push(...lowered.accounting)
	collected.differences.push(...lowered.differences)
	collected.diagnostics.push(...lowered.diagnostics)
	collected.inferred.push(...lowered.inferred)
	const kept = keptConnections(executable.pipeline, context)
	if (kept.length > 0) declareAt(context, 'RG-D059', `It uses ${kept.join(', ')}.`)
	return { ...taskBase(context), kind: 'data-flow', flow: lowered.flow.id }
}

/**
 * COZYROC's Data Flow Task Plus holds the pipeline of a Data Flow task, and beside it what changes that pipeline when the task
 * starts: a script, and components that are enabled for it (COZYROC: Data Flow Task Plus, Dynamic Data Flow). With neither it is a
 * Data Flow task.
 */
function reshapes({ data }: ExecutableRecord): string | undefined {
	const pipeline = childOf(data, 'pipeline')
	const holds = (name: string): boolean => (childOf(pipeline, name)?.children.length ?? 0) > 0
	if (holds('ScriptProject')) return 'a script of its own prepares its data flow'
	if (holds('ArrayOfDynamicComponentProperties')) return 'it changes the columns of its components when it starts'
	return undefined
}

/** Connections of its components whose session statements of the package's tasks share. */
function keptConnections({ components }: PipelineRecord, { scope }: TaskContext): readonly string[] {
	const found = components
		.flatMap((one) => [...one.connections.values()])
		.map((reference) => scope.connection(reference))
		.filter((one) => one?.retained === true)
	return [...new Set(found.flatMap((one) => (one === undefined ? [] : [connectionName(one)])))]
}
