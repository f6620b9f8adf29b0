import { describe, expect, it } from 'vitest'
import { db, first, jobOf, x } from '../../support/ssis-tasks.ts'

const read = (
	attributes: string,
	databases: readonly string[] = ['shop', "o'dw"],
	type = 'Microsoft.DbMaintenanceCheckIntegrityTask',
) => {
	const names = databases.map((name) => `<SQLTask:SelectedDatabases SQLTask:DatabaseName="${name}"/>`).join('')
	const data = `<SQLTask:SqlTaskData xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" SQLTask:Connection="{DB}" SQLTask:ServerVersion="1" SQLTask:ExtendedLogging="True" ${attributes}>${names}</SQLTask:SqlTaskData>`
	return jobOf(db, x.executables(x.executable('Check', type, data)))
}

describe('Check Database Integrity', () => {
	it('is the statement that it runs, for each database that it names', () => {
		const batches = [
			{ text: "DBCC CHECKDB(N'shop') WITH NO_INFOMSGS" },
			{ text: "DBCC CHECKDB(N'o''dw') WITH NO_INFOMSGS" },
		]
		const job = read('SQLTask:DatabaseSelectionType="4" SQLTask:IncludeIndexes="True"')
		expect(first(job)).toMatchObject({ kind: 'execute-sql', connection: 'DB', batches })
		expect(first(read('SQLTask:DatabaseSelectionType="4" SQLTask:IncludeIndexes="False"', ['shop']))).toMatchObject({
			batches: [{ text: "DBCC CHECKDB(N'shop', NOINDEX) WITH NO_INFOMSGS" }],
		})
	})

	it('has its name of 2005 as well', () => {
		const type =
			'Microsoft.SqlServer.Management.DatabaseMaintenance.DbMaintenanceCheckIntegrityTask, Microsoft.SqlServer.MaintenancePlanTasks, Version=9.0.242.0'
		expect(first(read('SQLTask:DatabaseSelectionType="4"', ['shop'], type))).toMatchObject({ kind: 'execute-sql' })
	})

	it('stays opaque where the run chooses the databases, or it asks for more', () => {
		const reason = (attributes: string) => read(attributes).accounting[0]?.reason
		expect(reason('SQLTask:DatabaseSelectionType="3"')).toContain('chosen on the server at run time')
		expect(reason('SQLTask:DatabaseSelectionType="4" SQLTask:IgnoreDatabasesInNotOnlineState="True"')).toBe(
			'it asks for IgnoreDatabasesInNotOnlineState',
		)
	})
})

describe('tasks that call procedures of msdb', () => {
	const batches = (attributes: string, type: string) => {
		const task = first(read(attributes, [], type))
		return task?.kind === 'execute-sql' ? task.batches.map(({ text }) => text) : task?.kind === 'opaque' && task.reason
	}

	it('History Cleanup deletes what is older than its time when it runs', () => {
		const cleanup = (attributes: string) => batches(attributes, 'Microsoft.DbMaintenanceHistoryCleanupTask')
		const all =
			'SQLTask:RemoveBackupRestoreHistory="True" SQLTask:RemoveAgentHistory="False" SQLTask:RemoveDbMaintHistory="True" SQLTask:RemoveOlderThan="4"'
		const oldest = 'DECLARE @oldest datetime = DATEADD(WEEK, -4, GETDATE())'
		expect(cleanup(`${all} SQLTask:TimeUnitsType="1"`)).toEqual([
			`${oldest}; EXEC msdb.dbo.sp_delete_backuphistory @oldest`,
			`${oldest}; EXEC msdb.dbo.sp_maintplan_delete_log NULL, NULL, @oldest`,
		])
		expect(cleanup(`${all} SQLTask:TimeUnitsType="4"`)).toBe('it does not say how old its history has to be')
		expect(cleanup('SQLTask:TimeUnitsType="5" SQLTask:RemoveOlderThan="1"')).toBe('it deletes no history')
	})

	it('Execute SQL Server Agent Job starts the job with its id', () => {
		const start = (attributes: string) => batches(attributes, 'Microsoft.DbMaintenanceExecuteAgentJobTask')
		expect(start('SQLTask:AgentJobID="0f8fad5b-d9cb-469f-a165-70867728950e"')).toEqual([
			"EXEC msdb.dbo.sp_start_job @job_id = N'0f8fad5b-d9cb-469f-a165-70867728950e'",
		])
		expect(start('SQLTask:AgentJobID="nightly"')).toBe('it does not name its job by a GUID')
	})
})
