/** Every task with a meaning in the model. A new one is a file beside this one and a line here. */
import { lowerBackup } from './backup-database.ts'
import { lowerBulkInsert } from './bulk-insert.ts'
import { lowerCdcControl } from './cdc-control.ts'
import { lowerCheckIntegrity } from './check-integrity.ts'
import { lowerDataFlow } from './data-flow.ts'
import { lowerExecutePackage } from './execute-package.ts'
import { lowerExecuteProcess } from './execute-process/execute-process.ts'
import { lowerExecuteSql } from './execute-sql.ts'
import { lowerExpressionTask } from './expression.ts'
import { lowerFileSystem } from './file-system.ts'
import { lowerForLoop } from './for-loop.ts'
import { lowerForeachLoop } from './foreach-loop.ts'
import { lowerFtp } from './ftp.ts'
import {
	lowerCreateCluster,
	lowerDeleteCluster,
	lowerHadoopHive,
	lowerHadoopPig,
	lowerHdiHive,
	lowerHdiPig,
} from './hadoop.ts'
import { lowerRebuildIndex, lowerReorganizeIndex, lowerUpdateStatistics } from './index-care.ts'
import { lowerAdls, lowerBlobDownload, lowerBlobUpload, lowerHadoopFiles } from './remote-files.ts'
import { lowerScriptTask } from './script.ts'
import { lowerSecureFtp } from './secure-ftp.ts'
import { lowerSendMail } from './send-mail.ts'
import { lowerSequence } from './sequence.ts'
import { lowerAgentJob, lowerFileCleanup, lowerHistoryCleanup } from './server-procedures.ts'
import { lowerShrinkDatabase } from './shrink-database.ts'
import type { LowerTask } from './task-context.ts'
import { lowerWarehouseUpload } from './warehouse-upload.ts'
import { lowerXml } from './xml.ts'

export const tasks = {
	AdlsTask: lowerAdls,
	'Attunity.CdcControlTask': lowerCdcControl,
	CopyFromBlobTask: lowerBlobDownload,
	CopyToBlobTask: lowerBlobUpload,
	CreateHdiClusterTask: lowerCreateCluster,
	DeleteHdiClusterTask: lowerDeleteCluster,
	DwUploadTask: lowerWarehouseUpload,
	HadoopFileSystemTask: lowerHadoopFiles,
	HadoopHiveTask: lowerHadoopHive,
	HadoopPigTask: lowerHadoopPig,
	HiveTask: lowerHdiHive,
	PigTask: lowerHdiPig,
	'Microsoft.BulkInsertTask': lowerBulkInsert,
	'Microsoft.DbMaintenanceBackupTask': lowerBackup,
	'Microsoft.DbMaintenanceCheckIntegrityTask': lowerCheckIntegrity,
	'Microsoft.DbMaintenanceExecuteAgentJobTask': lowerAgentJob,
	'Microsoft.DbMaintenanceFileCleanupTask': lowerFileCleanup,
	'Microsoft.DbMaintenanceHistoryCleanupTask': lowerHistoryCleanup,
	'Microsoft.DbMaintenanceDefragmentIndexTask': lowerReorganizeIndex,
	'Microsoft.DbMaintenanceReindexTask': lowerRebuildIndex,
	'Microsoft.DbMaintenanceShrinkTask': lowerShrinkDatabase,
	'Microsoft.DbMaintenanceUpdateStatisticsTask': lowerUpdateStatistics,
	// Execute T-SQL Statement stores its statement like Execute SQL.
	'Microsoft.DbMaintenanceTSQLExecuteTask': lowerExecuteSql,
	'Microsoft.ExecuteProcess': lowerExecuteProcess,
	'Microsoft.ExecutePackageTask': lowerExecutePackage,
	'Microsoft.ExecuteSQLTask': lowerExecuteSql,
	'Microsoft.ExpressionTask': lowerExpressionTask,
	'Microsoft.FileSystemTask': lowerFileSystem,
	'Microsoft.FtpTask': lowerFtp,
	'Microsoft.Pipeline': lowerDataFlow,
	'Microsoft.ScriptTask': lowerScriptTask,
	'Microsoft.SendMailTask': lowerSendMail,
	'Microsoft.XMLTask': lowerXml,
	'SSIS2016Cookbook.SecureFTP': lowerSecureFtp,
	'STOCK:FOREACHLOOP': lowerForeachLoop,
	'STOCK:FORLOOP': lowerForLoop,
	'STOCK:SEQUENCE': lowerSequence,
} as const satisfies Record<string, LowerTask>

export type TaskType = keyof typeof tasks

export function taskLowererOf(type: string): LowerTask | undefined {
	return Object.hasOwn(tasks, type) ? tasks[type as TaskType] : undefined
}
