/** What the tasks of maintenance plans share: settings of the SQL task that each of them is, and statements for one connection. */
import type { SqlTask } from '#model/control-flow.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { textOf } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

export interface Maintenance {
	readonly data: XmlElement
	readonly setting: (name: string) => string
	readonly statements: (...texts: readonly string[]) => SqlTask
}

/** @param known settings that the statements honour, or that change nothing in them */
export function maintenanceOf(context: TaskContext, known: readonly string[]): Maintenance | Refusal {
	const data = childOf(context.executable.data, 'SQLTask:SqlTaskData')
	if (data === undefined) return refuse('it holds no settings')
	const setting = (name: string): string => data.attributes.get(`SQLTask:${name}`) ?? ''
	const connection = context.scope.connection(setting('Connection'))
	if (connection === undefined) return refuse('its connection manager is not there')
	for (const [name, value] of data.attributes) {
		const plain = name.replace('SQLTask:', '')
		const isFlag = isTrue(value) && !/^\d+$/.test(value)
		if (isFlag && plain !== 'ExtendedLogging' && !known.includes(plain)) return refuse(`it asks for ${plain}`)
	}
	return {
		data,
		setting,
		statements: (...texts) => ({
			...taskBase(context),
			kind: 'execute-sql',
			connection: connectionName(connection),
			batches: texts.map(textOf),
			parameters: [],
			result: { kind: 'none' },
		}),
	}
}

/** Settings that every such task has, besides those of the SQL task that it is. */
const shared: ReadonlySet<string> = new Set([
	...['Connection', 'TimeOut', 'IsStoredProc', 'BypassPrepare', 'SqlStmtSourceType', 'SqlStatementSource', 'CodePage'],
	...['ResultType', 'TypeConversionMode', 'DatabaseSelectionType', 'ServerVersion', 'ExtendedLogging'],
	...['LocalConnectionForLogging', 'TaskName', 'IgnoreDatabasesInNotOnlineState'],
])

/** What else the task sets, or lists, is not documented: its statement could be another one. */
export function knownOnly({ data }: Pick<Maintenance, 'data'>, settings: readonly string[]): Refusal | undefined {
	const set = [...data.attributes].find(([name, value]) => {
		const plain = name.replace('SQLTask:', '')
		return (
			name.startsWith('SQLTask:') &&
			value !== '' &&
			!/^false$/i.test(value) &&
			!shared.has(plain) &&
			!settings.includes(plain)
		)
	})
	if (set !== undefined) return refuse(`what its setting ${set[0].replace('SQLTask:', '')} changes is not known`)
	const list = data.children.find(({ name }) => name !== 'SQLTask:SelectedDatabases')
	return list === undefined
		? undefined
		: refuse(`what its list ${list.name.replace('SQLTask:', '')} changes is not known`)
}

/** A text of Transact-SQL. */
export const quoted = (text: string): string => `N'${text.replaceAll("'", "''")}'`
