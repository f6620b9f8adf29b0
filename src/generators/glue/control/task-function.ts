/** The function that a task becomes. */
import { pyString } from '#languages/python.ts'
import type { ClusterTask, LoopTask, OpaqueTask, SequenceTask, Task } from '#model/control-flow.ts'
import type { Assignment } from '#model/loops.ts'
import type { Node } from '../../text/tree.ts'
import { indent, traced } from '../../text/tree.ts'
import { docText } from '../doc-text.ts'
import { driverValue } from '../driver-value.ts'
import { comment, notTranslated } from '../emit/opaque.ts'
import type { ScriptContext } from '../script-context.ts'
import { scriptBody } from '../scripts/task-body.ts'
import { loopHead } from './loop.ts'
import type { ControlOptions } from './options.ts'
import { taskArguments, taskParameters } from './options.ts'
import {
	archiveBody,
	clusterBody,
	fileBody,
	filesBody,
	jobBody,
	mailBody,
	transferBody,
	userStatusBody,
	waitBody,
} from './outside-tasks.ts'
import { sqlBody } from './sql-task.ts'
import { xmlBody } from './xml-task.ts'

/** The functions of a task, those of the tasks inside it first. */
export function taskFunctions(task: Task, name: string, options: ControlOptions): readonly Node[] {
	const { script } = options
	const make = (what: string, body: Node, result = 'None'): Node =>
		traced(task, [
			`def ${name}(${taskParameters(script)}) -> ${result}:`,
			indent([`"""Task ${docText(task.name)}: ${what}."""`, body]),
			'',
			'',
		])
	switch (task.kind) {
		case 'data-flow':
			return [make('a data flow', options.flowBody(task.flow))]
		case 'execute-sql':
			return [make(`SQL on ${docText(task.connection)}`, sqlBody(task, script))]
		case 'assign':
			return [
				make(
					'sets variables',
					task.assignments.map((one) => assignment(one, script)),
				),
			]
		case 'run-job':
			return [make('starts a job and waits for its end', jobBody(task, script))]
		case 'file-operation':
			return [make(task.operation.replace('-', ' '), fileBody(task, script))]
		case 'extract-archive':
			return [make('takes files out of an archive', archiveBody(task, script))]
		case 'pack-archive':
			return [make('puts files into an archive', archiveBody(task, script))]
		case 'mail':
			return [make('sends a mail', mailBody(task, script))]
		case 'file-transfer':
			return [
				make(
					`${task.overSsh === undefined ? 'FTP' : 'SFTP'} on ${docText(task.connection)}, ${task.operation.replace('-', ' ')}`,
					transferBody(task, script),
				),
			]
		case 'cluster':
			return [make(clusterWords[task.action.kind], clusterBody(task, script))]
		case 'script':
			return [
				make(
					`${task.program.language === 'vb' ? 'Visual Basic' : 'C#'} code, ${task.program.intents.join(', ')}`,
					scriptBody(task, script),
				),
			]
		case 'files':
			return [make(`${task.action} files that fit a pattern`, filesBody(task, script))]
		case 'read-file':
			throw new Error('only job sequences read what a command writes')
		case 'barrier':
			return [make('nothing but a place where others meet', [])]
		case 'terminate':
			return [make('ends the job', `raise RuntimeError(${pyString(task.message)})`)]
		case 'wait-for-file':
			return [make('waits for a file', waitBody(task, script))]
		case 'pause':
			return [make('waits', `${script.use('pause')}(${task.milliseconds})`)]
		case 'user-status':
			return [make('tells the sequence that started the job', userStatusBody(task, script))]
		case 'xml':
			return [make('asks an XML document', xmlBody(task, script))]
		case 'opaque':
			return [make(`${docText(task.sourceType)}, not translated`, opaqueBody(task, script))]
		case 'sequence':
			return sequence(task, make, options)
		case 'loop':
			return loop(task, name, make, options)
	}
}

const clusterWords = {
	run: 'a script on a cluster',
	create: 'creates a cluster',
	delete: 'ends a cluster',
} as const satisfies Record<ClusterTask['action']['kind'], string>

type Make = (what: string, body: Node, result?: string) => Node

function assignment({ variable, value }: Assignment, script: ScriptContext): string {
	return `${script.variable(variable)} = ${driverValue(value.expression, script.driver)}`
}

function opaqueBody(task: OpaqueTask, script: ScriptContext): Node {
	const raised = `${script.use('not_translated')}(${pyString(`Task ${task.name}: ${notTranslated(task)}`)})`
	const original = task.text.trim() === '' ? [] : ['# As the export holds it:', ...comment(task.text)]
	return [...original, raised]
}

const maximum = (task: SequenceTask | LoopTask): number => task.failure?.maximumErrors ?? 1

function sequence(task: SequenceTask, make: Make, options: ControlOptions): readonly Node[] {
	const inner = options.inside(task.body, { ...options, maximumErrors: maximum(task) })
	const isEmpty = task.body.tasks.every(({ disabled }) => disabled)
	const body = task.body.tasks.length === 0 ? '# The container is empty.' : inner.body
	const result = maximum(task) === 1 ? 'None' : 'list[str]'
	return [...inner.functions, make('a container', [body, ...(isEmpty && result === 'None' ? ['return'] : [])], result)]
}

/** A loop that lives with errors has a function for each pass, so that they can be counted. */
function loop(task: LoopTask, name: string, make: Make, options: ControlOptions): readonly Node[] {
	const { script } = options
	const inner = options.inside(task.body, { ...options, maximumErrors: 1 })
	const head = loopHead(task, script)
	const isEmpty = task.body.tasks.every(({ disabled }) => disabled)
	const body = [
		...(task.body.tasks.length === 0 ? [] : [inner.body]),
		...(isEmpty && head.first.length + head.last.length === 0 ? ['pass'] : []),
	]
	const most = maximum(task)
	if (most === 1) {
		const lines = [...head.before, `${head.line}:`, indent([...head.first, ...body, ...head.last])]
		return [...inner.functions, make(head.what, lines)]
	}
	const pass = options.names.take(`${name}_pass`)
	const passFunction = traced(task, [
		`def ${pass}(${taskParameters(script)}) -> None:`,
		indent([`"""One pass of ${docText(task.name)}."""`, ...body]),
		'',
		'',
	])
	const run = [
		...head.first,
		`passes.run("a pass", lambda: ${pass}(${taskArguments(script)}))`,
		...(most === 0 ? [] : [`passes.finish(${most})`]),
		...head.last,
	]
	const lines = [
		...head.before,
		`passes = ${script.use('Tasks')}()`,
		`${head.line}:`,
		indent(run),
		'return passes.failures',
	]
	return [...inner.functions, passFunction, make(head.what, lines, 'list[str]')]
}
