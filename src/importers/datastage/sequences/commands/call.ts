/** One command with its words told apart, and what a command becomes. */
import type { Task } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { concatenate } from '../../expressions.ts'
import type { CommandContext } from '../activity-context.ts'
import type { CommandLine, SimpleCommand, Word } from '../shell.ts'
import { hasStar, patternParts, plainWord, wordPieces } from '../shell.ts'

export interface Call {
	readonly name: string
	/** All words behind the name. */
	readonly words: readonly Word[]
	/** Those that begin with a hyphen, as one set of letters each. */
	readonly options: readonly string[]
	readonly operands: readonly Word[]
	readonly command: SimpleCommand
}

/** A line whose first command is this call. */
export interface Line extends CommandLine {
	readonly first: Call
	/** Commands that read what the first writes. */
	readonly readers: readonly Call[]
	/** The line as the export spells it. */
	readonly text: string
}

/** Undefined: it is none of the forms that are known. */
export type ReadCommand = (line: Line, context: CommandContext) => Task | undefined

/** Undefined where the name is a value that only the run knows. */
export function callOf(command: SimpleCommand): Call | undefined {
	const [program, ...words] = command.words
	const name = program === undefined ? undefined : plainWord(program)
	if (name === undefined || name === '') return undefined
	const isOption = (word: Word): boolean => /^-./.test(plainWord(word) ?? '')
	return {
		name,
		words,
		options: words.filter(isOption).map((word) => plainWord(word) ?? ''),
		operands: words.filter((word) => !isOption(word)),
		command,
	}
}

/** Are the single letters of all options among these? */
export const optionsAmong = ({ options }: Call, letters: string): boolean =>
	options.every((option) => Array.from(option.slice(1)).every((letter) => letters.includes(letter)))

export const hasOption = ({ options }: Call, letter: string): boolean =>
	options.some((option) => option.slice(1).includes(letter))

export const pathOf = (word: Word, text: string): SourcedExpression => ({
	expression: concatenate(wordPieces(word)),
	text,
})

export const patternOf = (word: Word, text: string): readonly SourcedExpression[] =>
	patternParts(word).map((part) => ({ expression: concatenate(part), text }))

/** Folders stand before the first asterisk. */
export const patternIsPlain = (word: Word): boolean =>
	patternParts(word)
		.slice(1)
		.every((part) =>
			part.every((one) => one.kind !== 'literal' || typeof one.value !== 'string' || !one.value.includes('/')),
		)

/** A shell would split values without quotes, and expand patterns in them. */
export function declareValues(words: readonly Word[], name: string, { differ }: CommandContext): void {
	if (words.some((word) => !word.quoted))
		differ(
			'RG-D064',
			`${name} takes each value as ${words.some(hasStar) ? 'a part of a path' : 'the path of one file'}`,
		)
}

/** The text of the last piece of a word, when it is known. */
export function endOf({ pieces }: Word): string | undefined {
	const last = pieces.at(-1)
	return typeof last === 'string' ? last : undefined
}

/** In the new world a data set is a folder. */
export const isDataSet = (word: Word): boolean => endOf(word)?.endsWith('.ds') === true
