/** Shrink Database task: DBCC SHRINKDATABASE for each of its databases that is large enough (Microsoft: Shrink Database Task). */
import type { Task } from '#model/control-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { inDatabases } from './chosen-databases.ts'
import { knownOnly, maintenanceOf } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'

const settings = ['DatabaseSizeLimit', 'DatabasePercentLimit', 'DatabaseReturnFreeSpace']

export function lowerShrinkDatabase(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, [...settings, 'IgnoreDatabasesInNotOnlineState'])
	if ('reason' in task) return task
	const unknown = knownOnly(task, settings)
	if (unknown !== undefined) return unknown
	const [megabytes, free] = [task.setting('DatabaseSizeLimit'), task.setting('DatabasePercentLimit')]
	if (!/^\d+$/.test(megabytes) || !/^(?:100|\d{1,2})$/.test(free))
		return refuse('it does not say how large a database has to be, or how much of it stays free')
	const how = isTrue(task.setting('DatabaseReturnFreeSpace') || 'True') ? 'TRUNCATEONLY' : 'NOTRUNCATE'
	// Files count in pages of 8 kilobytes; database 0 is the one around the statement.
	const size = '(SELECT SUM(CAST(size AS bigint)) / 128 FROM sys.database_files)'
	const statements = inDatabases(task, `IF ${size} > ${megabytes} DBCC SHRINKDATABASE(0, ${free}, ${how})`)
	return 'reason' in statements ? statements : task.statements(...statements)
}
