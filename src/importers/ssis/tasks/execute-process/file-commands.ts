/** Commands of cmd that work on files: copy, move, del, ren, md, rd (Microsoft: Windows commands). */
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { TaskContext } from '../task-context.ts'
import type { Command } from './command-line.ts'
import { nameOf, programOf } from './programs.ts'
import type { FileStep, Places, Step } from './steps.ts'
import { absolute, isOpen, mayBeFolder, namesFolder, plain, refuseFolder, sourceOf } from './steps.ts'
import type { Word } from './words.ts'
import { hasWildcard, joined, parted, plainWord } from './words.ts'

/** A command with its switches told apart: `del /f/q a.txt`. */
interface Call {
	readonly name: string
	readonly switches: ReadonlySet<string>
	readonly operands: readonly Word[]
}

export function stepsOf(command: Command, places: Places, context: TaskContext): readonly Step[] | Refusal {
	const [called, ...given] = command.words
	const program = called === undefined ? undefined : programOf(nameOf(plainWord(called) ?? ''))
	if (program !== undefined) return program(given, places, context)
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

function folders(operands: readonly Word[], what: Omit<FileStep['what'], 'source'>): readonly Step[] | Refusal {
	if (operands.length === 0 || operands.some(hasWildcard)) return refuse('its command names no folder')
	return operands.map((word) => ({ what: { ...what, source: joined(word.pieces) }, open: isOpen(word) }))
}
