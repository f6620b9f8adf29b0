/** Where the rows of a cache connection are: in the run, or in a file that other packages read too. */
import { fromCode } from '#languages/ssis/types.ts'
import type { CacheSource, DataSetSource } from '#model/places.ts'
import { connectionName } from '../connection-names.ts'
import type { CacheRecord, ConnectionRecord } from '../formats/records.ts'
import type { PackageScope } from '../package-scope.ts'
import type { Buffer } from './buffer.ts'
import { pathOf } from './flat-file-layout.ts'
import type { Refusal } from './parts.ts'
import { refuse } from './parts.ts'

/** Reading place; a target adds how it writes. */
export function cachePlace(
	connection: ConnectionRecord,
	cache: CacheRecord,
	scope: PackageScope,
): CacheSource | DataSetSource | Refusal {
	if (cache.file === undefined) return { kind: 'cache', name: connectionName(connection) }
	const path = pathOf(connection, scope)
	return 'reason' in path ? path : { kind: 'data-set', path, flavour: 'raw-file' }
}

/** The columns as they are stored. */
export function cacheColumns(cache: CacheRecord): Buffer | Refusal {
	const columns: Buffer[number][] = []
	for (const { name, dataType, length, precision, scale, codePage } of cache.columns) {
		const parameters = { length: length || undefined, precision: precision || undefined, scale, codePage }
		const type = fromCode(dataType, parameters)
		if (type === undefined) return refuse(`column ${name} of its cache has a type that is not known`)
		columns.push({ lineage: name, name, type, sortKey: 0 })
	}
	return columns.length === 0 ? refuse('its cache connection has no columns') : columns
}
