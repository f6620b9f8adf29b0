/** A next-generation flow with a Slowly Changing Dimension stage between files. */
import { flowImporter } from '#importers/datastage/importer.ts'
import type { ImportResult } from '#importers/importer.ts'
import type { ScdPurpose } from '#model/scd-purposes.ts'
import type { Json } from './formats/flow-writer.ts'

type Settings = { readonly [key: string]: Json }

export interface PlainColumn {
	readonly name: string
	/** `VARCHAR` of ten characters when absent. */
	readonly type?: string
	/** Which it is when absent. */
	readonly nullable?: boolean
}

export interface StoredColumn extends PlainColumn {
	/** As the export has it. */
	readonly purpose?: string
	readonly derivation: string
	readonly expire?: string
	/** Key expression of the lookup condition. */
	readonly key?: string
}

export interface MappedColumn extends PlainColumn {
	/** The column that it comes from. */
	readonly from: string
}

export interface DimensionFlow {
	/** On the link `src`. */
	readonly source: readonly PlainColumn[]
	/** On the links `dim` and `updates`. */
	readonly dimension: readonly StoredColumn[]
	/** On the link `facts`. */
	readonly main: readonly MappedColumn[]
	readonly stage?: Settings
}

const fields = (columns: readonly PlainColumn[]): Json =>
	columns.map(({ name, type = 'VARCHAR', nullable = true }) => ({
		name,
		nullable,
		metadata: { max_length: 10 },
		app_data: { odbc_type: type },
	}))

const label = (text: string): Json => ({ ui_data: { label: text } })
const format = { null_field: '-', delim: '|', quote: 'none' }

const source = (id: string, schema: string): Json => ({
	id,
	type: 'binding',
	op: 'PxSequentialFile',
	app_data: label(id),
	outputs: [{ id: `${id}-out`, schema_ref: schema, parameters: { file: [`/${id}`], ...format } }],
})

const link = (from: string, name: string, type = 'PRIMARY'): Json => ({
	node_id_ref: from,
	port_id_ref: from === 'SCD' ? `SCD-${name}` : `${from}-out`,
	link_name: name,
	type_attr: type,
})

const target = (id: string, schema: string, name: string): Json => ({
	id,
	type: 'binding',
	op: 'PxSequentialFile',
	app_data: label(id),
	inputs: [
		{ id: `${id}-in`, schema_ref: schema, parameters: { file: [`/${id}`], ...format }, links: [link('SCD', name)] },
	],
})

function dimensionFlow({ source: given, dimension, main, stage = {} }: DimensionFlow): string {
	const dimUpdate = dimension.map(({ name, purpose = '', derivation, expire = '' }) => ({
		columnName: name,
		parsedExpression: derivation,
		SCDPurpose: purpose,
		expire,
	}))
	const nodes: Json = [
		source('Source', 'source'),
		source('Dimension', 'dimension'),
		{
			id: 'SCD',
			type: 'execution_node',
			op: 'PxSCD',
			app_data: label('SCD'),
			parameters: { keysourcetype: 'file', keyfile: '/keys/customer', ...stage },
			inputs: [
				{ id: 'SCD-src', schema_ref: 'source', parameters: {}, links: [link('Source', 'src')] },
				{
					id: 'SCD-dim',
					schema_ref: 'dimension',
					parameters: {
						lookupDerivation: dimension.flatMap(({ name, key }) =>
							key === undefined ? [] : [{ columnName: name, parsedExpression: key, keyType: '0' }],
						),
					},
					links: [link('Dimension', 'dim', 'REFERENCE')],
				},
			],
			outputs: [
				{
					id: 'SCD-facts',
					schema_ref: 'main',
					parameters: {
						outputlink: 'facts',
						// IBM's SDK writes it on every output of the stage.
						dimUpdate,
						valueDerivation: main.map(({ name, from }) => ({ columnName: name, parsedExpression: from })),
					},
				},
				{
					id: 'SCD-updates',
					schema_ref: 'dimension',
					parameters: {
						outputlink: 'facts',
						dimUpdate,
					},
				},
			],
		},
		target('Facts', 'main', 'facts'),
		target('Updates', 'dimension', 'updates'),
	]
	return JSON.stringify(
		{
			doc_type: 'pipeline',
			primary_pipeline: 'main',
			pipelines: [{ id: 'main', nodes }],
			schemas: [
				{ id: 'source', fields: fields(given) },
				{ id: 'dimension', fields: fields(dimension) },
				{ id: 'main', fields: fields(main) },
			],
			app_data: { datastage: { version: '3.0.5' } },
		},
		null,
		2,
	)
}

export const importDimension = (
	flow: DimensionFlow,
	scdPurposes: Readonly<Record<string, ScdPurpose>> = {},
): ImportResult =>
	flowImporter.read({
		file: { path: 'LoadCustomer.json', bytes: Buffer.from(dimensionFlow(flow)) },
		companions: [],
		scdPurposes,
	})
