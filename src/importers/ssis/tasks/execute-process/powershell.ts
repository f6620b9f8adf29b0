/**
 * One cmdlet of Windows PowerShell that works on files: `powershell -Command "Move-Item 'C:\in\a.txt' D:\out -Force"` (Microsoft:
 * Copy-Item, Move-Item, Remove-Item, Rename-Item, New-Item, Compress-Archive, Expand-Archive). The interpreter ends with 1 where its last command failed.
 */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Cmdlet } from './powershell-line.ts'
import { cmdletIn } from './powershell-line.ts'
import type { Places, Step } from './steps.ts'
import { absolute, isOpen, mayBeFolder, namesFolder, plain, refuseFolder, sourceOf } from './steps.ts'
import type { Piece, Word } from './words.ts'
import { endOf, hasWildcard, joined, parted, plainWord } from './words.ts'

interface Call {
	readonly path: Word
	/** The destination, or the new name. */
	readonly other: Word | undefined
	readonly has: (name: string) => boolean
	/** The value of `-ItemType`. */
	readonly kind: string
}

interface Form {
	readonly reads: (call: Call, places: Places) => Step | Refusal
	/** Parameters that may stand without their names, in this order. */
	readonly places: readonly string[]
	/** Parameters that need their names. */
	readonly values: readonly string[]
	readonly switches: readonly string[]
}

const cmdlets = {
	'copy-item': { reads: transfer('copy-file'), places: ['path', 'destination'], values: [], switches: ['force'] },
	'move-item': { reads: transfer('move-file'), places: ['path', 'destination'], values: [], switches: ['force'] },
	'remove-item': { reads: remove, places: ['path'], values: [], switches: ['force', 'recurse'] },
	'rename-item': { reads: rename, places: ['path', 'newname'], values: [], switches: ['force'] },
	'new-item': { reads: makeFolder, places: ['path'], values: ['itemtype', 'type'], switches: ['force'] },
	'compress-archive': {
		reads: pack,
		places: ['path', 'destinationpath'],
		values: ['compressionlevel'],
		switches: ['force', 'update'],
	},
	'expand-archive': { reads: extract, places: ['path', 'destinationpath'], values: [], switches: ['force'] },
	mkdir: { reads: makeFolder, places: ['path'], values: [], switches: ['force'] },
} as const satisfies Record<string, Form>

const shorter: Readonly<Record<string, keyof typeof cmdlets>> = {
	...{ copy: 'copy-item', cp: 'copy-item', cpi: 'copy-item', move: 'move-item', mv: 'move-item', mi: 'move-item' },
	...{ del: 'remove-item', erase: 'remove-item', rd: 'remove-item', ri: 'remove-item', rm: 'remove-item' },
	...{ rmdir: 'remove-item', ren: 'rename-item', rni: 'rename-item', ni: 'new-item', md: 'mkdir' },
}

/** An error that is not shown makes the command fail all the same. */
const always = { values: ['literalpath', 'erroraction', 'ea'], switches: ['verbose'] } as const

const allSwitches = new Set(Object.values(cmdlets).flatMap(({ switches }) => [...switches, ...always.switches]))

export function cmdletOf(pieces: readonly Piece[], places: Places): Step | Refusal {
	const called = cmdletIn(pieces, allSwitches)
	if ('reason' in called) return called
	const name = shorter[called.name] ?? called.name
	if (!Object.hasOwn(cmdlets, name)) return refuse(`it runs ${called.name}`)
	const form: Form = cmdlets[name as keyof typeof cmdlets]
	const known = [...form.places, ...form.values, ...form.switches, ...always.values, ...always.switches]
	const unknown = [...called.named.keys(), ...called.switches].find((one) => !known.includes(one))
	if (unknown !== undefined) return refuse(`its command ${called.name} has the parameter -${unknown}`)
	const operands = placed(called, form.places)
	if (operands === undefined) return refuse(`its command ${called.name} names more than it takes`)
	const [path, other] = operands
	if (path === undefined) return refuse('its command names no file')
	const [from, to] = [path, other].map((word) => word && absolute(word, places.folder))
	// The new name of a file is no path.
	const second = form.places[1] === 'newname' ? other : to
	const homeless = from === undefined ? path : second === undefined ? other : undefined
	if (from === undefined || homeless !== undefined)
		return refuse(`the path ${joined(homeless?.pieces ?? []).text} begins in a folder that only the old server knows`)
	const kind = called.named.get('itemtype') ?? called.named.get('type')
	const call = {
		path: from,
		other: second,
		has: (one: string) => called.switches.has(one),
		kind: name === 'mkdir' ? 'directory' : ((kind && plainWord(kind)) ?? ''),
	}
	return form.reads(call, places)
}

/** Parameters with a name take their places, those without one what is left. */
function placed({ named, others }: Cmdlet, places: readonly string[]): readonly (Word | undefined)[] | undefined {
	const left = [...others]
	const found = places.map(
		(name) => named.get(name) ?? (name === 'path' ? named.get('literalpath') : undefined) ?? left.shift(),
	)
	return left.length === 0 ? found : undefined
}

/** A copy replaces what is there; a move does so only when it is forced to. */
function transfer(operation: 'copy-file' | 'move-file'): Form['reads'] {
	return ({ path, other, has }, places) => {
		if (other === undefined) return refuse('it does not name one source and one destination')
		if (hasWildcard(other)) return refuse('its destination holds a pattern')
		const found = filesOf(path, places)
		if ('reason' in found) return found
		// A folder is moved as a whole; of one that is copied without what is in it, an empty one is made.
		if (operation === 'copy-file' && found.each === undefined && mayBeFolder(path)) return refuseFolder(path)
		const { source, ...each } = found
		const intoFolder = namesFolder(other, places)
		if (found.each !== undefined && intoFolder !== true) return refuse('several files would have one destination')
		const overwrite = operation === 'copy-file' || has('force')
		const destination = joined(other.pieces)
		const what = { ...plain, operation, source, destination, intoFolder: intoFolder === true, overwrite }
		return { what, ...each, open: isOpen(path, other) }
	}
}

/** Of a pattern, what is there goes; a file that is named has to be there, or the command fails. */
function remove({ path, has }: Call, places: Places): Step | Refusal {
	const open = isOpen(path)
	const parts = parted(path, places.isFolder)
	if (has('recurse') && parts !== undefined && plainWord(parts.name) === '*')
		return { what: { ...plain, operation: 'empty-folder', source: joined(parts.folder) }, open }
	if (has('recurse') && hasWildcard(path)) return refuse('it removes what fits a pattern with all that is in it')
	if (!hasWildcard(path) && mayBeFolder(path)) {
		if (!has('recurse')) return refuse('it removes a folder only where that is empty')
		return { what: { ...plain, operation: 'delete-folder', source: joined(path.pieces) }, open }
	}
	const found = filesOf(path, places)
	if ('reason' in found) return found
	const { source, ...each } = found
	return { what: { ...plain, operation: 'delete-file', source }, ...each, open }
}

/** The new name stands in the folder of the old one. */
function rename({ path, other }: Call, { isFolder }: Places): Step | Refusal {
	const folder = parted(path, isFolder)?.folder
	if (other === undefined || folder === undefined) return refuse('it does not name a file in a folder and its new name')
	if (hasWildcard(path) || hasWildcard(other)) return refuse('it renames what fits a pattern')
	if (parted(other, isFolder) !== undefined) return refuse('the new name holds a folder, which its command refuses')
	const destination = joined([...folder, ...other.pieces])
	const what = { ...plain, operation: 'rename-file', source: joined(path.pieces), destination } as const
	return { what, open: isOpen(path, other) }
}

/** `-Force` takes a folder that is there. */
function makeFolder({ path, kind, has }: Call): Step | Refusal {
	if (hasWildcard(path)) return refuse('its command names no folder')
	if (!/^directory$/i.test(kind)) return refuse('it makes something else than a folder')
	const what = { ...plain, operation: 'create-folder', source: joined(path.pieces), useExisting: has('force') } as const
	return { what, open: isOpen(path) }
}

/** A new archive, one in the place of another (`-Force`), or one that is added to (`-Update`). */
function pack({ path, other, has }: Call): Step | Refusal {
	if (other === undefined) return refuse('it does not name what is packed and the archive')
	const end = endOf(other)
	if (end !== undefined && !/\.zip$/i.test(end)) return refuse('the name of its archive does not end with .zip')
	if (/(?:^|[\\/])\*\.\*$/.test(endOf(path) ?? ''))
		return refuse('it packs what has an ending, by *.*: write * for all')
	const existing = has('update') ? 'add' : has('force') ? 'replace' : 'refuse'
	const [source, destination] = [joined(path.pieces), joined(other.pieces)]
	return { task: { kind: 'pack-archive', source, destination, existing }, open: isOpen(path, other) }
}

function extract({ path, other, has }: Call): Step | Refusal {
	if (other === undefined) return refuse('it names no folder that takes what is in its archive')
	if (hasWildcard(path)) return refuse('it takes several archives')
	const [source, destination] = [joined(path.pieces), joined(other.pieces)]
	const task = { kind: 'extract-archive', source, destination, flat: false, overwrite: has('force') } as const
	return { task, open: isOpen(path, other) }
}

/** A pattern takes folders that fit as well, so it has to tell the ending that files have. */
function filesOf(path: Word, places: Places) {
	const found = sourceOf(path, false, places)
	if ('reason' in found || found.each === undefined) return found
	if (!/\.[^.*?\\/]+$/.test(endOf(path) ?? '')) return refuse(`folders may fit ${joined(path.pieces).text}, too`)
	return { ...found, exactNames: true as const }
}
