/**
 * Check Database Integrity task: DBCC CHECKDB for each of its databases (Microsoft: Check Database Integrity Task). Databases that
 * the task would find on the server at run time are left to a person.
 */
import type { Task } from '#model/control-flow.ts'
import { childrenOf } from '../../xml/element.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { maintenanceOf, quoted } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'

/** 1 all, 2 those of the system, 3 those of users; otherwise the task names them. */
const chosenAtRun: ReadonlySet<string> = new Set(['1', '2', '3'])

export function lowerCheckIntegrity(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, ['IncludeIndexes'])
	if ('reason' in task) return task
	const names = childrenOf(task.data, 'SQLTask:SelectedDatabases').map(
		(one) => one.attributes.get('SQLTask:DatabaseName') ?? '',
	)
	if (chosenAtRun.has(task.setting('DatabaseSelectionType')) || names.length === 0 || names.includes(''))
		return refuse('it checks databases chosen on the server at run time (DBCC CHECKDB): name them in the task')
	const how = isTrue(task.setting('IncludeIndexes') || 'True') ? '' : ', NOINDEX'
	return task.statements(...names.map((name) => `DBCC CHECKDB(${quoted(name)}${how}) WITH NO_INFOMSGS`))
}
