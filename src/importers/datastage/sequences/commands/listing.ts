/** `ls`, `find`, `test`: commands that look which files are there. */
import type { FilesTask, Task } from '#model/control-flow.ts'
import type { CommandContext } from '../activity-context.ts'
import { lowerTemplate } from '../expressions.ts'
import type { Word } from '../shell.ts'
import { hasStar, plainWord } from '../shell.ts'
import type { Call, Line } from './call.ts'
import { hasOption, optionsAmong, patternIsPlain } from './call.ts'
import { filesTask } from './files.ts'

/** `ls pattern`, `ls -l pattern | wc -l`, `ls -t pattern | head -1`. A path without a pattern may be a folder, whose contents it lists. */
export function list(line: Line, context: CommandContext): Task | undefined {
	const { first, readers, forgiving } = line
	const [word, ...more] = first.operands
	if (word === undefined || more.length > 0 || !optionsAmong(first, 'lrt1') || !patternIsPlain(word)) return undefined
	const tells = toldBy(first, readers)
	if (tells === undefined || (!hasStar(word) && tells !== 'count' && tells !== 'nothing')) return undefined
	if (!hasStar(word) && word.quoted) context.differ('RG-D064', 'ls takes its value as the path of one file')
	// The end of a pipe is that of its last command, which always has something to read.
	const needsFile = readers.length === 0 && !forgiving
	return filesTask(word, { action: 'list', whole: false, needsFile, tells }, line, context)
}

function toldBy(first: Call, readers: readonly Call[]): FilesTask['tells'] | undefined {
	const [reader, ...more] = readers
	if (more.length > 0) return undefined
	const isLong = hasOption(first, 'l')
	if (reader === undefined)
		return first.command.silent ? 'nothing' : isLong || hasOption(first, 't') ? undefined : 'paths'
	if (countsLines(reader)) return 'count'
	const newestFirst = hasOption(first, 't') && !hasOption(first, 'r')
	const newestLast = hasOption(first, 't') && hasOption(first, 'r')
	if (isLong) return undefined
	return (newestFirst && takesOne(reader, 'head')) || (newestLast && takesOne(reader, 'tail')) ? 'newest' : undefined
}

export const countsLines = ({ name, options, operands }: Call): boolean =>
	name === 'wc' && options.join(' ') === '-l' && operands.length === 0

export const takesOne = ({ name, words }: Call, wanted: string): boolean =>
	name === wanted && ['-1', '-n 1', '-n1'].includes(words.map((word) => plainWord(word) ?? '').join(' '))

/** `test -f path`, `[ -f path ]`: its return value tells whether the file is there. */
export function test(line: Line, context: CommandContext): Task | undefined {
	const { first, readers, forgiving } = line
	const words = first.name === '[' && plainWordAt(first, -1) === ']' ? first.words.slice(0, -1) : first.words
	const [flag, word, ...more] = words
	if (flag === undefined || word === undefined || more.length + readers.length > 0 || hasStar(word)) return undefined
	if (!['-f', '-e', '-r'].includes(plainWord(flag) ?? '')) return undefined
	return filesTask(word, { action: 'list', whole: false, needsFile: !forgiving }, line, context)
}

const plainWordAt = ({ words }: Call, at: number): string | undefined => {
	const word = words.at(at)
	return word === undefined ? undefined : plainWord(word)
}

interface FindParts {
	readonly age?: string | Word
	readonly action: 'delete' | 'list'
	readonly whole: boolean
}

/** `find pattern -type f -mtime +n -exec rm -f {} \;`: without a pattern it would go into folders. */
export function find(line: Line, context: CommandContext): Task | undefined {
	const { first, readers, forgiving } = line
	const [word, ...tests] = first.words
	const [reader, ...more] = readers
	if (word === undefined || !hasStar(word) || !patternIsPlain(word) || more.length > 0) return undefined
	if (reader !== undefined && !countsLines(reader)) return undefined
	const parts = testsOf(tests)
	if (parts === undefined || (reader !== undefined && parts.action !== 'list')) return undefined
	const { action, whole, age } = parts
	const days = age === undefined ? undefined : daysOf(age, context)
	if (age !== undefined && days === undefined) return undefined
	const tells = reader !== undefined ? 'count' : action === 'list' && !first.command.silent ? 'paths' : 'nothing'
	const files = { action, whole, tells, needsFile: reader === undefined && !forgiving } as const
	return filesTask(word, days === undefined ? files : { ...files, olderThanDays: days }, line, context)
}

function testsOf(words: readonly Word[]): FindParts | undefined {
	let age: Word | undefined
	for (let at = 0; at < words.length; at += 1) {
		const word = plainWord(words[at] ?? { pieces: [], quoted: true })
		const rest = words.slice(at + 1).map((one) => plainWord(one) ?? '')
		const next = words[at + 1]
		const given = age === undefined ? {} : { age }
		if (word === '-type' && rest[0] === 'f') at += 1
		else if (word === '-mtime' && next !== undefined) {
			age = next
			at += 1
		} else if (word === '-print' && rest.length === 0) return { ...given, action: 'list', whole: false }
		else if (word === '-delete' && rest.length === 0) return { ...given, action: 'delete', whole: false }
		else if (word === '-exec' && /^rm (?:-f )?\{\} ;$/.test(rest.join(' ')))
			return { ...given, action: 'delete', whole: false }
		else if (word === '-exec' && /^orchadmin (?:delete|rm) (?:-f )?\{\} ;$/.test(rest.join(' ')))
			return { ...given, action: 'delete', whole: true }
		else return undefined
	}
	return { ...(age === undefined ? {} : { age }), action: 'list', whole: false }
}

/** `+n`: more than n whole days ago. Other ages are not translated. */
function daysOf(age: string | Word, { names }: CommandContext): FilesTask['olderThanDays'] | undefined {
	if (typeof age === 'string') return undefined
	const [sign, value, ...more] = age.pieces
	if (typeof sign !== 'string' || !sign.startsWith('+') || more.length > 0) return undefined
	if (value === undefined) {
		if (!/^\+\d+$/.test(sign)) return undefined
		return { expression: lowerTemplate(sign.slice(1), names).expression, text: sign.slice(1) }
	}
	if (sign !== '+' || typeof value === 'string' || value.kind === 'star') return undefined
	return { expression: value, text: '' }
}
