/**
 * Connections of a flow → connectors of DSX. A flow names the database where DSX names the connector, and has words where the
 * document in `XMLProperties` has codes.
 */
import type { JsonNode } from '../../../json/node.ts'
import { membersAt, nodeAt, textAt } from '../../../json/node.ts'
import { itemFrom } from '../build.ts'
import type { DsxItem } from '../dsx/records.ts'

export interface Connector {
	readonly stageType: string
	/** Name of the connection asset; undefined for settings of the stage's own. */
	readonly connection: string | undefined
	readonly properties: readonly DsxItem[]
	/** Settings that change what is read or written, and that have no place in the document. */
	readonly problems: readonly string[]
}

/** `op` of a node → stage type of the connector for the same database; an `op` that is not here is a type of its own. */
const stageTypes: ReadonlyMap<string, string> = new Map([
	['db2', 'DB2ConnectorPX'],
	['db2zos', 'DB2ZConnectorPX'],
	['dashdb', 'DB2ConnectorPX'],
	['dashdb-ibmcloud', 'DB2ConnectorPX'],
	['oracle', 'OracleConnectorPX'],
	['oracle_datastage', 'OracleConnectorPX'],
	['oracle-datastage', 'OracleConnectorPX'],
	['odbc', 'ODBCConnectorPX'],
	['teradata', 'TeradataConnectorPX'],
	['teradata_datastage', 'TeradataConnectorPX'],
	['netezza', 'NetezzaConnectorPX'],
	['netezza-optimized', 'NetezzaConnectorPX'],
	['jdbc', 'JDBCConnectorPX'],
	['generic-jdbc', 'JDBCConnectorPX'],
	['greenplum', 'GreenplumConnectorPX'],
	// Databases that DSX reaches over JDBC only.
	['postgresql', 'JDBCConnectorPX'],
	['postgresql-ibmcloud', 'JDBCConnectorPX'],
	['mysql', 'JDBCConnectorPX'],
	['mysql-compose', 'JDBCConnectorPX'],
	['sqlserver', 'JDBCConnectorPX'],
	['snowflake', 'SnowflakeConnectorPX'],
	['hive', 'HiveConnectorPX'],
	['hdfs', 'HDFSConnectorPX'],
	['kafka', 'KafkaConnectorPX'],
	['cloudobjectstorage', 'cloudobjectstoragePX'],
	['amazons3', 'AmazonS3PX'],
	['azureblobstorage', 'AzureStorageConnectorPX'],
	['azurefilestorage', 'AzureStorageConnectorPX'],
	['salesforce', 'SALESFORCEJCConnectorPX'],
])

/** Codes of `WriteMode`; from 6 on they differ between connectors, so that such a word stays as it is. */
const writeModes: ReadonlyMap<string, string> = new Map([
	['insert', '0'],
	['update', '1'],
	['delete', '2'],
	['insert_then_update', '3'],
	['update_then_insert', '4'],
	['delete_then_insert', '5'],
])
const tableActions: ReadonlyMap<string, string> = new Map([
	['append', '0'],
	['create', '1'],
	['replace', '2'],
	['truncate', '3'],
])

/** Undefined for nodes without a connection. */
export function connectorOf(node: JsonNode): Connector | undefined {
	const connection = nodeAt(node, 'connection')
	if (connection === undefined) return undefined
	const op = textAt(node, 'op')
	const settings = nodeAt(connection, 'properties')
	const stageType = stageTypes.get(op) ?? op
	const lines = { start: connection.line, end: connection.line }
	const document = itemFrom({ Name: 'XMLProperties', Value: xmlProperties(node, settings) }, lines)
	const plain = membersAt(settings).flatMap(([name, value]) =>
		value.kind === 'object' || value.kind === 'array' ? [] : [itemFrom({ Name: name, Value: value.text }, lines)],
	)
	return {
		stageType,
		connection: textAt(connection, 'name') || textAt(connection, 'connData', 'connectionName') || undefined,
		properties: stageTypes.has(op) ? [document] : plain,
		problems: stageTypes.has(op) ? strangeSettings(settings) : [],
	}
}

/** Settings that the document holds, and those of the designer, of performance and of logging. */
const understood =
	/^(?:_java|before_after\.|schema_name$|table_name$|select_statement$|insert_statement$|update_statement$|delete_statement$|read_mode$|write_mode$|table_action$|database$|host$|port$|username$|password$|node_|enable|show|part_|perform_|input|output|batch_size$|array_size$|fetch_size$|query_timeout$|buf_|queue_|max_mem|disk_|default_max|heap_|registerDataAsset$|auto_discovery$|ssl|rcp$|sort|flow_dirty$|hide$|key[Cc]ols)/
const unset = /^(?:|0|false|none|general|default|floor| )$/

function strangeSettings(settings: JsonNode | undefined): readonly string[] {
	return membersAt(settings).flatMap(([name, value]) => {
		if (understood.test(name) || value.kind === 'object' || value.kind === 'array' || unset.test(value.text)) return []
		return [`its setting ${name} is ${value.text.slice(0, 80)}`]
	})
}

function xmlProperties(node: JsonNode, settings: JsonNode | undefined): string {
	const text = (key: string): string => textAt(settings, key)
	const source = (nodeAt(node, 'outputs') !== undefined && text('write_mode') === '') || text('read_mode') !== ''
	const table = [text('schema_name'), text('table_name')].filter((part) => part !== '').join('.')
	const statement = text('select_statement')
	const usage = source
		? [
				element('ReadMode', '0'),
				element('GenerateSQL', statement === '' ? '1' : '0'),
				element('TableName', table),
				parent('SQL', [element('SelectStatement', statement)]),
			]
		: [
				element('WriteMode', writeModes.get(text('write_mode')) ?? text('write_mode')),
				element('GenerateSQL', text('insert_statement') + text('update_statement') === '' ? '1' : '0'),
				element('TableName', table),
				element('TableAction', tableActions.get(text('table_action')) ?? text('table_action')),
				parent('SQL', [
					element('InsertStatement', text('insert_statement')),
					element('UpdateStatement', text('update_statement')),
					element('DeleteStatement', text('delete_statement')),
				]),
			]
	const around = parent('BeforeAfter', [
		element('BeforeSQL', text('before_after.before')),
		element('AfterSQL', text('before_after.after')),
		element('BeforeSQLNode', text('before_after.before_node')),
		element('AfterSQLNode', text('before_after.after_node')),
	])
	const place = [element('Database', text('database')), element('Server', text('host'))]
	const body = [
		parent('Common', [element('Context', source ? '1' : '2')]),
		parent('Connection', place),
		parent('Usage', [...usage, around]),
	]
	return `<?xml version='1.0' encoding='UTF-16'?><Properties version='1.1'>${body.join('')}</Properties>`
}

function element(name: string, value: string): string {
	return value === '' ? '' : `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`
}

function parent(name: string, children: readonly string[]): string {
	const inside = children.join('')
	return inside === '' ? '' : `<${name}>${inside}</${name}>`
}
