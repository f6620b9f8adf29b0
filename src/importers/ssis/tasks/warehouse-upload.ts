/**
 * Azure SQL DW Upload task: loads the files of a folder into a table of a warehouse (Microsoft: Azure SQL DW Upload Task). The old
 * task copies them into a blob store and lets the warehouse read them there by PolyBase; the new job reads them and inserts.
 */
import type { SsisType } from '#languages/ssis/types.ts'
import { wstr } from '#languages/ssis/types.ts'
import type { DataFlowTask, LoopTask, SqlTask, Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { DataFlow, Link, ProjectOperator, ReadOperator, WriteOperator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import { connectionName } from '../connection-names.ts'
import type { Buffer } from '../flow/buffer.ts'
import { schemaOf } from '../flow/buffer.ts'
import { emptyField } from '../flow/empty-field.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { column, derived, unlimited } from '../flow/values.ts'
import { isTrue, whole } from '../formats/properties.ts'
import { UniqueNames } from '../formats/unique-names.ts'
import { textOf } from '../package-scope.ts'
import type { Setting } from './setting.ts'
import { settingsOf } from './setting.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, placeOf, taskBase } from './task-context.ts'

interface LoadedColumn {
	/** Of the file. */
	readonly name: string
	/** Of the table that the task makes, as SQL, and which of its columns that is. */
	readonly definition: string
	readonly place: number
	readonly type: SsisType
	/** Of the table. */
	readonly target: string
}

const rowEnds: Readonly<Record<string, string>> = { CRLF: '\r\n', CR: '\r', LF: '\n' }

export function lowerWarehouseUpload(context: TaskContext): Task | Refusal {
	const setting = settingsOf(context, 'CopyToDwTask')
	if (setting === undefined) return refuse('it holds no settings')
	const columns = columnsOf(setting)
	const refusal = refusalOf(setting)
	if (refusal !== undefined) return refusal
	if ('reason' in columns) return columns
	const connection = context.scope.connection(setting('DwConnectionId').text)
	if (connection === undefined) return refuse('the connection manager of its table is not there')
	const [folder, table] = [setting('LocalDirectory'), setting('TableName')]
	const pattern = setting('FileName')
	const base = taskBase(context)
	const target = { connection: connectionName(connection), table }
	const variable = fileVariable(context)
	const flow = flowOf(context, { setting, columns, path: variable.path, ...target })
	context.collected.flows.push(flow)
	const load: DataFlowTask = { ...base, id: flow.id, name: flow.name, kind: 'data-flow', flow: flow.id }
	const loop: LoopTask = {
		...base,
		id: `${base.id}\\files`,
		name: `${base.name}, files`,
		kind: 'loop',
		over: {
			kind: 'files',
			folder,
			pattern: pattern.text === '' ? textOf('*') : pattern,
			recurse: isTrue(setting('Recursively').text),
			retrieve: 'path',
			bindings: [{ index: 0, variable: variable.name }],
		},
		body: { tasks: [load], precedences: [], joins: [] },
	}
	declareAt(context, 'RG-D149', `It loads the files of ${folder.text} into ${table.text} of ${connection.name}.`)
	if (setting('OperationType').text === 'Insert') return { ...loop, ...base }
	const made = createTable(context, columns, target, setting)
	const precedence = {
		id: `${base.id}\\made`,
		from: made.id,
		to: loop.id,
		outcome: 'success',
		combine: 'and',
		provenance: base.provenance,
	} as const
	return { ...base, kind: 'sequence', body: { tasks: [made, loop], precedences: [precedence], joins: [] } }
}

function refusalOf(setting: Setting): Refusal | undefined {
	const [source, operation] = [setting('SourceType').text, setting('OperationType').text]
	if (source !== 'FileSystem') return refuse(`its files come from ${source === '' ? 'nowhere' : source}`)
	if (operation !== 'Create' && operation !== 'Insert')
		return refuse(`it does ${operation === '' ? 'nothing that is stated' : operation}`)
	if (isTrue(setting('UnlockSQL').text)) return refuse('its statements were written by hand')
	if (isTrue(setting('RetainFiles').text)) return refuse('it leaves the files in a blob store')
	if (rowEnds[setting('RowDelimiterType').text] === undefined) return refuse('its row delimiter is not known')
	if (setting('LocalDirectory').text === '') return refuse('it names no folder')
	return setting('TableName').text === '' ? refuse('it names no table') : undefined
}

/** Lists of the columns, a line for each. */
function columnsOf(setting: Setting): readonly LoadedColumn[] | Refusal {
	const lines = (name: string): readonly string[] => setting(name).text.replace(/\n$/, '').split('\n')
	const [sources, targets] = [lines('SourceColumnNames'), lines('DestinationColumnNames')]
	const [types, widths] = [lines('DestinationColumnTypes'), lines('DestinationColumnWidths')]
	const places = lines('MappedDestinationColumnIndex')
	if (sources.length === 0 || sources[0] === '') return refuse('it has no columns')
	const columns: LoadedColumn[] = []
	for (const [index, name] of sources.entries()) {
		const place = whole(places[index], -1)
		const [target, type, width] = [targets[place], types[place], whole(widths[place], 0)]
		if (target === undefined || type === undefined) return refuse(`column ${name} fills no column of the table`)
		if (!/^N?(Var)?Char$/i.test(type)) return refuse(`its column ${target} has the type ${type}`)
		const limit = width > 0 ? String(width) : 'max'
		columns.push({
			name,
			target,
			place,
			type: width > 0 ? wstr(width) : unlimited,
			definition: `"${target.replaceAll('"', '""')}" ${type.toLowerCase()}(${limit})`,
		})
	}
	return columns
}

function fileVariable({ executable, collected, ...rest }: TaskContext): { name: string; path: SourcedExpression } {
	const type = text()
	const name = `User::${executable.name} file`
	const initial = { kind: 'literal', value: '', type } as const
	const provenance = placeOf({ executable, ...rest })
	collected.variables.push({ name, scope: executable.refId, type, initial, provenance })
	return { name, path: { expression: { kind: 'variable', name, type }, text: `@[${name}]` } }
}

/** The distribution is one of the warehouse that the old task loads. */
function createTable(
	context: TaskContext,
	columns: readonly LoadedColumn[],
	{ connection, table }: { readonly connection: string; readonly table: SourcedExpression },
	setting: Setting,
): SqlTask {
	const base = taskBase(context)
	const distribution = setting('TableDistribution').text
	const how = distribution === '' ? '' : ` WITH (DISTRIBUTION = ${distribution})`
	const inOrder = columns.toSorted((one, other) => one.place - other.place)
	const statement = `CREATE TABLE ${table.text} (${inOrder.map(({ definition }) => definition).join(', ')})${how}`
	return {
		...base,
		id: `${base.id}\\table`,
		name: `${base.name}, table`,
		kind: 'execute-sql',
		connection,
		batches: [textOf(statement)],
		parameters: [],
		result: { kind: 'none' },
	}
}

interface Load {
	readonly setting: Setting
	readonly columns: readonly LoadedColumn[]
	readonly path: SourcedExpression
	readonly connection: string
	readonly table: SourcedExpression
}

/** One file into the table. A missing value is null, a text that is too long ends the load (PolyBase, no value for rejects). */
function flowOf(context: TaskContext, { setting, columns, path, connection, table }: Load): DataFlow {
	const { refId: element, name } = context.executable
	const provenance = placeOf(context)
	const id = `${element}\\load`
	const own = (part: string) => ({ id: part, element, name: `${name} ${part}`, provenance, differences: [] })
	const names = new UniqueNames()
	const fields: Buffer = columns.map((one) => {
		const field = names.take(one.name)
		return { lineage: field, name: field, type: unlimited, sortKey: 0 }
	})
	const filled: Buffer = columns.map(({ target, type }) => ({ lineage: target, name: target, type, sortKey: 0 }))
	const read: ReadOperator = {
		...own('file'),
		kind: 'read',
		source: {
			kind: 'text-file',
			path,
			layout: {
				delimiter: setting('ColumnDelimiter').text,
				recordDelimiter: rowEnds[setting('RowDelimiterType').text] ?? '\n',
				header: isTrue(setting('IsFirstRowHeader').text),
				encoding: 'utf-8',
			},
			skipLines: 0,
			fieldCount: 'fit',
		},
		schema: schemaOf(fields),
	}
	const values: ProjectOperator = {
		...own('columns'),
		kind: 'project',
		passThrough: 'none',
		drop: [],
		columns: fields.flatMap((field, index) => {
			const to = filled[index]
			const expression = emptyField(field, column(field), unlimited, true)
			return to === undefined ? [] : [derived(to.name, to.type, { expression, text: field.name }, provenance)]
		}),
		evaluation: 'together',
		reject: {},
	}
	const write: WriteOperator = {
		...own('table'),
		kind: 'write',
		target: { kind: 'table', connection, table, mode: 'insert' },
		schema: schemaOf(filled),
	}
	const link = (from: string, to: string, buffer: Buffer): Link => ({
		id: `${from}>${to}`,
		name,
		from: { operator: from, port: 'out' },
		to: { operator: to, port: 'in' },
		schema: schemaOf(buffer),
		provenance,
	})
	const links = [link('file', 'columns', fields), link('columns', 'table', filled)]
	return { id, name: `${name}, one file`, operators: [read, values, write], links, provenance }
}
