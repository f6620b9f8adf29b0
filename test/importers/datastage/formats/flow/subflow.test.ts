import { describe, expect, it } from 'vitest'
import { flowImporter } from '#importers/datastage/importer.ts'
import type { ExportFile, ImportResult } from '#importers/importer.ts'
import type { Job } from '#model/job.ts'
import type { Json } from '../../../../support/formats/flow-writer.ts'

const bytes = (document: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(document))

const asset = (path: string, document: Json): ExportFile => ({ path, bytes: bytes(document) })

function importFlow(document: Json, companions: readonly ExportFile[] = []): ImportResult {
	return flowImporter.read({ file: asset('data_intg_flow/Load.json', document), companions })
}

const schemas: Json = [
	{
		id: 's',
		fields: [
			{ name: 'K', nullable: false, metadata: {}, app_data: { odbc_type: 'INTEGER' } },
			{ name: 'T', nullable: true, metadata: { max_length: 10 }, app_data: { odbc_type: 'VARCHAR' } },
		],
	},
]

const link = (from: string, port: string, name: string): Json => [
	{ id: `l-${name}`, link_name: name, node_id_ref: from, port_id_ref: port, type_attr: 'PRIMARY' },
]

const source: Json = {
	id: 'n1',
	type: 'binding',
	op: 'PxSequentialFile',
	outputs: [{ id: 'o1', schema_ref: 's', parameters: { file: ['/in'], delim: "','", quote: 'none' } }],
	app_data: { ui_data: { label: 'In' } },
}
const target = (from: string, port: string): Json => ({
	id: 'n9',
	type: 'binding',
	op: 'PxSequentialFile',
	inputs: [
		{
			id: 'i9',
			schema_ref: 's',
			links: link(from, port, 'out'),
			parameters: { file: ['/out'], 'append-overwrite': 'overwrite', delim: "','", quote: 'none' },
		},
	],
	app_data: { ui_data: { label: 'Out' } },
})
const use: Json = {
	id: 'n2',
	type: 'super_node',
	subflow_ref: { name: 'Trim', pipeline_id_ref: 'inner' },
	inputs: [{ id: 'i2', schema_ref: 's', links: link('n1', 'o1', 'in'), subflow_node_ref: 'entry', parameters: {} }],
	outputs: [{ id: 'o2', schema_ref: 's', subflow_node_ref: 'exit', parameters: {} }],
	app_data: { ui_data: { label: 'Trimmed' } },
}
const inner: Json = {
	id: 'inner',
	nodes: [
		{ id: 'entry', type: 'binding', outputs: [{ id: 'eo', schema_ref: 's' }] },
		{
			id: 'sort',
			type: 'execution_node',
			op: 'PxSort',
			parameters: { keyProperties: [{ key: 'T', 'asc-desc': 'desc' }], stable: 'stable' },
			inputs: [{ id: 'si', schema_ref: 's', links: link('entry', 'eo', 'inside'), parameters: {} }],
			outputs: [{ id: 'so', schema_ref: 's' }],
			app_data: { ui_data: { label: 'ByText' } },
		},
		{ id: 'exit', type: 'binding', inputs: [{ id: 'xi', links: link('sort', 'so', 'sorted') }] },
	],
}

/** Without the projects that carry columns across a border. */
const kinds = (job: Job | undefined) =>
	(job?.flows[0]?.operators ?? []).map(({ kind }) => kind).filter((kind) => kind !== 'project')

describe('a subflow', () => {
	const main: Json = { id: 'main', nodes: [source, use, target('n2', 'o2')] }

	it('inside the flow is a container that runs where it is used', () => {
		const { jobs } = importFlow({ primary_pipeline: 'main', pipelines: [main, inner], schemas })
		expect(jobs.map(({ name, kind }) => [name, kind])).toEqual([
			['Load', 'parallel'],
			['Trim', 'container'],
		])
		expect(jobs[0]?.accounting.map(({ id, outcome }) => [id, outcome])).toEqual([
			['Load/In', 'exact'],
			['Load/Trimmed', 'exact'],
			['Load/Out', 'exact'],
		])
		expect(kinds(jobs[0])).toEqual(['read', 'sort', 'write'])
		expect(jobs[1]?.accounting.map(({ id }) => id)).toEqual(['Trim/ByText'])
	})

	it('beside the flow is found by its name', () => {
		const flow: Json = { primary_pipeline: 'main', pipelines: [main], schemas }
		const companion = asset('data_intg_subflow/Trim.json', { primary_pipeline: 'inner', pipelines: [inner], schemas })
		const { jobs } = importFlow(flow, [companion])
		expect(jobs.map(({ name }) => name)).toEqual(['Load'])
		expect(kinds(jobs[0])).toEqual(['read', 'sort', 'write'])
	})

	it('that is nowhere leaves its node opaque', () => {
		const { jobs } = importFlow({ primary_pipeline: 'main', pipelines: [main], schemas })
		expect(jobs[0]?.accounting.map(({ outcome }) => outcome)).toEqual(['exact', 'opaque', 'exact'])
	})
})

describe('a flow', () => {
	const flow = (nodes: readonly Json[], more: { readonly [key: string]: Json } = {}): Json => ({
		primary_pipeline: 'main',
		pipelines: [{ id: 'main', nodes }],
		schemas,
		...more,
	})

	it('has names for types that its bare column lists use', () => {
		const columns: Json = [
			[{ ColumnName: 'K', DataType: 'INT64', Length: '–', Nullable: false }],
			{ ColumnName: 'T', DataType: 'decimal(12,2)', Nullable: true },
		]
		const bare: Json = {
			id: 'n1',
			type: 'binding',
			op: 'PxSequentialFile',
			outputs: [{ id: 'o1', parameters: { file: ['/in'], outputcolProperties: columns } }],
			app_data: { ui_data: { label: 'In' } },
		}
		const end: Json = {
			id: 'n2',
			type: 'execution_node',
			op: 'PxPeek',
			inputs: [{ id: 'i2', links: link('n1', 'o1', 'in') }],
			app_data: { ui_data: { label: 'Peek' } },
		}
		const { jobs } = importFlow(flow([bare, end]))
		expect(jobs[0]?.flows[0]?.links.at(-1)?.schema.columns).toMatchObject([
			{ name: 'K', type: { kind: 'int', bits: 64 }, nullable: false },
			{ name: 'T', type: { kind: 'decimal', precision: 12, scale: 2 }, nullable: true },
		])
	})

	it.each<[string, { readonly [key: string]: Json }, string]>([
		['a sort on a link by keys that cannot be read', { perform_sort: true }, 'sorts on its input link'],
		['a format that is no text', { file_format: 'parquet' }, 'its file format is parquet'],
		['a file that lies elsewhere', { file_location: 'connection' }, 'its file lies in connection'],
	])('with %s is not guessed', (_what, parameters, reason) => {
		const end: Json = {
			id: 'n9',
			type: 'binding',
			op: 'PxSequentialFile',
			inputs: [
				{ id: 'i9', schema_ref: 's', links: link('n1', 'o1', 'out'), parameters: { file: ['/o'], ...parameters } },
			],
			app_data: { ui_data: { label: 'Out' } },
		}
		const { jobs } = importFlow(flow([source, end]))
		expect(jobs[0]?.accounting[1]).toMatchObject({ outcome: 'opaque', reason: expect.stringContaining(reason) })
	})

	it('shows no password of a connection', () => {
		const table: Json = {
			id: 'n1',
			type: 'binding',
			op: 'somebase',
			connection: { ref: 'local', properties: { password: 'hunter2', host: 'db', api_token: '{dsnextenc}abc=' } },
			outputs: [{ id: 'o1', schema_ref: 's' }],
			app_data: { ui_data: { label: 'Table' } },
		}
		const { jobs } = importFlow(flow([table, target('n1', 'o1')]))
		expect(jobs[0]?.accounting[0]?.outcome).toBe('opaque')
		const text = JSON.stringify(jobs)
		expect(text).toContain('host: db')
		expect(text).not.toMatch(/hunter2|dsnextenc/)
	})
})

describe('a flow of one project', () => {
	it('is a file that begins like one, wherever it lies', () => {
		const head = (text: string) => new TextEncoder().encode(text)
		expect(flowImporter.detect('x/y.json', head('{"doc_type": "pipeline", "pipelines": ['))).toBe(true)
		expect(flowImporter.detect('assets/data_intg_flow/0b1c', head('{"metadata": {'))).toBe(true)
		expect(flowImporter.detect('package.json', head('{"name": "reglue"}'))).toBe(false)
		expect(flowImporter.detect('notes.txt', head('pipelines'))).toBe(false)
	})
})
