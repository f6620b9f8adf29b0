/** Connectors of databases: what their stage types are, and what the codes of their settings mean. */
import type { TableMode } from '#model/places.ts'

export interface DatabaseConnector {
	/** SQL dialect, as connections of the model name it; absent where the driver decides (ODBC, JDBC). */
	readonly dialect?: string
	/** Setting below `Connection` that names the server or database. */
	readonly server: string
	readonly writeModes: Readonly<Record<string, TableMode | 'bulk' | 'own' | 'plsql'>>
	/** The codes beyond the common ones stand in a descriptor that public exports hold; otherwise they are not known. */
	readonly documented: boolean
}

/** Codes that the descriptors of ODBC and Oracle share; other connectors of the same framework are taken to use them too. */
const common = {
	'0': 'insert',
	'1': 'update',
	'2': 'delete',
	'3': 'insert-update',
	'4': 'update-insert',
	'5': 'delete-insert',
} as const satisfies Record<string, TableMode>

/** From the descriptor that server jobs embed. */
const odbc = { ...common, '7': 'own', '8': 'insert-new' } as const
/** From the conditions in the connector's own descriptor. */
const oracle = { ...common, '6': 'bulk', '8': 'plsql', '9': 'insert-new' } as const

const of = (server: string, dialect: string | undefined): DatabaseConnector => ({
	...(dialect === undefined ? {} : { dialect }),
	server,
	writeModes: common,
	documented: false,
})

/** Connectors by stage type, of parallel and of server jobs. */
export const databaseConnectors: Readonly<Record<string, DatabaseConnector>> = {
	CassandraConnectorPX: of('ContactPoints', undefined),
	DB2Connector: of('Database', 'db2'),
	DB2ConnectorPX: of('Database', 'db2'),
	DRSConnector: of('Database', undefined),
	DRSConnectorPX: of('Database', undefined),
	GreenplumConnectorPX: of('Database', 'postgresql'),
	HiveConnectorPX: of('URL', 'hive'),
	JDBCConnector: of('URL', undefined),
	JDBCConnectorPX: of('URL', undefined),
	NetezzaConnector: of('DataSource', 'netezza'),
	NetezzaConnectorPX: of('DataSource', 'netezza'),
	ODBCConnector: { server: 'DataSource', writeModes: odbc, documented: true },
	ODBCConnectorPX: { server: 'DataSource', writeModes: odbc, documented: true },
	OracleConnector: { dialect: 'oracle', server: 'Server', writeModes: oracle, documented: true },
	OracleConnectorPX: { dialect: 'oracle', server: 'Server', writeModes: oracle, documented: true },
	SnowflakeConnectorPX: of('URL', 'snowflake'),
	TeradataConnector: of('Server', 'teradata'),
	TeradataConnectorPX: of('Server', 'teradata'),
}

export const connectorOf = (type: string): DatabaseConnector | undefined =>
	Object.hasOwn(databaseConnectors, type) ? databaseConnectors[type] : undefined

/** Write modes as flows name them (IBM: SDK of watsonx.data integration, stage models of the connectors). */
export const writeModeWords: Readonly<Record<string, TableMode | 'bulk' | 'own'>> = {
	bulk_load: 'bulk',
	custom: 'own',
	delete: 'delete',
	delete_insert: 'delete-insert',
	delete_then_insert: 'delete-insert',
	insert: 'insert',
	insert_new_rows_only: 'insert-new',
	insert_then_update: 'insert-update',
	insert_update: 'insert-update',
	merge: 'update-insert',
	update: 'update',
	update_statement: 'own',
	update_statement_table_action: 'own',
	update_then_insert: 'update-insert',
	'user-defined_sql': 'own',
}

/** `TableAction`: the same in every descriptor that is known; flows have words. */
export const tableActions = {
	'0': undefined,
	'1': 'create',
	'2': 'replace',
	'3': 'truncate',
	append: undefined,
	create: 'create',
	replace: 'replace',
	truncate: 'truncate',
} as const
