/** What each kind of activity does when a trigger reaches it. */
import type {
	FilesTask,
	FileTask,
	MailTask,
	ReadFileTask,
	RunJobTask,
	Task,
	TaskOutput,
	WaitForFileTask,
} from '#model/control-flow.ts'
import type { SourcedExpression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import { stop } from '../stop.ts'
import type { Coordinator, RunningJob } from './coordinator.ts'
import { activityDetails } from './details.ts'
import { filesThatFit, splitPath } from './folder.ts'
import { handlesFailure } from './index-tasks.ts'
import { nextPass, startLoop } from './loops.ts'
import { tellLines, textInFile } from './text-file.ts'
import { computed, fire, isTrue, passOver } from './triggers.ts'
import type { Activity, ActivityEnd, JobStatus } from './world.ts'

export function enter(id: string, coordinator: Coordinator): void {
	const placed = coordinator.tasks.get(id)
	if (placed === undefined) throw new Error(`no task has the id ${id}`)
	const { task, control, loop } = placed
	const follow = (status: JobStatus): void => fire(task, status, control, coordinator, (to) => enter(to, coordinator))
	if (!isReady(task, coordinator)) return
	switch (task.kind) {
		case 'run-job':
			startJob(task, coordinator)
			break
		case 'assign':
			for (const { variable, value } of task.assignments)
				coordinator.variables.set(variable, computed(value, task.id, coordinator))
			follow(ended(task, isTrue(task.failsWhen, task.id, coordinator) ? 3 : 1, coordinator))
			break
		case 'barrier':
			if (loop?.continues === task.id) nextPass(loop, coordinator, enter)
			else follow(1)
			break
		case 'loop':
			startLoop(task, coordinator, enter)
			break
		case 'file-operation':
		case 'files':
		case 'read-file':
		case 'wait-for-file':
		case 'mail':
			follow(work(task, coordinator))
			break
		case 'terminate':
			coordinator.ended = true
			coordinator.message = task.message === '' ? 'the sequence was asked to abort' : task.message
			coordinator.running.length = 0
			break
		case 'data-flow':
		case 'execute-sql':
		case 'cluster':
		case 'file-transfer':
		case 'extract-archive':
		case 'pack-archive':
		case 'pause':
		case 'script':
		case 'sequence':
		case 'user-status':
		case 'xml':
			throw new Error(`a job sequence holds no task of kind ${task.kind}`)
		case 'opaque':
			stop(task.id, `${task.sourceType} is not understood: ${task.reason}`)
	}
}

/** A sequencer that waits for all counts what reaches it; one that waits for any goes on once. */
function isReady(task: Task, coordinator: Coordinator): boolean {
	if (coordinator.ended) return false
	const placed = coordinator.tasks.get(task.id)
	const join = placed?.control.joins.find((one) => one.task === task.id)
	if (placed === undefined || join === undefined) return true
	const entering = placed.control.precedences.filter(({ to }) => to === task.id).length
	const reached = (coordinator.joined.get(task.id) ?? 0) + 1
	coordinator.joined.set(task.id, reached)
	return join.needs === 'any' ? reached === 1 : reached === entering
}

function startJob(task: RunJobTask, coordinator: Coordinator): void {
	const details = activityDetails(task, coordinator)
	const { status, seconds, userStatus = '' } = begin(task, details, coordinator)
	const job = valueText(computed(task.job, task.id, coordinator) ?? '')
	coordinator.running.push({ task, job, status, userStatus, ends: coordinator.now + seconds, abandoned: false })
}

function begin(activity: Activity, details: Readonly<Record<string, string>>, coordinator: Coordinator): ActivityEnd {
	const times = coordinator.times.get(activity.id) ?? 0
	coordinator.times.set(activity.id, times + 1)
	coordinator.started.push({ at: coordinator.now, task: activity.id, details })
	return coordinator.world(activity, times)
}

export function jobEnded({ task, job, status, userStatus }: RunningJob, coordinator: Coordinator): void {
	const placed = coordinator.tasks.get(task.id)
	if (placed === undefined) throw new Error(`no task has the id ${task.id}`)
	const { control } = placed
	setOutputs(task.outputs ?? [], { status: String(status), 'job-name': job, 'user-status': userStatus }, coordinator)
	const { triggers } = coordinator.job.control
	if (status !== 1 && triggers?.warns === true) coordinator.warned = true
	if (coordinator.abandoning) return
	if (status === 3 && triggers?.unhandled === 'raise' && !handlesFailure(control, task)) {
		passOver(task, control, coordinator)
		stop(task.id, `Unhandled abort encountered in job ${job}`)
	}
	fire(task, status, control, coordinator, (to) => enter(to, coordinator))
}

/** Work that the sequence waits for; the time passes for everything. */
function work(
	task: FileTask | FilesTask | ReadFileTask | WaitForFileTask | MailTask,
	coordinator: Coordinator,
): JobStatus {
	const details = activityDetails(task, coordinator)
	const end = begin(task, details, coordinator)
	coordinator.now += end.seconds
	const { status, told } =
		task.kind === 'files' ? workOnFiles(task, end, coordinator) : { status: end.status, told: readBy(task, end) }
	if (task.kind === 'file-operation' && task.mayBeFolder === true && status === 1) copyTo(task, end, coordinator)
	const outputs = 'outputs' in task ? (task.outputs ?? []) : []
	setOutputs(outputs, { 'return-value': status === 1 ? '0' : '1', 'command-output': told }, coordinator)
	return ended(task, status, coordinator)
}

/** A failure that nothing handles is raised; one that something handles is a warning at most. */
function ended(task: Task, status: JobStatus, coordinator: Coordinator): JobStatus {
	const { triggers } = coordinator.job.control
	if (status !== 1 && triggers?.warns === true) coordinator.warned = true
	const control = coordinator.tasks.get(task.id)?.control
	if (status === 3 && triggers?.unhandled === 'raise' && control !== undefined && !handlesFailure(control, task)) {
		passOver(task, control, coordinator)
		stop(task.id, `Unhandled failure encountered in ${task.name}`)
	}
	return status
}

/** Each file that is changed counts as something done outside. */
function workOnFiles(
	task: FilesTask,
	end: ActivityEnd,
	coordinator: Coordinator,
): { readonly status: JobStatus; readonly told: string } {
	if (end.status === 3) return { status: 3, told: '' }
	const value = (sourced: SourcedExpression): string => valueText(computed(sourced, task.id, coordinator) ?? '')
	const days = task.olderThanDays === undefined ? undefined : Number(value(task.olderThanDays))
	const found = filesThatFit(task, task.pattern.map(value), days, end.noFiles === true)
	if (task.needsFile && found.isEmpty) return { status: 3, told: '' }
	if (task.action !== 'list')
		for (const file of found.files)
			coordinator.started.push({ at: coordinator.now, task: task.id, details: { action: task.action, file } })
	return { status: 1, told: found.told }
}

/** What a command writes about a file that it reads. */
const readBy = (task: Activity, { status, noFiles }: ActivityEnd): string =>
	task.kind === 'read-file' && status === 1 ? tellLines(task.tells, textInFile(noFiles === true)) : ''

/** A destination that may be a folder: the file gets its own name in it, or its name. */
function copyTo(task: FileTask, end: ActivityEnd, coordinator: Coordinator): void {
	const { operation, source, destination } = task
	const path = (sourced: SourcedExpression | undefined): string =>
		sourced === undefined ? '' : valueText(computed(sourced, task.id, coordinator) ?? '').replace(/[/]+$/, '')
	const [[, name], [, folder]] = [splitPath(path(source)), splitPath(path(destination))]
	const file = end.noFiles === true ? folder : `${folder}/${name}`
	coordinator.started.push({ at: coordinator.now, task: task.id, details: { action: operation, file } })
}

function setOutputs(
	outputs: readonly TaskOutput[],
	values: Partial<Record<TaskOutput['what'], string>>,
	coordinator: Coordinator,
): void {
	for (const { what, variable } of outputs) coordinator.variables.set(variable, values[what] ?? '')
}
