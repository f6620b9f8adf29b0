/** Row Count: puts the number of rows into a variable when the data flow has ended. */
import type { ObserveOperator } from '#model/operators.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainInput, mainOutput, port, refuse } from '../flow/parts.ts'

export function lowerRowCount(context: ComponentContext): Refusal | undefined {
	const { component, scope } = context
	const input = mainInput(component)
	const output = mainOutput(component)
	if (input === undefined || output === undefined) return refuse('it has no input or no output')
	const name = component.properties.get('VariableName') ?? ''
	const variable = scope.value(name)
	if (variable === undefined) return refuse(`no variable has the name ${JSON.stringify(name)}`)
	const operator: ObserveOperator = {
		...base(context),
		kind: 'observe',
		what: { kind: 'row-count', variable: variable.name },
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.gives.set(output.id, { from: port(operator, 'out'), buffer: context.arriving(input) })
	return undefined
}
