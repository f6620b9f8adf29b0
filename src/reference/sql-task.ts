import { evaluate } from '#languages/evaluate.ts'
import type { SqlTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { rowScope } from './context.ts'
import type { JobRun } from './job-run.ts'
import { stop } from './stop.ts'

/** Runs the batches in order; only the first may give the result and takes the parameters. */
export function runSql(task: SqlTask, run: JobRun): void {
	for (const [index, batch] of task.batches.entries()) {
		const statement = statementText(task, batch, run)
		const parameters = index === 0 ? inputValues(task, run) : []
		const effect = { kind: 'sql', task: task.id, connection: task.connection, statement, parameters } as const
		run.effects.push(effect)
		const answer = run.outside(effect)
		if (answer.failed !== undefined) stop(task.id, answer.failed)
		if (index > 0) continue
		for (const [variable, value] of answer.values ?? []) run.variables.set(variable, value)
		bindResult(task, answer.rows ?? [], run)
	}
}

function statementText(task: SqlTask, batch: SourcedExpression, run: JobRun): string {
	const value = evaluate(
		batch.expression,
		rowScope(run, () => undefined),
	)
	if (isError(value)) return stop(task.id, value.message)
	return value === null ? '' : valueText(value)
}

function inputValues(task: SqlTask, run: JobRun): readonly Value[] {
	return task.parameters
		.filter(({ direction }) => direction === 'input')
		.map(({ variable }) => run.variables.get(variable) ?? run.parameters.get(variable) ?? null)
}

/** Microsoft, Execute SQL Task: a single-row result set without a row is an error. */
function bindResult(task: SqlTask, rows: readonly Row[], run: JobRun): void {
	if (task.result.kind !== 'single-row') return
	const [row] = rows
	if (row === undefined) stop(task.id, 'a single row was expected, and the statement gave none')
	const columns = Object.keys(row)
	for (const { column, variable } of task.result.bindings) {
		const name = typeof column === 'number' ? columns[column] : column
		if (name === undefined || !Object.hasOwn(row, name)) {
			stop(task.id, `the result has no column ${column}`)
		}
		run.variables.set(variable, row[name] ?? null)
	}
}
