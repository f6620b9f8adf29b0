/** Destinations that take the columns of their input as they are: all that the input lists, in its order. */
import type { Target } from '#model/places.ts'
import type { InputRecord } from '../formats/records.ts'
import { byLineage } from './buffer.ts'
import type { ComponentContext, Refusal } from './parts.ts'
import { refuse } from './parts.ts'
import type { MappedColumn } from './target-columns.ts'
import { fillTarget } from './target-columns.ts'

export function connectInput(context: ComponentContext, input: InputRecord, target: Target): Refusal | undefined {
	const arriving = context.arriving(input)
	const columns: MappedColumn[] = []
	for (const mapped of input.columns) {
		const source = byLineage(arriving, mapped.lineage)
		if (source === undefined) return refuse(`column ${mapped.name} does not arrive`)
		columns.push({ mapped, name: mapped.name || source.name, type: source.type })
	}
	return fillTarget(context, input, columns, target)
}
