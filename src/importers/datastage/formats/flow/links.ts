/**
 * Links of a flow. They stand on the input ports of their targets only, and name the source by node and port; here each one gets
 * the two pins that DSX has for it. Ports that no link uses are left out.
 */
import type { JsonNode } from '../../../json/node.ts'
import { itemsAt, nodeAt, textAt } from '../../../json/node.ts'

export interface FlowLink {
	readonly name: string
	/** `LinkType` of DSX: 1 stream, 2 reference, 3 reject. */
	readonly type: '1' | '2' | '3'
	readonly source: string
	readonly target: string
	/** Identifiers of the pins. */
	readonly output: string
	readonly input: string
	readonly outputPort: JsonNode | undefined
	readonly inputPort: JsonNode
	readonly line: number
	/** The binding node of a subflow where the link begins or ends. */
	readonly border?: string
}

export interface NodeLinks {
	/** In the order of the stage's input pins. */
	readonly inputs: readonly FlowLink[]
	readonly outputs: readonly FlowLink[]
}

const types: Readonly<Record<string, FlowLink['type']>> = { REFERENCE: '2', REJECT: '3' }

export function linksOf(nodes: readonly JsonNode[]): readonly FlowLink[] {
	const byId = new Map(nodes.map((node) => [textAt(node, 'id'), node]))
	const taken = new Set<string>()
	const links: FlowLink[] = []
	for (const node of nodes) {
		for (const inputPort of itemsAt(node, 'inputs')) {
			for (const link of itemsAt(inputPort, 'links')) {
				const source = textAt(link, 'node_id_ref')
				const wanted = textAt(link, 'port_id_ref')
				const ports = itemsAt(byId.get(source), 'outputs')
				const outputPort =
					ports.find((port) => wanted !== '' && textAt(port, 'id') === wanted) ??
					ports.find((port) => textAt(port, 'app_data', 'datastage', 'is_source_of_link') === textAt(link, 'id')) ??
					ports[0]
				links.push({
					name: textAt(link, 'link_name') || textAt(link, 'app_data', 'ui_data', 'label') || `Link_${links.length + 1}`,
					type: types[textAt(link, 'type_attr').toUpperCase()] ?? '1',
					source,
					target: textAt(node, 'id'),
					output: freeId(taken, textAt(outputPort, 'id') || wanted || `${source}-out`),
					input: freeId(taken, textAt(inputPort, 'id') || `${textAt(node, 'id')}-in`),
					outputPort,
					inputPort,
					line: link.line,
				})
			}
		}
	}
	return links
}

/** Identifiers separate in DSX by a bar. */
function freeId(taken: Set<string>, wanted: string): string {
	const plain = wanted.replaceAll('|', '_')
	let id = plain
	for (let number = 2; taken.has(id); number++) id = `${plain}-${number}`
	taken.add(id)
	return id
}

export function linksOfNode(node: JsonNode, links: readonly FlowLink[]): NodeLinks {
	const id = textAt(node, 'id')
	const order = (side: 'inputs' | 'outputs', list: string, own: readonly FlowLink[]): readonly FlowLink[] => {
		const ports = textAt(node, 'app_data', 'datastage', `${side}_order`).split('|')
		const names = itemsAt(node, 'parameters', list).map((item) => textAt(item, 'link_name'))
		const portOf = (link: FlowLink) => textAt(side === 'inputs' ? link.inputPort : link.outputPort, 'id')
		// Port orders go stale when ports are replaced; then the list of link names is the newer one.
		const known = own.every((link) => ports.includes(portOf(link)))
		const rank = (link: FlowLink): number => (known ? ports.indexOf(portOf(link)) : names.indexOf(link.name))
		if (!known && !own.every((link) => names.includes(link.name))) return own
		return [...own].sort((left, right) => rank(left) - rank(right))
	}
	return {
		inputs: order(
			'inputs',
			'InputlinkOrderingList',
			links.filter(({ target }) => target === id),
		),
		outputs: order(
			'outputs',
			'OutputlinkOrderingList',
			links.filter(({ source }) => source === id),
		),
	}
}

/** What a port says about itself; settings of a link stand there. */
export const settingsOf = (port: JsonNode | undefined): JsonNode | undefined => nodeAt(port, 'parameters')
