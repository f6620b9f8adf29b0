/** The body of a task that runs SQL. */
import { pyString } from '#languages/python.ts'
import type { SqlTask } from '#model/control-flow.ts'
import type { Node } from '../../text/tree.ts'
import { indent } from '../../text/tree.ts'
import { driverValue } from '../driver-value.ts'
import type { ScriptContext } from '../script-context.ts'
import { variableKindOf } from './variable-kind.ts'

export function sqlBody(task: SqlTask, script: ScriptContext): Node {
	const gives = task.parameters.filter(({ direction }) => direction !== 'input')
	if (gives.length > 0) {
		const reason = `parameter ${gives[0]?.variable ?? ''} takes a value from the statement`
		return `${script.use('not_translated')}(${[task.name, 'output parameter', reason].map(pyString).join(', ')})`
	}
	return task.batches.map((batch, index) => {
		const values = index > 0 ? [] : task.parameters.map(({ variable }) => parameterValue(variable, script))
		const bound = values.length === 0 ? '' : `, [${values.join(', ')}]`
		const call = `${script.use('sql')}(spark, ${connectionOf(task, script)}, ${driverValue(batch.expression, script.driver)}${bound})`
		return index > 0 ? call : takeResult(task, call, script)
	})
}

const connectionOf = (task: SqlTask, script: ScriptContext): string =>
	`params[${pyString(script.plan.connections.get(task.connection) ?? '')}]`

function takeResult({ name, result }: SqlTask, call: string, script: ScriptContext): Node {
	switch (result.kind) {
		case 'none':
			return call
		case 'rows':
			return `${script.variable(result.variable)} = ${call}`
		case 'xml': {
			const joined = `"".join(next(iter(row.values())) or "" for row in ${call})`
			const { root } = result
			const whole = root === undefined ? joined : `"<${root}>" + ${joined} + "</${root}>"`
			return `${script.variable(result.variable)} = ${whole}`
		}
		case 'single-row': {
			const message = pyString(`Task ${name}: a single row was expected, and the statement gave none`)
			return [
				`rows = ${call}`,
				'if not rows:',
				indent(`raise RuntimeError(${message})`),
				...result.bindings.map(({ column, variable }) => {
					const cell = typeof column === 'number' ? `list(rows[0].values())[${column}]` : `rows[0][${pyString(column)}]`
					return `${script.variable(variable)} = ${script.use('parse_value')}(${cell}, ${pyString(variableKindOf(variable, script))})`
				}),
			]
		}
	}
}

/** A statement's parameter is a variable, or a parameter of the job. */
function parameterValue(name: string, script: ScriptContext): string {
	return script.plan.parameters.has(name) ? script.driver.parameter(name) : script.driver.variable(name)
}
