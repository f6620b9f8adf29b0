/** The lineage of a data flow: a box for each element of the export, an arrow for each link between two of them. */
import type { DataFlow, Operator } from '#model/operators.ts'
import type { Elements } from '../elements.ts'
import { shortType } from '../words.ts'
import type { Arrow, Drawing } from './drawing.ts'
import { drawBox, drawGraph } from './drawing.ts'

export function flowDrawing(flow: DataFlow, elements: Elements): Drawing {
	const groups = [...Map.groupBy(flow.operators, ({ element }) => element)]
	const positions = new Map(groups.flatMap(([, operators], index) => operators.map(({ id }) => [id, index] as const)))
	return drawGraph(
		groups.map(([id, operators]) => elementBox(id, operators, elements)),
		arrows(flow, positions),
		'right',
	)
}

function elementBox(id: string, operators: readonly Operator[], elements: Elements): Drawing {
	const element = elements.byId.get(id)
	const kinds = operators.map(({ kind }) => kind)
	const role = (['read', 'write'] as const).find((kind) => kinds.includes(kind)) ?? 'step'
	const title = operators[0]?.name ?? id
	return drawBox({
		title,
		sub: element === undefined ? (kinds[0] ?? '') : shortType(element.type),
		classes: `${role} ${element?.outcome ?? (kinds.includes('opaque') ? 'opaque' : 'exact')}`,
		element: element?.number,
		href: element === undefined ? undefined : elements.href(element),
	})
}

/** What an element's own operators hand each other is not drawn, and links between the same two are drawn once. */
function arrows(flow: DataFlow, positions: ReadonlyMap<string, number>): readonly Arrow[] {
	const found = new Map<string, Arrow>()
	for (const { from, to, name, schema } of flow.links) {
		const start = positions.get(from.operator)
		const end = positions.get(to.operator)
		if (start === undefined || end === undefined || start === end) continue
		const key = `${start} ${end}`
		const known = found.get(key)
		const label = `${name}: ${schema.columns.length} columns`
		found.set(key, {
			from: start,
			to: end,
			label: known === undefined ? label : `${known.label}; ${label}`,
			shown: false,
			look: from.port === 'reject' ? 'bad' : to.port === 'reference' ? 'side' : 'plain',
		})
	}
	return [...found.values()]
}
