/** `dsjob -run`: the command of the old server that runs a job (IBM: dsjob command, running a job). */
import type { RunJobTask } from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { textOf } from '../../columns.ts'
import { concatenate, textLiteral } from '../../expressions.ts'
import type { ActivityContext } from '../activity-context.ts'
import { lowerTemplate } from '../expressions.ts'
import { piecesOf } from '../pieces.ts'
import type { Word } from '../shell.ts'
import { commandLine, hasStar, plainWord, wordPieces } from '../shell.ts'

/** Where the shell of the server finds it, too. */
const program = /^(?:\S*\/|\$\{?DSHOME\}?\/bin\/)?dsjob(?=\s)/

/** Options with a value: the login to the server, and how many warnings the job may have. */
const passedOver: ReadonlySet<string> = new Set([
	...['-domain', '-user', '-password', '-server', '-authfile', '-file', '-warn', '-opmetadata'],
])
const flags: ReadonlySet<string> = new Set(['-run', '-wait', '-jobstatus', '-disableprjhandler', '-disablejobhandler'])

interface Run {
	readonly flags: ReadonlySet<string>
	readonly parameters: readonly Word[]
	readonly operands: readonly Word[]
	readonly problem?: string
}

export const isJobCommand = (written: string): boolean => program.test(written)

/** Undefined where it does something else; then it is opaque for the reason that it gave. */
export function lowerJobCommand(written: string, context: ActivityContext): RunJobTask | undefined {
	const { expression, problem } = lowerTemplate(written.replace(program, 'dsjob'), context.names)
	const parsed = problem === undefined ? commandLine(piecesOf(expression, context)) : { problem }
	if ('problem' in parsed) return refused(context, parsed.problem)
	const [command, ...more] = parsed.commands
	if (command === undefined || more.length > 0 || parsed.forgiving || command.into !== undefined)
		return refused(context, 'what it writes is read by another command, or its failure does not count')
	const run = readRun(command.words.slice(1))
	const reason = run.problem ?? whyNot(run, context)
	const [, job] = run.operands
	const name = job === undefined ? undefined : plainWord(job)
	if (reason !== undefined || name === undefined)
		return refused(context, reason ?? 'only the run knows which job it runs')
	const [plain = '', ...invocation] = name.split('.')
	if (invocation.length > 0) context.differ('RG-D061', `${plain} was started with an invocation id`)
	context.differ('RG-D060', `dsjob tells whether ${plain} ended with warnings`)
	return {
		...context.base,
		kind: 'run-job',
		job: { expression: textLiteral(plain), text: plain },
		reference: 'sequence',
		parameters: run.parameters.flatMap(parameterOf),
		mode: 'run',
		outputs: [{ what: 'status', variable: `${context.stage.name}.$ReturnValue` }],
	}
}

function refused({ refuse }: ActivityContext, reason: string): RunJobTask | undefined {
	refuse(`it runs dsjob, and ${reason}`)
	return undefined
}

function readRun(words: readonly Word[]): Run {
	const found = new Set<string>()
	const parameters: Word[] = []
	const operands: Word[] = []
	for (let at = 0; at < words.length; at++) {
		const word = words[at]
		const option = word === undefined ? undefined : plainWord(word)
		if (word === undefined) continue
		if (option === undefined || !option.startsWith('-')) operands.push(word)
		else if (flags.has(option)) found.add(option)
		else if (passedOver.has(option)) at++
		else if (option === '-mode' && plainWord(words[at + 1] ?? word) === 'NORMAL') at++
		else if (option === '-param') {
			const value = words[++at]
			if (value !== undefined) parameters.push(value)
		} else return { flags: found, parameters, operands, problem: `its option ${option} has no counterpart` }
	}
	return { flags: found, parameters, operands }
}

/** The return value is the status of the job, which no trigger takes for success; what it prints is not documented. */
function whyNot(
	{ flags: given, operands, parameters }: Run,
	{ stage, structure }: ActivityContext,
): string | undefined {
	if (!given.has('-run')) return 'does something else than run a job'
	if (!given.has('-jobstatus')) return 'does not wait for the status of the job (-jobstatus)'
	if (operands.length !== 2) return 'does not name a project and a job'
	if ([...operands, ...parameters].some(hasStar)) return 'has an asterisk in its words'
	const own = structure.links.filter(({ from }) => from === stage)
	const codes = own.map(({ output }) => textOf(output.record.values, 'ConditionType'))
	if (codes.some((code) => code === '2' || code === '3'))
		return 'its triggers OK and Failed look for a return value of 0, which is the status of a job that runs'
	if (codes.every((code) => code !== '6' && code !== '7'))
		return 'no trigger asks for its return value, which is no success to the sequence'
	const read = new RegExp(`\\b${stage.name}\\.\\$CommandOutput\\b`)
	const texts = [...structure.stages, ...structure.links.map(({ output }) => output)].flatMap(({ record }) => [
		...record.values.values(),
		...[...record.collections.values()].flat().flatMap(({ values }) => [...values.values()]),
	])
	return texts.some((text) => read.test(text)) ? 'another activity reads what it prints' : undefined
}

/** `NAME=value`, the name always as it stands. */
function parameterOf(word: Word): RunJobTask['parameters'] {
	const [first, ...rest] = word.pieces
	const mark = typeof first === 'string' ? first.indexOf('=') : -1
	if (typeof first !== 'string' || mark < 1) return []
	const value = { ...word, pieces: [first.slice(mark + 1), ...rest].filter((piece) => piece !== '') }
	const given: SourcedExpression = { expression: concatenate(wordPieces(value)), text: first.slice(mark + 1) }
	return [{ name: first.slice(0, mark), value: given }]
}
