/** Flows with a Complex Flat File stage, whose records the export keeps as schemas of their own. */
import { flowImporter } from '#importers/datastage/importer.ts'
import type { Job } from '#model/job.ts'
import type { LinkSpec, Values } from './dsx-builder.ts'
import { source } from './dsx-builder.ts'
import type { Json } from './formats/flow-writer.ts'
import { flowAssets } from './formats/flow-writer.ts'

export interface CobolRecordSpec {
	readonly name: string
	/** `COLUMN = VALUE`. */
	readonly id?: string
	/**
	 * A field a line, as `LEVEL NAME TYPE(LENGTH,SCALE) options`: types `X` (CHARACTER), `9` (DISPLAY_NUMERIC), `P` (DECIMAL),
	 * `B` (BINARY), `N` (NATIVE_BINARY), `G` (GROUP); options `signed`, `sign=3`, `occurs=2`, `redefines=NAME`, `default=0` …
	 */
	readonly fields: string
}

const types: Readonly<Record<string, readonly [native: string, odbc: string]>> = {
	X: ['CHARACTER', 'CHAR'],
	'9': ['DISPLAY_NUMERIC', 'DECIMAL'],
	P: ['DECIMAL', 'DECIMAL'],
	B: ['BINARY', 'DECIMAL'],
	N: ['NATIVE_BINARY', 'DECIMAL'],
	V: ['VARCHAR', 'VARCHAR'],
	G: ['GROUP', 'CHAR'],
}

function field(line: string): Json {
	const [, level, name = '', type = '', length = '0', scale = '0', rest = ''] =
		/^(\d+) (\S+) (\w)(?:\((\d+)(?:,(\d+))?\))?(.*)$/.exec(line) ?? []
	const [native = '', odbc = ''] = types[type] ?? []
	const options = new Map(rest.split(' ').map((one) => [one.split('=')[0] ?? '', one.split('=')[1] ?? '']))
	const app = (key: string, option: string): { readonly [key: string]: Json } =>
		options.has(option) ? { [key]: options.get(option) ?? '' } : {}
	const isText = odbc.endsWith('CHAR')
	return {
		name,
		type: 'string',
		nullable: false,
		metadata: {
			item_index: Number(level),
			max_length: Number(length),
			decimal_precision: isText ? 0 : Number(length),
			decimal_scale: Number(scale),
			is_signed: options.has('signed'),
		},
		app_data: {
			odbc_type: options.has('int') ? 'INTEGER' : odbc,
			type_code: 'STRING',
			native_type: native,
			...app('sign_option', 'sign'),
			...app('dimension_max_size', 'occurs'),
			...app('dimension_min_size', 'occurs'),
			...app('redefined_field', 'redefines'),
			...app('depend_field', 'depends'),
			...app('date_mask', 'date'),
			...(options.has('default') ? { apt_field_properties: `default=${options.get('default') ?? ''}` } : {}),
		},
	}
}

/** A job whose stage `F` reads the records; its other stages are sequential files. */
export function cobolJob(records: readonly CobolRecordSpec[], properties: Values, links: readonly LinkSpec[]): Job {
	const bytes = new TextEncoder().encode(cobolFlow(records, properties, links))
	const { jobs } = flowImporter.read({ file: { path: 'data_intg_flow/JOB.json', bytes }, companions: [] })
	const [job] = jobs
	if (job === undefined) throw new Error('the flow has no job')
	return job
}

function cobolFlow(records: readonly CobolRecordSpec[], properties: Values, links: readonly LinkSpec[]): string {
	const targets = links.map(({ to }) => source(to))
	const stage = { name: 'F', type: 'PxCFF', properties: { filename: '/data/in/records.dat', ...properties } }
	const [text = ''] = Object.values(
		flowAssets({ jobs: [{ name: 'JOB', stages: [stage, ...targets], links }], sets: [], note: '' }),
	)
	const flow = JSON.parse(text) as { schemas: Json[]; pipelines: { nodes: { id: string; app_data: unknown }[] }[] }
	for (const { name, fields } of records)
		flow.schemas.push({
			id: `record-${name}`,
			fields: fields
				.trim()
				.split('\n')
				.map((line) => field(line.trim())),
		})
	for (const node of flow.pipelines[0]?.nodes ?? []) {
		if (node.id !== 'node-F') continue
		node.app_data = {
			ui_data: { label: 'F' },
			datastage: { stage_records: records.map(({ name, id }) => stageRecord(name, id)) },
		}
	}
	return JSON.stringify(flow, null, 1)
}

function stageRecord(name: string, id: string | undefined): Json {
	const [, column, value] = /^(\S+) = (.*)$/.exec(id ?? '') ?? []
	const told =
		column === undefined
			? {}
			: { record_id_name: column, record_id_name_value_relation: '=', record_id_value: value ?? '' }
	return { name, record_name: name, schema_ref: `record-${name}`, ...told }
}
