/** What single tasks do. */
import type {
	ArchiveTask,
	ClusterTask,
	FilesTask,
	FileTask,
	LoopTask,
	MailTask,
	RunJobTask,
	SequenceTask,
	Task,
	TransferTask,
} from '#model/control-flow.ts'
import type { Value } from '#model/values.ts'
import type { Answer, Effect } from './effects.ts'
import { interpretFlow } from './flow.ts'
import type { JobRun } from './job-run.ts'
import { act, computed, computedText } from './job-run.ts'
import { assign } from './loops.ts'
import { runScript } from './scripts/task.ts'
import { runSql } from './sql-task.ts'
import { stop, stopAgain } from './stop.ts'
import { askXml } from './xml-task.ts'

export function performTask(task: Exclude<Task, SequenceTask | LoopTask>, run: JobRun): void {
	switch (task.kind) {
		case 'data-flow':
			runDataFlow(task.flow, run)
			break
		case 'execute-sql':
			runSql(task, run)
			break
		case 'assign':
			for (const assignment of task.assignments) assign(task.id, assignment, run)
			break
		case 'run-job':
			runJob(task, run)
			break
		case 'file-operation':
			workOnFiles(task, run)
			break
		case 'extract-archive':
		case 'pack-archive':
			workOnArchive(task, run)
			break
		case 'mail':
			sendMail(task, run)
			break
		case 'file-transfer':
			transferFiles(task, run)
			break
		case 'cluster':
			workOnCluster(task, run)
			break
		case 'script':
			runScript(task, run)
			break
		case 'files':
			workOnPattern(task, run)
			break
		case 'wait-for-file': {
			const args = {
				path: computedText(task.path, task.id, run),
				until: task.until,
				timeout_seconds: task.timeoutSeconds === undefined ? null : BigInt(task.timeoutSeconds),
			}
			act({ kind: 'helper', task: task.id, helper: 'wait_for_file', args }, run)
			break
		}
		case 'user-status':
			act(
				{
					kind: 'helper',
					task: task.id,
					helper: 'tell_user_status',
					args: { status: computedText(task.value, task.id, run) },
				},
				run,
			)
			break
		case 'xml':
			askXml(task, run)
			break
		case 'pause': {
			const args = { milliseconds: BigInt(task.milliseconds) }
			act({ kind: 'helper', task: task.id, helper: 'pause', args }, run)
			break
		}
		case 'barrier':
		case 'read-file':
			throw new Error(`${task.kind} belongs to job sequences, which have an interpreter of their own`)
		case 'opaque':
		case 'terminate':
			stop(task.id, task.kind === 'terminate' ? task.message : `${task.sourceType} is not understood: ${task.reason}`)
	}
}

function runDataFlow(id: string, run: JobRun): void {
	const flow = run.job.flows.find((one) => one.id === id)
	if (flow === undefined) throw new Error(`no data flow has the id ${id}`)
	const { parameters, variables } = run
	const given = run.flows.get(id) ?? { inputs: new Map() }
	const legacy = run.legacy === undefined ? {} : { legacy: run.legacy }
	const outside = (effect: Effect): Answer => act(effect, run)
	const request = { ...given, parameters, variables, run: run.run, kept: run.rowSets, outside, ...legacy }
	const result = interpretFlow(flow, request, run.tracker)
	if (result.failure !== undefined) stopAgain(result.failure)
	for (const [name, value] of result.variables) run.variables.set(name, value)
	for (const [holder, rows] of result.kept) run.rowSets.set(holder, rows)
	run.outputs.push(...result.outputs.map((output) => ({ flow: id, output })))
}

function runJob(task: RunJobTask, run: JobRun): void {
	const parameters = Object.fromEntries(
		task.parameters.map(({ name, value }): [string, Value] => [name, computedText(value, task.id, run)]),
	)
	const job = computedText(task.job, task.id, run)
	const answer = act({ kind: 'helper', task: task.id, helper: 'run_job', args: { job, parameters } }, run)
	for (const { what, variable } of task.outputs ?? []) {
		const given = answer.values?.get(what)
		if (given !== undefined) run.variables.set(variable, given)
	}
}

function workOnFiles(task: FileTask, run: JobRun): void {
	const source = computedText(task.source, task.id, run)
	const destination = task.destination === undefined ? null : computedText(task.destination, task.id, run)
	const { operation, overwrite, intoFolder, useExisting } = task
	const helper = task.mayBeAbsent === true ? 'remove_file' : operation.replace('-', '_')
	const args = {
		path: source,
		...(destination === null ? {} : { destination, overwrite, into: intoFolder }),
		...(operation === 'create-folder' ? { may_exist: useExisting } : {}),
	}
	act({ kind: 'helper', task: task.id, helper, args }, run)
}

function workOnArchive(task: ArchiveTask, run: JobRun): void {
	const { id, kind } = task
	const [source, destination] = [task.source, task.destination].map((path) => computedText(path, id, run))
	const args =
		kind === 'extract-archive'
			? { archive: source ?? '', folder: destination ?? '', overwrite: task.overwrite, flat: task.flat }
			: { path: source ?? '', archive: destination ?? '', existing: task.existing }
	act({ kind: 'helper', task: id, helper: kind.replace('-', '_'), args }, run)
}

const patternHelpers = { copy: 'copy_files', delete: 'delete_files', list: 'find_files', move: 'move_files' } as const

function workOnPattern(task: FilesTask, run: JobRun): void {
	const { destination, olderThanDays, whole, needsFile } = task
	const args = {
		parts: task.pattern.map((part) => computedText(part, task.id, run)),
		...(destination === undefined ? {} : { destination: computedText(destination, task.id, run) }),
		whole,
		older_than_days: olderThanDays === undefined ? null : Number(computedText(olderThanDays, task.id, run)),
		needs_file: needsFile,
	}
	act({ kind: 'helper', task: task.id, helper: patternHelpers[task.action], args }, run)
}

const transferHelpers = {
	send: 'ftp_send',
	receive: 'ftp_receive',
	delete: 'ftp_delete',
	'create-folder': 'ftp_create_folder',
	'remove-folder': 'ftp_remove_folder',
} as const

function transferFiles(task: TransferTask, run: JobRun): void {
	const { id, operation, connection, local, mayFail, overSsh } = task
	const remote = computedText(task.remote, id, run)
	const disk = local === undefined ? '' : computedText(local, id, run)
	if (overSsh !== undefined && (operation === 'send' || operation === 'receive')) {
		const [path, target] = operation === 'send' ? [disk, remote] : [remote, disk]
		const args = { connection, path, target, remove: computed(overSsh.removes, id, run) === true }
		act({ kind: 'helper', task: id, helper: `sftp_${operation}`, args }, run)
		return
	}
	const paths =
		operation === 'send'
			? { path: disk, folder: remote }
			: { path: remote, ...(operation === 'receive' ? { folder: disk } : {}) }
	const settings = local === undefined ? {} : { overwrite: task.overwrite, as_text: task.asText }
	const args = { connection, ...paths, ...settings, may_fail: mayFail }
	act({ kind: 'helper', task: id, helper: transferHelpers[operation], args }, run)
}

function workOnCluster({ id, action }: ClusterTask, run: JobRun): void {
	switch (action.kind) {
		case 'run': {
			const { connection, language, isFile, timeoutMinutes } = action
			const text = computedText(action.script, id, run)
			const limit = timeoutMinutes === undefined ? {} : { timeout_minutes: BigInt(timeoutMinutes) }
			const args = { connection, language, ...(isFile ? { path: text } : { script: text }), ...limit }
			act({ kind: 'helper', task: id, helper: 'run_on_cluster', args }, run)
			break
		}
		case 'create': {
			const { nodes, mayExist } = action
			const args = { name: computedText(action.name, id, run), nodes: BigInt(nodes), may_exist: mayExist }
			act({ kind: 'helper', task: id, helper: 'create_cluster', args }, run)
			break
		}
		case 'delete': {
			const args = { name: computedText(action.name, id, run), may_be_absent: action.mayBeAbsent }
			act({ kind: 'helper', task: id, helper: 'delete_cluster', args }, run)
		}
	}
}

function sendMail(task: MailTask, run: JobRun): void {
	const text = (one: MailTask['to']): string => computedText(one, task.id, run)
	const { priority } = task
	const args = {
		sender: text(task.from),
		to: text(task.to),
		cc: text(task.cc),
		bcc: text(task.bcc),
		subject: text(task.subject),
		body: text(task.text),
		attachments: text(task.attachments),
		priority,
	}
	act({ kind: 'helper', task: task.id, helper: 'send_mail', args }, run)
}
