/**
 * Destinations of third parties that take rows and keep none: they end a data flow while it is built or measured
 * (Konesans: Trash Destination Adapter; keif888: Null Destination). The new job, too, reads and computes every row, so that
 * whatever ends the old run ends the new one.
 */
import type { WriteOperator } from '#model/operators.ts'
import { schemaOf } from '../flow/buffer.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, mainInput, port, refuse } from '../flow/parts.ts'

export function lowerTrashDestination(context: ComponentContext): Refusal | undefined {
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
	return undefined
}
