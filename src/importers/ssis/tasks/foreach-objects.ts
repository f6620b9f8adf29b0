/**
 * Loops over the objects of a SQL Server instance (Microsoft: Foreach Loop Container, Foreach SMO Enumerator). The enumerator names
 * them by a path that public packages show: the connection manager, the server, a collection, and what is handed out of each object.
 * A collection of SMO is sorted by name.
 */
import type { SequenceTask } from '#model/control-flow.ts'
import type { LoopBinding } from '#model/loops.ts'
import type { XmlElement } from '../../xml/element.ts'
import { childOf } from '../../xml/element.ts'
import { connectionName } from '../connection-names.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { textOf } from '../package-scope.ts'
import { askFirst } from './foreach-answer.ts'
import type { TaskContext } from './task-context.ts'

const path =
	/^RuntimeServer\[@Connection='([^']*)'\]\/Server\[@Name='[^']*'\](.*)\/SMOEnumObj\[@Name='(\w+)'\]\/SMOEnumType\[@Name='(\w+)'\]$/

/** By collection of the server (Microsoft: ForEachSMOEnumerator.EnumURN). How a path names those of a database, no document shows. */
const queries: Readonly<Record<string, string>> = {
	Databases: 'SELECT name FROM sys.databases ORDER BY name',
	Jobs: 'SELECT name FROM msdb.dbo.sysjobs ORDER BY name',
	LinkedServers: 'SELECT name FROM sys.servers WHERE is_linked = 1 ORDER BY name',
	// Logins of SQL Server, of Windows users and groups, of certificates and keys, of users and groups of Entra ID.
	Logins: "SELECT name FROM sys.server_principals WHERE type IN ('S', 'U', 'G', 'C', 'K', 'E', 'X') ORDER BY name",
}

/** Asks the server first, and then goes over the answer. */
export function lowerObjectLoop(
	data: XmlElement,
	bindings: readonly LoopBinding[],
	context: TaskContext,
): SequenceTask | Refusal {
	const [, reference, inside = '', collection = '', what = ''] =
		path.exec(childOf(data, 'FEESMO')?.attributes.get('EnumURN') ?? '') ?? []
	if (reference === undefined) return refuse('it goes over objects of a SQL Server instance that it does not name')
	const sql = inside === '' && what === 'Names' ? queries[collection] : undefined
	if (sql === undefined)
		return refuse(
			`it goes over ${what} of ${collection}, for which no query is known: ask for them in an Execute SQL task, and go over its rows`,
		)
	const connection = context.scope.connection(reference)
	if (connection === undefined) return refuse('its connection manager is not there')
	return askFirst(context, 'objects', bindings, (base, variable) => ({
		...base,
		kind: 'execute-sql',
		connection: connectionName(connection),
		batches: [textOf(sql)],
		parameters: [],
		result: { kind: 'rows', variable },
	}))
}
