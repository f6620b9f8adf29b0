/** The control flow of a job: tasks are functions, precedences are conditions. */
import { pyString } from '#languages/python.ts'
import type { ControlFlow, Precedence, SqlTask, Task } from '#model/control-flow.ts'
import type { DataType } from '#model/types.ts'
import { identifier, Names } from '../names.ts'
import type { Node } from '../text/tree.ts'
import { indent, traced } from '../text/tree.ts'
import { docText } from './doc-text.ts'
import { driverValue } from './driver-value.ts'
import { comment } from './emit/opaque.ts'
import type { ScriptContext } from './script-context.ts'

/** Prints the body of a data flow task. */
export type FlowBody = (flow: string) => Node

export interface PrintedControl {
	/** Functions of the tasks, in their order. */
	readonly functions: readonly Node[]
	/** Statements of `run`. */
	readonly body: Node
}

export function printControl(
	control: ControlFlow,
	flowBody: FlowBody,
	script: ScriptContext,
	names: Names,
): PrintedControl {
	const functions: Node[] = []
	const calls = new Map<string, string>()
	for (const task of control.tasks) {
		if (task.disabled) continue
		const name = names.take(identifier(task.name))
		calls.set(task.id, `${name}(spark, params${script.hasVariables ? ', variables' : ''})`)
		functions.push(...taskFunction(task, name, flowBody, script, names))
	}
	return { functions, body: isChain(control) ? chain(control, calls) : graph(control, calls, script) }
}

/** Each task follows the one before it when that succeeded: then plain calls say all. */
function isChain({ tasks, precedences }: ControlFlow): boolean {
	if (tasks.length < 2) return true
	return tasks.every((task, index) => {
		const entering = precedences.filter(({ to }) => to === task.id)
		if (index === 0) return entering.length === 0
		const [only] = entering
		return (
			entering.length === 1 &&
			only?.from === tasks[index - 1]?.id &&
			only?.outcome === 'success' &&
			only.condition === undefined
		)
	})
}

const disabledText = (task: Task): string => `# ${docText(task.name)} is disabled in the export.`

function chain({ tasks }: ControlFlow, calls: ReadonlyMap<string, string>): Node {
	return tasks.map((task) => traced(task, calls.get(task.id) ?? disabledText(task)))
}

function graph(control: ControlFlow, calls: ReadonlyMap<string, string>, script: ScriptContext): Node {
	script.use('Tasks')
	const keys = new Names()
	const names = new Map(control.tasks.map((task) => [task.id, keys.take(task.name)]))
	const lines = control.tasks.map((task) => {
		const key = pyString(names.get(task.id) ?? task.name)
		const call = calls.get(task.id)
		const work =
			call === undefined ? [disabledText(task), `tasks.skip(${key})`] : [`tasks.run(${key}, lambda: ${call})`]
		const entering = control.precedences.filter(({ to }) => to === task.id)
		const needs = control.joins.find((join) => join.task === task.id)?.needs ?? 'all'
		const tests = entering.map((precedence) => holds(precedence, names, script))
		const word = needs === 'all' ? ' and ' : ' or '
		const test = tests.length === 1 ? tests[0] : tests.map((one) => (one.includes(' ') ? `(${one})` : one)).join(word)
		return traced(task, tests.length === 0 ? work : [`if ${test}:`, indent(work)])
	})
	return ['tasks = Tasks()', ...lines, 'tasks.finish()']
}

const outcomeTests = { success: 'succeeded', failure: 'failed', completion: 'completed' } as const

function holds(precedence: Precedence, names: ReadonlyMap<string, string>, script: ScriptContext): string {
	const from = pyString(names.get(precedence.from) ?? precedence.from)
	const ran = `tasks.completed(${from})`
	const outcome = precedence.outcome === undefined ? undefined : `tasks.${outcomeTests[precedence.outcome]}(${from})`
	if (precedence.condition === undefined) return outcome ?? ran
	const condition = driverValue(precedence.condition.expression, script.driver)
	if (outcome === undefined) return `${ran} and ${condition}`
	return precedence.combine === 'and' ? `${outcome} and ${condition}` : `${ran} and (${outcome} or ${condition})`
}

function taskFunction(
	task: Task,
	name: string,
	flowBody: FlowBody,
	script: ScriptContext,
	names: Names,
): readonly Node[] {
	const variables = script.hasVariables ? ', variables: Variables' : ''
	const head = `def ${name}(spark: SparkSession, params: dict[str, str]${variables}) -> None:`
	const make = (what: string, body: Node): Node =>
		traced(task, [head, indent([`"""Task ${docText(task.name)}: ${what}."""`, body]), '', ''])
	switch (task.kind) {
		case 'data-flow':
			return [make('a data flow', flowBody(task.flow))]
		case 'execute-sql':
			return [make(`SQL on ${docText(task.connection)}`, sqlBody(task, script))]
		case 'expression':
			return [
				make(
					'sets a variable',
					`${script.variable(task.variable)} = ${driverValue(task.value.expression, script.driver)}`,
				),
			]
		case 'opaque': {
			const raised = `${script.use('not_translated')}(${[task.name, task.sourceType, task.reason].map(pyString).join(', ')})`
			const original = task.text.trim() === '' ? [] : ['# As the export holds it:', ...comment(task.text)]
			return [make(`${docText(task.sourceType)}, not translated`, [...original, raised])]
		}
		case 'sequence': {
			const inner = printControl(task.body, flowBody, script, names)
			const body = task.body.tasks.length === 0 ? '# The container is empty.' : inner.body
			return [
				...inner.functions,
				make('a container', [body, ...(task.body.tasks.every(({ disabled }) => disabled) ? ['return'] : [])]),
			]
		}
	}
}

function sqlBody(task: SqlTask, script: ScriptContext): Node {
	const gives = task.parameters.filter(({ direction }) => direction !== 'input')
	if (gives.length > 0) {
		const reason = `parameter ${gives[0]?.variable ?? ''} takes a value from the statement`
		return `${script.use('not_translated')}(${[task.name, 'output parameter', reason].map(pyString).join(', ')})`
	}
	const connection = `params[${pyString(script.plan.connections.get(task.connection) ?? '')}]`
	const { result } = task
	return task.batches.map((batch, index) => {
		const values = index > 0 ? [] : task.parameters.map(({ variable }) => parameterValue(variable, script))
		const bound = values.length === 0 ? '' : `, [${values.join(', ')}]`
		const call = `${script.use('sql')}(spark, ${connection}, ${driverValue(batch.expression, script.driver)}${bound})`
		if (index > 0 || result.kind === 'none') return call
		if (result.kind === 'rows') return `${script.variable(result.variable)} = ${call}`
		const message = pyString(`Task ${task.name}: a single row was expected, and the statement gave none`)
		return [
			`rows = ${call}`,
			'if not rows:',
			indent(`raise RuntimeError(${message})`),
			...result.bindings.map(({ column, variable }) => {
				const cell = typeof column === 'number' ? `list(rows[0].values())[${column}]` : `rows[0][${pyString(column)}]`
				return `${script.variable(variable)} = ${script.use('parse_value')}(${cell}, ${pyString(kindOf(variable, script))})`
			}),
		]
	})
}

/** A statement's parameter is a variable, or a parameter of the job. */
function parameterValue(name: string, script: ScriptContext): string {
	return script.plan.parameters.has(name) ? script.driver.parameter(name) : script.driver.variable(name)
}

const kindOf = (variable: string, script: ScriptContext): string =>
	variableKind(script.plan.job.variables.find(({ name }) => name === variable)?.type)

/** How a variable is held in Python: dates, decimals and the like as exact text. */
export function variableKind(type: DataType | undefined): 'int' | 'boolean' | 'float' | 'text' {
	if (type?.kind === 'int' || type?.kind === 'boolean' || type?.kind === 'float') return type.kind
	return 'text'
}
