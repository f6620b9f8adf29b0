/** Scenarios of the control flow: loops with no pass and with one, tasks that fail, values that decide conditions either way. */

import type { RunFacts } from '#languages/catalogue.ts'
import { evaluate } from '#languages/evaluate.ts'
import type { ControlFlow, SqlTask, Task } from '#model/control-flow.ts'
import { allTasks, innerControls } from '#model/control-flow.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { valueText } from '#model/json-values.ts'
import type { Source } from '#model/places.ts'
import type { Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { makeVariables } from '#reference/variables.ts'
import { edgeValues, literalValues, ordinaryValues } from './pools.ts'
import type { ControlInputs } from './scenario.ts'
import { ordinaryWorld } from './script-answers.ts'

export interface ControlScenario {
	readonly name: string
	readonly control: ControlInputs
	/** A source of a data flow that cannot be read, by the ids of both. */
	readonly unreadable?: { readonly flow: string; readonly operator: string }
}

interface Facts {
	readonly parameters: ReadonlyMap<string, Value>
	readonly run: RunFacts
}

/** Tasks that are made to fail: more would say little more and take long. */
const mostFailing = 12
const mostDecisions = 12

export function controlScenarios(job: Job, facts: Facts): readonly ControlScenario[] {
	const tasks = allTasks(job.control).filter(({ disabled }) => !disabled)
	const loops = tasks.some(({ kind }) => kind === 'loop')
	const failing = tellingFailures(job.control, false).flatMap((task) => failingAt(task, job))
	return [
		...(loops ? [{ name: 'loops of one pass', control: { rows: 1, files: 1 } }] : []),
		...failing.slice(0, mostFailing),
		...decisions(job, tasks, facts),
	]
}

function failingAt(task: Task, job: Job): readonly ControlScenario[] {
	const name = `${task.name} fails`
	const control = { ...ordinaryWorld, failing: task.id }
	if (task.kind !== 'data-flow') return [{ name, control }]
	const unreadable = tellsErrors(job.control) ? undefined : sourceOf(task, job)
	return unreadable === undefined ? [] : [{ name, control, unreadable }]
}

/** Tasks with an effect outside whose failure somebody handles: a handler of theirs or around them, or a constraint. Not handlers. */
function tellingFailures(control: ControlFlow, isHandled: boolean): readonly Task[] {
	const handlers = isHandled || (control.handlers ?? []).some(({ event }) => isOfFailure(event))
	return control.tasks
		.filter(({ disabled }) => !disabled)
		.flatMap((task) => {
			const leaves = control.precedences.some(({ from, outcome }) => from === task.id && outcome !== 'success')
			const own = (task.handlers ?? []).some(({ event }) => isOfFailure(event))
			const told = handlers || leaves || own || task.failure !== undefined
			const inside = task.kind === 'sequence' || task.kind === 'loop' ? tellingFailures(task.body, told) : []
			// A pass of a loop has files of its own; its data flows are left to rows at which they stop.
			if (task.kind === 'loop') return inside.filter(({ kind }) => kind !== 'data-flow')
			return told && actsOutside(task) ? [task, ...inside] : inside
		})
}

const isOfFailure = (event: string): boolean => event === 'error' || event === 'task-failed' || event === 'warning'

/** Does anything take the text of an error? What cannot be read is said by each engine in words of its own. */
function tellsErrors(control: ControlFlow): boolean {
	const text = JSON.stringify(control, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
	return text.includes('System::Error')
}

/** What a data flow, and nothing else, reads from outside the run. */
function sourceOf(task: Task, job: Job): ControlScenario['unreadable'] {
	if (task.kind !== 'data-flow') return undefined
	const reads = job.flows.flatMap(({ id, operators }) =>
		operators.flatMap((one) =>
			one.kind === 'read' ? [{ flow: id, operator: one.id, place: placeOf(one.source) }] : [],
		),
	)
	const isAlone = (place: string): boolean => reads.filter((one) => one.place === place).length === 1
	const read = reads.find(({ flow, place }) => flow === task.flow && place !== undefined && isAlone(place))
	return read && { flow: read.flow, operator: read.operator }
}

function placeOf(source: Source): string | undefined {
	if (source.kind === 'text-file') return source.path.text
	if (source.kind === 'table') return `${source.connection}\n${source.table.text}`
	return source.kind === 'query' ? `${source.connection}\n${source.sql.text}` : undefined
}

const actingKinds: ReadonlySet<Task['kind']> = new Set([
	'cluster',
	'data-flow',
	'execute-sql',
	'extract-archive',
	'file-operation',
	'mail',
	'pack-archive',
	'run-job',
])

const actsOutside = (task: Task): boolean =>
	actingKinds.has(task.kind) ||
	(task.kind === 'file-transfer' && !task.mayFail) ||
	(task.kind === 'xml' && (task.source.kind === 'file' || task.result.kind === 'file'))

/** Answers of the outside under which each condition holds, and under which it does not. */
function decisions(job: Job, tasks: readonly Task[], facts: Facts): readonly ControlScenario[] {
	const answered = new Set(tasks.filter((task) => task.kind === 'execute-sql').flatMap(takenBy))
	const conditions = conditionsOf(job.control)
	const seen = new Set<string>()
	const scenarios: ControlScenario[] = []
	for (const { expression, text } of conditions) {
		for (const wanted of [true, false]) {
			const values = solve(expression, wanted, answered, job, facts)
			if (values === undefined) continue
			const key = [...values].map(([name, value]) => `${name}=${valueText(value)}`).join()
			if (seen.has(key)) continue
			seen.add(key)
			scenarios.push({ name: `${text} is ${wanted}`, control: { ...ordinaryWorld, values } })
		}
	}
	return scenarios.slice(0, mostDecisions)
}

function takenBy({ result, parameters }: SqlTask): readonly string[] {
	const bound = result.kind === 'single-row' ? result.bindings.map(({ variable }) => variable) : []
	return [...bound, ...parameters.filter(({ direction }) => direction !== 'input').map(({ variable }) => variable)]
}

function conditionsOf(control: ControlFlow): readonly SourcedExpression[] {
	const own = control.precedences.flatMap(({ condition }) => (condition === undefined ? [] : [condition]))
	const ofTasks = control.tasks.flatMap((task) => [
		...(task.disabledWhen === undefined ? [] : [task.disabledWhen]),
		...innerControls(task).flatMap(conditionsOf),
	])
	const ofHandlers = (control.handlers ?? []).flatMap(({ body }) => conditionsOf(body))
	return [...own, ...ofTasks, ...ofHandlers]
}

/** Tries values for one variable after another, the others as the job has them at its start. */
function solve(
	condition: Expression,
	wanted: boolean,
	answered: ReadonlySet<string>,
	job: Job,
	{ parameters, run }: Facts,
): ReadonlyMap<string, Value> | undefined {
	const known = (name: string): boolean => answered.has(name)
	for (const name of variablesRead(condition, job).filter(known)) {
		const type = job.variables.find((one) => one.name === name)?.type
		if (type === undefined) continue
		const tried = [
			...literalValues([condition], type, (one) => parameters.get(one)),
			...ordinaryValues(type),
			...edgeValues(type),
		]
		for (const value of tried.filter((one) => one !== null)) {
			const variables = makeVariables(job.variables, parameters, run)
			variables.set(name, value)
			const scope = { column: () => null, parameter: (one: string) => parameters.get(one) ?? null, run }
			const result = evaluate(condition, { ...scope, variable: (one) => variables.get(one) ?? null })
			if (!isError(result) && (result === true) === wanted) return new Map([[name, value]])
		}
	}
	return undefined
}

/** Variables that an expression reads, those of computed variables too. */
function variablesRead(expression: Expression, job: Job): readonly string[] {
	const names = new Set<string>()
	const look = (part: Expression): void =>
		visit(part, (one) => {
			if (one.kind !== 'variable' || names.has(one.name)) return
			names.add(one.name)
			const computed = job.variables.find(({ name }) => name === one.name)?.expression
			if (computed !== undefined) look(computed.expression)
		})
	look(expression)
	return [...names]
}
