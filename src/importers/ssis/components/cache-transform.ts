/** Cache Transform: fills a cache connection, which lookups of later data flows read (Microsoft: Cache Transform). */
import type { DistinctOperator } from '#model/operators.ts'
import type { Target } from '#model/places.ts'
import { byLineage } from '../flow/buffer.ts'
import { cacheColumns, cachePlace } from '../flow/cache-place.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { add, base, connect, mainInput, port, refuse } from '../flow/parts.ts'
import type { MappedColumn } from '../flow/target-columns.ts'
import { fillTarget } from '../flow/target-columns.ts'
import { isTrue } from '../formats/properties.ts'
import type { CacheRecord, InputRecord } from '../formats/records.ts'

export function lowerCacheTransform(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	const connection = connectionOf(context)
	if (input === undefined || connection?.cache === undefined) return refuse('its cache connection manager is not there')
	const place = cachePlace(connection, connection.cache, context.scope)
	if ('reason' in place) return place
	const columns = cacheColumns(connection.cache)
	if ('reason' in columns) return columns
	const mapped = columns.flatMap(({ name, type }): readonly MappedColumn[] => {
		const filled = filling(input, name)
		return filled === undefined ? [] : [{ mapped: filled, name, type }]
	})
	const once = isTrue(context.component.properties.get('TreatDuplicateKeysAsError'))
		? keysOnce(context, input, connection.cache)
		: undefined
	if (once !== undefined && 'reason' in once) return once
	if (once !== undefined) add(context, once)
	const target: Target = place.kind === 'cache' ? place : { ...place, mode: 'overwrite' }
	const refusal = fillTarget(context, input, mapped, target)
	const takes = context.parts.takes.get(input.id)
	if (once === undefined || takes === undefined) return refusal
	connect(context, { from: port(once, 'out'), buffer: context.arriving(input) }, takes)
	context.parts.takes.set(input.id, port(once, 'in'))
	return refusal
}

const filling = (input: InputRecord, cached: string) =>
	input.columns.find((one) => one.properties.get('CacheColumnName') === cached)

/**
 * Ends the run where two rows have the same key: the columns of the cache's index. Without the setting the transformation keeps the
 * first of them (Microsoft: "The Cache Transform writes only unique rows"), which is the one that lookups find in any case.
 */
function keysOnce(context: ComponentContext, input: InputRecord, cache: CacheRecord): DistinctOperator | Refusal {
	const arriving = context.arriving(input)
	const keys = cache.columns
		.filter(({ indexPosition }) => indexPosition > 0)
		.map(({ name }) => byLineage(arriving, filling(input, name)?.lineage ?? ''))
	if (keys.length === 0) return refuse('its cache has no index')
	const filled = keys.filter((key) => key !== undefined)
	if (filled.length < keys.length) return refuse('nothing fills a column of its index')
	return {
		...base(context, 'keys'),
		kind: 'distinct',
		keys: filled.map(({ name }) => ({ column: name, collation: 'binary' })),
		keep: 'first',
		onDuplicates: 'fail',
	}
}
