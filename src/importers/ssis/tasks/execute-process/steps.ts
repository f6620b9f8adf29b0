/** What commands come to, and how their paths are read, whichever interpreter runs them. */
import type { ArchiveWork } from '#model/archives.ts'
import type { FileTask, PauseTask, SqlTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import type { Piece, Word } from './words.ts'
import { endOf, hasWildcard, joined, parted } from './words.ts'

export type Step = FileStep | WholeStep

/** A task as it stands: an archive, a wait, or statements of a database. */
export interface WholeStep {
	readonly task:
		| ArchiveWork
		| Pick<PauseTask, 'kind' | 'milliseconds'>
		| Pick<SqlTask, 'kind' | 'connection' | 'batches' | 'file' | 'parameters' | 'result'>
	readonly open: boolean
}

/** One file or folder, or each file that fits a pattern. */
export interface FileStep {
	readonly what: Pick<FileTask, 'operation' | 'source' | 'destination' | 'intoFolder' | 'overwrite' | 'useExisting'> &
		Partial<Pick<FileTask, 'mayBeAbsent'>>
	/** The source is each of these in turn. */
	readonly each?: {
		readonly folder: SourcedExpression
		readonly pattern: SourcedExpression
		readonly needsFile?: true
	}
	/** The pattern looks at the names of files as they are; cmd looks at their short names, too. */
	readonly exactNames?: true
	/** Some value was written without quotes, or stands for a folder. */
	readonly open: boolean
}

/** What is known of the paths of a command. */
export interface Places {
	/** Where a path that names no folder begins; undefined: only the old server knows. */
	readonly folder: SourcedExpression | undefined
	/** Does a value hold a folder, with the slash at its end? */
	isFolder(this: void, value: Piece): boolean
}

export const plain = { intoFolder: false, overwrite: false, useExisting: false } as const

/** Does the path end with a slash, or with a name without an ending? */
export const mayBeFolder = (word: Word): boolean => /[\\/]$|(?:^|[\\/])[^\\/.]+$/.test(endOf(word) ?? '')

export const refuseFolder = (word: Word): Refusal =>
	refuse(`only the run shows whether ${joined(word.pieces).text} is a folder, whose files it would work on`)

/** @param needsFile does the command fail where no file fits? */
export function sourceOf(
	word: Word,
	needsFile: boolean,
	{ isFolder }: Places,
): (Pick<FileStep, 'each'> & { readonly source: SourcedExpression }) | Refusal {
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
export function namesFolder({ pieces }: Word, { isFolder }: Places): boolean | undefined {
	const last = pieces.at(-1)
	if (typeof last === 'string') return /[\\/]$/.test(last) || !/\.\w+$/.test(last)
	return last !== undefined && isFolder(last) ? true : undefined
}

/** A pattern behind a value takes it for a folder, as its first value is one. */
export const isOpen = (...words: readonly Word[]): boolean =>
	words.some((word) => !word.quoted || (hasWildcard(word) && typeof word.pieces[0] !== 'string'))

/** A path that names its drive or server, or begins with a value; another one below the working folder. */
export function absolute(word: Word, folder: SourcedExpression | undefined): Word | undefined {
	const [first] = word.pieces
	if (typeof first !== 'string' || /^(?:[A-Za-z]:[\\/]|\\\\|\/)/.test(first)) return word
	if (folder === undefined) return undefined
	const known = folder.expression.kind === 'literal'
	const before: readonly Piece[] = known ? [] : [folder.expression]
	const start = `${known ? folder.text.replace(/[\\/]+$/, '') : ''}\\${first}`
	return { ...word, pieces: [...before, start, ...word.pieces.slice(1)] }
}
