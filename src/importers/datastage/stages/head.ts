import type { SampleOperator } from '#model/operators.ts'
import { propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

/** Head: the first rows, ten unless told otherwise, of each partition (IBM: Head stage, Stage page). */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { properties } = context.stage
	if (propertyOf(properties, 'period') !== '') context.refuse('it takes every n-th row (Period)')
	const all = propertyOf(properties, 'all') !== ''
	const rows = wholeNumber(context, propertyOf(properties, 'nrecs') || '10', 'Number of rows')
	const skip = wholeNumber(context, propertyOf(properties, 'skip') || '0', 'Skip')
	context.differ(
		'RG-D002',
		`${context.stage.name} took ${all ? 'all rows' : `${rows} rows`} of each partition; the new job has one partition`,
	)
	const operator: SampleOperator = { ...context.base(), kind: 'sample', how: 'head', skip, ...(all ? {} : { rows }) }
	context.flow.add(operator, { in: only.stream })
	const stream = leaving(only.stream, operator)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}

function wholeNumber(context: StageContext, written: string, what: string): number {
	if (/^\d{1,9}$/.test(written)) return Number(written)
	context.refuse(`${what} is "${written}", which is no plain number`)
	return 0
}
