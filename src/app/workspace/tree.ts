/** Which files of a commit are wanted, from nothing but the names that git lists. */
import path from 'node:path/posix'
import { setImmediate as breath } from 'node:timers/promises'

export interface WantedFile {
	readonly path: string
	readonly blob: string
}

/** Bytes of the longest name and path that file systems take. */
const longestName = 255
const longestPath = 3000
/** Names looked at before others in the process have their turn. */
const atATime = 500

/**
 * Regular files that match; links, submodules and names that are no plain ones are left out.
 *
 * @param listing output of `git ls-tree -r -z`
 */
export async function wantedFiles(listing: string, patterns: readonly string[]): Promise<readonly WantedFile[]> {
	const wanted: WantedFile[] = []
	let seen = 0
	for (const entry of listing.split('\0')) {
		const tab = entry.indexOf('\t')
		const [mode = '', type, blob = ''] = entry.slice(0, tab).split(' ')
		if (type !== 'blob' || !mode.startsWith('100')) continue
		const file = entry.slice(tab + 1)
		seen++
		if (seen % atATime === 0) await breath()
		if (isPlain(file) && patterns.some((pattern) => path.matchesGlob(file, pattern))) wanted.push({ path: file, blob })
	}
	return wanted
}

/** Git refuses most of these itself; a name that it refuses would end the whole checkout. */
function isPlain(file: string): boolean {
	return (
		Buffer.byteLength(file) <= longestPath &&
		file
			.split('/')
			.every(
				(name) => !['', '.', '..'].includes(name) && !/^\.git$/i.test(name) && Buffer.byteLength(name) <= longestName,
			)
	)
}
