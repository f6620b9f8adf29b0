/**
 * Settings of a flow's connectors by one name each. Connections of the platform have plain names (`select_statement`), connectors
 * that were those of jobs dotted ones (`sql.select_statement`), and some have both, the latter with underscores
 * (`_sql.select_statement`) and a switch between the two (IBM: SDK of watsonx.data integration, stage models).
 */
import type { JsonNode } from '../../../json/node.ts'
import { membersAt, textAt } from '../../../json/node.ts'

export type ConnectorSettings = ReadonlyMap<string, string>

const ownNames =
	/^_(?:use_datastage$|(?:write|read)_mode$|table_name$|table_action$|select_statement$|generate_sql$|sql\.)/

export function connectorSettings(settings: JsonNode | undefined): ConnectorSettings {
	const all = membersAt(settings).flatMap(([name, value]) =>
		value.kind === 'object' || value.kind === 'array' ? [] : [[name, value.text] as const],
	)
	const isOwn = all.some(([name]) => ownNames.test(name)) && textAt(settings, '_use_datastage') !== 'false'
	const chosen = all.filter(([name]) => name.startsWith('_java') || name.startsWith('_') === isOwn)
	return new Map(chosen.map(([name, text]) => [plainName(name), text]))
}

const plainName = (name: string): string =>
	name
		.split('.')
		.map((part) => part.replace(/^_/, ''))
		.join('.')
		.replace(/^sql\./, '')

/** The first of these that is set, without blanks around it. */
export const firstOf = (settings: ConnectorSettings, ...names: readonly string[]): string =>
	names.map((name) => settings.get(name)?.trim() ?? '').find((text) => text !== '') ?? ''

/** Settings that the document of DSX has, and those that it leaves to whoever runs the job. */
const understood: ReadonlySet<string> = new Set([
	...['read_mode', 'write_mode', 'schema_name', 'table_name', 'key_column_names', 'limit_rows', 'limit'],
	...['select_statement', 'insert_statement', 'update_statement', 'delete_statement', 'where_clause', 'other_clause'],
	...['select_statement.where_clause', 'select_statement.other_clause', 'limit_rows.limit', 'call_each_row'],
	...['create_statement', 'drop_statement', 'truncate_statement', 'database', 'host', 'port', 'username', 'password'],
	...['array_size', 'batch_size', 'fetch_size', 'record_count', 'isolation_level', 'query_timeout', 'cache_size'],
	...['disconnect', 'inactivity_period', 'number_of_retries', 'wait_time', 'delimiter', 'defer_credentials'],
	...['registerDataAsset', 'auto_discovery', 'rcp', 'flow_dirty', 'hide', 'use_cas_lite', 'use_datastage'],
])
/** Groups of them: statements around the rows, tables that are made anew, sessions, performance, logging, the designer. */
const understoodGroups =
	/^(?:before_after|(?:before|after)_sql|table_action|generate_|session\.|transaction\.|logging\.|log|java|heap_|buf|prefetch_|retry_|fail_on_|treat_|credentials_|ssl|default_|has_|node_|enable|show|part_|perform_|input|output|queue_|max_mem|disk_|sort|key[Cc]ols)/
/** `empty` is a lookup of a table read once. */
const lookups: ReadonlySet<string> = new Set(['empty', 'pxbridge'])
const unset = /^(?:|0|false|none|general|default|append|rows|floor| )$/

/** Settings that may change what is read or written, and that the document has no place for. */
export function strangeSettings(settings: ConnectorSettings): readonly string[] {
	return [...settings].flatMap(([name, text]) => {
		const isFile = /\.read_from_file|\.read_(?:user_defined_sql|statement)_from_file/.test(name) && text === 'true'
		const isLookup = name === 'lookup_type' && lookups.has(text)
		if (!isFile && (isLookup || understood.has(name) || understoodGroups.test(name) || unset.test(text))) return []
		return [`its setting ${name} is ${text.slice(0, 80)}`]
	})
}
