/** What connection managers become: connections of the job, without any secret. */
import { connectionPart } from '#languages/dotnet/connection-text.ts'
import type { Connection } from '#model/job.ts'
import type { ConnectionRecord } from './formats/records.ts'

/** Project connections carry their scope, so that a package's own of the same name is another. */
export function connectionName(connection: ConnectionRecord): string {
	return connection.scope === 'project' ? `Project.${connection.name}` : connection.name
}

export function toConnection(record: ConnectionRecord): Connection {
	const dialect = dialectOf(record)
	return {
		name: connectionName(record),
		kind: kindOf(record.type),
		...(dialect === undefined ? {} : { dialect }),
		...(record.retained === true && kindOf(record.type) === 'database' ? { oneSession: true as const } : {}),
		description: describe(record),
		provenance: { file: record.file, path: record.refId, lines: record.lines },
	}
}

function kindOf(type: string): Connection['kind'] {
	if (/^(OLEDB|ADO|ADO\.NET.*|ODBC|ORACLE|TERADATA|SMOSERVER)$/.test(type)) return 'database'
	return /^(FLATFILE|MULTIFLATFILE|FILE|MULTIFILE|EXCEL)$/.test(type) ? 'file' : 'other'
}

const dialects: readonly (readonly [RegExp, string])[] = [
	[/sqlncli|sqloledb|msoledbsql|sqlclient|sql server|^smoserver/i, 'sqlserver'],
	[/oracle|oraoledb|msdaora/i, 'oracle'],
	[/db2|ibmdadb2/i, 'db2'],
	[/tdoledb|teradata/i, 'teradata'],
	[/postgres|npgsql|pgnp/i, 'postgresql'],
	[/mysql/i, 'mysql'],
]

export function dialectOf(record: ConnectionRecord): string | undefined {
	const { connectionString } = record
	const provider = connectionPart(connectionString, 'provider', 'driver')
	return dialects.find(([pattern]) => pattern.test(provider) || pattern.test(record.type))?.[1]
}

function describe(record: ConnectionRecord): string {
	if (record.flatFile !== undefined || kindOf(record.type) === 'file') return record.connectionString
	const server = connectionPart(record.connectionString, 'data source', 'server', 'address', 'sqlservername')
	const database = connectionPart(record.connectionString, 'initial catalog', 'database')
	const parts = [server === '' ? '' : `server ${server}`, database === '' ? '' : `database ${database}`]
	return parts.filter((part) => part !== '').join(', ') || record.type
}
