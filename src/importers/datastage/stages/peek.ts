import type { ObserveOperator, WriteOperator } from '#model/operators.ts'
import { propertyOf } from '../keys.ts'
import { mapOutput } from '../mapping.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

/** Peek: shows the first rows in the log and passes all on. At the end of a path it has no effect but the log. */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { properties } = context.stage
	if (propertyOf(properties, 'dataset') !== '') context.refuse('it sends the peeked rows to an output link')
	if (context.outputs.length === 0) {
		const end: WriteOperator = {
			...context.base(),
			kind: 'write',
			target: { kind: 'none' },
			schema: only.stream.schema,
		}
		context.flow.add(end, { in: only.stream })
		return noStreams
	}
	const written = propertyOf(properties, 'nrecs')
	const rows = /^\d{1,6}$/.test(written) ? Number(written) : 10
	const operator: ObserveOperator = { ...context.base(), kind: 'observe', what: { kind: 'peek', rows } }
	context.flow.add(operator, { in: only.stream })
	const stream = leaving(only.stream, operator)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, stream)]))
}
