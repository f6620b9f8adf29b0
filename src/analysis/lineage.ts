/**
 * Where the values of target columns come from: for each column of each target, the source columns that its value is made of
 * and every step that changes it on the way. What only decides whether a row is there (conditions, keys, order) is not value.
 */
import type { DataFlow, Link, Operator } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import type { Known, Lineage } from './lineage-set.ts'
import { lookUp, nothing } from './lineage-set.ts'
import { outputColumns } from './lineage-steps.ts'

export interface TargetLineage {
	/** Id of the write operator. */
	readonly target: string
	readonly columns: readonly { readonly column: Column; readonly lineage: Lineage }[]
}

/** Lineage of every target of a flow, targets and columns in the order of the model. */
export function columnLineage(flow: DataFlow): readonly TargetLineage[] {
	const entering = new Map(flow.links.map((link) => [key(link.to), link]))
	const leaving = Map.groupBy(flow.links, (link) => link.from.operator)
	const known = new Map<string, Known>()
	const targets: TargetLineage[] = []
	for (const operator of flow.operators) {
		const input = (port: string): Known => {
			const link = entering.get(key({ operator: operator.id, port }))
			return link === undefined ? nothing : (known.get(key(link.from)) ?? nothing)
		}
		for (const link of onePerPort(leaving.get(operator.id) ?? [])) {
			known.set(key(link.from), outputColumns(operator, link, input))
		}
		if (operator.kind === 'write') targets.push(targetLineage(operator, input('in')))
	}
	return targets
}

function targetLineage(operator: Extract<Operator, { kind: 'write' }>, input: Known): TargetLineage {
	return {
		target: operator.id,
		columns: operator.schema.columns.map((column) => ({ column, lineage: lookUp(input, column.name) })),
	}
}

const key = ({ operator, port }: Link['from']): string => `${operator}\n${port}`

/** Links that leave one port carry the same rows; the widest of their schemas tells the most. */
function onePerPort(links: readonly Link[]): readonly Link[] {
	return [...Map.groupBy(links, (link) => link.from.port).values()].flatMap((same) =>
		same.toSorted((left, right) => right.schema.columns.length - left.schema.columns.length).slice(0, 1),
	)
}
