/**
 * Programs that read or write a file and do no more than a filter command does (IBM: External Source stage and External Target
 * stage, which run a program and take its rows, or give it theirs).
 */
import type { SimpleCommand, Word } from '../sequences/shell.ts'
import { commandLine } from '../sequences/shell.ts'
import type { FilterStep } from './command.ts'
import { programName, stepsOf } from './command.ts'

export interface ReadingProgram {
	/** Paths as the export spells them, with `#Parameter#` and patterns of the shell. */
	readonly files: readonly string[]
	readonly steps: readonly FilterStep[]
}

export interface WritingProgram {
	/** Path as the export spells it, with `#Parameter#`. */
	readonly file: string
	/** Rows join those that the file holds already. */
	readonly appends: boolean
	readonly steps: readonly FilterStep[]
}

/** The files that a program prints, such as `zcat in.gz | grep x`; undefined where it does anything else. */
export function readingProgram(program: string): ReadingProgram | undefined {
	const [first, ...others] = commandsOf(program) ?? []
	if (first === undefined || first.into !== undefined || first.silent) return undefined
	const opened = opening(first)
	const steps = [opened?.steps, ...others.map(knownSteps)]
	if (opened === undefined || steps.some((found) => found === undefined)) return undefined
	return { files: opened.files, steps: steps.flatMap((found) => found ?? []) }
}

/** The file that a program writes what it reads to, such as `gzip -c > out.gz`; undefined where it does anything else. */
export function writingProgram(program: string): WritingProgram | undefined {
	const commands = commandsOf(program) ?? []
	const last = commands.at(-1)
	if (last?.into === undefined || commands.slice(0, -1).some(({ into }) => into !== undefined)) return undefined
	const file = pathOf(last.into)
	const steps = [...commands.slice(0, -1), { words: last.words, silent: last.silent, appends: false }].map(knownSteps)
	if (file === undefined || hasPattern(file) || steps.some((found) => found === undefined)) return undefined
	return { file, appends: last.appends, steps: steps.flatMap((found) => found ?? []) }
}

/** The signs around a parameter: its value is there before a shell reads the line, so that it is part of a word. */
const [opens, closes] = ['\u{E000}', '\u{E001}']

function commandsOf(program: string): readonly SimpleCommand[] | undefined {
	if (program.includes(opens) || program.includes(closes)) return undefined
	const line = commandLine([program.trim().replaceAll(/#([\w$.]+)#/g, `${opens}$1${closes}`)])
	return 'problem' in line || line.forgiving ? undefined : line.commands
}

/** What a command does to lines, unless a parameter says it. */
function knownSteps(command: SimpleCommand): readonly FilterStep[] | undefined {
	const isOpen = command.words.some(({ pieces }) =>
		pieces.some((piece) => typeof piece === 'string' && piece.includes(opens)),
	)
	return isOpen ? undefined : stepsOf(command)
}

/** Programs that read the files named behind their options, all of them or only one, and with which option they print it. */
const openers: Readonly<Record<string, { readonly several: boolean; readonly needs?: RegExp }>> = {
	cat: { several: true },
	zcat: { several: true },
	gzcat: { several: true },
	bzcat: { several: true },
	// Without `-c` the file itself is unpacked, and nothing is printed.
	gunzip: { several: true, needs: /^-\w*c/ },
	gzip: { several: true, needs: /^-\w*(?:c\w*d|d\w*c)/ },
	bunzip2: { several: true, needs: /^-\w*c/ },
	bzip2: { several: true, needs: /^-\w*(?:c\w*d|d\w*c)/ },
	// With several files, grep names them before each line, and head and tail above them.
	grep: { several: false },
	egrep: { several: false },
	fgrep: { several: false },
	head: { several: false },
	tail: { several: false },
	sed: { several: false },
	awk: { several: false },
}

/** The command without its files, and these. */
function opening({ words, silent }: SimpleCommand): ReadingProgram | undefined {
	const [program, ...rest] = words
	const name = program === undefined ? undefined : programName(pathOf(program) ?? '')
	const opener = name !== undefined && Object.hasOwn(openers, name) ? openers[name] : undefined
	if (program === undefined || opener === undefined) return undefined
	const from = opener.several ? rest.findIndex((word) => !pathOf(word)?.startsWith('-')) : rest.length - 1
	if (from < 0) return undefined
	const options = rest.slice(0, from)
	const files = rest.slice(from).map(pathOf)
	if (opener.needs !== undefined && !options.some((word) => opener.needs?.test(pathOf(word) ?? ''))) return undefined
	if (files.some((file) => file === undefined || file.startsWith('-'))) return undefined
	if (!opener.several && files.some((file) => file === undefined || hasPattern(file))) return undefined
	const steps = knownSteps({ words: [program, ...options], silent, appends: false })
	return steps === undefined ? undefined : { files: files.flatMap((file) => file ?? []), steps }
}

const hasPattern = (path: string): boolean => path.includes('*')

/** A word as the export spells it; undefined where only the run knows it, or a pattern is hidden by quotes. */
function pathOf({ pieces }: Word): string | undefined {
	const texts = pieces.map((piece) => {
		if (typeof piece === 'string') return piece.includes('*') ? undefined : piece
		return piece.kind === 'star' ? '*' : undefined
	})
	if (texts.includes(undefined)) return undefined
	return texts.join('').replaceAll(opens, '#').replaceAll(closes, '#')
}
