/** What is said of tasks that are not translated. */
import { expect, it } from 'vitest'
import { jobOf, x } from '../../support/ssis-tasks.ts'

const reasonOf = (type: string, data: string): string | undefined =>
	jobOf(x.executables(x.executable('Task', type, data))).accounting[0]?.reason

it.each([
	[
		'Microsoft.MessageQueueTask',
		'<MessageQueueTask:MessageQueueTaskData xmlns:MessageQueueTask="www.microsoft.com/sqlserver/dts/tasks/messagequeuetask" MessageQueueTask:QueuePath="Orders" MessageQueueTask:StringMessage="go" />',
		' (queue Orders)',
	],
	[
		'Microsoft.WebServiceTask',
		'<W:WebServiceTaskData xmlns:W="www.microsoft.com/sqlserver/dts/tasks/webservicetask" W:Service="Rates" W:WSDLFile="C:\\rates.wsdl" W:OutputLocation="User::Rate"><W:MethodInfo W:MethodName="Latest" /></W:WebServiceTaskData>',
		' (service Rates, method Latest, WSDL file C:\\rates.wsdl, answer to User::Rate)',
	],
	[
		'Microsoft.WmiDataReaderTask',
		'<WMIDRTaskData WQLQuerySource="SELECT Name FROM Win32_Service" />',
		' (query SELECT Name FROM Win32_Service)',
	],
	[
		'Microsoft.TransferDatabaseTask',
		'<TransferDatabasesTaskData SrcDBName="a" DestDBName="b" />',
		' (database a, as b)',
	],
	[
		'Microsoft.TransferSqlServerObjectsTask',
		'<TransferSqlServerObjectsTaskData SourceDatabase="a" DestinationDatabase="b" TablesList="2,9,[dbo].[x],11,[dbo].[y,z],"/>',
		' (from a, to b, tables [dbo].[x], [dbo].[y,z])',
	],
])('%s is told with its settings', (type, data, details) => {
	expect(reasonOf(type, data)?.endsWith(details)).toBe(true)
	expect(reasonOf(type, '')).not.toContain(details)
})
