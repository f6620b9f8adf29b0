/** `cat`, `head -1`, `tail -1`: commands that write what is in a text file. */
import type { ReadFileTask } from '#model/control-flow.ts'
import type { CommandContext } from '../activity-context.ts'
import type { Word } from '../shell.ts'
import { hasStar, plainWord } from '../shell.ts'
import type { Line } from './call.ts'
import { declareValues, pathOf } from './call.ts'
import { countsLines, takesOne } from './listing.ts'

/** `cat path`, `cat path | wc -l`, `cat path | head -1`. */
export function cat(line: Line, context: CommandContext): ReadFileTask | undefined {
	const [word, ...others] = line.first.words
	const [reader, ...more] = line.readers
	if (word === undefined || others.length + more.length > 0) return undefined
	if (reader === undefined) return readFile(word, 'lines', line, context)
	if (countsLines(reader)) return readFile(word, 'count', line, context)
	if (takesOne(reader, 'head')) return readFile(word, 'first-line', line, context)
	return takesOne(reader, 'tail') ? readFile(word, 'last-line', line, context) : undefined
}

export const head = (line: Line, context: CommandContext): ReadFileTask | undefined => one('first-line', line, context)
export const tail = (line: Line, context: CommandContext): ReadFileTask | undefined => one('last-line', line, context)

/** `head -1 path`, `tail -n 1 path`. */
function one(tells: ReadFileTask['tells'], line: Line, context: CommandContext): ReadFileTask | undefined {
	const { words } = line.first
	const word = words.at(-1)
	const count = words
		.slice(0, -1)
		.map((each) => plainWord(each) ?? '')
		.join(' ')
	if (word === undefined || line.readers.length > 0 || !['-1', '-n 1', '-n1'].includes(count)) return undefined
	return readFile(word, tells, line, context)
}

function readFile(
	word: Word,
	tells: ReadFileTask['tells'],
	line: Line,
	context: CommandContext,
): ReadFileTask | undefined {
	if (hasStar(word) || line.forgiving || line.first.command.silent) return undefined
	declareValues([word], line.first.name, context)
	context.differ('RG-D066', `${line.first.name} reads a whole file`)
	return { ...context.base, kind: 'read-file', path: pathOf(word, line.text), tells, outputs: context.outputs }
}
