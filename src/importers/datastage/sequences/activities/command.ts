/** Execute Command: commands on files become operations on files, `echo` and `date` values; every other command is opaque. */
import type { Task } from '#model/control-flow.ts'
import { textOf } from '../../columns.ts'
import type { ActivityContext, CommandContext } from '../activity-context.ts'
import type { Line, ReadCommand } from '../commands/call.ts'
import { callOf } from '../commands/call.ts'
import { copy, makeFolder, move, remove } from '../commands/files.ts'
import { find, list, test } from '../commands/listing.ts'
import { cat, head, tail } from '../commands/reading.ts'
import { date, echo } from '../commands/values.ts'
import { lowerTemplate } from '../expressions.ts'
import { piecesOf } from '../pieces.ts'
import { commandLine } from '../shell.ts'
import { isJobCommand, lowerJobCommand } from './dsjob.ts'

const commands: Readonly<Record<string, ReadCommand>> = {
	'[': test,
	cat,
	cp: copy,
	date,
	echo,
	find,
	head,
	ls: list,
	mkdir: makeFolder,
	mv: move,
	rm: remove,
	tail,
	test,
}

export function lower(context: ActivityContext): Task {
	const { values } = context.stage.record
	const written = [textOf(values, 'Path'), textOf(values, 'Parameters')].join(' ').trim()
	if (!isJobCommand(written)) return lowerCommand(written, context)
	return lowerJobCommand(written, context) ?? { ...context.base, kind: 'barrier' }
}

/** Any text that the old server handed to its shell. */
export function lowerCommand(written: string, context: CommandContext): Task {
	const { base, names, refuse } = context
	const nothing: Task = { ...base, kind: 'barrier' }
	const { expression, problem } = lowerTemplate(written, names)
	if (problem !== undefined) {
		refuse(problem)
		return nothing
	}
	const parsed = commandLine(piecesOf(expression, context))
	if ('problem' in parsed) {
		refuse(`a shell command has no counterpart in a state machine: ${parsed.problem}`)
		return nothing
	}
	const calls = parsed.commands.map(callOf)
	const [first, ...readers] = calls.filter((one) => one !== undefined)
	if (first === undefined || calls.includes(undefined)) {
		refuse('a shell command has no counterpart in a state machine, and only the run knows the name of this one')
		return nothing
	}
	const line: Line = { ...parsed, first, readers, text: written }
	const isKnown = Object.hasOwn(commands, first.name) && parsed.commands.every(({ into }) => into === undefined)
	const task = isKnown ? commands[first.name]?.(line, context) : undefined
	if (task !== undefined) return task
	refuse(
		`a shell command has no counterpart in a state machine, and ${first.name} with these arguments is not one of the few that have`,
	)
	return nothing
}
