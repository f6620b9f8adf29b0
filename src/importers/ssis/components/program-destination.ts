/**
 * Destinations that offer their rows to the program which runs the package: DataReader Destination to a .NET program, Data
 * Streaming Destination to SQL Server as a linked server. The new job has no such reader, so it leaves the rows as a data set.
 */

import { connectInput } from '../flow/input-columns.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { declare, mainInput, refuse } from '../flow/parts.ts'
import { textOf } from '../package-scope.ts'
import { lowerTrashDestination } from './trash-destination.ts'

export function lowerProgramDestination(context: ComponentContext): Refusal | undefined {
	const { component, task } = context
	const input = mainInput(component)
	if (input === undefined) return refuse('it has no input')
	if (input.columns.length === 0) return lowerTrashDestination(context)
	const path = textOf(`${task.name}/${component.name}`)
	const refusal = connectInput(context, input, { kind: 'data-set', path, flavour: 'data-set', mode: 'overwrite' })
	if (refusal === undefined)
		declare(context, 'RG-D034', 'Its rows are a data set, whose path is an argument of the job.')
	return refusal
}
