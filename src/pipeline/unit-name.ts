import { createHash } from 'node:crypto'

const longest = 48

/**
 * The slug of each unit of a run, by its key: readable words of its path, with a short hash where words alone would not
 * tell it from another path.
 *
 * @param keys paths of exports or folders, relative to the repository root
 */
export function unitNames(keys: readonly string[]): ReadonlyMap<string, string> {
	const taken = Map.groupBy(new Set(keys), slug)
	return new Map(keys.map((key) => [key, unitName(key, (taken.get(slug(key))?.length ?? 0) > 1)]))
}

function unitName(key: string, isClash: boolean): string {
	const plain = slug(key)
	if (plain !== '' && plain.length <= longest && !isClash) return plain
	const hash = createHash('sha256').update(key).digest('hex').slice(0, 8)
	const tail = plain.slice(-(longest - hash.length - 1)).replace(/^[^-]*-/, '')
	return tail === '' ? `unit-${hash}` : `${tail}-${hash}`
}

function slug(key: string): string {
	return key
		.replace(/^(\.\.?\/)+/, '')
		.replace(/\.(dsx|dtsx|isx|ispac|zip|xml|json)$/i, '')
		.normalize('NFKD')
		.replace(/[^A-Za-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.toLowerCase()
}
