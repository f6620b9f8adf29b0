import { describe, expect, it } from 'vitest'
import { flowImporter } from '#importers/datastage/importer.ts'
import type { Job } from '#model/job.ts'
import type { Json } from '../../../../support/formats/flow-writer.ts'

type Settings = { readonly [key: string]: Json }

const field = (name: string, type: string, key: boolean): Json => ({
	name,
	nullable: !key,
	metadata: { is_key: key, max_length: 10 },
	app_data: { odbc_type: type },
})

/** One table is read and another one written. */
function copy(from: string, reading: Settings, to: string, writing: Settings): Job | undefined {
	const nodes: Json = [
		{
			id: 'a',
			type: 'binding',
			op: from,
			connection: { ref: '1', name: 'warehouse', properties: reading },
			outputs: [{ id: 'o', schema_ref: 's' }],
			app_data: { ui_data: { label: 'In' } },
		},
		{
			id: 'b',
			type: 'binding',
			op: to,
			connection: { ref: '2', name: 'lake', properties: writing },
			inputs: [{ id: 'i', schema_ref: 's', links: [{ node_id_ref: 'a', port_id_ref: 'o', link_name: 'rows' }] }],
			outputs: [{ id: '' }],
			app_data: { ui_data: { label: 'Out' } },
		},
	]
	const schemas: Json = [{ id: 's', fields: [field('K', 'INTEGER', true), field('T', 'VARCHAR', false)] }]
	const document: Json = { primary_pipeline: 'm', pipelines: [{ id: 'm', nodes }], schemas }
	const bytes = new TextEncoder().encode(JSON.stringify(document))
	return flowImporter.read({ file: { path: 'data_intg_flow/Copy.json', bytes }, companions: [] }).jobs[0]
}

describe('connections of a flow', () => {
	it('are connectors, with words for the codes of their settings', () => {
		const job = copy(
			'db2',
			{ read_mode: 'general', schema_name: 'APP', table_name: 'ORDERS', node_number: 0 },
			'oracle_datastage',
			{ write_mode: 'insert_then_update', table_action: 'append', table_name: 'ORDERS' },
		)
		expect(job?.accounting.map(({ type, outcome }) => [type, outcome])).toEqual([
			['DB2ConnectorPX', 'exact'],
			['OracleConnectorPX', 'declared'],
		])
		expect(job?.connections.map(({ name, dialect }) => [name, dialect])).toEqual([
			['warehouse', 'db2'],
			['lake', 'oracle'],
		])
		expect(job?.flows[0]?.operators).toMatchObject([
			{ kind: 'read', source: { connection: 'warehouse', table: { text: 'APP.ORDERS' } } },
			{ kind: 'write', target: { connection: 'lake', mode: 'insert-update', keys: ['K'] } },
		])
	})

	it('read what a statement selects', () => {
		const job = copy(
			'postgresql',
			{ read_mode: 'select', select_statement: "select K, T from o where T < 'z'" },
			'db2',
			{
				write_mode: 'insert',
				table_name: 'T',
			},
		)
		expect(job?.flows[0]?.operators[0]).toMatchObject({ kind: 'read', source: { kind: 'query' } })
	})

	it.each<[string, Settings]>([
		['sampling_type', { table_name: 'T', sampling_type: 'block' }],
		['row_limit', { table_name: 'T', row_limit: 10 }],
	])('are opaque with a setting that changes the rows: %s', (name, reading) => {
		const job = copy('db2', { read_mode: 'general', ...reading }, 'db2', { write_mode: 'insert', table_name: 'T' })
		expect(job?.accounting[0]).toMatchObject({ outcome: 'opaque', reason: expect.stringContaining(name) })
	})

	it('that were connectors of jobs spell their settings below sql', () => {
		const reading = {
			generate_sql: true,
			schema_name: 'APP',
			table_name: 'ORDERS',
			'sql.where_clause': "T <> 'x'",
			'sql.select_statement': 'select stale from before',
			'session.array_size': 500,
		}
		const writing = {
			write_mode: 'insert_new_rows_only',
			table_name: 'ORDERS',
			table_action: 'truncate',
			'session.isolation_level': 'read_committed',
		}
		const job = copy('ODBCConnectorPX', reading, 'DB2ConnectorPX', writing)
		expect(job?.accounting.map(({ type, outcome }) => [type, outcome])).toEqual([
			['ODBCConnectorPX', 'exact'],
			['DB2ConnectorPX', 'declared'],
		])
		const sql = { text: "SELECT K, T\nFROM APP.ORDERS\nWHERE T <> 'x'" }
		expect(job?.flows[0]?.operators).toMatchObject([
			{ kind: 'read', source: { kind: 'query', sql } },
			{ kind: 'write', target: { mode: 'insert-new', keys: ['K'], action: 'truncate' } },
		])
	})

	it('that have two ways to spell a setting are read by the one that is switched on', () => {
		const both = { _table_name: 'OWN', _write_mode: 'delete_then_insert', table_name: 'PLAIN', write_mode: 'update' }
		const target = (writing: Settings) =>
			copy('db2', { table_name: 'T' }, 'JDBCConnectorPX', writing)?.flows[0]?.operators.at(-1)
		expect(target({ ...both, _use_datastage: true })).toMatchObject({
			target: { mode: 'delete-insert', table: { text: 'OWN' } },
		})
		expect(target({ ...both, _use_datastage: false })).toMatchObject({
			target: { mode: 'update', table: { text: 'PLAIN' } },
		})
	})

	it('keep the codes of Oracle', () => {
		const writing = { write_mode: '9', table_action: '2', table_name: 'T', isolation_level: '1', prefetch_row_count: 1 }
		expect(copy('db2', { table_name: 'T' }, 'OracleConnectorPX', writing)?.flows[0]?.operators.at(-1)).toMatchObject({
			target: { mode: 'insert-new', action: 'replace' },
		})
	})

	it('merge by the key columns that are named, or else by those of the link', () => {
		const writing = { write_mode: 'merge', existing_table_action: 'append', table_name: 'T' }
		const target = (settings: Settings) =>
			copy('db2', { table_name: 'T' }, 'sqlserver', settings)?.flows[0]?.operators.at(-1)
		expect(target(writing)).toMatchObject({ target: { mode: 'update-insert', keys: ['K'] } })
		expect(target({ ...writing, key_column_names: 'k, T' })).toMatchObject({ target: { keys: ['K', 'T'] } })
	})

	it('run statements before the first row and after the last one, unless they are switched off', () => {
		const writing = {
			write_mode: 'insert',
			table_name: 'T',
			'before_after.before': 'delete from T',
			'before_after.after': 'update log set done = 1',
			'before_after.after.fail_on_error': false,
		}
		const statements = (settings: Settings) =>
			(copy('db2', { table_name: 'S' }, 'ODBCConnectorPX', settings)?.control.tasks ?? []).flatMap((task) =>
				task.kind === 'execute-sql' ? task.batches.map(({ text }) => text) : [],
			)
		expect(statements(writing)).toEqual(['delete from T', 'update log set done = 1'])
		expect(statements({ ...writing, before_after: false })).toEqual([])
	})

	it('ask for each row in a sparse lookup', () => {
		const reading = {
			'sql.select_statement': "select K, T from o where K = ORCHESTRATE.ID and T <> 'x'",
			lookup_type: 'pxbridge',
		}
		const job = copy('ODBCConnectorPX', reading, 'db2', { table_name: 'T' })
		expect(job?.accounting[0]).toMatchObject({ outcome: 'declared', reason: expect.stringContaining('RG-D021') })
		const sql = { text: "select K, T from o WHERE T <> 'x'" }
		expect(job?.flows[0]?.operators[0]).toMatchObject({ kind: 'read', source: { kind: 'query', sql } })
		const once = copy('ODBCConnectorPX', { table_name: 'O', lookup_type: 'empty' }, 'db2', { table_name: 'T' })
		expect(once?.accounting[0]).toMatchObject({ outcome: 'exact' })
	})

	it.each<[string, Settings]>([
		['limit', { limit_rows: true, 'limit_rows.limit': 5 }],
		['call', { read_mode: 'call', procedure_name: 'p' }],
		['select_statement.read_from_file_select', { 'sql.select_statement.read_from_file_select': true }],
	])('are opaque where they read otherwise than a table or a statement: %s', (_what, reading) => {
		const job = copy('DB2ConnectorPX', { table_name: 'T', ...reading }, 'db2', { table_name: 'T' })
		expect(job?.accounting[0]).toMatchObject({ outcome: 'opaque' })
	})

	it.each([
		['mongodb', { table_name: 'orders' }, 'reads a collection of MongoDB: orders'],
		['GoogleCloudStoragePX', { file_name: 'a.csv', bucket: 'b' }, 'reads a file in Google Cloud Storage: a.csv'],
		['sapodata', {}, 'reads an OData service of SAP'],
	] as const)('to a system that Spark does not reach are data sets for somebody to fill: %s', (op, reading, what) => {
		const job = copy(op, reading, 'db2', { table_name: 'T' })
		expect(job?.accounting[0]).toMatchObject({ outcome: 'declared', reason: expect.stringContaining(what) })
		expect(job?.flows[0]?.operators[0]).toMatchObject({ kind: 'read', source: { kind: 'data-set' } })
	})

	it('that write to such a system are opaque', () => {
		const job = copy('db2', { table_name: 'T' }, 'mongodb', { table_name: 'orders', password: 'hunter2' })
		expect(job?.accounting[1]).toMatchObject({
			outcome: 'opaque',
			reason: expect.stringContaining('which Spark does not'),
		})
		expect(JSON.stringify(job)).not.toContain('hunter2')
	})
})
