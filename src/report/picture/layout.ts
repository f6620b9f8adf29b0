/**
 * Places the boxes of a directed graph in layers, so that edges run one way: the layered drawing of Sugiyama in its simplest
 * form. Layers follow the longest path, their order the mean of the neighbours, long edges bend around the boxes between.
 */

export interface Box {
	readonly width: number
	readonly height: number
}

/** Ends are positions in the list of boxes. */
export interface Edge {
	readonly from: number
	readonly to: number
}

export interface Point {
	readonly x: number
	readonly y: number
}

export interface Layout {
	/** Upper left corners. */
	readonly boxes: readonly Point[]
	/** From the border of one box to that of the other, a point for each layer between. */
	readonly edges: readonly (readonly Point[])[]
	readonly width: number
	readonly height: number
}

/** Space between layers, and between neighbours in one. */
const gaps = { along: 56, across: 18 }
/** Room that a passing edge takes. */
const lane = 10
const sweeps = 8

/** A box, or a place that a long edge passes, turned so that layers follow each other along the first axis. */
interface Node {
	readonly layer: number
	readonly along: number
	readonly across: number
	readonly before: number[]
	readonly after: number[]
	/** Middle on the second axis. */
	middle: number
}

/** @param boxes in an order in which edges run forward as far as they can */
export function layOut(boxes: readonly Box[], edges: readonly Edge[], direction: 'right' | 'down'): Layout {
	const layerOf = layersOf(boxes.length, edges)
	const nodes: Node[] = boxes.map(({ width, height }, index) => ({
		layer: layerOf[index] ?? 0,
		along: direction === 'right' ? width : height,
		across: direction === 'right' ? height : width,
		before: [],
		after: [],
		middle: 0,
	}))
	const routes = edges.map((edge) => route(edge, nodes))
	const layers = orderLayers(nodes)
	align(layers, nodes)
	const starts = layerStarts(layers, nodes)
	const least = Math.min(0, ...nodes.map(({ middle, across }) => middle - across / 2))
	const at = (along: number, across: number): Point =>
		direction === 'right' ? { x: along, y: across - least } : { x: across - least, y: along }
	const reach = Math.max(0, ...nodes.map(({ middle, across }) => middle + across / 2)) - least
	const length = Math.max(0, ...nodes.map(({ layer, along }) => (starts[layer] ?? 0) + along))
	return {
		boxes: boxes.map((_, index) => {
			const { layer, across, middle } = nodes[index] ?? missing
			return at(starts[layer] ?? 0, middle - across / 2)
		}),
		edges: routes.map((ids) => ids.flatMap((id, position) => points(id, position, ids.length))),
		...(direction === 'right' ? { width: length, height: reach } : { width: reach, height: length }),
	}

	function points(id: number, position: number, of: number): readonly Point[] {
		const { layer, along, middle } = nodes[id] ?? missing
		const start = starts[layer] ?? 0
		if (position === 0) return [at(start + along, middle)]
		if (position === of - 1) return [at(start, middle)]
		return [at(start, middle), at(start + layerLength(layers[layer] ?? [], nodes), middle)]
	}
}

const missing: Node = { layer: 0, along: 0, across: 0, before: [], after: [], middle: 0 }

/** Longest path from a source; a source stands next to the first that needs it. Edges that run back count for nothing. */
function layersOf(size: number, edges: readonly Edge[]): readonly number[] {
	const layers = Array.from({ length: size }, () => 0)
	const forward = edges.filter(({ from, to }) => from < to).toSorted((left, right) => left.from - right.from)
	for (const { from, to } of forward) layers[to] = Math.max(layers[to] ?? 0, (layers[from] ?? 0) + 1)
	const fed = new Set(forward.map(({ to }) => to))
	for (let box = size - 1; box >= 0; box--) {
		const next = forward.filter(({ from }) => from === box).map(({ to }) => layers[to] ?? 0)
		if (!fed.has(box) && next.length > 0) layers[box] = Math.min(...next) - 1
	}
	return layers
}

/** The nodes that an edge runs through; makes those between. */
function route({ from, to }: Edge, nodes: Node[]): readonly number[] {
	const first = nodes[from]?.layer ?? 0
	const last = nodes[to]?.layer ?? 0
	const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => {
		nodes.push({ layer: first + 1 + index, along: 0, across: lane, before: [], after: [], middle: 0 })
		return nodes.length - 1
	})
	const ids = [from, ...between, to]
	for (const [index, id] of ids.slice(1).entries()) {
		const before = ids[index] ?? from
		nodes[before]?.after.push(id)
		nodes[id]?.before.push(before)
	}
	return ids
}

/** Orders each layer by where its neighbours stand, there and back. */
function orderLayers(nodes: readonly Node[]): number[][] {
	const layers: number[][] = []
	for (const [id, { layer }] of nodes.entries()) {
		layers[layer] ??= []
		layers[layer].push(id)
	}
	const places = new Map<number, number>()
	const note = (layer: readonly number[]): void => {
		for (const [place, id] of layer.entries()) places.set(id, place / Math.max(1, layer.length - 1))
	}
	layers.forEach(note)
	for (let sweep = 0; sweep < sweeps; sweep++) {
		const down = sweep % 2 === 0
		for (const layer of down ? layers : layers.toReversed()) {
			const wish = new Map(
				layer.map((id) => {
					const neighbours = (down ? nodes[id]?.before : nodes[id]?.after) ?? []
					return [id, mean(neighbours.map((one) => places.get(one) ?? 0)) ?? places.get(id) ?? 0] as const
				}),
			)
			layer.sort((left, right) => (wish.get(left) ?? 0) - (wish.get(right) ?? 0))
			note(layer)
		}
	}
	return layers
}

/** Moves nodes towards their neighbours as far as the order and the gaps allow. */
function align(layers: readonly (readonly number[])[], nodes: readonly Node[]): void {
	const apart = (upper: Node, lower: Node): number => (upper.across + lower.across) / 2 + gaps.across
	for (const layer of layers) spread(layer)
	for (let sweep = 0; sweep < sweeps; sweep++) {
		for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) spread(layer)
	}

	/** The mean of the two packings, from either end, keeps every gap: each of them does. */
	function spread(layer: readonly number[]): void {
		const members = layer.flatMap((id) => nodes[id] ?? [])
		const wishes = members.map((node) => {
			const around = [...node.before, ...node.after].map((id) => nodes[id]?.middle ?? 0)
			return mean(around) ?? node.middle
		})
		const forth: number[] = []
		for (const [index, node] of members.entries()) {
			const previous = members[index - 1]
			const least = previous === undefined ? Number.NEGATIVE_INFINITY : (forth[index - 1] ?? 0) + apart(previous, node)
			forth[index] = Math.max(wishes[index] ?? 0, least)
		}
		const back: number[] = []
		for (const [index, node] of [...members.entries()].toReversed()) {
			const next = members[index + 1]
			const most = next === undefined ? Number.POSITIVE_INFINITY : (back[index + 1] ?? 0) - apart(node, next)
			back[index] = Math.min(wishes[index] ?? 0, most)
		}
		for (const [index, node] of members.entries()) node.middle = ((forth[index] ?? 0) + (back[index] ?? 0)) / 2
	}
}

const layerLength = (layer: readonly number[], nodes: readonly Node[]): number =>
	Math.max(0, ...layer.map((id) => nodes[id]?.along ?? 0))

function layerStarts(layers: readonly (readonly number[])[], nodes: readonly Node[]): readonly number[] {
	let next = 0
	return layers.map((layer) => {
		const start = next
		next += layerLength(layer, nodes) + gaps.along
		return start
	})
}

function mean(values: readonly number[]): number | undefined {
	return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}
