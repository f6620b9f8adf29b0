/**
 * Filter commands: a line of shell commands that data go through. The few that are common and simple are understood; what they
 * do is told as steps over the lines.
 */
import type { SimpleCommand } from '../sequences/shell.ts'
import { commandLine, plainWord } from '../sequences/shell.ts'
import type { Grammar } from './patterns.ts'
import { linePattern } from './patterns.ts'

export type FilterStep =
	/** The file is packed, by the program whose files end so. */
	| { readonly kind: 'unpack'; readonly ending: '.gz' | '.bz2' }
	| { readonly kind: 'pack'; readonly ending: '.gz' }
	/** The first lines are left out. */
	| { readonly kind: 'skip'; readonly lines: number }
	/** The first lines are all there is. */
	| { readonly kind: 'head'; readonly lines: number }
	/** Lines stay in which the pattern is found, or, inverted, those in which it is not. */
	| { readonly kind: 'keep'; readonly pattern: string; readonly inverted: boolean }

/** Undefined: it is none of the commands that are understood. */
export function filterSteps(command: string): readonly FilterStep[] | undefined {
	// Only the run knows what a parameter holds.
	if (/#[\w.$]+#/.test(command)) return undefined
	const line = commandLine([command.trim()])
	if ('problem' in line || line.forgiving) return undefined
	const steps = line.commands.map(stepsOf)
	return steps.some((found) => found === undefined) ? undefined : steps.flatMap((found) => found ?? [])
}

/** What one command does to lines; undefined where it is none of those that are understood. */
export function stepsOf({ words, silent, into }: SimpleCommand): readonly FilterStep[] | undefined {
	const texts = words.map(plainWord)
	const [name, ...rest] = texts.flatMap((text) => text ?? [])
	if (name === undefined || silent || into !== undefined || texts.includes(undefined)) return undefined
	const program = programName(name)
	return Object.hasOwn(programs, program) ? programs[program]?.(rest) : undefined
}

/** Without the folders that programs stand in. */
export const programName = (path: string): string => path.replace(/^(?:\/usr)?(?:\/local)?\/bin\//, '')

type Program = (words: readonly string[]) => readonly FilterStep[] | undefined

const unpacking =
	(ending: '.gz' | '.bz2'): Program =>
	(words) =>
		words.every((word) => /^(?:-[cdfq]+|-)$/.test(word)) ? [{ kind: 'unpack', ending }] : undefined

const programs: Readonly<Record<string, Program>> = {
	cat: (words) => (words.every((word) => word === '-') ? [] : undefined),
	gunzip: unpacking('.gz'),
	zcat: unpacking('.gz'),
	gzcat: unpacking('.gz'),
	bunzip2: unpacking('.bz2'),
	bzcat: unpacking('.bz2'),
	gzip: (words) => (words.some((word) => /^-\w*d/.test(word)) ? unpacking('.gz')(words) : packing(words)),
	bzip2: (words) => (words.some((word) => /^-\w*d/.test(word)) ? unpacking('.bz2')(words) : undefined),
	tail(words) {
		const [, from] = /^(?:-n ?)?\+(\d+)$/.exec(words.join(' ')) ?? []
		return from === undefined ? undefined : skipping(Number(from) - 1)
	},
	head(words) {
		const [, lines] = /^(?:-n ?|-)(\d+)$/.exec(words.join(' ')) ?? []
		if (words.length > 0 && lines === undefined) return undefined
		return [{ kind: 'head', lines: Number(lines ?? 10) }]
	},
	sed,
	awk: ([program = '', ...others]) => {
		const [, first] = /^\s*NR\s*>\s*(\d+)\s*$/.exec(program) ?? []
		return first === undefined || others.length > 0 ? undefined : skipping(Number(first))
	},
	grep: (words) => grep(words, 'basic'),
	egrep: (words) => grep(words, 'extended'),
	fgrep: (words) => grep(words, 'fixed'),
}

/** How hard it tries makes no other rows. */
const packing: Program = (words) =>
	words.every((word) => /^(?:-[cfnq1-9]+|-|--fast|--best)$/.test(word)) ? [{ kind: 'pack', ending: '.gz' }] : undefined

const skipping = (lines: number): readonly FilterStep[] => (lines > 0 ? [{ kind: 'skip', lines }] : [])

/** `1d`, `1,3d`, `/pattern/d`, and `-n /pattern/p`. */
function sed(words: readonly string[]): readonly FilterStep[] | undefined {
	const prints = words[0] === '-n'
	const [script = '', ...others] = words.filter((word, at) => word !== '-e' && !(prints && at === 0))
	if (others.length > 0) return undefined
	const lines = /^1(?:,(\d+))?d$/.exec(script)
	if (!prints && lines !== null) return skipping(Number(lines[1] ?? 1))
	const [, pattern, what] = /^\/((?:[^/\\]|\\.)+)\/([dp])$/.exec(script) ?? []
	if (pattern === undefined || (what === 'p') !== prints) return undefined
	return keeping(linePattern(pattern, 'basic', false), !prints)
}

function grep(words: readonly string[], usual: Grammar): readonly FilterStep[] | undefined {
	const options = words.filter((word) => /^-./.test(word))
	const letters = options.flatMap((word) => Array.from(word.slice(1)))
	const [written, ...others] = words.filter((word) => !/^-./.test(word))
	if (written === undefined || others.length > 0 || letters.some((letter) => !'EFeiv'.includes(letter)))
		return undefined
	const grammar = letters.includes('F') ? 'fixed' : letters.includes('E') ? 'extended' : usual
	return keeping(linePattern(written, grammar, letters.includes('i')), letters.includes('v'))
}

const keeping = (pattern: string | undefined, inverted: boolean): readonly FilterStep[] | undefined =>
	pattern === undefined ? undefined : [{ kind: 'keep', pattern, inverted }]
