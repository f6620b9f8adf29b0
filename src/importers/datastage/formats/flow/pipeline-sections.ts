/**
 * A pipeline → a job sequence with the activities and triggers of DSX. What a node or a condition says in a way that DSX has no
 * place for makes an activity of an unknown kind, which the sequence shows and does not run.
 */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'
import { recordFrom } from '../build.ts'
import type { DsxRecord, DsxSection } from '../dsx/records.ts'
import { activityOf } from './activities.ts'
import { triggerOf } from './cel.ts'
import type { FlowLink } from './links.ts'
import { linksOf } from './links.ts'
import { flowParameters } from './parameters.ts'

/** A loop has a pipeline of its own, which is shown as a sequence of its own. */
export function pipelineSections(pipeline: JsonNode, name: string): readonly DsxSection[] {
	const pipelines = itemsAt(pipeline, 'pipelines')
	const primary = textAt(pipeline, 'primary_pipeline')
	const main = pipelines.find((one) => textAt(one, 'id') === primary) ?? pipelines[0]
	const owners = new Map(
		pipelines
			.flatMap((one) => itemsAt(one, 'nodes'))
			.map((node) => [textAt(node, 'subflow_ref', 'pipeline_id_ref'), labelOf(node)] as const),
	)
	return pipelines.map((one) => {
		const id = textAt(one, 'id')
		return sequenceSection(pipeline, one, one === main ? name : `${name}.${owners.get(id) ?? id}`)
	})
}

const labelOf = (node: JsonNode): string =>
	textAt(node, 'app_data', 'pipeline_data', 'descriptive_name') ||
	textAt(node, 'app_data', 'ui_data', 'label') ||
	textAt(node, 'id')

function sequenceSection(document: JsonNode, pipeline: JsonNode, name: string): DsxSection {
	const lines = { start: pipeline.line, end: pipeline.line }
	const nodes = itemsAt(pipeline, 'nodes')
	const links = linksOf(nodes)
	const root = recordFrom(
		{
			Identifier: 'ROOT',
			OLEType: 'CJobDefn',
			Name: name,
			Description: textAt(pipeline, 'description') || undefined,
			JobType: '2',
			Container: 'V0',
		},
		{ Parameters: flowParameters(document) },
		lines,
	)
	const records = [root, ...nodes.flatMap((node) => activityRecords(node, links))]
	return { kind: 'DSJOB', values: new Map([['Identifier', name]]), records, lines }
}

function activityRecords(node: JsonNode, links: readonly FlowLink[]): readonly DsxRecord[] {
	const id = textAt(node, 'id')
	const inputs = links.filter(({ target }) => target === id)
	const outputs = links.filter(({ source }) => source === id)
	const activity = activityOf(node)
	const lines = { start: node.line, end: node.line }
	const own = recordFrom(
		{
			Identifier: id,
			Name: labelOf(node),
			InputPins: inputs.map(({ input }) => input).join('|'),
			OutputPins: outputs.map(({ output }) => output).join('|'),
			...activity.values,
		},
		activity.collections,
		lines,
	)
	return [
		own,
		...inputs.map((link) =>
			pin(link, 'CJSActivityInput', link.input, `${link.source}|${link.output}`, { LinkType: '1' }),
		),
		...outputs.map((link) =>
			pin(link, 'CJSActivityOutput', link.output, `${link.target}|${link.input}`, triggerOf(conditionOf(link))),
		),
	]
}

function pin(
	link: FlowLink,
	type: string,
	id: string,
	partner: string,
	values: Readonly<Record<string, string>>,
): DsxRecord {
	const fixed = { Identifier: id, OLEType: type, Name: link.name, Partner: partner }
	return recordFrom({ ...fixed, ...values }, {}, { start: link.line, end: link.line })
}

/** The condition stands on the link, wherever a version puts it. */
function conditionOf(link: FlowLink): JsonNode | undefined {
	const own = itemsAt(link.inputPort, 'links').find((one) => textAt(one, 'node_id_ref') === link.source)
	return (
		nodeAt(own, 'condition') ??
		nodeAt(own, 'app_data', 'pipeline_data', 'condition') ??
		nodeAt(own, 'app_data', 'condition') ??
		nodeAt(own, 'app_data', 'datastage', 'condition')
	)
}
