import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { SourceUnit } from './discover.ts'

/** A hash of the bytes, and of the names inside the unit: a unit that moves to another folder stays equal. */
export function inputOf({ files, companions }: Pick<SourceUnit, 'files' | 'companions'>): string {
	const folder = path.posix.dirname(files[0] ?? '')
	const hash = createHash('sha256')
	for (const file of [...files, ...companions]) {
		const name = files.length + companions.length === 1 ? '' : path.posix.relative(folder, file)
		hash
			.update(createHash('sha256').update(name).digest())
			.update(createHash('sha256').update(readFileSync(file)).digest())
	}
	return hash.digest('hex').slice(0, 40)
}
