/** The body of a task that runs SQL. */
import { pyString } from '#languages/python.ts'
import type { SqlTask } from '#model/control-flow.ts'
import { keepsSession, sharesSession } from '#model/sessions.ts'
import type { Node } from '../../text/tree.ts'
import { indent } from '../../text/tree.ts'
import { driverValue } from '../driver-value.ts'
import { placeText, sourcePlace } from '../plan/task-places.ts'
import type { ScriptContext } from '../script-context.ts'
import { variableKindOf } from './variable-kind.ts'

export function sqlBody(task: SqlTask, script: ScriptContext): Node {
	const { connections } = script.plan.job
	const body = statements(task, script)
	if (keepsSession(task, connections) || !sharesSession(task, connections)) return body
	return [`with ${script.use('task_session')}(${connectionOf(task, script)}):`, indent(body)]
}

function statements(task: SqlTask, script: ScriptContext): Node {
	const { file } = task
	if (file === undefined)
		return task.batches.map((batch, index) =>
			oneBatch(task, index, driverValue(batch.expression, script.driver), script),
		)
	const path = placeText(sourcePlace(task.id), file, script)
	return [
		`first, *others = ${script.use('read_statements')}(spark, ${path})`,
		oneBatch(task, 0, 'first', script),
		'for statement in others:',
		indent(oneBatch(task, 1, 'statement', script)),
	]
}

/** @param text Python text of the statement */
function oneBatch(task: SqlTask, index: number, text: string, script: ScriptContext): Node {
	const parameters = index > 0 ? [] : task.parameters
	const values = parameters.map((one) => (one.direction === 'input' ? parameterValue(one.variable, script) : 'None'))
	const bound = values.length === 0 ? '' : `, [${values.join(', ')}]`
	if (values.includes('None')) return callBody(task, `${text}${bound}`, script)
	const call = `${script.use(isKept(task, script) ? 'sql_kept' : 'sql')}(spark, ${connectionOf(task, script)}, ${text}${bound})`
	return index > 0 ? call : takeResult(task, call, script)
}

/** A statement whose parameters give values. */
function callBody(task: SqlTask, given: string, script: ScriptContext): Node {
	const outputs = task.parameters.flatMap(({ direction, variable }, index) =>
		direction === 'input' ? [] : [{ position: index + 1, variable }],
	)
	const positions = outputs.map(({ position }) => position).join(', ')
	const call = `${script.use(isKept(task, script) ? 'sql_call_kept' : 'sql_call')}(spark, ${connectionOf(task, script)}, ${given}, [${positions}])`
	const takesRows = task.result.kind !== 'none'
	return [
		`${takesRows ? 'found' : '_'}, given = ${call}`,
		...outputs.map(({ variable }, index) => assigned(variable, `given[${index}]`, script)),
		...(takesRows ? [takeResult(task, 'found', script)] : []),
	]
}

const assigned = (variable: string, text: string, script: ScriptContext): string =>
	`${script.variable(variable)} = ${script.use('parse_value')}(${text}, ${pyString(variableKindOf(variable, script))})`

const isKept = (task: SqlTask, { plan }: ScriptContext): boolean => sharesSession(task, plan.job.connections)

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
					return assigned(variable, cell, script)
				}),
			]
		}
	}
}

/** A statement's parameter is a variable, or a parameter of the job. */
function parameterValue(name: string, script: ScriptContext): string {
	return script.plan.parameters.has(name) ? script.driver.parameter(name) : script.driver.variable(name)
}
