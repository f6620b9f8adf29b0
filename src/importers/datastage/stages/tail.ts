import type { SampleOperator } from '#model/operators.ts'
import { propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { declarePartitions } from './head.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { wholeNumber } from './whole-number.ts'

/** Tail: the last rows, ten unless told otherwise, of each partition (IBM: Tail stage, Stage page). */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const rows = wholeNumber(context, propertyOf(context.stage.properties, 'nrecs') || '10', 'Number of rows')
	declarePartitions(context, `took the last ${rows} rows`)
	const operator: SampleOperator = { ...context.base(), kind: 'sample', how: 'tail', rows }
	context.flow.add(operator, { in: only.stream })
	const stream = leaving(only.stream, operator)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}
