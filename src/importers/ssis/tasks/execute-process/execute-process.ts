/**
 * Execute Process task (Microsoft: Execute Process Task, class ExecuteProcess). Programs of the old server are not there in a
 * Glue job; commands of its command interpreters that work on files, and packages that dtexec starts, are understood.
 */
import type { Precedence, Task } from '#model/control-flow.ts'
import type { Refusal } from '../../flow/parts.ts'
import { refuse } from '../../flow/parts.ts'
import { eachFile } from '../each-file.ts'
import type { Setting } from '../setting.ts'
import { settingsOf } from '../setting.ts'
import type { TaskContext } from '../task-context.ts'
import { declareAt, placeOf, taskBase } from '../task-context.ts'
import { argumentsOf, commandsOf } from './command-line.ts'
import { packageOf } from './dtexec.ts'
import { stepsOf } from './file-commands.ts'
import { cmdletOf } from './powershell.ts'
import type { ReadsProgram } from './programs.ts'
import { nameOf, programOf } from './programs.ts'
import { robocopy } from './robocopy.ts'
import type { Places, Step } from './steps.ts'
import type { Piece } from './words.ts'
import { holdsFolder, piecesOf, plainWord } from './words.ts'

export function lowerExecuteProcess(context: TaskContext): Task | Refusal {
	const setting = settingsOf(context, 'ExecuteProcessData')
	const program = setting === undefined ? undefined : setting('Executable')
	if (setting === undefined || program === undefined || program.text.trim() === '') return refuse('it names no program')
	const pieces = piecesOf(setting('Arguments').expression, context.scope)
	const written = plainWord({ pieces: piecesOf(program.expression, context.scope), quoted: true })
	if (written === undefined) return refuse('only the run shows which program it starts')
	const name = nameOf(written)
	const around = answersOf(setting, name)
	if (around !== undefined) return around
	if (name === 'cmd') return commandLine(context, pieces, setting)
	if (name === 'powershell' || name === 'pwsh') return powerShell(context, pieces, setting)
	if (name === 'dtexec') return startPackage(context, pieces)
	if (name === 'robocopy') return copyFolder(context, pieces, setting)
	const reads = programOf(name)
	if (reads !== undefined) return startProgram(context, reads, pieces, setting)
	return refuse(`it starts ${name}, a program of the old server, which a Glue job does not have`)
}

/** What a program tells goes to no variable, and 0 says that it has done its work. */
function answersOf(setting: Setting, program: string): Refusal | undefined {
	const streams = ['StandardInputVariable', 'StandardOutputVariable', 'StandardErrorVariable']
	if (streams.some((name) => setting(name).text !== ''))
		return refuse('variables take what its program writes, or give what it reads')
	const success = setting('SuccessValue').text
	if (program !== 'robocopy' && success !== '' && success !== '0')
		return refuse(`its program ends well with the code ${success}`)
	// How long it may take, and what its window looks like, say nothing about what it does.
	for (const name of ['TimeOut', 'TerminateProcessAfterTimeOut', 'WindowStyle', 'RequireFullFileName']) setting(name)
	return undefined
}

function startPackage(context: TaskContext, pieces: readonly Piece[]): Task | Refusal {
	const words = argumentsOf(pieces)
	if ('reason' in words) return words
	const started = packageOf(words)
	return 'reason' in started
		? started
		: { ...taskBase(context), kind: 'run-job', ...started, parameters: [], mode: 'run' }
}

function startProgram(
	context: TaskContext,
	reads: ReadsProgram,
	pieces: readonly Piece[],
	setting: Setting,
): Task | Refusal {
	const words = argumentsOf(pieces)
	if ('reason' in words) return words
	const steps = reads(words, placesOf(context, setting), context)
	return 'reason' in steps ? steps : run(context, steps, setting)
}

/** It ends with 1 where it has copied something, so the task that expects 0 fails just then. */
function copyFolder(context: TaskContext, pieces: readonly Piece[], setting: Setting): Task | Refusal {
	const words = argumentsOf(pieces)
	if ('reason' in words) return words
	const anyCode = isFalse(setting('FailTaskIfReturnCodeIsNotSuccessValue').text)
	const code = setting('SuccessValue').text
	if (!anyCode && code !== '1')
		return refuse(`its task ends well where robocopy ends with ${code || '0'}, and so fails where it copies a file`)
	const steps = robocopy(words, placesOf(context, setting), context, !anyCode)
	return 'reason' in steps ? steps : inTurn(context, told(context, steps))
}

/** `/c`: the command interpreter ends with its command; `/q`, `/d` and `/s` change nothing here. */
const switches = /^\s*(?:\/[qds]\s+)*\/c\s*/i

function commandLine(context: TaskContext, pieces: readonly Piece[], setting: Setting): Task | Refusal {
	const [first, ...rest] = pieces
	if (typeof first !== 'string' || !switches.test(first)) return refuse('it opens a command interpreter that waits')
	const commands = commandsOf([first.replace(switches, ''), ...rest])
	if ('reason' in commands) return commands
	const places = placesOf(context, setting)
	const steps: Step[] = []
	for (const command of commands) {
		const made = stepsOf(command, places, context)
		if ('reason' in made) return made
		steps.push(...made)
	}
	return run(context, steps, setting)
}

function powerShell(context: TaskContext, pieces: readonly Piece[], setting: Setting): Task | Refusal {
	const step = cmdletOf(pieces, placesOf(context, setting))
	return 'reason' in step ? step : run(context, [step], setting)
}

function placesOf(context: TaskContext, setting: Setting): Places {
	const folder = setting('WorkingDirectory')
	return {
		folder: folder.text === '' ? undefined : folder,
		isFolder: (value) => holdsFolder(value, context.scope),
	}
}

function run(context: TaskContext, all: readonly Step[], setting: Setting): Task | Refusal {
	const steps = told(context, all)
	if (!isFalse(setting('FailTaskIfReturnCodeIsNotSuccessValue').text)) return inTurn(context, steps)
	const forgiven = steps.map(forgive)
	return forgiven.includes(undefined)
		? refuse('it goes on when its command fails')
		: inTurn(
				context,
				forgiven.filter((step) => step !== undefined),
			)
}

/** The same steps; what is taken for one path is declared. */
function told(context: TaskContext, steps: readonly Step[]): readonly Step[] {
	if (steps.some(({ open }) => open))
		declareAt(context, 'RG-D064', `The command of ${context.executable.name} takes each value as one path`)
	return steps
}

const isFalse = (value: string): boolean => /^(?:false|0)$/i.test(value)

/** The step whose failure nobody sees: a file that is not there to be deleted, a folder that is there to be made. */
function forgive(step: Step): Step | undefined {
	if ('task' in step) return step.task.kind === 'pause' ? step : undefined
	const { operation } = step.what
	if (operation === 'delete-file') return { ...step, what: { ...step.what, mayBeAbsent: true } }
	return operation === 'create-folder' ? { ...step, what: { ...step.what, useExisting: true } } : undefined
}

function inTurn(context: TaskContext, steps: readonly Step[]): Task | Refusal {
	const base = taskBase(context)
	if (steps.length === 0) return refuse('it has no command')
	const [only] = steps
	if (only !== undefined && steps.length === 1) return taskOf(context, only, base)
	const tasks = steps.map((step, index) => {
		const number = `${index + 1}`
		return taskOf(context, step, {
			...base,
			id: `${base.id}\\${number}`,
			name: `${base.name} ${number}`,
			disabled: false,
		})
	})
	const precedences = tasks.slice(1).map(
		(task, index): Precedence => ({
			id: `${task.id} begins`,
			from: tasks[index]?.id ?? '',
			to: task.id,
			outcome: 'success',
			combine: 'and',
			provenance: placeOf(context),
		}),
	)
	return { ...base, kind: 'sequence', body: { tasks, precedences, joins: [] } }
}

function taskOf(context: TaskContext, step: Step, base: ReturnType<typeof taskBase>): Task {
	if ('task' in step) return { ...base, ...step.task }
	const { what, each, exactNames } = step
	if (each === undefined) return { ...base, kind: 'file-operation', ...what }
	// What the loop finds is there.
	const { source: _pattern, mayBeAbsent: _found, ...work } = what
	if (exactNames !== true && /\*\.[^.*?]{3}$/.test(each.pattern.text))
		declareAt(context, 'RG-D050', `${each.pattern.text} takes files with exactly this ending.`)
	return eachFile(context, base, each, work)
}
