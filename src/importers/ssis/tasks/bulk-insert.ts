/**
 * Bulk Insert task: the BULK INSERT statement that it makes (Microsoft: Bulk Insert Task; names of its settings: MS-DTSX,
 * BulkInsertTaskDataType). The server reads the file, so the path is one that the server knows.
 */

import type { Task } from '#model/control-flow.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import { pathOf } from '../flow/flat-file-layout.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue, unescapeText, whole } from '../formats/properties.ts'
import { bulkInsert } from './bulk-insert-statement.ts'
import type { TaskContext } from './task-context.ts'
import { declareAt, taskBase } from './task-context.ts'

export function lowerBulkInsert(context: TaskContext): Task | Refusal {
	const { executable, scope } = context
	const data = childOf(executable.data, 'BulkInsertTask:BulkInsertTaskData')
	if (data === undefined) return refuse('it holds no settings')
	const setting = (name: string): string =>
		data.attributes.get(`BulkInsertTask:${name}`) ?? data.attributes.get(name) ?? ''
	const connection = scope.connection(setting('DestinationConnectionName'))
	if (connection === undefined) return refuse('the connection manager of its table is not there')
	const source = scope.connection(setting('SourceConnectionName'))
	if (source === undefined) return refuse('the connection manager of its file is not there')
	const path = pathOf(source, scope)
	if ('reason' in path) return path
	const table = setting('DestinationTableName')
	if (table === '') return refuse('it names no table')
	declareAt(context, 'RG-D056', `The server of ${connection.name} reads ${path.text} itself.`)
	return {
		...taskBase(context),
		kind: 'execute-sql',
		connection: connectionName(connection),
		batches: [bulkInsert(table, path, options(setting))],
		parameters: [],
		result: { kind: 'none' },
	}
}

const flags = {
	CheckConstraints: 'CHECK_CONSTRAINTS',
	KeepIdentity: 'KEEPIDENTITY',
	KeepNulls: 'KEEPNULLS',
	FireTriggers: 'FIRE_TRIGGERS',
	TableLock: 'TABLOCK',
} as const

const fileTypes: Readonly<Record<string, string>> = {
	DTSBulkInsert_DataFileType_Char: 'char',
	DTSBulkInsert_DataFileType_Native: 'native',
	DTSBulkInsert_DataFileType_WideChar: 'widechar',
	DTSBulkInsert_DataFileType_WideNative: 'widenative',
}

function options(setting: (name: string) => string): readonly string[] {
	const quoted = (name: string, value: string): readonly string[] =>
		value === '' ? [] : [`${name} = '${value.replaceAll("'", "''")}'`]
	const numbered = (name: string, value: string, least: number): readonly string[] =>
		whole(value, 0) > least ? [`${name} = ${whole(value, 0)}`] : []
	const format = isTrue(setting('UseFormatFile'))
		? quoted('FORMATFILE', setting('FormatFile'))
		: [
				...quoted('DATAFILETYPE', fileTypes[setting('DataFileType')] ?? 'char'),
				...quoted('FIELDTERMINATOR', spelled(setting('FieldTerminator'))),
				...quoted('ROWTERMINATOR', spelled(setting('RowTerminator'))),
			]
	return [
		...Object.entries(flags).flatMap(([name, option]) => (isTrue(setting(name)) ? [option] : [])),
		...quoted('CODEPAGE', setting('CodePage')),
		...format,
		...numbered('FIRSTROW', setting('FirstRow'), 1),
		...numbered('LASTROW', setting('LastRow'), 0),
		...numbered('BATCHSIZE', setting('BatchSize'), 0),
		...numbered('MAXERRORS', setting('MaximumErrors'), 0),
		...(setting('SortedData') === '' ? [] : [`ORDER (${setting('SortedData')})`]),
	]
}

/** Control characters as BULK INSERT spells them. */
const spelled = (terminator: string): string =>
	unescapeText(terminator).replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
