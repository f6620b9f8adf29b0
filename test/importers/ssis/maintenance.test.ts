import { describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import { db, first, jobOf, x } from '../../support/ssis-tasks.ts'

const read = (
	attributes: string,
	databases: readonly string[] = ['shop', "o'dw"],
	type = 'Microsoft.DbMaintenanceCheckIntegrityTask',
	more = '',
) => {
	const names = databases.map((name) => `<SQLTask:SelectedDatabases SQLTask:DatabaseName="${name}"/>`).join('')
	const data = `<SQLTask:SqlTaskData xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" SQLTask:Connection="{DB}" SQLTask:ServerVersion="1" SQLTask:ExtendedLogging="True" ${attributes}>${names}${more}</SQLTask:SqlTaskData>`
	return jobOf(db, x.executables(x.executable('Check', type, data)))
}

const batches = (task: Task | undefined) =>
	task?.kind === 'execute-sql' ? task.batches.map(({ text }) => text) : task?.kind === 'opaque' && task.reason

describe('Check Database Integrity', () => {
	it('runs in each database that it names', () => {
		const batches = [
			{ text: "EXEC [shop].sys.sp_executesql N'DBCC CHECKDB(0) WITH NO_INFOMSGS'" },
			{ text: "EXEC [o'dw].sys.sp_executesql N'DBCC CHECKDB(0) WITH NO_INFOMSGS'" },
		]
		const job = read('SQLTask:DatabaseSelectionType="4" SQLTask:IncludeIndexes="True"')
		expect(first(job)).toMatchObject({ kind: 'execute-sql', connection: 'DB', batches })
		expect(first(read('SQLTask:DatabaseSelectionType="4" SQLTask:IncludeIndexes="False"', ['shop']))).toMatchObject({
			batches: [{ text: "EXEC [shop].sys.sp_executesql N'DBCC CHECKDB(0, NOINDEX) WITH NO_INFOMSGS'" }],
		})
	})

	it('asks the server for its databases where it names a kind of them', () => {
		const text = (kind: number, more = '') =>
			batches(first(read(`SQLTask:DatabaseSelectionType="${kind}" ${more}`, [])))
		const each = "N'EXEC ' + QUOTENAME(name) + N'.sys.sp_executesql N''DBCC CHECKDB(0) WITH NO_INFOMSGS'';'"
		const start = `SET NOCOUNT ON; DECLARE @statements nvarchar(max) = N''; SELECT @statements += ${each} FROM sys.databases WHERE`
		const end = '; EXEC sys.sp_executesql @statements'
		expect(text(1)).toEqual([`${start} name <> N'tempdb'${end}`])
		expect(text(2)).toEqual([`${start} name IN (N'master', N'model', N'msdb')${end}`])
		expect(text(3, 'SQLTask:IgnoreDatabasesInNotOnlineState="True"')).toEqual([
			`${start} name NOT IN (N'master', N'model', N'msdb', N'tempdb') AND state_desc = N'ONLINE'${end}`,
		])
	})

	it('has its name of 2005 as well', () => {
		const type =
			'Microsoft.SqlServer.Management.DatabaseMaintenance.DbMaintenanceCheckIntegrityTask, Microsoft.SqlServer.MaintenancePlanTasks, Version=9.0.242.0'
		expect(first(read('SQLTask:DatabaseSelectionType="4"', ['shop'], type))).toMatchObject({ kind: 'execute-sql' })
	})

	it('stays opaque where it names no database', () => {
		expect(read('SQLTask:DatabaseSelectionType="4"', []).accounting[0]?.reason).toBe('it names no database')
	})
})

const shrink = 'Microsoft.DbMaintenanceShrinkTask'
const rebuild = 'Microsoft.DbMaintenanceReindexTask'
const inside = (attributes: string, type: string) => {
	const found = batches(first(read(`SQLTask:DatabaseSelectionType="4" ${attributes}`, ['a]b'], type)))
	const inner =
		typeof found === 'object' ? /^EXEC \[a\]\]b\]\.sys\.sp_executesql N'(.*)'$/.exec(found[0] ?? '')?.[1] : undefined
	return inner?.replaceAll("''", "'") ?? found
}

describe('care of databases and their indexes', () => {
	it('Shrink Database shrinks what is larger than its limit', () => {
		const limits = 'SQLTask:DatabaseSizeLimit="50" SQLTask:DatabasePercentLimit="10"'
		const test = 'IF (SELECT SUM(CAST(size AS bigint)) / 128 FROM sys.database_files) > 50'
		expect(inside(`${limits} SQLTask:DatabaseReturnFreeSpace="True"`, shrink)).toBe(
			`${test} DBCC SHRINKDATABASE(0, 10, TRUNCATEONLY)`,
		)
		expect(inside(`${limits} SQLTask:DatabaseReturnFreeSpace="False"`, shrink)).toBe(
			`${test} DBCC SHRINKDATABASE(0, 10, NOTRUNCATE)`,
		)
		expect(inside('', shrink)).toContain('how large a database has to be')
	})

	it('Rebuild Index keeps fill factors, or leaves that much of each page free', () => {
		const of = (options: string) =>
			`SELECT @statements += N'ALTER INDEX ALL ON ' + QUOTENAME(s.name) + N'.' + QUOTENAME(o.name) + N' REBUILD WITH (${options});' FROM sys.objects`
		expect(inside('SQLTask:UseOriginalAmount="True" SQLTask:KeepOnline="True"', rebuild)).toContain(
			of('SORT_IN_TEMPDB = OFF, ONLINE = ON'),
		)
		expect(inside('SQLTask:UseOriginalAmount="False" SQLTask:Percentage="15" SQLTask:Sort="True"', rebuild)).toContain(
			of('SORT_IN_TEMPDB = ON, ONLINE = OFF, FILLFACTOR = 85'),
		)
	})

	it('Reorganize Index compacts large objects where it says so', () => {
		const type = 'Microsoft.DbMaintenanceDefragmentIndexTask'
		expect(inside('SQLTask:CompactLargeObjects="False"', type)).toContain('REORGANIZE WITH (LOB_COMPACTION = OFF);')
		expect(inside('SQLTask:CompactLargeObjects="True"', type)).toContain('REORGANIZE WITH (LOB_COMPACTION = ON);')
	})

	it('Update Statistics takes all rows, or a sample', () => {
		const update = (attributes: string) => inside(attributes, 'Microsoft.DbMaintenanceUpdateStatisticsTask')
		expect(update('SQLTask:UpdateStatisticsType="2" SQLTask:UpdateScanType="3"')).toContain("N' WITH FULLSCAN;'")
		expect(
			update('SQLTask:UpdateStatisticsType="1" SQLTask:UpdateScanType="1" SQLTask:UpdateSampleValue="50"'),
		).toContain("N' WITH SAMPLE 50 PERCENT, COLUMNS;'")
		expect(update('SQLTask:UpdateScanType="7"')).toBe('it does not say which statistics it updates, or how')
	})

	it('is left to a person where a setting is not documented', () => {
		expect(inside('SQLTask:FragmentationOption="1"', rebuild)).toBe(
			'what its setting FragmentationOption changes is not known',
		)
		const list = '<SQLTask:SelectedTables SQLTask:TableName="dbo.t"/>'
		expect(read('SQLTask:DatabaseSelectionType="4"', ['shop'], rebuild, list).accounting[0]?.reason).toBe(
			'what its list SelectedTables changes is not known',
		)
	})
})

describe('Back Up Database', () => {
	const backup = (attributes: string) =>
		inside(`SQLTask:BackupDeviceType="2" ${attributes}`, 'Microsoft.DbMaintenanceBackupTask')
	const file = (ending: string) =>
		`DECLARE @database sysname = DB_NAME(), @file nvarchar(4000) = N'D:\\bak\\' + DB_NAME() + N'_backup_' + FORMAT(SYSDATETIME(), N'yyyy_MM_dd_HHmmss_fffffff') + N'.${ending}'`

	it('writes a file for each database', () => {
		const folder = 'SQLTask:BackupDestinationAutoFolderPath="D:\\bak"'
		expect(backup(`${folder} SQLTask:BackupVerifyIntegrity="True"`)).toBe(
			`${file('bak')}; BACKUP DATABASE @database TO DISK = @file WITH NOINIT; RESTORE VERIFYONLY FROM DISK = @file`,
		)
		expect(
			backup(
				`${folder} SQLTask:BackupAction="2" SQLTask:BackupCompressionAction="1" SQLTask:UseExpiration="True" SQLTask:InDays="True" SQLTask:RetainDays="14"`,
			),
		).toBe(`${file('trn')}; BACKUP LOG @database TO DISK = @file WITH NOINIT, RETAINDAYS = 14, COMPRESSION`)
	})

	it('says what keeps it from being a statement', () => {
		expect(backup('')).toBe('it names no folder that takes a file for each database')
		expect(backup('SQLTask:BackupTailLog="True"')).toContain('the tail of the log')
		expect(backup('SQLTask:BackupCreateSubFolder="True"')).toContain('a folder for each database')
	})
})

describe('tasks that call procedures of the server', () => {
	const called = (attributes: string, type: string) => batches(first(read(attributes, [], type)))

	it('History Cleanup deletes what is older than its time when it runs', () => {
		const cleanup = (attributes: string) => called(attributes, 'Microsoft.DbMaintenanceHistoryCleanupTask')
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
		const start = (attributes: string) => called(attributes, 'Microsoft.DbMaintenanceExecuteAgentJobTask')
		expect(start('SQLTask:AgentJobID="0f8fad5b-d9cb-469f-a165-70867728950e"')).toEqual([
			"EXEC msdb.dbo.sp_start_job @job_id = N'0f8fad5b-d9cb-469f-a165-70867728950e'",
		])
		expect(start('SQLTask:AgentJobID="nightly"')).toBe('it does not name its job by a GUID')
	})

	// The statements, as the task's editor shows them: https://www.codykonior.com/2015/06/02/experiments-with-master-sys-xp-delete-file/
	describe('Maintenance Cleanup', () => {
		const cleanup = (attributes: string) =>
			called(`SQLTask:FileTypeSelected="0" ${attributes}`, 'Microsoft.DbMaintenanceFileCleanupTask')
		const files = 'SQLTask:FolderPath="D:\\bak" SQLTask:FileExtension="trn"'
		const age = 'SQLTask:AgeBased="True" SQLTask:RemoveOlderThan="3" SQLTask:TimeUnitsType="0"'

		it('deletes what was changed before a time that is reckoned when it runs', () => {
			const start =
				"DECLARE @oldest nvarchar(19) = CONVERT(nvarchar(19), DATEADD(DAY, -3, GETDATE()), 126); EXEC master.dbo.xp_delete_file 0, N'D:\\bak', N'trn', @oldest"
			expect(cleanup(`${files} ${age} SQLTask:CleanSubFolders="False"`)).toEqual([start])
			expect(cleanup(`${files} ${age} SQLTask:CleanSubFolders="True"`)).toEqual([`${start}, 1`])
		})

		it('deletes the one file that it names', () => {
			expect(cleanup('SQLTask:DeleteSpecificFile="True" SQLTask:FilePath="D:\\it\'s.bak"')).toEqual([
				"EXEC master.dbo.xp_delete_file 0, N'D:\\it''s.bak'",
			])
		})

		it('says what keeps it from being a statement', () => {
			expect(cleanup(files)).toBe('it deletes files of any age, in a call that no document shows')
			expect(cleanup(age)).toBe('it does not say which files of which folder it deletes')
			expect(cleanup(`${files} ${age} SQLTask:Recycle="True"`)).toBe('it asks for Recycle')
		})
	})
})
