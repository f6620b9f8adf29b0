/** A node of a flow → the records of a stage and its pins. */
import type { LineRange } from '#model/provenance.ts'
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import type { Values } from '../build.ts'
import { itemFrom, recordFrom } from '../build.ts'
import type { DsxItem, DsxRecord } from '../dsx/records.ts'
import { listedColumns, schemaColumns } from './columns.ts'
import { connectorOf } from './connectors.ts'
import { copybookItems } from './copybook.ts'
import { derivationsOf, lookupProblem } from './expressions.ts'
import type { FlowLink, NodeLinks } from './links.ts'
import { settingsOf } from './links.ts'
import { partitioningOf } from './partitioning.ts'
import { propertyItems } from './properties.ts'
import { fileStages, isFormatProperty, schemaFormat } from './record-format.ts'
import { outputValues, transformerParts } from './transformer.ts'

export interface FlowParts {
	readonly schemas: ReadonlyMap<string, JsonNode>
	/** Type of stage by node. */
	readonly ops: ReadonlyMap<string, string>
}

/** Type of stage, as DSX would call it. */
export function stageTypeOf(node: JsonNode): string {
	const op = textAt(node, 'op')
	if (textAt(node, 'type') === 'super_node') return 'CContainerStage'
	return connectorOf(node)?.stageType ?? op
}

export function stageRecords(node: JsonNode, links: NodeLinks, parts: FlowParts): readonly DsxRecord[] {
	const type = stageTypeOf(node)
	const parameters = nodeAt(node, 'parameters')
	const connector = connectorOf(node)
	const transformer = type === 'CTransformerStage' ? transformerParts(parameters) : undefined
	const ports = links.inputs.map((link) => ({ link, partitioning: partitioningOf(settingsOf(link.inputPort)) }))
	const problems = [
		...ports.flatMap(({ link, partitioning }) => partitioning.problem ?? lookupProblem(link.inputPort) ?? []),
		...fileProblems(type, links),
		...(connector?.problems ?? []),
		...(transformer?.values['NotUnderstood'] === undefined ? [] : [transformer.values['NotUnderstood']]),
	]
	const own = recordFrom(
		{
			Identifier: textAt(node, 'id'),
			Name: textAt(node, 'app_data', 'ui_data', 'label') || undefined,
			Description: textAt(node, 'app_data', 'ui_data', 'description') || undefined,
			InputPins: links.inputs.map(({ input }) => input).join('|'),
			OutputPins: links.outputs.map(({ output }) => output).join('|'),
			NLSMapName: textAt(parameters, 'nls_map_name') || undefined,
			...containerValues(node),
			...transformer?.values,
			DataConnection: connector?.connection,
			NotUnderstood: problems.length === 0 ? undefined : [...new Set(problems)].join('; '),
			OLEType: classes.get(type)?.stage ?? 'CCustomStage',
			StageType: type,
		},
		{
			...transformer?.collections,
			...(type === 'PxCFF' ? copybookItems(node, parts.schemas) : {}),
			ParameterValues: givenParameters(parameters),
			Properties: [...(connector?.properties ?? []), ...propertyItems(parameters)],
			MetaBag: metaItems({ Execmode: execution(textAt(parameters, 'execmode')) }, lineOf(node)),
		},
		lineOf(node),
	)
	return [
		own,
		...ports.map(({ link, partitioning }) => inputRecord(link, type, partitioning.meta)),
		...links.outputs.map((link) => outputRecord(link, node, type, parts)),
	]
}

/** Classes of records that are not those of a custom stage. */
const classes: ReadonlyMap<string, { readonly stage: string; readonly input: string; readonly output: string }> =
	new Map([
		['CTransformerStage', { stage: 'CTransformerStage', input: 'CTrxInput', output: 'CTrxOutput' }],
		['CContainerStage', { stage: 'CContainerStage', input: 'CStdPin', output: 'CStdOutput' }],
	])

const lineOf = (node: JsonNode): LineRange => ({ start: node.line, end: node.line })

/** `default_seq` and `default_par` are what the stage type has anyway. */
const execution = (mode: string): string | undefined => (mode === 'seq' || mode === 'par' ? mode : undefined)

function containerValues(node: JsonNode): Values {
	const reference = nodeAt(node, 'subflow_ref')
	if (reference === undefined) return {}
	return { ContainerName: textAt(reference, 'name') || textAt(reference, 'pipeline_id_ref'), ContainerType: '0' }
}

/** What a subflow's node gives for the parameters of the subflow. */
function givenParameters(parameters: JsonNode | undefined): readonly DsxItem[] {
	return itemsAt(parameters, 'external_parameters').flatMap((item) => {
		const name = textAt(item, 'name')
		const values = { Name: name, Value: textAt(item, 'value') }
		return name === '' ? [] : [itemFrom(values, { start: item.line, end: item.line })]
	})
}

/** Files that are no text on a file system: the format and the place are those of a connection. */
function fileProblems(type: string, links: NodeLinks): readonly string[] {
	if (!fileStages.has(type)) return []
	const ports = [
		...links.inputs.map(({ inputPort }) => inputPort),
		...links.outputs.map(({ outputPort }) => outputPort),
	]
	return ports.flatMap((port) => {
		const format = textAt(settingsOf(port), 'file_format')
		const place = textAt(settingsOf(port), 'file_location')
		return [
			...(format === '' || format === 'sequential' ? [] : [`its file format is ${format}`]),
			...(place === '' || place === 'file_system' ? [] : [`its file lies in ${place}`]),
		]
	})
}

function inputRecord(link: FlowLink, type: string, meta: Readonly<Record<string, string>>): DsxRecord {
	const parameters = settingsOf(link.inputPort)
	const text = (key: string): string | undefined => textAt(parameters, key) || undefined
	const format = fileStages.has(type) ? schemaFormat(parameters) : undefined
	const propagates = textAt(parameters, 'runtime_column_propagation')
	return recordFrom(
		{
			Identifier: link.input,
			OLEType: classes.get(type)?.input ?? 'CCustomInput',
			Name: link.name,
			Partner: `${link.source}|${link.output}`,
			LinkType: link.type,
			LookupFail: text('lookupFail'),
			ConditionNotMet: text('conditionNotMet'),
			Condition: text('Condition') ?? text('condition'),
			PartnerLink: textAt(link.inputPort, 'subflow_node_ref') || undefined,
		},
		{
			Properties: portProperties(parameters, type, new Map()),
			MetaBag: metaItems(
				{ ...meta, RTColumnProp: /^(?:true|1)$/.test(propagates) ? '1' : '0', SchemaFormat: format },
				{ start: link.line, end: link.line },
			),
		},
		{ start: link.line, end: link.line },
	)
}

/** A source names its files in `file `, a target in `file`. */
const sourceNames: ReadonlyMap<string, string> = new Map([['file', 'file ']])

function outputRecord(link: FlowLink, node: JsonNode, type: string, parts: FlowParts): DsxRecord {
	const parameters = settingsOf(link.outputPort)
	const format = fileStages.has(type) ? schemaFormat(parameters) : undefined
	return recordFrom(
		{
			Identifier: link.output,
			OLEType: classes.get(type)?.output ?? 'CCustomOutput',
			Name: link.name,
			Partner: `${link.target}|${link.input}`,
			PartnerLink: textAt(link.outputPort, 'subflow_node_ref') || undefined,
			...(type === 'CTransformerStage' ? outputValues(link, nodeAt(node, 'parameters')) : {}),
		},
		{
			Properties: [...(connectorOf(node)?.outputProperties ?? []), ...portProperties(parameters, type, sourceNames)],
			MetaBag: metaItems({ SchemaFormat: format }, { start: link.line, end: link.line }),
			Columns: columnsOf(link, node, parts),
		},
		{ start: link.line, end: link.line },
	)
}

function portProperties(
	parameters: JsonNode | undefined,
	type: string,
	rename: ReadonlyMap<string, string>,
): readonly DsxItem[] {
	const items = propertyItems(parameters, type === 'PxSequentialFile' || type === 'PxFileSet' ? rename : new Map())
	return fileStages.has(type) ? items.filter(({ values }) => !isFormatProperty(values.get('Name') ?? '')) : items
}

/** The schema of the port where the link begins, or else where it ends; older flows have only the designer's list. */
function columnsOf(link: FlowLink, node: JsonNode, parts: FlowParts): readonly DsxItem[] {
	const derivations = derivationsOf(link, parts.ops.get(link.source) ?? '')
	for (const port of [link.outputPort, link.inputPort]) {
		const schema = parts.schemas.get(textAt(port, 'schema_ref'))
		if (schema !== undefined) return schemaColumns(schema, derivations)
	}
	for (const owner of [settingsOf(link.outputPort), nodeAt(node, 'parameters')]) {
		const columns = listedColumns(itemsAt(owner, 'outputcolProperties'), derivations)
		if (columns.length > 0) return columns
	}
	return listedColumns(itemsAt(settingsOf(link.inputPort), 'inputcolProperties'), derivations)
}

function metaItems(values: Values, lines: LineRange): readonly DsxItem[] {
	return Object.entries(values).flatMap(([name, value]) =>
		value === undefined ? [] : [itemFrom({ Owner: 'APT', Name: name, Value: value }, lines)],
	)
}
