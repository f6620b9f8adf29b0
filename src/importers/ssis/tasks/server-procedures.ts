/**
 * Tasks of maintenance plans that call procedures of the server, with the statements that their editors show (Microsoft: History
 * Cleanup Task; Execute SQL Server Agent Job Task; Maintenance Cleanup Task).
 */
import type { Task } from '#model/control-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { knownOnly, maintenanceOf, quoted } from './maintenance.ts'
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

const cleanup = [
	...['FileTypeSelected', 'FilePath', 'FolderPath', 'CleanSubFolders', 'FileExtension', 'AgeBased'],
	...['DeleteSpecificFile', 'RemoveOlderThan', 'TimeUnitsType'],
]

/**
 * Deletes backups, or reports of maintenance plans, on a disk of the server: the procedure looks into each file and leaves others
 * alone. It takes what was changed before a moment, in the folder and, where asked to, in the folders right inside it.
 */
export function lowerFileCleanup(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, cleanup)
	if ('reason' in task) return task
	const unknown = knownOnly(task, cleanup)
	if (unknown !== undefined) return unknown
	const { setting } = task
	const type = setting('FileTypeSelected')
	if (!/^[01]$/.test(type)) return refuse('it does not say whether it deletes backups or reports')
	if (isTrue(setting('DeleteSpecificFile'))) {
		const file = setting('FilePath')
		return file === ''
			? refuse('it names no file')
			: task.statements(`EXEC master.dbo.xp_delete_file ${type}, ${quoted(file)}`)
	}
	const [folder, extension] = [setting('FolderPath'), setting('FileExtension')]
	if (folder === '' || extension === '') return refuse('it does not say which files of which folder it deletes')
	if (!isTrue(setting('AgeBased'))) return refuse('it deletes files of any age, in a call that no document shows')
	const [unit, count] = [units[setting('TimeUnitsType')], setting('RemoveOlderThan')]
	if (unit === undefined || !/^\d+$/.test(count)) return refuse('it does not say how old its files have to be')
	const oldest = `DECLARE @oldest nvarchar(19) = CONVERT(nvarchar(19), DATEADD(${unit}, -${count}, GETDATE()), 126)`
	const inside = isTrue(setting('CleanSubFolders')) ? ', 1' : ''
	return task.statements(
		`${oldest}; EXEC master.dbo.xp_delete_file ${type}, ${quoted(folder)}, ${quoted(extension)}, @oldest${inside}`,
	)
}
