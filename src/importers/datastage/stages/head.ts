import type { SampleOperator } from '#model/operators.ts'
import { propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { wholeNumber } from './whole-number.ts'

/** Head: the first rows, ten unless told otherwise, of each partition (IBM: Head stage, Stage page). */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { properties } = context.stage
	const all = propertyOf(properties, 'all') !== ''
	const rows = wholeNumber(context, propertyOf(properties, 'nrecs') || '10', 'Number of rows')
	const skip = wholeNumber(context, propertyOf(properties, 'skip') || '0', 'Skip')
	const period = wholeNumber(context, propertyOf(properties, 'period') || '1', 'Period')
	if (period < 1) context.refuse('its period is zero')
	declarePartitions(context, `took ${all ? 'all rows' : `${rows} rows`}`)
	const operator: SampleOperator = {
		...context.base(),
		kind: 'sample',
		how: 'head',
		skip,
		...(period === 1 ? {} : { period }),
		...(all ? {} : { rows }),
	}
	context.flow.add(operator, { in: only.stream })
	const stream = leaving(only.stream, operator)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}

/** Head and Tail count in each partition, of all partitions or of those that are named. */
export function declarePartitions(context: StageContext, took: string): void {
	const chosen = propertyOf(context.stage.properties, 'selection') === 'part'
	context.differ(
		'RG-D002',
		`${context.stage.name} ${took} of ${chosen ? 'chosen partitions' : 'each partition'}; the new job has one partition`,
	)
}
