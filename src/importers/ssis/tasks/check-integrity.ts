/** Check Database Integrity task: DBCC CHECKDB for each of its databases (Microsoft: Check Database Integrity Task). */
import type { Task } from '#model/control-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { inDatabases } from './chosen-databases.ts'
import { maintenanceOf } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'

export function lowerCheckIntegrity(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, ['IncludeIndexes', 'IgnoreDatabasesInNotOnlineState'])
	if ('reason' in task) return task
	// Database 0 is the one around the statement.
	const how = isTrue(task.setting('IncludeIndexes') || 'True') ? '' : ', NOINDEX'
	const statements = inDatabases(task, `DBCC CHECKDB(0${how}) WITH NO_INFOMSGS`)
	return 'reason' in statements ? statements : task.statements(...statements)
}
