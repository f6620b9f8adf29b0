import type { Task } from '#model/control-flow.ts'
import { connectionName } from '../connection-names.ts'
import { lowerFlow } from '../flow/lower-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import type { PipelineRecord } from '../formats/records.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

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
	const kept = keptConnections(executable.pipeline, context)
	if (kept.length > 0) declareAt(context, 'RG-D059', `It uses ${kept.join(', ')}.`)
	return { ...taskBase(context), kind: 'data-flow', flow: lowered.flow.id }
}

/** Connections of its components whose session statements of the package's tasks share. */
function keptConnections({ components }: PipelineRecord, { scope }: TaskContext): readonly string[] {
	const found = components
		.flatMap((one) => [...one.connections.values()])
		.map((reference) => scope.connection(reference))
		.filter((one) => one?.retained === true)
	return [...new Set(found.flatMap((one) => (one === undefined ? [] : [connectionName(one)])))]
}
