/** Union All: columns are matched by the lineage of the output column, neither by name nor by position. */
import { toModel } from '#languages/ssis/types.ts'
import type { UnionOperator } from '#model/operators.ts'
import type { BufferColumn } from '../flow/buffer.ts'
import { byLineage, columnOf, extend } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainOutput, port, refuse } from '../flow/parts.ts'
import { referenced } from '../formats/properties.ts'
import type { InputRecord } from '../formats/records.ts'

export function lowerUnionAll(context: ComponentContext): Refusal | undefined {
	const { component } = context
	const output = mainOutput(component)
	const inputs = component.inputs.filter((input) => context.isFed(input))
	if (output === undefined || inputs.length === 0) return refuse('no path leads to it, or it has no output')
	const leaving = extend([], output.columns)
	for (const target of leaving) {
		for (const source of inputs.flatMap((input) => fedBy(context, input, target) ?? [])) {
			if (toModel(source.type).kind !== toModel(target.type).kind)
				return refuse(`the column ${target.name} has another type than ${source.name}`)
		}
	}
	const operator: UnionOperator = {
		...base(context),
		kind: 'union',
		how: 'arrival',
		inputs: inputs.length,
		keys: [],
		columns: leaving.map((target) => ({
			column: columnOf(target),
			from: inputs.map((input) => fedBy(context, input, target)?.name ?? null),
		})),
	}
	add(context, operator)
	for (const [index, input] of inputs.entries()) context.parts.takes.set(input.id, port(operator, `in${index}`))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: leaving })
	return undefined
}

/** The column of an input that goes into a column of the output. */
function fedBy(context: ComponentContext, input: InputRecord, target: BufferColumn): BufferColumn | undefined {
	const mapped = input.columns.find((one) => referenced(one.properties.get('OutputColumnLineageID')) === target.lineage)
	return byLineage(context.arriving(input), mapped?.lineage)
}
