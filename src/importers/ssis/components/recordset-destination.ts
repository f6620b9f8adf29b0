/** Recordset Destination: rows in a variable, for loops and scripts (Microsoft: Recordset Destination). */
import { connectInput } from '../flow/input-columns.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainInput, refuse } from '../flow/parts.ts'

export function lowerRecordsetDestination(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	const name = context.component.properties.get('VariableName') ?? ''
	const variable = context.scope.value(name)
	if (input === undefined) return refuse('it has no input')
	if (variable === undefined) return refuse(`no variable has the name ${JSON.stringify(name)}`)
	return connectInput(context, input, { kind: 'rows', variable: variable.name })
}
