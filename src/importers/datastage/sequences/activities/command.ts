/** Execute Command: simple commands on files become operations on files, `echo` a value; every other command is opaque. */
import type { AssignTask, FileTask, Task } from '#model/control-flow.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { textOf } from '../../columns.ts'
import { concatenate, textLiteral } from '../../expressions.ts'
import type { ActivityContext } from '../activity-context.ts'
import { lowerTemplate } from '../expressions.ts'
import { piecesOf } from '../pieces.ts'
import type { Word } from '../shell.ts'
import { plainWord, wordPieces, wordsOf } from '../shell.ts'
import { outputsOf } from '../symbols.ts'

/** The field mark: DataStage puts one behind each line that a command writes. */
const fieldMark = '\u{FE}'

export function lower(context: ActivityContext): Task {
	const { base, stage, names, refuse } = context
	const written = [textOf(stage.record.values, 'Path'), textOf(stage.record.values, 'Parameters')].join(' ').trim()
	const nothing: Task = { ...base, kind: 'barrier' }
	const { expression, problem } = lowerTemplate(written, names)
	if (problem !== undefined) {
		refuse(problem)
		return nothing
	}
	const words = wordsOf(piecesOf(expression, context))
	const [program, ...rest] = 'problem' in words ? [] : words
	const name = program === undefined ? undefined : plainWord(program)
	if ('problem' in words || name === undefined) {
		refuse(`a shell command has no counterpart in a state machine${'problem' in words ? `: ${words.problem}` : ''}`)
		return nothing
	}
	const options = rest.filter((word) => plainWord(word)?.startsWith('-') === true).map((word) => plainWord(word) ?? '')
	const operands = rest.filter((word) => plainWord(word)?.startsWith('-') !== true)
	if (name === 'echo' && options.length === 0) return echo(context, operands)
	const task = fileTask(context, name, options, operands)
	if (task !== undefined) return task
	refuse(
		`a shell command has no counterpart in a state machine, and ${name} with these arguments is not one of the few that have`,
	)
	return nothing
}

/** `echo`: what it writes is what later activities read. */
function echo({ base, stage }: ActivityContext, operands: readonly Word[]): AssignTask {
	const parts = operands.flatMap((word, index): Expression[] => [
		...(index === 0 ? [] : [textLiteral(' ')]),
		...wordPieces(word),
	])
	const values: Readonly<Record<string, Expression>> = {
		'return-value': textLiteral('0'),
		'command-output': concatenate([...parts, textLiteral(fieldMark)]),
		'command-name': textLiteral('echo'),
	}
	return {
		...base,
		kind: 'assign',
		assignments: outputsOf(stage).flatMap(({ what, variable }) => {
			const expression = values[what]
			return expression === undefined
				? []
				: [{ variable, value: { expression, text: textOf(stage.record.values, 'Path') } }]
		}),
	}
}

interface Idiom {
	readonly operation: FileTask['operation']
	readonly operands: 1 | 2
	readonly options: readonly string[]
}

/** Options that change nothing on S3: force, keep times, make what is missing above. */
const idioms: Readonly<Record<string, Idiom>> = {
	rm: { operation: 'delete-file', operands: 1, options: ['-f'] },
	mv: { operation: 'move-file', operands: 2, options: ['-f'] },
	cp: { operation: 'copy-file', operands: 2, options: ['-f', '-p'] },
}

function fileTask(
	context: ActivityContext,
	name: string,
	options: readonly string[],
	operands: readonly Word[],
): FileTask | undefined {
	const { base, stage, refuse, differ } = context
	const idiom = Object.hasOwn(idioms, name) ? idioms[name] : undefined
	const [source, destination] = operands
	if (idiom === undefined || source === undefined || operands.length !== idiom.operands) return undefined
	if (!options.every((option) => idiom.options.includes(option))) return undefined
	if (destination !== undefined && mayBeFolder(destination)) {
		refuse(`whether ${name} moves its file to a new name or into a folder cannot be told from the export`)
	}
	if (operands.some(({ quoted }) => !quoted)) differ('RG-D064', `${name} takes each value as the path of one file`)
	const path = (word: Word): SourcedExpression => ({
		expression: concatenate(wordPieces(word)),
		text: textOf(stage.record.values, 'Path'),
	})
	return {
		...base,
		kind: 'file-operation',
		operation: idiom.operation,
		source: path(source),
		...(destination === undefined ? {} : { destination: path(destination) }),
		overwrite: true,
		useExisting: true,
		intoFolder: false,
		...(idiom.operation === 'delete-file' && options.includes('-f') ? { mayBeAbsent: true } : {}),
		outputs: outputsOf(stage),
	}
}

/** Only a path that ends with the text of a name, with an ending, is surely no folder. */
function mayBeFolder({ pieces }: Word): boolean {
	const last = pieces.at(-1)
	return typeof last !== 'string' || !/\.[A-Za-z0-9]+$/.test(last)
}
