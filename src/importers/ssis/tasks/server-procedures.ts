/**
 * Tasks of maintenance plans that call procedures of the database msdb, with the statements that their editors show (Microsoft:
 * History Cleanup Task; Execute SQL Server Agent Job Task).
 */
import type { Task } from '#model/control-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { maintenanceOf, quoted } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'

/** By `TimeUnitsType`. */
const units: Readonly<Record<string, string>> = { 0: 'DAY', 1: 'WEEK', 2: 'MONTH', 3: 'YEAR', 5: 'HOUR' }

/** What it deletes, with the call that does it. The time is reckoned when the task runs. */
const histories = {
	RemoveBackupRestoreHistory: 'EXEC msdb.dbo.sp_delete_backuphistory @oldest',
	RemoveAgentHistory: 'EXEC msdb.dbo.sp_purge_jobhistory @oldest_date = @oldest',
	RemoveDbMaintHistory: 'EXEC msdb.dbo.sp_maintplan_delete_log NULL, NULL, @oldest',
} as const

export function lowerHistoryCleanup(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, Object.keys(histories))
	if ('reason' in task) return task
	const [unit, count] = [units[task.setting('TimeUnitsType')], task.setting('RemoveOlderThan')]
	if (unit === undefined || !/^\d+$/.test(count)) return refuse('it does not say how old its history has to be')
	const oldest = `DECLARE @oldest datetime = DATEADD(${unit}, -${count}, GETDATE())`
	const calls = Object.entries(histories).flatMap(([name, call]) => (isTrue(task.setting(name)) ? [call] : []))
	return calls.length === 0
		? refuse('it deletes no history')
		: task.statements(...calls.map((call) => `${oldest}; ${call}`))
}

/** The job only starts: the task does not wait for its end. */
export function lowerAgentJob(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, [])
	if ('reason' in task) return task
	const id = task.setting('AgentJobID').replace(/^\{(.*)\}$/, '$1')
	if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return refuse('it does not name its job by a GUID')
	return task.statements(`EXEC msdb.dbo.sp_start_job @job_id = ${quoted(id)}`)
}
