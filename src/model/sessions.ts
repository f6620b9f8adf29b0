/** Which statements of a package meet in one session of their database, with its temporary tables and its USE. */
import type { SqlTask } from './control-flow.ts'
import type { Connection } from './job.ts'

/** The connection keeps its session from task to task (RetainSameConnection). */
export const keepsSession = ({ connection }: SqlTask, connections: readonly Connection[]): boolean =>
	connections.some((one) => one.name === connection && one.oneSession === true)

/**
 * The statements of the task are one session's: those of its connection, or its own, which ends with it.
 * A task acquires its connection once, for all batches (Microsoft, Execute SQL Task).
 */
export const sharesSession = (task: SqlTask, connections: readonly Connection[]): boolean =>
	keepsSession(task, connections) || task.file !== undefined || task.batches.length > 1
