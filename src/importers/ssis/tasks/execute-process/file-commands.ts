/** Commands of cmd that work on files: copy, move, del, ren, md, rd (Microsoft: Windows commands). */
import type { FileTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Command } from './command-line.ts'
import type { Piece, Word } from './words.ts'
import { endOf, hasWildcard, joined, parted, plainWord } from './words.ts'

/** One file or folder, or each file that fits a pattern. */
export interface Step {
	readonly what: Pick<FileTask, 'operation' | 'source' | 'destination' | 'intoFolder' | 'overwrite' | 'useExisting'> &
		Partial<Pick<FileTask, 'mayBeAbsent'>>
	/** The source is each of these in turn. */
	readonly each?: { readonly folder: SourcedExpression; readonly pattern: SourcedExpression; readonly needsFile?: true }
	/** Some value was written without quotes, or stands for a folder. */
	readonly open: boolean
}

/** A command with its switches told apart: `del /f/q a.txt`. */
interface Call {
	readonly name: string
	readonly switches: ReadonlySet<string>
	readonly operands: readonly Word[]
}

/** What is known of the paths of a command. */
export interface Places {
	/** Where a path that names no folder begins; undefined: only the old server knows. */
	readonly folder: SourcedExpression | undefined
	/** Does a value hold a folder, with the slash at its end? */
	isFolder(this: void, value: Piece): boolean
}

export function stepsOf(command: Command, places: Places): readonly Step[] | Refusal {
	const call = callOf(command)
	if (call === undefined) return refuse('only the run shows which command it is')
	if (!Object.hasOwn(commands, call.name)) return refuse(`it runs ${call.name}`)
	const { reads, known }: Form = commands[call.name as keyof typeof commands]
	const unknown = [...call.switches].find((one) => !known.includes(one))
	if (unknown !== undefined) return refuse(`its command ${call.name} has the switch /${unknown}`)
	const operands: Word[] = []
	for (const [index, word] of call.operands.entries()) {
		// The new name of a file is no path.
		const whole = reads === rename && index === 1 ? word : absolute(word, places.folder)
		if (whole === undefined)
			return refuse(`the path ${joined(word.pieces).text} begins in a folder that only the old server knows`)
		operands.push(whole)
	}
	return reads({ ...call, operands }, places)
}

/** Switches stand anywhere, also together, and right behind the name: `del/q`, `rd /s/q`. */
function callOf({ words }: Command): Call | undefined {
	const [first, ...others] = words
	const program = first === undefined ? undefined : /^(\w+)((?:\/[\w-]+)*)$/.exec(plainWord(first) ?? '')
	if (program === null || program === undefined) return undefined
	const isSwitch = (word: Word): boolean => /^(?:\/[\w-]+)+$/.test(plainWord(word) ?? '')
	const given = [program[2] ?? '', ...others.filter(isSwitch).map((word) => plainWord(word) ?? '')]
	const switches = given.flatMap((text) => text.toLowerCase().split('/').slice(1))
	return {
		name: (program[1] ?? '').toLowerCase(),
		switches: new Set(switches),
		operands: others.filter((word) => !isSwitch(word)),
	}
}

type Reads = (call: Call, places: Places) => readonly Step[] | Refusal

interface Form {
	readonly reads: Reads
	/** Switches that change nothing here, or that are understood. */
	readonly known: readonly string[]
}

const commands = {
	copy: { reads: transfer('copy-file'), known: ['y', 'v', 'b'] },
	move: { reads: transfer('move-file'), known: ['y'] },
	xcopy: { reads: transfer('copy-file'), known: ['y', 'q', 'r', 'i', 'h', 'v'] },
	del: { reads: remove, known: ['f', 'q'] },
	erase: { reads: remove, known: ['f', 'q'] },
	ren: { reads: rename, known: [] },
	rename: { reads: rename, known: [] },
	md: { reads: makeFolder, known: [] },
	mkdir: { reads: makeFolder, known: [] },
	rd: { reads: removeFolder, known: ['s', 'q'] },
	rmdir: { reads: removeFolder, known: ['s', 'q'] },
} as const satisfies Record<string, Form>

const plain = { intoFolder: false, overwrite: false, useExisting: false } as const

/** Without /Y the command asks before it replaces a file, and nobody answers: the new task fails there. */
function transfer(operation: 'copy-file' | 'move-file'): Reads {
	return ({ operands, switches }, places) => {
		const [source, destination, ...more] = operands
		if (source === undefined || destination === undefined || more.length > 0)
			return refuse('it does not name one source and one destination')
		if (hasWildcard(destination)) return refuse('its destination holds a pattern')
		const found = sourceOf(source, true, places)
		if ('reason' in found) return found
		// A folder is moved as a whole; of one that is copied, the files are.
		if (operation === 'copy-file' && found.each === undefined && mayBeFolder(source)) return refuseFolder(source)
		const intoFolder = namesFolder(destination, places)
		if (found.each !== undefined && intoFolder !== true)
			return refuse(
				intoFolder === undefined
					? 'only the run shows whether its destination is a folder'
					: 'it puts several files together into one',
			)
		const what = {
			...plain,
			operation,
			source: found.source,
			destination: joined(destination.pieces),
			intoFolder: intoFolder === true,
			overwrite: switches.has('y'),
		}
		return [{ what, ...(found.each && { each: found.each }), open: isOpen(source, destination) }]
	}
}

/** A file that is not there is no failure of `del`. */
function remove({ operands }: Call, places: Places): readonly Step[] | Refusal {
	if (operands.length === 0) return refuse('its command names no file')
	const steps: Step[] = []
	for (const word of operands) {
		const found = sourceOf(word, false, places)
		if ('reason' in found) return found
		if (found.each === undefined && mayBeFolder(word)) return refuseFolder(word)
		const what = { ...plain, operation: 'delete-file', source: found.source, mayBeAbsent: true } as const
		steps.push({ what, ...(found.each === undefined ? {} : { each: found.each }), open: isOpen(word) })
	}
	return steps
}

/** Does the path end with a slash, or with a name without an ending? */
const mayBeFolder = (word: Word): boolean => /[\\/]$|(?:^|[\\/])[^\\/.]+$/.test(endOf(word) ?? '')

const refuseFolder = (word: Word): Refusal =>
	refuse(`only the run shows whether ${joined(word.pieces).text} is a folder, whose files it would work on`)

/** The new name stands in the folder of the old one. */
function rename({ operands }: Call, { isFolder }: Places): readonly Step[] | Refusal {
	const [source, name, ...more] = operands
	const folder = source === undefined ? undefined : parted(source, isFolder)?.folder
	if (source === undefined || name === undefined || more.length > 0 || folder === undefined)
		return refuse('it does not name a file in a folder and its new name')
	if (hasWildcard(source) || hasWildcard(name)) return refuse('it renames what fits a pattern')
	if (parted(name, isFolder) !== undefined) return refuse('the new name holds a folder, which its command refuses')
	const destination = joined([...folder, ...name.pieces])
	const what = { ...plain, operation: 'rename-file', source: joined(source.pieces), destination } as const
	return [{ what, open: isOpen(source, name) }]
}

function makeFolder({ operands }: Call): readonly Step[] | Refusal {
	return folders(operands, { ...plain, operation: 'create-folder' })
}

/** Without /s the folder has to be empty, which only the run shows. */
function removeFolder({ operands, switches }: Call): readonly Step[] | Refusal {
	if (!switches.has('s')) return refuse('it removes a folder only where that is empty')
	if (!switches.has('q')) return refuse('it asks before it removes a folder')
	return folders(operands, { ...plain, operation: 'delete-folder' })
}

function folders(operands: readonly Word[], what: Omit<Step['what'], 'source'>): readonly Step[] | Refusal {
	if (operands.length === 0 || operands.some(hasWildcard)) return refuse('its command names no folder')
	return operands.map((word) => ({ what: { ...what, source: joined(word.pieces) }, open: isOpen(word) }))
}

/** @param needsFile does the command fail where no file fits? */
function sourceOf(
	word: Word,
	needsFile: boolean,
	{ isFolder }: Places,
): (Pick<Step, 'each'> & { readonly source: SourcedExpression }) | Refusal {
	const source = joined(word.pieces)
	if (!hasWildcard(word)) return { source }
	const parts = parted(word, isFolder)
	if (parts === undefined || hasWildcard({ pieces: parts.folder, quoted: true }))
		return refuse(`no folder is written before the pattern ${source.text}`)
	return {
		source,
		each: { folder: joined(parts.folder), pattern: joined(parts.name.pieces), ...(needsFile && { needsFile }) },
	}
}

/** A destination with a slash at its end, or without an ending: the same as of a File System task. */
function namesFolder({ pieces }: Word, { isFolder }: Places): boolean | undefined {
	const last = pieces.at(-1)
	if (typeof last === 'string') return /[\\/]$/.test(last) || !/\.\w+$/.test(last)
	return last !== undefined && isFolder(last) ? true : undefined
}

/** A pattern behind a value takes it for a folder, as its first value is one. */
const isOpen = (...words: readonly Word[]): boolean =>
	words.some((word) => !word.quoted || (hasWildcard(word) && typeof word.pieces[0] !== 'string'))

/** A path that names its drive or server, or begins with a value; another one below the working folder. */
function absolute(word: Word, folder: SourcedExpression | undefined): Word | undefined {
	const [first] = word.pieces
	if (typeof first !== 'string' || /^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(first)) return word
	if (folder === undefined) return undefined
	const known = folder.expression.kind === 'literal'
	const before: readonly Piece[] = known ? [] : [folder.expression]
	const start = `${known ? folder.text.replace(/[\\/]+$/, '') : ''}\\${first}`
	return { ...word, pieces: [...before, start, ...word.pieces.slice(1)] }
}
