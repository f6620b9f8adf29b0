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
})
