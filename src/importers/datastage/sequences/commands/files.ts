/** `rm`, `mv`, `cp`, `mkdir`: commands that change files. */
import type { FilesTask, FileTask, Task } from '#model/control-flow.ts'
import type { CommandContext } from '../activity-context.ts'
import type { Word } from '../shell.ts'
import { hasStar } from '../shell.ts'
import type { Line } from './call.ts'
import { declareValues, endOf, hasOption, isDataSet, optionsAmong, pathOf, patternIsPlain, patternOf } from './call.ts'

type Files = Pick<FilesTask, 'action' | 'whole' | 'needsFile'> &
	Partial<Pick<FilesTask, 'tells' | 'olderThanDays' | 'destination'>>

/** Everything that fits the pattern of a word. */
export function filesTask(word: Word, files: Files, line: Line, context: CommandContext): FilesTask {
	declareValues([word], line.first.name, context)
	return {
		...context.base,
		kind: 'files',
		pattern: patternOf(word, line.text),
		tells: 'nothing',
		...files,
		whole: files.whole || isDataSet(word),
		outputs: context.outputs,
	}
}

export function remove(line: Line, context: CommandContext): Task | undefined {
	const { first, readers, forgiving } = line
	const [word, ...more] = first.operands
	if (word === undefined || more.length + readers.length > 0 || !optionsAmong(first, 'frR') || !patternIsPlain(word))
		return undefined
	const whole = hasOption(first, 'r') || hasOption(first, 'R')
	const forced = hasOption(first, 'f') || forgiving
	if (whole || hasStar(word) || isDataSet(word))
		return filesTask(word, { action: 'delete', whole, needsFile: !forced }, line, context)
	return fileTask('delete-file', [word], line, context, forced ? { mayBeAbsent: true } : {})
}

export const move = (line: Line, context: CommandContext): Task | undefined => transfer('move', 'f', line, context)
export const copy = (line: Line, context: CommandContext): Task | undefined => transfer('copy', 'fp', line, context)

/** Without `-n`, what stands at the destination is replaced; `-p` keeps times, which S3 sets itself. */
function transfer(action: 'move' | 'copy', letters: string, line: Line, context: CommandContext): Task | undefined {
	const { first, readers, forgiving } = line
	const [source, destination, ...more] = first.operands
	if (source === undefined || destination === undefined || more.length + readers.length > 0) return undefined
	if (!optionsAmong(first, letters) || forgiving || hasStar(destination) || !patternIsPlain(source)) return undefined
	if (hasStar(source) || isDataSet(source)) {
		// A data set under a new name is no longer what its jobs look for.
		if (!hasStar(source) && endOf(destination)?.endsWith('/') !== true) return undefined
		declareValues([destination], first.name, context)
		const files = { action, whole: false, needsFile: true, destination: pathOf(destination, line.text) } as const
		return filesTask(source, files, line, context)
	}
	const intoFolder = endOf(destination)?.endsWith('/') === true
	const options = { intoFolder, ...(intoFolder || isSurelyFile(destination) ? {} : { mayBeFolder: true }) }
	return fileTask(`${action}-file`, [source, destination], line, context, options)
}

/** S3 shows a folder that is empty as its consoles do: an object of that name with a slash behind it. */
export function makeFolder(line: Line, context: CommandContext): Task | undefined {
	const { first, readers } = line
	const [word, ...more] = first.operands
	if (word === undefined || more.length + readers.length > 0 || hasStar(word)) return undefined
	if (!optionsAmong(first, 'p') || !hasOption(first, 'p')) return undefined
	return fileTask('create-folder', [word], line, context)
}

function fileTask(
	operation: FileTask['operation'],
	words: readonly [Word] | readonly [Word, Word],
	line: Line,
	context: CommandContext,
	options: Partial<FileTask> = {},
): FileTask {
	const [source, destination] = words
	declareValues(words, line.first.name, context)
	return {
		...context.base,
		kind: 'file-operation',
		operation,
		source: pathOf(source, line.text),
		...(destination === undefined ? {} : { destination: pathOf(destination, line.text) }),
		overwrite: true,
		useExisting: true,
		intoFolder: false,
		...options,
		outputs: context.outputs,
	}
}

/** Only a path that ends with the text of a name, with an ending, is surely no folder. */
const isSurelyFile = (word: Word): boolean => /\.[A-Za-z0-9]+$/.test(endOf(word) ?? '')
