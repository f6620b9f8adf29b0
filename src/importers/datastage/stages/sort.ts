import type { SortOperator } from '#model/operators.ts'
import { int } from '#model/types.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { freeColumn, mapOutput, mappedName } from '../mapping.ts'
import { declareCollation, sortKeys } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'

const keyChangeCall = /^\s*keychange\s*\(\s*\)\s*$/i

/** Sort: keys, stability, one row of each key, and the key change column. Sorted per partition; the new job sorts all rows. */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { stream } = only
	const { properties } = context.stage
	if (propertyOf(properties, 'flagCluster') !== '') context.refuse('it makes a cluster key change column')
	const keys = readKeys(properties)
	if (keys.length === 0) context.refuse('it has no key')
	declareCollation(context)
	const unique = propertyOf(properties, 'unique') === 'unique'
	const stable = propertyOf(properties, 'stable') === 'stable' || !properties.has('stable')
	if (unique && !stable)
		context.differ('RG-D001', `${context.stage.name} keeps any one row of a key; the new job keeps the first`)
	const keyChange = propertyOf(properties, 'flagKey') === '' ? undefined : freeColumn(stream.schema, 'keyChange')
	const operator: SortOperator = {
		...context.base(),
		kind: 'sort',
		keys: sortKeys(context, stream, keys),
		stable,
		unique,
		...(keyChange === undefined ? {} : { keyChange }),
	}
	context.flow.add(operator, { in: stream })
	const added = keyChange === undefined ? [] : [{ name: keyChange, type: int(8), nullable: false }]
	const result = leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, ...added] })
	return new Map(
		context.outputs.map((output) => [
			output.pin.id,
			mapOutput(context, output, result, (column) =>
				keyChangeCall.test(column.derivation ?? '') ? keyChange : mappedName(column)?.column,
			),
		]),
	)
}
