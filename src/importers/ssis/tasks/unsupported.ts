/** Tasks that are known and have no counterpart: why, and what a person can do. */
export const unsupportedTasks: Readonly<Record<string, string>> = {
	'Microsoft.WebServiceTask':
		'it calls a web service by a WSDL file of the old machine, and no document tells in which form it keeps the answer: call the service in a module of the job',
	'Microsoft.WmiDataReaderTask': 'it asks Windows about the old server',
	'Microsoft.WmiEventWatcherTask': 'it waits for an event of Windows: an EventBridge rule can start the job instead',
	'Microsoft.MessageQueueTask': 'it uses a message queue of Windows (MSMQ): Amazon SQS can take its place',
	'Microsoft.DataProfilingTask':
		'it writes a profile of the data for a viewer of the old tool: AWS Glue Data Quality can take its place',
	'Microsoft.ActiveXScriptTask': 'it runs a script in VBScript or JScript, which has to be written again',
	'Microsoft.Exec80PackageTask': 'it runs a package of DTS 2000, which no export of this package holds',
	'Microsoft.TransferDatabaseTask': 'it copies a whole database: AWS DMS or a backup can take its place',
	'Microsoft.TransferErrorMessagesTask':
		'it copies error messages between servers: script sys.messages with sp_addmessage, or leave them where they are',
	'Microsoft.TransferJobsTask':
		'it copies jobs of SQL Server Agent between servers: what is in them, only the old server knows',
	'Microsoft.TransferLoginsTask': 'it copies logins between servers: their hashed passwords are on the old server only',
	'Microsoft.TransferSqlServerObjectsTask':
		'it copies objects between databases, whose definitions are on the old server only: AWS DMS can take its place',
	'Microsoft.TransferStoredProceduresTask':
		'it copies procedures of the master database between servers: their text is on the old server only',
	'Microsoft.ASExecuteDDLTask': 'it changes an Analysis Services database, which AWS does not have',
	'Microsoft.DTSProcessingTask': 'it processes an Analysis Services database, which AWS does not have',
	'Microsoft.DMQueryTask': 'it asks a mining model of Analysis Services, which AWS does not have',
	'Microsoft.DbMaintenanceNotifyOperatorTask':
		'it tells operators of SQL Server Agent, whose names a package stores in no documented form: call msdb.dbo.sp_notify_operator in an Execute SQL task',
}

const families: readonly (readonly [RegExp, string])[] = [
	[/Hadoop|Hive|Pig|Hdi/i, 'it works on a Hadoop cluster'],
	[/Blob|Adls|DwUpload|Azure/i, 'it works on a service of Azure'],
]

/** Why a task of that type stays opaque. */
export function reasonFor(type: string): string {
	const name = Object.keys(unsupportedTasks).find((one) => one.toLowerCase() === type.toLowerCase())
	const family = families.find(([pattern]) => pattern.test(type))
	return (name === undefined ? undefined : unsupportedTasks[name]) ?? family?.[1] ?? 'this task is not supported'
}
