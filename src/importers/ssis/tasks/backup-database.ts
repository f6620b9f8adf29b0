/**
 * Back Up Database task: BACKUP DATABASE or BACKUP LOG for each of its databases, into a file of its own below one folder (Microsoft:
 * Back Up Database Task). The server writes the file, so the folder stays as the package spells it.
 */
import type { Task } from '#model/control-flow.ts'
import type { Refusal } from '../flow/parts.ts'
import { refuse } from '../flow/parts.ts'
import { isTrue } from '../formats/properties.ts'
import { inDatabases } from './chosen-databases.ts'
import type { Maintenance } from './maintenance.ts'
import { knownOnly, maintenanceOf, quoted } from './maintenance.ts'
import type { TaskContext } from './task-context.ts'

const settings = [
	...[
		'BackupAction',
		'BackupIsIncremental',
		'BackupDeviceType',
		'BackupPhisycalDestinationType',
		'BackupDestinationType',
	],
	...[
		'BackupDestinationAutoFolderPath',
		'BackupActionForExistingBackups',
		'BackupFileExtension',
		'BackupVerifyIntegrity',
	],
	...['BackupCompressionAction', 'UseExpiration', 'InDays', 'RetainDays', 'ExpireDate'],
]
const DATABASE = '0'
const LOG = '2'
const DISK = '2'
const NAMED = '4'

export function lowerBackup(context: TaskContext): Task | Refusal {
	const task = maintenanceOf(context, [
		...settings,
		'IgnoreDatabasesInNotOnlineState',
		'BackupCreateSubFolder',
		'BackupTailLog',
	])
	if ('reason' in task) return task
	const problem = problemOf(task) ?? knownOnly(task, settings)
	if (problem !== undefined) return problem
	const statements = inDatabases(task, backupOf(task))
	return 'reason' in statements ? statements : task.statements(...statements)
}

function problemOf(task: Maintenance): Refusal | undefined {
	const { setting } = task
	const action = setting('BackupAction') || DATABASE
	if (action !== DATABASE && action !== LOG) return refuse('it backs up single files')
	if (setting('BackupDeviceType') !== DISK) return refuse('it backs up to something else than disks')
	if (isTrue(setting('BackupCreateSubFolder')))
		return refuse('it makes a folder for each database on the disk of the server')
	if (isTrue(setting('BackupTailLog')))
		return refuse('it backs up the tail of the log, which leaves the database restoring')
	if (setting('BackupDestinationAutoFolderPath') === '')
		return refuse('it names no folder that takes a file for each database')
	if (setting('DatabaseSelectionType') !== NAMED && (action === LOG || isTrue(setting('BackupIsIncremental'))))
		return refuse('it backs up logs or differences of databases chosen at run time, which not all of them have')
	if (isTrue(setting('UseExpiration')) && !(isTrue(setting('InDays')) && /^\d+$/.test(setting('RetainDays'))))
		return refuse('it does not say in days when its backups expire')
	return undefined
}

function backupOf({ setting }: Maintenance): string {
	const isLog = setting('BackupAction') === LOG
	const folder = setting('BackupDestinationAutoFolderPath').replace(/[\\/]*$/, '\\')
	const ending = setting('BackupFileExtension') || (isLog ? 'trn' : 'bak')
	const name = `${quoted(folder)} + DB_NAME() + N'_backup_' + FORMAT(SYSDATETIME(), N'yyyy_MM_dd_HHmmss_fffffff') + ${quoted(`.${ending}`)}`
	const compression = setting('BackupCompressionAction')
	const options = [
		...(isTrue(setting('BackupIsIncremental')) ? ['DIFFERENTIAL'] : []),
		setting('BackupActionForExistingBackups') === '1' ? 'INIT' : 'NOINIT',
		...(isTrue(setting('UseExpiration')) ? [`RETAINDAYS = ${setting('RetainDays')}`] : []),
		...(compression === '1' ? ['COMPRESSION'] : compression === '2' ? ['NO_COMPRESSION'] : []),
	]
	return [
		`DECLARE @database sysname = DB_NAME(), @file nvarchar(4000) = ${name}`,
		`BACKUP ${isLog ? 'LOG' : 'DATABASE'} @database TO DISK = @file WITH ${options.join(', ')}`,
		...(isTrue(setting('BackupVerifyIntegrity')) ? ['RESTORE VERIFYONLY FROM DISK = @file'] : []),
	].join('; ')
}
