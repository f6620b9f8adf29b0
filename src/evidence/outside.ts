/** One answer for every statement of the control flow, given to the reference and to the script alike. */
import type { HelperFixture, Effect as RunEffect } from '#engines/port.ts'
import type { ControlFlow, SqlTask } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { JsonObject, JsonValue } from '#model/json-values.ts'
import { valueText } from '#model/json-values.ts'
import type { Value } from '#model/values.ts'
import type { Effect, Outside } from '#reference/effects.ts'
import { ordinaryValues } from '#synthesis/pools.ts'

export interface World {
	readonly outside: Outside
	readonly helpers: readonly HelperFixture[]
}

/** Statements that must give a row give one of everyday values; all others give nothing. */
export function makeWorld(job: Job): World {
	const tasks = sqlTasks(job.control)
	const answers = tasks
		.filter(({ result }) => result.kind === 'single-row')
		.map((task) => ({ task, row: answerRow(task, job) }))
	const outside: Outside = (effect) => {
		const found = answers.find(({ task }) => task.id === effect.task)
		return found === undefined ? {} : { rows: [found.row.values] }
	}
	const rows = new Map(answers.map(({ task, row }) => [task.id, row.json]))
	return { outside, helpers: [{ name: 'sql', answers: replies(tasks, rows), otherwise: { kind: 'value', value: [] } }] }
}

function replies(tasks: readonly SqlTask[], rows: ReadonlyMap<string, JsonObject>): HelperFixture['answers'] {
	return tasks.flatMap((task) =>
		task.batches.map((_batch, index) => {
			const row = index === 0 ? rows.get(task.id) : undefined
			return { reply: { kind: 'value' as const, value: row === undefined ? [] : [row] } }
		}),
	)
}

function sqlTasks(control: ControlFlow): readonly SqlTask[] {
	return control.tasks.flatMap((task): readonly SqlTask[] => {
		if (task.disabled) return []
		if (task.kind === 'sequence') return sqlTasks(task.body)
		return task.kind === 'execute-sql' ? [task] : []
	})
}

function answerRow(task: SqlTask, job: Job): { values: Record<string, Value>; json: JsonObject } {
	const bindings = task.result.kind === 'single-row' ? task.result.bindings : []
	const cells = bindings.map(({ column, variable }) => {
		const type = job.variables.find(({ name }) => name === variable)?.type ?? { kind: 'int', bits: 32, signed: true }
		const value = ordinaryValues(type)[0] ?? null
		return { name: String(column), value, text: valueText(value) }
	})
	return {
		values: Object.fromEntries(cells.map(({ name, value }) => [name, value])),
		json: Object.fromEntries(cells.map(({ name, text }) => [name, text])),
	}
}

export interface EffectComparison {
	readonly compared: number
	/** In words, for the first that differs. */
	readonly difference?: string
}

/** Statements in order, with their parameters; white space between words does not matter. */
export function compareEffects(expected: readonly Effect[], actual: readonly RunEffect[]): EffectComparison {
	// A call with a schema reads rows for a data flow; its rows are compared, not its place in the order.
	const statements = actual.filter(({ helper, args }) => helper === 'sql' && (args['schema'] ?? null) === null)
	for (const [index, effect] of expected.entries()) {
		const other = statements[index]?.args
		const wanted = describe(effect.statement, effect.parameters.map(valueText))
		const got =
			other === undefined ? 'nothing' : describe(spelled(other['statement']), list(other['parameters']).map(spelled))
		if (wanted !== got)
			return { compared: index, difference: `expected the statement ${wanted}, the script ran ${got}` }
	}
	const more = statements[expected.length]
	if (more === undefined) return { compared: expected.length }
	return {
		compared: expected.length,
		difference: `the script ran one more statement: ${spelled(more.args['statement'])}`,
	}
}

const list = (value: JsonValue | undefined): readonly JsonValue[] => {
	const parts: unknown = value
	return Array.isArray(parts) ? (parts as readonly JsonValue[]) : []
}

const spelled = (value: JsonValue | undefined): string =>
	typeof value === 'object' && value !== null ? JSON.stringify(value) : valueText(value ?? null)

const describe = (statement: string, parameters: readonly string[]): string =>
	`${statement.replace(/\s+/g, ' ').trim()} [${parameters.join(', ')}]`
