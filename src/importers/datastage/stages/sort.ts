import type { SortOperator } from '#model/operators.ts'
import { int } from '#model/types.ts'
import type { Stream } from '../flow.ts'
import type { DsKey } from '../keys.ts'
import { propertyOf, readKeys } from '../keys.ts'
import { freeColumn, mapOutput, mappedName } from '../mapping.ts'
import { declareCollation, sortKeys } from '../sorting.ts'
import type { StageContext, StageStreams } from '../stage-context.ts'
import { leaving, noStreams, onlyInput } from './inputs.ts'
import { numberClusters } from './sort-clusters.ts'

const keyChangeCall = /^\s*keychange\s*\(\s*\)\s*$/i
const clusterChangeCall = /^\s*clusterkeychange\s*\(\s*\)\s*$/i

/**
 * Sort: keys, stability, one row of each key, and the change columns. Sorted per partition; the new job sorts all rows. Rows that come
 * grouped stay in the order of their groups, and the cluster key change column marks the first row of each (IBM: Sort stage, Sort key
 * mode, Create cluster key change column).
 */
export function lower(context: StageContext): StageStreams {
	const only = onlyInput(context)
	if (only === undefined) return noStreams
	const { properties } = context.stage
	const keys = readKeys(properties)
	if (keys.length === 0) context.refuse('it has no key')
	declareCollation(context)
	const kept = keys.filter(({ mode }) => mode !== 'sort')
	const flagsClusters = propertyOf(properties, 'flagCluster') !== ''
	if (flagsClusters && kept.length === 0)
		context.refuse('it makes a cluster key change column, and no key is sorted or grouped already')
	const clusters =
		kept.length > 0 && (flagsClusters || kept.some(({ mode }) => mode === 'clustered'))
			? numberClusters(context, only.stream, kept)
			: undefined
	const stream = clusters?.stream ?? only.stream
	const inOrder =
		clusters === undefined ? keys : [clusterKey(clusters.group), ...keys.filter(({ mode }) => mode === 'sort')]
	const unique = propertyOf(properties, 'unique') === 'unique'
	const stable = propertyOf(properties, 'stable') === 'stable' || !properties.has('stable')
	if (unique && !stable)
		context.differ('RG-D001', `${context.stage.name} keeps any one row of a key; the new job keeps the first`)
	const keyChange = propertyOf(properties, 'flagKey') === '' ? undefined : freeColumn(stream.schema, 'keyChange')
	const operator: SortOperator = {
		...context.base(),
		kind: 'sort',
		keys: sortKeys(context, stream, inOrder),
		stable,
		unique,
		...(keyChange === undefined ? {} : { keyChange }),
	}
	context.flow.add(operator, { in: stream })
	const added = keyChange === undefined ? [] : [{ name: keyChange, type: int(8), nullable: false }]
	const sorted = leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, ...added] })
	const change = clusters !== undefined && flagsClusters ? freeColumn(sorted.schema, 'clusterKeyChange') : undefined
	const result = change === undefined ? sorted : markClusters(context, sorted, clusters?.group ?? '', change)
	return new Map(
		context.outputs.map((output) => [
			output.pin.id,
			mapOutput(
				context,
				output,
				result,
				(column) =>
					keyChangeCall.test(column.derivation ?? '')
						? keyChange
						: clusterChangeCall.test(column.derivation ?? '')
							? change
							: mappedName(column)?.column,
				clusters?.internal ?? [],
			),
		]),
	)
}

const clusterKey = (column: string): DsKey => ({
	column,
	collation: 'binary',
	direction: 'ascending',
	nulls: 'first',
	ebcdic: false,
	mode: 'sort',
})

/** Rows are in the order of their groups: the first of each is marked. */
function markClusters(context: StageContext, stream: Stream, group: string, change: string): Stream {
	const operator: SortOperator = {
		...context.base('clusters marked'),
		kind: 'sort',
		keys: sortKeys(context, stream, [clusterKey(group)]),
		stable: true,
		unique: false,
		keyChange: change,
	}
	context.flow.add(operator, { in: stream })
	const marked = { name: change, type: int(8), nullable: false }
	return leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, marked] })
}
