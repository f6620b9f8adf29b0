/**
 * Command lines of 7-Zip on zip archives: `7z x all.zip -oC:\in -y`, `7z a all.zip C:\out\*.csv` (7-Zip: Command Line Version,
 * commands a, e and x, switches -o, -y, -ao, -t). It finishes with 0 where it has done all.
 */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Places, Step } from './steps.ts'
import { absolute, isOpen } from './steps.ts'
import type { Word } from './words.ts'
import { endOf, hasWildcard, joined, plainWord } from './words.ts'

/** Switches that say how it reports, or how it works, and nothing about what is in the archive. */
const harmless = /^-(?:bb\d?|bd|bs[oep]\d|mx=?\d?|mmt.*|mm=deflate|ssc-?|tzip|y|aoa|aos|aou|aot)$/i

export function sevenZip(words: readonly Word[], places: Places): readonly Step[] | Refusal {
	const [command, ...rest] = words
	const name = command === undefined ? undefined : plainWord(command)?.toLowerCase()
	if (name !== 'x' && name !== 'e' && name !== 'a') return refuse(`7-Zip is asked to do ${name ?? 'what a value says'}`)
	const isSwitch = (word: Word): boolean => typeof word.pieces[0] === 'string' && word.pieces[0].startsWith('-')
	const switches = rest.filter(isSwitch)
	const folders = switches.flatMap((word) => outputOf(word) ?? [])
	const plain = switches.filter((word) => outputOf(word) === undefined).map((word) => plainWord(word) ?? '…')
	const unknown = plain.find((one) => !harmless.test(one))
	if (unknown !== undefined) return refuse(`7-Zip has the switch ${unknown.replace(/^-p.*/i, '-p')}`)
	const operands: Word[] = []
	for (const word of [...rest.filter((one) => !isSwitch(one)), ...folders]) {
		const whole = absolute(word, places.folder)
		if (whole === undefined)
			return refuse(`the path ${joined(word.pieces).text} begins in a folder that only the old server knows`)
		operands.push(whole)
	}
	const has = (one: string): boolean => plain.some((given) => given.toLowerCase() === one)
	return name === 'a'
		? pack(operands, has('-tzip'), folders.length)
		: extract(operands, name === 'e', has, folders.length)
}

/** `-oC:\in` and `-o` before a value: the word without the letters. */
function outputOf({ pieces: [first, ...more], quoted }: Word): Word | undefined {
	if (typeof first !== 'string' || !/^-o/i.test(first)) return undefined
	const begins = first.slice(2)
	return { pieces: [...(begins === '' ? [] : [begins]), ...more], quoted }
}

/** Without -y or -aoa it asks before it replaces a file, and nobody answers: the new task fails there. */
function extract(
	operands: readonly Word[],
	flat: boolean,
	has: (name: string) => boolean,
	folders: number,
): readonly Step[] | Refusal {
	const [archive, folder, ...more] = operands
	if (archive === undefined || folder === undefined || folders !== 1 || more.length > 0)
		return refuse('7-Zip does not name one archive and, by -o, one folder')
	const kind = kindOf(archive)
	if (kind !== undefined && kind !== 'zip')
		return refuse(`its archive is no zip but ${kind}, which Python does not read`)
	if (hasWildcard(archive)) return refuse('7-Zip takes several archives')
	if (has('-aos') || has('-aou') || has('-aot')) return refuse('7-Zip keeps files that are there already')
	const [source, destination] = [joined(archive.pieces), joined(folder.pieces)]
	const task = { kind: 'extract-archive', source, destination, flat, overwrite: has('-y') || has('-aoa') } as const
	return [{ task, open: isOpen(archive, folder) }]
}

/** It adds to an archive that is there. */
function pack(operands: readonly Word[], isZip: boolean, folders: number): readonly Step[] | Refusal {
	const [archive, ...files] = operands
	if (archive === undefined || files.length === 0 || folders > 0)
		return refuse('7-Zip does not name an archive and what comes into it')
	const kind = kindOf(archive)
	if (kind === undefined && !isZip) return refuse('only the run shows whether its archive is a zip')
	if (kind !== 'zip' && kind !== undefined)
		return refuse(`its archive is no zip but ${kind}, which Python does not write`)
	if (files.some((word) => /(?:^|[\\/])\*\.\*$/.test(endOf(word) ?? '')))
		return refuse('7-Zip packs what has an ending, in folders too, by *.*: write * for all')
	return files.map((word) => ({
		task: {
			kind: 'pack-archive',
			source: joined(word.pieces),
			destination: joined(archive.pieces),
			existing: 'add',
		},
		open: isOpen(archive, word),
	}))
}

/** The ending of the archive's name, where it is known; a name without one gets `.7z`. */
function kindOf(archive: Word): string | undefined {
	const end = endOf(archive)
	return end === undefined ? undefined : (/\.(\w+)$/.exec(end)?.[1]?.toLowerCase() ?? '7z')
}
