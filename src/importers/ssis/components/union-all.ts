/** Union All: columns are matched by the lineage of the output column, neither by name nor by position. */
import type { UnionOperator } from '#model/operators.ts'
import { byLineage, columnOf, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainOutput, port, refuse } from '../flow/parts.ts'
import { referenced } from '../formats/properties.ts'

export function lowerUnionAll(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const output = mainOutput(component)
	const inputs = component.inputs.filter((input) => context.isFed(input))
	if (output === undefined || inputs.length === 0) return refuse('no path leads to it, or it has no output')
	const leaving = extend([], output.columns)
	const operator: UnionOperator = {
		...base(context),
		kind: 'union',
		how: 'arrival',
		inputs: inputs.length,
		keys: [],
		columns: leaving.map((target) => ({
			column: columnOf(target),
			from: inputs.map((input) => {
				const source = input.columns.find(
					(one) => referenced(one.properties.get('OutputColumnLineageID')) === target.lineage,
				)
				return byLineage(context.arriving(input), source?.lineage)?.name ?? null
			}),
		})),
	}
	add(context, operator)
	for (const [index, input] of inputs.entries()) context.parts.takes.set(input.id, port(operator, `in${index}`))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
	return undefined
}
