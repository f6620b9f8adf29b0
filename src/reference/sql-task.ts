import type { SqlTask } from '#model/control-flow.ts'
import { valueText } from '#model/json-values.ts'
import type { Row, Value } from '#model/values.ts'
import type { JobRun } from './job-run.ts'
import { act, computedText } from './job-run.ts'
import { stop } from './stop.ts'

/** Runs the batches in order; only the first may give the result and takes the parameters. */
export function runSql(task: SqlTask, run: JobRun): void {
	for (const [index, statement] of statementsOf(task, run)) {
		const parameters = index === 0 ? inputValues(task, run) : []
		const answer = act({ kind: 'sql', task: task.id, connection: task.connection, statement, parameters }, run)
		if (index > 0) continue
		for (const [variable, value] of answer.values ?? []) run.variables.set(variable, value)
		bindResult(task, answer.rows ?? [], run)
	}
}

/** Each is computed when its turn comes: those before it may set what it reads. */
function* statementsOf(task: SqlTask, run: JobRun): Iterable<readonly [number, string]> {
	if (task.file === undefined) {
		for (const [index, batch] of task.batches.entries()) yield [index, computedText(batch, task.id, run)]
		return
	}
	const path = computedText(task.file, task.id, run)
	const { value } = act({ kind: 'helper', task: task.id, helper: 'read_statements', args: { path } }, run)
	const found = Array.isArray(value) ? value.map(String) : []
	if (found.length === 0) stop(task.id, `the file ${path} holds no statement`)
	yield* found.entries()
}

function inputValues(task: SqlTask, run: JobRun): readonly Value[] {
	return task.parameters
		.filter(({ direction }) => direction === 'input')
		.map(({ variable }) => run.variables.get(variable) ?? run.parameters.get(variable) ?? null)
}

function bindResult({ id, result }: SqlTask, rows: readonly Row[], run: JobRun): void {
	switch (result.kind) {
		case 'none':
			break
		case 'single-row':
			bindRow(id, result.bindings, rows, run)
			break
		case 'rows':
			run.rowSets.set(result.variable, rows)
			break
		case 'xml': {
			const pieces = rows.map((row) => Object.values(row)[0] ?? null)
			const text = pieces.map((piece) => (piece === null ? '' : valueText(piece))).join('')
			const { root } = result
			run.variables.set(result.variable, root === undefined ? text : `<${root}>${text}</${root}>`)
		}
	}
}

/** Microsoft, Execute SQL Task: a single-row result set without a row is an error. */
function bindRow(
	id: string,
	bindings: readonly { readonly column: string | number; readonly variable: string }[],
	[row]: readonly (Row | undefined)[],
	run: JobRun,
): void {
	if (row === undefined) stop(id, 'a single row was expected, and the statement gave none')
	const columns = Object.keys(row)
	for (const { column, variable } of bindings) {
		const name = typeof column === 'number' ? columns[column] : column
		if (name === undefined || !Object.hasOwn(row, name)) {
			stop(id, `the result has no column ${column}`)
		}
		run.variables.set(variable, row[name] ?? null)
	}
}
