/** Multicast: all rows to every output. */
import type { ProjectOperator } from '#model/operators.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainInput, port, refuse } from '../flow/parts.ts'

export function lowerMulticast(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	if (input === undefined) return refuse('it has no input')
	const operator: ProjectOperator = {
		...base(context),
		kind: 'project',
		passThrough: 'all',
		drop: [],
		columns: [],
		evaluation: 'together',
		reject: {},
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	for (const output of context.component.outputs) {
		context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: context.arriving(input) })
	}
	return undefined
}
