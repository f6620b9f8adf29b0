/**
 * Destinations of third parties that take rows and keep none: they end a data flow while it is built or measured
 * (Konesans: Trash Destination Adapter; keif888: Null Destination).
 */
import type { WriteOperator } from '#model/operators.ts'
import { schemaOf } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainInput, port, refuse } from '../flow/parts.ts'

export const lowerTrashDestination = (context: ComponentContext): Refusal | undefined =>
	dropRows(context, 'it keeps no row')

/** Rows end here. @param reason why nothing has to become of them */
export function dropRows(context: ComponentContext, reason: string): Refusal | undefined {
	const input = mainInput(context.component)
	if (input === undefined) return refuse('it has no input')
	const operator: WriteOperator = {
		...base(context),
		kind: 'write',
		target: { kind: 'none' },
		schema: schemaOf(context.arriving(input)),
	}
	add(context, operator)
	context.parts.takes.set(input.id, port(operator, 'in'))
	context.parts.dropped.push(reason)
	return undefined
}
