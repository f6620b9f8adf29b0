/** Next-generation assets of an export: one JSON document for each job and parameter set, alone or in a zip. */
import AdmZip from 'adm-zip'
import { parseFormat } from '#importers/datastage/format-properties.ts'
import { unpackProperty } from '#importers/datastage/formats/dsx/property-list.ts'
import { readLinkSort } from '#importers/datastage/keys.ts'
import type { ColumnSpec, JobSpec, LinkSpec, StageSpec, Values } from '../dsx-builder.ts'
import type { ExportSpec, ParameterSetSpec } from './export-spec.ts'
import { linksFrom, linksInto } from './export-spec.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** Path in the project → document. */
export function flowAssets({ jobs, sets, note, connections = {} }: ExportSpec): Readonly<Record<string, string>> {
	const print = (asset: Json): string => JSON.stringify(asset, null, 2)
	const entries: readonly (readonly [string, string])[] = [
		...jobs.map((job) => [`data_intg_flow/${job.name}.json`, print(flow(job, note, connections))] as const),
		...sets.map((set) => [`parameter_set/${set.name}.json`, print(parameterSet(set))] as const),
	]
	return Object.fromEntries(entries)
}

export function writeFlowZip(spec: ExportSpec): Uint8Array {
	const zip = new AdmZip()
	zip.addFile('DataStage-README.json', Buffer.from('{"environment": "cp4d", "assets": []}'))
	for (const [path, text] of Object.entries(flowAssets(spec))) zip.addFile(path, Buffer.from(text))
	zip.addFile('px_executables/Other/Other.zip', Buffer.from('PK'))
	return zip.toBuffer()
}

function flow(
	job: JobSpec & { readonly name: string },
	note: string,
	connections: NonNullable<ExportSpec['connections']>,
): JsonObject {
	const parameters = job.parameters ?? []
	const isSet = (values: Values): boolean => values['ParamType'] === '13'
	return {
		doc_type: 'pipeline',
		primary_pipeline: 'main',
		pipelines: [
			{
				id: 'main',
				nodes: job.stages.map((stage) => node(job, stage, connections[stage.name])),
				app_data: { ui_data: { comments: [{ content: note }] } },
			},
		],
		schemas: (job.links ?? []).flatMap((link) => schema(link)),
		parameters: { local_parameters: parameters.filter((values) => !isSet(values)).map(parameter) },
		external_paramsets: parameters
			.filter(isSet)
			.map((values) => ({ name: values['Name'] ?? '', ref: 'x', value_set: values['Default'] ?? '' })),
		app_data: { datastage: { version: '3.0.5' } },
	}
}

function parameterSet({ name, parameters, files }: ParameterSetSpec): JsonObject {
	const value_sets = Object.entries(files).map(([file, pairs]) => ({
		name: file,
		values: Object.entries(pairs).map(([key, value]) => ({ name: key, value })),
	}))
	return { parameter_set: { name, description: '', parameters: parameters.map(parameter), value_sets } }
}

const parameterTypes: Readonly<Record<string, string>> = { '0': 'string', '1': 'encrypted', '2': 'int64', '4': 'path' }

const parameter = (values: Values): JsonObject => ({
	name: values['Name'] ?? '',
	type: parameterTypes[values['ParamType'] ?? '0'] ?? 'string',
	value: values['ParamType'] === '2' ? Number(values['Default']) : (values['Default'] ?? ''),
	prompt: values['Prompt'] ?? '',
})

const portId = (side: 'in' | 'out', link: LinkSpec): string => `${side}-${link.name}`

function node(job: JobSpec, stage: StageSpec, settings: JsonObject | undefined): JsonObject {
	const inputs = linksInto(job, stage.name)
	const outputs = linksFrom(job, stage.name)
	const variables = (stage.collections?.['StageVars'] ?? []).map((variable) => ({
		Name: variable['Name'] ?? '',
		Derivation: variable['Expression'] ?? '',
		InitialValue: variable['InitialValue'] ?? '',
		SqlType: typeNames[Number(variable['SqlType'] ?? '12')] ?? 'VARCHAR',
		Precision: variable['Precision'] ?? '0',
	}))
	return {
		id: `node-${stage.name}`,
		op: stage.type,
		type: inputs.length > 0 && outputs.length > 0 ? 'execution_node' : 'binding',
		...(settings === undefined ? {} : { connection: { ref: 'x', properties: settings } }),
		// The ports stand in reverse, so that only the order below tells.
		inputs: [...inputs].reverse().map((link) => inputPort(link, outputs)),
		outputs: outputs.length === 0 ? [{ id: '', parameters: {} }] : outputs.map((link) => outputPort(link, stage)),
		parameters: {
			input_count: inputs.length,
			output_count: outputs.length,
			execmode: 'default_par',
			...(settings === undefined ? properties(stage.properties) : {}),
			...(stage.type === 'CTransformerStage' ? { StageVariables: variables, LoopVariables: [], Triggers: [] } : {}),
		},
		app_data: {
			ui_data: { label: stage.name, x_pos: 1 },
			datastage: {
				inputs_order: inputs.map((link) => portId('in', link)).join('|'),
				outputs_order: outputs.map((link) => portId('out', link)).join('|'),
			},
		},
	}
}

const linkTypes = { stream: 'PRIMARY', reference: 'REFERENCE', reject: 'REJECT' }

function inputPort(link: LinkSpec, _outputs: readonly LinkSpec[]): JsonObject {
	const keys = (link.columns ?? []).flatMap(({ name, key }) =>
		key === undefined ? [] : [{ columnName: name, parsedExpression: key, keyType: '0' }],
	)
	return {
		id: portId('in', link),
		links: [
			{
				id: `link-${link.name}`,
				link_name: link.name,
				type_attr: linkTypes[link.kind ?? 'stream'],
				node_id_ref: `node-${link.from}`,
				port_id_ref: portId('out', link),
			},
		],
		...(link.columns === undefined ? {} : { schema_ref: `schema-${link.name}` }),
		parameters: {
			runtime_column_propagation: link.inMeta?.['RTColumnProp'] === '1' ? 1 : 0,
			...properties(link.inProperties),
			...format(link.inMeta),
			...linkSort(link.inMeta),
			...(keys.length === 0 ? {} : { lookupDerivation: keys }),
			...(link.in?.['LookupFail'] === undefined ? {} : { lookupFail: link.in['LookupFail'] }),
		},
	}
}

/** The sort on a link: `tsort -key A -ci` becomes keys that are sorted by, and partitioned by as well. */
function linkSort(meta: Values | undefined): JsonObject {
	const keys = readLinkSort(meta?.['Sort'] ?? '')
	if (keys.length === 0) return {}
	return {
		part_type: meta?.['Part/Col'] ?? 'auto',
		perform_sort: true,
		part_stable: !(meta?.['SortAdv'] ?? '').includes('-nonStable'),
		part_unique: (meta?.['SortAdv'] ?? '').includes('-unique'),
		keyColsPart: keys.map(({ column, collation, direction }) => ({
			keyCol: column,
			partitioning: true,
			sorting: true,
			'ci-cs': collation === 'caseless' ? 'ci' : 'cs',
			'asc-desc': direction === 'descending' ? 'desc' : 'asc',
		})),
	}
}

function outputPort(link: LinkSpec, stage: StageSpec): JsonObject {
	const derived = (link.columns ?? []).flatMap(({ name, derivation = '' }) =>
		derivation === '' || isMove(derivation) ? [] : [{ columnName: name, parsedExpression: derivation }],
	)
	const transformer = stage.type === 'CTransformerStage'
	return {
		id: portId('out', link),
		app_data: { datastage: { is_source_of_link: `link-${link.name}` } },
		...(link.columns === undefined ? {} : { schema_ref: `schema-${link.name}` }),
		parameters: {
			buf_mode: 'default',
			...properties(link.outProperties),
			...format(link.outMeta),
			valueDerivation: derived,
			...(transformer && link.out?.['Constraint'] !== undefined
				? { TransformerConstraint: link.out['Constraint'] }
				: {}),
			...(transformer ? { Reject: link.out?.['Reject'] === '1' } : {}),
		},
	}
}

const isMove = (text: string): boolean => /^[\w$]+\.[\w$]+$/.test(text)

/** Lists of texts. */
const plainLists: ReadonlySet<string> = new Set(['case', 'file', 'keepcol', 'schema'])

/** `asc\desc` is `asc-desc` here, packed lists are lists, and a source's `file ` is `file`. */
function properties(values: Values | undefined): JsonObject {
	const entries = Object.entries(values ?? {}).map(([name, value]): readonly [string, Json] => {
		const key = name.trimEnd().replaceAll('\\', '-')
		const list = unpackProperty(value)
		if (list === undefined) return [key, value]
		if (plainLists.has(key)) return [key, list.map((entry) => entry.value)]
		const items = list.map((entry) =>
			[entry, ...entry.parts].map((one) => [one.name.replaceAll('\\', '-'), one.value] as const),
		)
		const nested = key === 'reduce' || key === 'countField'
		return [
			`${key}Properties`,
			items.map((item) => (nested ? item.map((pair) => Object.fromEntries([pair])) : Object.fromEntries(item))),
		]
	})
	return Object.fromEntries(entries)
}

/** `delim='|', quote=none` becomes `"delim": "'|'", "quote": "none"`. */
function format(meta: Values | undefined): JsonObject {
	const parsed = parseFormat(meta?.['SchemaFormat'] ?? '') ?? new Map<string, string>()
	return Object.fromEntries([...parsed].map(([key, value]) => [key, /^\w+$/.test(value) ? value : `'${value}'`]))
}

const typeNames: Readonly<Record<number, string>> = {
	1: 'CHAR',
	3: 'DECIMAL',
	4: 'INTEGER',
	5: 'SMALLINT',
	8: 'DOUBLE',
	9: 'DATE',
	11: 'TIMESTAMP',
	12: 'VARCHAR',
	[-5]: 'BIGINT',
}

function schema(link: LinkSpec): readonly JsonObject[] {
	return link.columns === undefined ? [] : [{ id: `schema-${link.name}`, fields: link.columns.map(field) }]
}

function field({
	name,
	sqlType = 12,
	precision = 0,
	scale = 0,
	nullable = false,
	derivation = '',
	format: text,
	more = {},
}: ColumnSpec): JsonObject {
	const decimal = sqlType === 3
	return {
		name,
		type: 'string',
		nullable,
		metadata: {
			is_key: false,
			max_length: decimal ? 0 : precision,
			decimal_precision: decimal ? precision : 0,
			decimal_scale: scale,
			source_field_id: isMove(derivation) ? derivation : '',
			is_signed: false,
			item_index: Number(more['LevelNo'] ?? 0),
		},
		app_data: {
			odbc_type: typeNames[sqlType] ?? 'VARCHAR',
			is_unicode_string: false,
			...(text === undefined ? {} : { apt_field_properties: text }),
			...(more['Occurs'] === undefined
				? {}
				: { dimension_min_size: more['Occurs'], dimension_max_size: more['Occurs'] }),
			...(more['OccursVarying'] === '1' ? { dimension_min_size: '0' } : {}),
		},
	}
}
