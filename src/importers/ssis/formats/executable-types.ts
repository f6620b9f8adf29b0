/** One name for a task or container in all versions of SSIS. */

const aliases: ReadonlyMap<string, string> = new Map([
	// The data flow task of 2005 to 2014 wrote its class GUID into some files.
	['{5918251B-2970-45A4-AB5F-01C3C588FE5A}', 'Microsoft.Pipeline'],
	['{E3CFBEA8-1F48-40D8-91E1-2DEDC1EDDD56}', 'Microsoft.Pipeline'],
])

/**
 * Names by which programs add tasks, `STOCK:SQLTask`, where they are others than `STOCK:` and the task's name (Microsoft: Adding Tasks
 * Programmatically). Containers keep theirs.
 */
const stock: ReadonlyMap<string, string> = new Map([
	['SQLTASK', 'Microsoft.ExecuteSQLTask'],
	['PIPELINETASK', 'Microsoft.Pipeline'],
	['FTPTASK', 'Microsoft.FtpTask'],
	['EXECUTEPROCESSTASK', 'Microsoft.ExecuteProcess'],
	['MSMQTASK', 'Microsoft.MessageQueueTask'],
	['TRANSFEROBJECTSTASK', 'Microsoft.TransferSqlServerObjectsTask'],
])

/**
 * `SSIS.Pipeline.2`, `DTS.Pipeline` → `Microsoft.Pipeline`;
 * `Microsoft.SqlServer.Dts.Tasks.ExecuteSQLTask.ExecuteSQLTask, Microsoft…` → `Microsoft.ExecuteSQLTask`;
 * a third party's assembly-qualified name → its class.
 */
export function executableType(written: string): string {
	const name = written.split(',')[0]?.trim() ?? ''
	const known = aliases.get(name.toUpperCase())
	if (known !== undefined) return known
	if (/^(?:Attunity|Microsoft)\.(?:\w+\.)*CdcControlTask$/i.test(name)) return 'Attunity.CdcControlTask'
	const [, added] = /^STOCK:(\w+Task)$/i.exec(name) ?? []
	if (added !== undefined) return stock.get(added.toUpperCase()) ?? `Microsoft.${added}`
	const versioned = /^(?:SSIS|DTS|MSDTS)\.(\w+?)(?:\.\d+)?$/.exec(name)
	if (versioned) return `Microsoft.${versioned[1]}`
	const assembly = /^Microsoft\.SqlServer\.(?:Dts\.Tasks|Management\.DatabaseMaintenance)\.(?:\w+\.)*(\w+)$/.exec(name)
	return assembly ? `Microsoft.${assembly[1]}` : name
}
