/** Every task with a meaning in the model. A new one is a file beside this one and a line here. */
import { lowerDataFlow } from './data-flow.ts'
import { lowerExecuteSql } from './execute-sql.ts'
import { lowerExpressionTask } from './expression.ts'
import { lowerSequence } from './sequence.ts'
import type { LowerTask } from './task-context.ts'

export const tasks = {
	'Microsoft.ExecuteSQLTask': lowerExecuteSql,
	'Microsoft.ExpressionTask': lowerExpressionTask,
	'Microsoft.Pipeline': lowerDataFlow,
	'STOCK:SEQUENCE': lowerSequence,
} as const satisfies Record<string, LowerTask>

export type TaskType = keyof typeof tasks

export function taskLowererOf(type: string): LowerTask | undefined {
	return Object.hasOwn(tasks, type) ? tasks[type as TaskType] : undefined
}
