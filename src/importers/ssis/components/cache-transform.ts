/** Cache Transform: fills a cache connection, which lookups of later data flows read (Microsoft: Cache Transform). */
import type { Target } from '#model/places.ts'
import { cacheColumns, cachePlace } from '../flow/cache-place.ts'
import { connectionOf } from '../flow/database-source.ts'
import type { ComponentContext, Refusal } from '../flow/parts.ts'
import { mainInput, refuse } from '../flow/parts.ts'
import type { MappedColumn } from '../flow/target-columns.ts'
import { fillTarget } from '../flow/target-columns.ts'
import { isTrue } from '../formats/properties.ts'

export function lowerCacheTransform(context: ComponentContext): Refusal | undefined {
	const input = mainInput(context.component)
	const connection = connectionOf(context)
	if (input === undefined || connection?.cache === undefined) return refuse('its cache connection manager is not there')
	if (isTrue(context.component.properties.get('TreatDuplicateKeysAsError')))
		return refuse('it fails on duplicate keys (TreatDuplicateKeysAsError)')
	const place = cachePlace(connection, connection.cache, context.scope)
	if ('reason' in place) return place
	const columns = cacheColumns(connection.cache)
	if ('reason' in columns) return columns
	const mapped = columns.flatMap(({ name, type }): readonly MappedColumn[] => {
		const filled = input.columns.find((one) => one.properties.get('CacheColumnName') === name)
		return filled === undefined ? [] : [{ mapped: filled, name, type }]
	})
	const target: Target = place.kind === 'cache' ? place : { ...place, mode: 'overwrite' }
	return fillTarget(context, input, mapped, target)
}
