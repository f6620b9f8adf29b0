/** How each SQL text of a job runs. */
import type { ControlFlow } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'

export interface StatementRow {
	readonly name: string
	readonly connection: string
	readonly way: string
	/** In the order in which they run. */
	readonly sql: readonly string[]
}

const ways = {
	select: 'Spark reads it through JDBC; it stands in FROM.',
	prepared: 'Spark reads it through JDBC; what must come first is sent as prepareQuery.',
	call: 'It runs once, on the driver; its rows become a frame of the declared schema.',
} as const

export function statementsOf(job: Job): readonly StatementRow[] {
	const reads = job.flows.flatMap(({ operators }) =>
		operators.flatMap((operator): readonly StatementRow[] => {
			if (operator.kind !== 'read' || operator.source.kind !== 'query') return []
			const { connection, sql, form } = operator.source
			return [{ name: operator.name, connection, way: ways[form], sql: [sql.text] }]
		}),
	)
	return [...reads, ...tasksOf(job.control)]
}

function tasksOf(control: ControlFlow): readonly StatementRow[] {
	return allTasks(control).flatMap((task) => {
		if (task.kind !== 'execute-sql' || task.disabled) return []
		if (task.batches.length === 0) return []
		const plain = 'It runs on the driver, when the control flow reaches it.'
		const shared = `Its ${task.batches.length} batches run on the driver one after another, in one session, when the control flow reaches them.`
		const way = task.batches.length > 1 ? shared : plain
		const { name, connection } = task
		return [{ name, connection, way, sql: task.batches.map(({ text }) => text) }]
	})
}
