/**
 * Merge: the rows of two sorted inputs as one sorted output (Microsoft: Merge Transformation). Columns are matched by lineage,
 * as in Union All; the order is that of the leading sort keys of both inputs.
 */
import { collationIgnoring, ignoredBy } from '#model/collation.ts'
import type { SortKey, UnionOperator } from '#model/operators.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, columnOf, extend } from '../flow/buffer.ts'
import { collationOf } from '../flow/collation.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, declare, mainOutput, port, refuse } from '../flow/parts.ts'
import { referenced } from '../formats/properties.ts'

export function lowerMerge(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const output = mainOutput(component)
	const inputs = component.inputs.filter((input) => context.isFed(input))
	if (output === undefined || inputs.length !== 2) return refuse('it has not two inputs and an output')
	const leaving = extend([], output.columns)
	const columns = leaving.map((target) => ({
		column: columnOf(target),
		sources: inputs.map((input) => {
			const source = input.columns.find(
				(one) => referenced(one.properties.get('OutputColumnLineageID')) === target.lineage,
			)
			return byLineage(context.arriving(input), source?.lineage)
		}),
		target,
	}))
	const keys = keysOf(columns)
	if (keys.length === 0) return refuse('its inputs are not sorted by columns that it merges')
	const operator: UnionOperator = {
		...base(context),
		kind: 'union',
		how: 'sorted',
		inputs: inputs.length,
		keys,
		columns: columns.map(({ column, sources }) => ({ column, from: sources.map((one) => one?.name ?? null) })),
	}
	const texts = columns.filter(({ column, target }) => {
		return column.type.kind === 'string' && keys.some((key) => key.column === target.name)
	})
	for (const { target } of texts) declare(context, 'RG-D005', `Rows are merged by the text ${target.name}.`)
	add(context, operator)
	for (const [index, input] of inputs.entries()) context.parts.takes.set(input.id, port(operator, `in${index}`))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
	return undefined
}

interface Merged {
	readonly target: BufferColumn
	readonly sources: readonly (BufferColumn | undefined)[]
}

/** Ranks 1, 2, … that a merged column has on both inputs, in the same direction. Nulls come before every value. */
function keysOf(columns: readonly Merged[]): readonly SortKey[] {
	const keys: SortKey[] = []
	for (let rank = 1; ; rank += 1) {
		const found = columns.find(({ sources }) => sources.every((one) => Math.abs(one?.sortKey ?? 0) === rank))
		const signs = new Set(found?.sources.map((one) => Math.sign(one?.sortKey ?? 0)))
		if (found === undefined || signs.size !== 1) return keys
		const ascending = signs.has(1)
		const ignored = found.sources.flatMap((one) => ignoredBy(collationOf(one?.comparisonFlags) ?? 'binary'))
		keys.push({
			column: found.target.name,
			direction: ascending ? 'ascending' : 'descending',
			nulls: ascending ? 'first' : 'last',
			collation: collationIgnoring(new Set(ignored)),
		})
	}
}
