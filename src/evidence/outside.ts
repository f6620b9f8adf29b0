/** One answer for everything that the control flow does outside, given to the reference and to the script alike. */
import type { HelperFixture, HelperReply } from '#engines/port.ts'
import type { LoopTask, SqlTask, Task } from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { JsonValue } from '#model/json-values.ts'
import { valueText } from '#model/json-values.ts'
import type { ScriptProgram } from '#model/scripts.ts'
import { sharesSession } from '#model/sessions.ts'
import type { DataType } from '#model/types.ts'
import { int } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import type { Answer, Effect, Outside } from '#reference/effects.ts'
import { askedColumns, namesFor } from '#synthesis/asked-columns.ts'
import { ordinaryValues } from '#synthesis/pools.ts'
import type { ControlInputs } from '#synthesis/scenario.ts'
import { makeScriptAnswers, scriptsOfFlows } from '#synthesis/script-answers.ts'
import { documentFor } from '#synthesis/xml-documents.ts'

/** Helpers of scripts that do something outside, besides `sql`. */
export const outsideHelpers: readonly string[] = [
	'run_job',
	'send_mail',
	'tell_user_status',
	'ftp_send',
	'ftp_receive',
	'ftp_delete',
	'ftp_create_folder',
	'ftp_remove_folder',
	'sftp_send',
	'sftp_receive',
	'run_on_cluster',
	'create_cluster',
	'delete_cluster',
	'copy_file',
	'move_file',
	'rename_file',
	'delete_file',
	'create_folder',
	'copy_folder',
	'move_folder',
	'delete_folder',
	'empty_folder',
	'wait_for_file',
	'find_files',
	'delete_files',
	'copy_files',
	'move_files',
	'new_guid',
	'path_exists',
	'remove_file',
	'folder_files',
	'sub_folders',
	'file_time',
	'file_size',
	'read_text',
	'read_document',
	'read_statements',
	'write_text',
	'http_get',
	'http_request',
	'download_file',
	'pause',
	'create_file',
	'extract_archive',
	'archive_folder',
	'archive_entries',
	'extract_entry',
	'compress_file',
	'decompress_file',
	'pack_archive',
]

/** Helpers that run the statements of tasks. */
export const statementHelpers: readonly string[] = ['sql', 'sql_call', 'sql_kept', 'sql_call_kept']

export interface World {
	readonly outside: Outside
	/** Stand-ins for the helpers of a script that give, call by call, what the reference was given. */
	helpers(): readonly HelperFixture[]
}

export function makeWorld(job: Job, inputs: ControlInputs): World {
	const tasks = new Map(allTasks(job.control).map((task) => [task.id, task]))
	const given: { readonly helper: string; readonly reply: HelperReply }[] = []
	const scripts = new Map(
		[...tasks].flatMap(([id, one]) => (one.kind === 'script' ? [[id, one.program] as const] : [])),
	)
	const toScript = makeScriptAnswers({ ...scriptsOfFlows(job.flows), tasks: scripts }, inputs)
	const outside: Outside = (effect) => {
		const task = tasks.get(effect.task)
		const answer =
			inputs.failing === effect.task
				? failed
				: task?.kind === 'execute-sql' && effect.kind === 'sql'
					? answerTo(task, job, inputs)
					: task?.kind === 'xml' && effect.kind === 'helper' && effect.helper === 'read_document'
						? { value: documentFor(task.query, inputs.files) }
						: toScript(effect)
		given.push({ helper: helperOf(effect, task, job), reply: replyOf(effect, answer) })
		return answer
	}
	const fixture = (name: string): HelperFixture => ({
		name,
		answers: given.filter(({ helper }) => helper === name).map(({ reply }) => ({ reply })),
		otherwise: { kind: 'value', value: name === 'sql' || name === 'sql_kept' ? [] : null },
	})
	return { outside, helpers: () => [...statementHelpers, ...outsideHelpers].map(fixture) }
}

/** Statements whose parameters give values, and those of a session that is kept, run through helpers of their own. */
function helperOf(effect: Effect, task: Task | undefined, { connections }: Job): string {
	if (effect.kind === 'helper') return effect.helper
	if (effect.gives !== undefined) return 'sql_call_kept'
	if (task?.kind !== 'execute-sql') return 'sql'
	const name = task.parameters.some(({ direction }) => direction !== 'input') ? 'sql_call' : 'sql'
	return sharesSession(task, connections) ? `${name}_kept` : name
}

const failed: Answer = { failed: 'the outside refuses' }

function replyOf(effect: Effect, answer: Answer): HelperReply {
	if (answer.failed !== undefined) return { kind: 'error', message: answer.failed }
	if (effect.kind === 'sql') {
		const rows = (answer.rows ?? []).map(asTexts)
		const values = [...(answer.values?.values() ?? [])].map(asText)
		return { kind: 'value', value: answer.values === undefined ? rows : [rows, values] }
	}
	if (effect.helper === 'run_job') return { kind: 'value', value: { status: 'SUCCEEDED' } }
	return { kind: 'value', value: answer.value === undefined ? emptyAnswer(effect.helper) : asJson(answer.value) }
}

const emptyAnswer = (helper: string): JsonValue => (helper === 'path_exists' ? false : null)

const asJson = (value: Exclude<Answer['value'], undefined>): JsonValue =>
	Array.isArray(value)
		? value.map(asJson)
		: typeof value === 'bigint'
			? Number(value)
			: typeof value === 'boolean' || typeof value === 'string'
				? value
				: null

const asTexts = (row: Row): JsonValue =>
	Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)]))

const asText = (value: Value): string | null => (value === null ? null : valueText(value))

/** Everyday values for the variables that take them: in a row where one must come, in as many as the scenario has otherwise. */
function answerTo(task: SqlTask, job: Job, inputs: ControlInputs): Answer {
	const outputs = task.parameters.filter(({ direction }) => direction !== 'input')
	const answer = rowsFor(task, job, inputs)
	if (outputs.length === 0) return answer
	return { ...answer, values: new Map(outputs.map(({ variable }) => [variable, taken(variable, job, inputs)])) }
}

function rowsFor({ result }: SqlTask, job: Job, inputs: ControlInputs): Answer {
	switch (result.kind) {
		case 'none':
			return {}
		case 'single-row': {
			const cells = result.bindings.map(({ column, variable }): [string, Value] => [
				String(column),
				taken(variable, job, inputs),
			])
			return { rows: [Object.fromEntries(cells)] }
		}
		case 'xml':
			return { rows: [{ xml: '<row number="1"/>' }] }
		case 'rows': {
			const typeOf = variableTypes(job)
			const taken = columnsTaken(result.variable, job)
			const asked = askedColumns(scriptsReading(result.variable, job))
			const cell = (name: string, column: number, turn: number): Value => {
				const variable = taken[column]
				return variable === undefined && asked.names.includes(name)
					? asked.value(name, turn)
					: everyday(typeOf(variable ?? ''), turn)
			}
			const names = namesFor(asked, taken.length)
			const row = (turn: number): Row =>
				Object.fromEntries(names.map((name, column): [string, Value] => [name, cell(name, column, turn)]))
			return { rows: Array.from({ length: inputs.rows }, (_none, index) => row(index)) }
		}
	}
}

/** The value that a variable takes from the outside. */
function taken(variable: string, job: Job, { values }: ControlInputs): Value {
	return values?.get(variable) ?? everyday(variableTypes(job)(variable), 0)
}

const variableTypes =
	(job: Job) =>
	(variable: string): DataType =>
		job.variables.find(({ name }) => name === variable)?.type ?? int(32)

function everyday(type: DataType, turn: number): Value {
	const values = ordinaryValues(type)
	return values[turn % Math.max(values.length, 1)] ?? null
}

const scriptsReading = (variable: string, { control }: Job): readonly ScriptProgram[] =>
	allTasks(control).flatMap((task) => (task.kind === 'script' && task.reads.includes(variable) ? [task.program] : []))

/** The variable that takes each column of a result set, as far as any loop over it says. */
function columnsTaken(variable: string, job: Job): readonly (string | undefined)[] {
	const loops = allTasks(job.control).filter(
		(task): task is LoopTask => task.kind === 'loop' && task.over.kind === 'rows' && task.over.variable === variable,
	)
	const bindings = loops.flatMap(({ over }) => (over.kind === 'rows' ? over.bindings : []))
	const width = Math.max(1, ...bindings.map(({ index }) => index + 1))
	return Array.from({ length: width }, (_none, column) => bindings.find(({ index }) => index === column)?.variable)
}
