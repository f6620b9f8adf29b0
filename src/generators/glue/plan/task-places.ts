/** Paths that tasks work on: one that the export states is an argument of the job, one that it computes is moved at run time. */

import { pyString } from '#languages/python.ts'
import type {
	ArchiveTask,
	ClusterTask,
	FilesTask,
	FileTask,
	LoopTask,
	SqlTask,
	Task,
	TransferTask,
	WaitForFileTask,
	XmlTask,
} from '#model/control-flow.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Expression, SourcedExpression } from '#model/expressions.ts'
import { visit } from '#model/expressions.ts'
import type { Job } from '#model/job.ts'
import { driverValue } from '../driver-value.ts'
import type { ScriptContext } from '../script-context.ts'
import { legacyText } from './legacy-text.ts'

export interface TaskPlace {
	/** The task's id and what the path is to it. */
	readonly key: string
	readonly task:
		| ArchiveTask
		| ClusterTask
		| LoopTask
		| FileTask
		| FilesTask
		| SqlTask
		| TransferTask
		| WaitForFileTask
		| XmlTask
	/** `folder` of a loop over files, `source` or `destination` of a file task. */
	readonly what: 'folder' | 'source' | 'destination'
	readonly path: SourcedExpression
	/** The path while parameters and variables have their defaults. */
	readonly legacy?: string
	/** Follows from variables or parameters, so that an argument is optional. */
	readonly isComputed: boolean
}

export const folderPlace = (task: string): string => `${task}\nfolder`
export const sourcePlace = (task: string): string => `${task}\nsource`
/** The end of a transfer that is not on the server. */
export const localPlace = ({ id, operation }: TransferTask): string =>
	operation === 'send' ? sourcePlace(id) : destinationPlace(id)
export const destinationPlace = (task: string): string => `${task}\ndestination`

/** Every path of a task that gets an argument: folders of loops always, paths of file tasks where the export states them. */
export function taskPlaces(job: Job): readonly TaskPlace[] {
	return allTasks(job.control)
		.filter(({ disabled }) => !disabled)
		.flatMap((task) => placesOf(task).map((place) => complete(place, job)))
		.filter(({ what, isComputed }) => what === 'folder' || !isComputed)
}

type Found = Omit<TaskPlace, 'legacy' | 'isComputed'>

function placesOf(task: Task): readonly Found[] {
	if (task.kind === 'loop') {
		if (task.over.kind !== 'files') return []
		return [{ key: folderPlace(task.id), task, what: 'folder', path: task.over.folder }]
	}
	if (task.kind === 'wait-for-file') return [{ key: sourcePlace(task.id), task, what: 'source', path: task.path }]
	if (task.kind === 'xml') return placesOfXml(task)
	if (task.kind === 'execute-sql')
		return task.file === undefined ? [] : [{ key: sourcePlace(task.id), task, what: 'source', path: task.file }]
	if (task.kind === 'cluster') {
		const { action } = task
		if (action.kind !== 'run' || !action.isFile) return []
		return [{ key: sourcePlace(task.id), task, what: 'source', path: action.script }]
	}
	if (task.kind === 'file-transfer') {
		const what = task.operation === 'send' ? 'source' : 'destination'
		return task.local === undefined ? [] : [{ key: localPlace(task), task, what, path: task.local }]
	}
	if (!worksOnPaths(task)) return []
	const path = task.kind === 'files' ? task.pattern[0] : task.source
	if (path === undefined) return []
	const source: Found = { key: sourcePlace(task.id), task, what: 'source', path }
	if (task.destination === undefined) return [source]
	return [source, { key: destinationPlace(task.id), task, what: 'destination', path: task.destination }]
}

const worksOnPaths = (task: Task): task is ArchiveTask | FileTask | FilesTask =>
	['extract-archive', 'pack-archive', 'file-operation', 'files'].includes(task.kind)

function placesOfXml(task: XmlTask): readonly Found[] {
	const { id, source, result } = task
	return [
		...(source.kind === 'file' ? [{ key: sourcePlace(id), task, what: 'source', path: source.path } as const] : []),
		...(result.kind === 'file'
			? [{ key: destinationPlace(id), task, what: 'destination', path: result.path } as const]
			: []),
	]
}

function complete(place: Found, job: Job): TaskPlace {
	const legacy = legacyText(place.path.expression, job)
	return { ...place, ...(legacy === undefined ? {} : { legacy }), isComputed: isComputed(place.path.expression) }
}

function isComputed(path: Expression): boolean {
	let found = false
	visit(path, ({ kind }) => {
		if (kind === 'variable' || kind === 'parameter') found = true
	})
	return found
}

/** Python text of a path: its argument, or what the export computes, below the places that the config maps. */
export function placeText(key: string, path: SourcedExpression, script: ScriptContext): string {
	const planned = script.plan.taskPlaces.find((place) => place.key === key)
	const given = planned === undefined ? undefined : `params[${pyString(planned.entry.name)}]`
	if (given !== undefined && !isComputed(path.expression)) return given
	const computed = driverValue(path.expression, script.driver)
	const moved = Object.keys(script.plan.paths).length > 0 ? `${script.use('relocated')}(${computed}, PATHS)` : computed
	return given === undefined ? moved : `${given} or ${moved}`
}
