import { createHash } from 'node:crypto'

const longest = 48

/**
 * The slug of a unit: readable words of its path, with a short hash where words alone would not tell it from another path.
 *
 * @param key path of the export or folder, relative to the repository root
 * @param all keys of all units of the run; only used to see that a plain slug is taken twice
 */
export function unitName(key: string, all: readonly string[]): string {
	const plain = slug(key)
	const clash = all.some((other) => other !== key && slug(other) === plain)
	if (plain !== '' && plain.length <= longest && !clash) return plain
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
