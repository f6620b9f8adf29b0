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

/** One picture, or several when the flow is too large for one. */
export function mermaid(flow: DataFlow): readonly string[] {
	const ids = new Map(flow.operators.map((operator, index) => [operator.id, `n${index}`]))
	const parts: (typeof flow.links)[number][][] = [[]]
	let size = 0
	for (const link of flow.links) {
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
		const used = new Set(links.flatMap(({ from, to }) => [from.operator, to.operator]))
		const nodes = flow.operators.filter(({ id }) => parts.length === 1 || used.has(id))
		return [
			'flowchart LR',
			...nodes.map((operator) => `    ${ids.get(operator.id) ?? ''}${node(operator)}`),
			...links.map(
				({ from, to, name }) => `    ${ids.get(from.operator) ?? ''} -->|${label(name)}| ${ids.get(to.operator) ?? ''}`,
			),
		].join('\n')
	})
}

function node(operator: Operator): string {
	const [open, close] = operator.kind in shapes ? shapes[operator.kind as keyof typeof shapes] : ['[', ']']
	return `${open}${label(operator.name)}${close}`
}

/** A quoted label. Mermaid reads entities in it, and nothing else. */
export function label(text: string): string {
	const safe = text
		.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.slice(0, 80)
		.replaceAll(/[&"<>#;`|\\[\](){}]/g, (sign) => `#${sign.codePointAt(0) ?? 32};`)
	return `"${safe.trim() === '' ? ' ' : safe}"`
}
