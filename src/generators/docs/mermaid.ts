/** The lineage picture of a data flow, as Mermaid text. */
import type { DataFlow, Operator } from '#model/operators.ts'

/** GitHub draws at most 500 edges and 50,000 characters; a larger flow is drawn in parts. */
const limits = { edges: 400, characters: 40_000 }

const shapes = {
	read: ['[(', ')]'],
	write: ['[(', ')]'],
	filter: ['{{', '}}'],
	route: ['{{', '}}'],
	opaque: ['[/', '/]'],
} as const

interface Edge {
	readonly from: string
	readonly to: string
	readonly name: string
}

/** One picture, or several when the flow is too large for one: a node for each element of the export, an edge for each link. */
export function mermaid(flow: DataFlow): readonly string[] {
	const elements = new Map<string, Operator[]>()
	for (const operator of flow.operators)
		elements.set(operator.element, [...(elements.get(operator.element) ?? []), operator])
	const ids = new Map([...elements.keys()].map((element, index) => [element, `n${index}`]))
	const parts: Edge[][] = [[]]
	let size = 0
	for (const link of edges(flow)) {
		const last = parts.at(-1) ?? []
		const cost = link.name.length + 120
		if (last.length >= limits.edges || size + cost > limits.characters) {
			parts.push([link])
			size = cost
		} else {
			last.push(link)
			size += cost
		}
	}
	return parts.map((links) => {
		const used = new Set(links.flatMap(({ from, to }) => [from, to]))
		const nodes = [...elements].filter(([element]) => parts.length === 1 || used.has(element))
		return [
			'flowchart LR',
			...nodes.map(([element, operators]) => `    ${ids.get(element) ?? ''}${node(operators)}`),
			...links.map(({ from, to, name }) => `    ${ids.get(from) ?? ''} -->|${label(name)}| ${ids.get(to) ?? ''}`),
		].join('\n')
	})
}

/** Links between elements; what an element's own operators hand each other is not drawn. */
function edges(flow: DataFlow): readonly Edge[] {
	const element = new Map(flow.operators.map((operator) => [operator.id, operator.element]))
	const found = new Map<string, Edge>()
	for (const { from, to, name } of flow.links) {
		const edge = { from: element.get(from.operator) ?? '', to: element.get(to.operator) ?? '', name }
		if (edge.from !== edge.to) found.set(JSON.stringify(edge), edge)
	}
	return [...found.values()]
}

/** The shape tells what the element does to the world, or else to the rows. */
function node(operators: readonly Operator[]): string {
	const kinds = operators.map(({ kind }) => kind)
	const shape = (['opaque', 'write', 'read', 'route', 'filter'] as const).find((kind) => kinds.includes(kind))
	const [open, close] = shape === undefined ? ['[', ']'] : shapes[shape]
	return `${open}${label(operators[0]?.name ?? '')}${close}`
}

/** A quoted label. Mermaid reads entities in it, and nothing else. */
export function label(text: string): string {
	const safe = text
		.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.slice(0, 80)
		.replaceAll(/[&"<>#;`|\\[\](){}]/g, (sign) => `#${sign.codePointAt(0) ?? 32};`)
	return `"${safe.trim() === '' ? ' ' : safe}"`
}
