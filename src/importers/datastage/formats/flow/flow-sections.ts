/** A flow or subflow → a job, and a shared container for each pipeline inside that a node of it stands for. */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import { itemFrom, recordFrom } from '../build.ts'
import type { DsxItem, DsxRecord, DsxSection } from '../dsx/records.ts'
import { schemaColumns, underived } from './columns.ts'
import type { FlowLink } from './links.ts'
import { linksOf, linksOfNode } from './links.ts'
import { flowParameters } from './parameters.ts'
import { stageRecords, stageTypeOf } from './stage.ts'

export function flowSections(flow: JsonNode, name: string, kind: 'DSJOB' | 'DSSHAREDCONTAINER'): readonly DsxSection[] {
	const pipelines = itemsAt(flow, 'pipelines')
	const primary = textAt(flow, 'primary_pipeline')
	const main = pipelines.find((one) => textAt(one, 'id') === primary) ?? pipelines[0]
	if (main === undefined) return []
	const names = containerNames(pipelines)
	const inner = pipelines.filter((one) => one !== main)
	return [
		pipelineSection(flow, main, name, kind),
		...inner.map((one) =>
			pipelineSection(flow, one, names.get(textAt(one, 'id')) ?? textAt(one, 'id'), 'DSSHAREDCONTAINER'),
		),
	]
}

/** What the nodes that stand for a pipeline call it. */
function containerNames(pipelines: readonly JsonNode[]): ReadonlyMap<string, string> {
	const nodes = pipelines.flatMap((one) => itemsAt(one, 'nodes'))
	return new Map(
		nodes.flatMap((node) => {
			const reference = nodeAt(node, 'subflow_ref')
			const id = textAt(reference, 'pipeline_id_ref')
			return id === '' ? [] : [[id, textAt(reference, 'name') || id] as const]
		}),
	)
}

function pipelineSection(
	flow: JsonNode,
	pipeline: JsonNode,
	name: string,
	kind: 'DSJOB' | 'DSSHAREDCONTAINER',
): DsxSection {
	const lines = { start: pipeline.line, end: pipeline.line }
	const all = itemsAt(pipeline, 'nodes')
	const border = new Set(all.filter(isBorder).map((node) => textAt(node, 'id')))
	const nodes = all.filter((node) => !border.has(textAt(node, 'id')))
	const links = linksOf(all).map((link) => atBorder(link, border))
	const parts = {
		schemas: new Map(
			[...itemsAt(flow, 'schemas'), ...itemsAt(pipeline, 'schemas')].map((one) => [textAt(one, 'id'), one]),
		),
		ops: new Map(nodes.map((node) => [textAt(node, 'id'), stageTypeOf(node)])),
	}
	const root = recordFrom(
		{
			Identifier: 'ROOT',
			OLEType: kind === 'DSJOB' ? 'CJobDefn' : 'CContainerDefn',
			Name: name,
			Description: textAt(pipeline, 'description') || textAt(flow, 'description') || undefined,
			JobType: '3',
			...(kind === 'DSJOB' ? { Container: 'V0' } : { View: 'V0' }),
		},
		{ Parameters: flowParameters(flow), MetaBag: formatItems(flow) },
		lines,
	)
	const records = [
		root,
		...viewRecords(links, border, parts.schemas, lines),
		...nodes.flatMap((node) => stageRecords(node, linksOfNode(node, links), parts)),
	]
	return { kind, values: new Map([['Identifier', name]]), records, lines }
}

/** Where rows come into a subflow and leave it: binding nodes that are no stage. */
function isBorder(node: JsonNode): boolean {
	return textAt(node, 'type') === 'binding' && textAt(node, 'op') === '' && nodeAt(node, 'connection') === undefined
}

/** A link at the border ends at the view, as the links of a container do in DSX. */
function atBorder(link: FlowLink, border: ReadonlySet<string>): FlowLink {
	if (border.has(link.source)) return { ...link, source: 'V0', border: link.source }
	return border.has(link.target) ? { ...link, target: 'V0', border: link.target } : link
}

function viewRecords(
	links: readonly FlowLink[],
	border: ReadonlySet<string>,
	schemas: ReadonlyMap<string, JsonNode>,
	lines: DsxRecord['lines'],
): readonly DsxRecord[] {
	if (border.size === 0) return []
	const entries = links.filter(({ source }) => source === 'V0')
	const exits = links.filter(({ target }) => target === 'V0')
	const view = recordFrom(
		{
			Identifier: 'V0',
			OLEType: 'CContainerView',
			InputPins: exits.map(({ input }) => input).join('|'),
			OutputPins: entries.map(({ output }) => output).join('|'),
		},
		{},
		lines,
	)
	return [
		view,
		...entries.map((link) =>
			recordFrom(
				{
					Identifier: link.output,
					OLEType: 'CStdOutput',
					Name: link.name,
					BorderNode: link.border,
					Partner: `${link.target}|${link.input}`,
				},
				{ Columns: schemaColumns(schemas.get(textAt(link.outputPort, 'schema_ref')), underived) },
				{ start: link.line, end: link.line },
			),
		),
		...exits.map((link) =>
			recordFrom(
				{
					Identifier: link.input,
					OLEType: 'CStdInput',
					Name: link.name,
					BorderNode: link.border,
					Partner: `${link.source}|${link.output}`,
					LinkType: link.type,
				},
				{},
				{ start: link.line, end: link.line },
			),
		),
	]
}

const formats: Readonly<Record<string, string>> = {
	date_format: 'PXDateFormat',
	time_format: 'PXTimeFormat',
	timestamp_format: 'PXTimestampFormat',
	decimal_separator: 'PXDecimalSeparator',
}

/** Formats that the flow sets for all its stages. */
function formatItems(flow: JsonNode): readonly DsxItem[] {
	const settings = nodeAt(flow, 'app_data', 'datastage')
	return Object.entries(formats).flatMap(([key, name]) => {
		const value = textAt(settings, key)
		const line = settings?.line ?? 1
		return value === '' ? [] : [itemFrom({ Owner: 'APT', Name: name, Value: value }, { start: line, end: line })]
	})
}
