/** The tasks of a job as rows of a table: what each does, and after what. */
import type { ClusterTask, ControlFlow, EventHandler, Task } from '#model/control-flow.ts'
import type { LoopOver } from '#model/loops.ts'
import type { XmlWork } from '#model/xml-queries.ts'
import { queryText } from '#model/xml-queries.ts'
import type { JobPlan } from '../glue/plan/job-plan.ts'

export interface TaskRow {
	readonly name: string
	readonly kind: string
	readonly after: string
}

export function taskRows(control: ControlFlow, { job }: JobPlan): readonly TaskRow[] {
	if (job.kind !== 'package' && control.tasks.length < 2) return []
	return [...rowsOf(control, ''), ...(control.handlers ?? []).flatMap((one) => handlerRows(one, job.name))]
}

/** @param inside what holds the tasks, for those that wait for nothing; empty for the job itself */
function rowsOf(control: ControlFlow, inside: string): readonly TaskRow[] {
	const names = new Map(control.tasks.map((task) => [task.id, task.name]))
	return control.tasks.flatMap((task) => {
		const entering = control.precedences.filter(({ to }) => to === task.id)
		const after = entering.map(({ from, outcome, condition }) => {
			const when = condition === undefined ? '' : ` when ${condition.text}`
			return `${outcome ?? 'end'} of ${names.get(from) ?? from}${when}`
		})
		const row = { name: task.name, kind: kindText(task), after: after.length === 0 ? inside : after.join(', ') }
		const body = task.kind === 'sequence' || task.kind === 'loop' ? rowsOf(task.body, `inside ${task.name}`) : []
		return [row, ...body, ...(task.handlers ?? []).flatMap((one) => handlerRows(one, task.name))]
	})
}

const handlerRows = ({ event, body }: EventHandler, owner: string): readonly TaskRow[] =>
	rowsOf(body, `event ${event} of ${owner}`)

function kindText(task: Task): string {
	const off = task.disabled ? ' (disabled)' : ''
	const when = task.disabledWhen === undefined ? '' : ` (unless ${task.disabledWhen.text})`
	return `${whatText(task)}${off}${when}`
}

const xmlTarget = (result: XmlWork['result']): string =>
	result.kind === 'file' ? result.path.text : result.kind === 'rows' ? result.variable : result.name

function whatText(task: Task): string {
	switch (task.kind) {
		case 'execute-sql':
			return task.file === undefined ? `SQL on ${task.connection}` : `SQL of ${task.file.text} on ${task.connection}`
		case 'loop':
			return `loop over ${overText(task.over)}`
		case 'assign':
			return `sets ${task.assignments.map(({ variable }) => variable).join(', ')}`
		case 'run-job':
			return `starts ${task.job.text}`
		case 'file-operation':
			return `${task.operation.replace('-', ' ')} ${task.source.text}`
		case 'extract-archive':
			return `takes files out of ${task.source.text}`
		case 'pack-archive':
			return `puts ${task.source.text} into ${task.destination.text}`
		case 'mail':
			return `mail to ${task.to.text}`
		case 'file-transfer':
			return `${task.overSsh === undefined ? 'FTP' : 'SFTP'}, ${task.operation.replace('-', ' ')} ${task.operation === 'send' ? `${task.local?.text ?? ''} to ` : ''}${task.remote.text}`
		case 'cluster':
			return clusterText(task)
		case 'xml':
			return `${queryText(task.query)} of ${task.source.kind === 'file' ? task.source.path.text : task.source.document.text} to ${xmlTarget(task.result)}`
		case 'pause':
			return `waits ${task.milliseconds / 1000} s`
		case 'opaque':
			return `${task.sourceType}, not translated`
		case 'sequence':
			return 'container'
		default:
			return task.kind
	}
}

function clusterText({ action }: ClusterTask): string {
	if (action.kind !== 'run') return `${action.kind}s the cluster ${action.name.text}`
	return `${action.language === 'hive' ? 'Hive' : 'Pig'} script${action.isFile ? ` ${action.script.text}` : ''} on ${action.connection}`
}

function overText(over: LoopOver): string {
	switch (over.kind) {
		case 'condition':
			return `passes while ${over.while.text}`
		case 'counter':
			return `numbers ${over.from.text} to ${over.to.text}`
		case 'list':
			return `the parts of ${over.values.text}`
		case 'files':
			return `files ${over.pattern.text} of ${over.folder.text}`
		case 'items':
			return `${over.rows.length} items`
		case 'rows':
			return `rows of ${over.variable}`
	}
}
