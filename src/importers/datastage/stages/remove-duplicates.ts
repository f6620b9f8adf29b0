import type { DistinctOperator } from '#model/operators.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { columnNamed, mapOutput } from '../mapping.ts'
import { declareCollation } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { inKnownOrder, warnOfDealing } from './order.ts'

/** Remove Duplicates: of the rows with equal keys the first or the last one stays. */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream, input } = only
	const keys = readKeys(context.stage.properties)
	if (keys.length === 0) context.refuse('it has no key')
	const keep = propertyOf(context.stage.properties, 'keep') === 'last' ? 'last' : 'first'
	declareCollation(context)
	warnOfDealing(context, [input])
	if (!inKnownOrder(input)) {
		context.differ(
			'RG-D001',
			`${context.stage.name} keeps the ${keep} row of a key, and nothing before it fixes the order of such rows`,
		)
	}
	const operator: DistinctOperator = {
		...context.base(),
		kind: 'distinct',
		keys: keys.map(({ column, collation }) => ({ column: columnNamed(context, stream, column), collation })),
		keep,
	}
	context.flow.add(operator, { in: stream })
	const result = leaving(stream, operator)
	return new Map(context.outputs.map((output) => [output.pin.id, mapOutput(context, output, result)]))
}
