/**
 * Check Database Integrity task: DBCC CHECKDB for each of its databases (Microsoft: Check Database Integrity Task). Databases that
 * the task would find on the server at run time are left to a person.
 */
import type { Task } from '#model/control-flow.ts'
import { childOf, childrenOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { textOf } from '../package-scope.ts'
import type { TaskContext } from './task-context.ts'
import { taskBase } from './task-context.ts'

/** 1 all, 2 those of the system, 3 those of users; otherwise the task names them. */
const chosenAtRun: ReadonlySet<string> = new Set(['1', '2', '3'])

/** Settings that change nothing in the statement. */
const harmless: ReadonlySet<string> = new Set(['ExtendedLogging', 'IncludeIndexes'])

export function lowerCheckIntegrity(context: TaskContext): Task | Refusal {
	const data = childOf(context.executable.data, 'SQLTask:SqlTaskData')
	if (data === undefined) return refuse('it holds no settings')
	const setting = (name: string): string => data.attributes.get(`SQLTask:${name}`) ?? ''
	const connection = context.scope.connection(setting('Connection'))
	if (connection === undefined) return refuse('its connection manager is not there')
	const names = childrenOf(data, 'SQLTask:SelectedDatabases').map(
		(one) => one.attributes.get('SQLTask:DatabaseName') ?? '',
	)
	if (chosenAtRun.has(setting('DatabaseSelectionType')) || names.length === 0 || names.includes(''))
		return refuse('it checks databases chosen on the server at run time (DBCC CHECKDB): name them in the task')
	for (const [name, value] of data.attributes) {
		const plain = name.replace('SQLTask:', '')
		if (isTrue(value) && !harmless.has(plain) && !/^\d+$/.test(value)) return refuse(`it asks for ${plain}`)
	}
	const how = isTrue(setting('IncludeIndexes') || 'True') ? '' : ', NOINDEX'
	return {
		...taskBase(context),
		kind: 'execute-sql',
		connection: connectionName(connection),
		batches: names.map((name) => textOf(`DBCC CHECKDB(N'${name.replaceAll("'", "''")}'${how}) WITH NO_INFOMSGS`)),
		parameters: [],
		result: { kind: 'none' },
	}
}
