import { describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import {
	connections,
	database,
	db,
	first,
	inner,
	jobOf,
	parameter,
	sqlTask,
	variables,
	x,
} from '../../support/ssis-tasks.ts'

const foreach = (name: string, data: string, mappings: readonly string[], expressions = ''): string => {
	const bound = mappings.map(
		(variable, index) => `<DTS:ForEachVariableMapping DTS:ValueIndex="${index}" DTS:VariableName="${variable}"/>`,
	)
	return x.executable(
		'Loop',
		'STOCK:FOREACHLOOP',
		'',
		`<DTS:ForEachEnumerator DTS:CreationName="${name}">${expressions}<DTS:ObjectData>${data}</DTS:ObjectData></DTS:ForEachEnumerator>` +
			`<DTS:ForEachVariableMappings>${bound.join('')}</DTS:ForEachVariableMappings>${x.executables(inner('Inside'))}`,
	)
}
const fileProperties = (properties: Readonly<Record<string, string>>): string =>
	`<ForEachFileEnumeratorProperties>${Object.entries(properties)
		.map(([name, value]) => `<FEFEProperty ${name}="${value}"/>`)
		.join('')}</ForEachFileEnumeratorProperties>`

describe('Foreach Loop', () => {
	const file = variables(x.variable('File', 8, ''))
	const properties = { Folder: 'C:\\in', FileSpec: 'a*.txt', FileNameRetrievalType: '0', Recurse: '-1' }

	it('goes over files', () => {
		const job = jobOf(
			db,
			file,
			x.executables(foreach('Microsoft.ForEachFileEnumerator', fileProperties(properties), ['User::File'])),
		)
		expect(first(job)).toMatchObject({
			kind: 'loop',
			over: {
				kind: 'files',
				folder: { text: 'C:\\in' },
				pattern: { text: 'a*.txt' },
				recurse: true,
				retrieve: 'path',
				bindings: [{ index: 0, variable: 'User::File' }],
			},
			body: { tasks: [{ name: 'Inside' }] },
		})
		expect(job.differences).toMatchObject([{ id: 'RG-D050' }, { id: 'RG-D057' }])
	})

	it('takes what expressions set of its enumerator', () => {
		const expression = '<DTS:PropertyExpression DTS:Name="Directory">@[User::File]</DTS:PropertyExpression>'
		const loop = foreach('DTS.ForEachFileEnumerator.2', fileProperties(properties), ['User::File'], expression)
		expect(first(jobOf(db, file, x.executables(loop)))).toMatchObject({
			over: { folder: { expression: { kind: 'variable', name: 'User::File' } } },
		})
		const unknown = expression.replace('Directory', 'Recurse')
		const refused = foreach('DTS.ForEachFileEnumerator.2', fileProperties(properties), ['User::File'], unknown)
		expect(first(jobOf(db, file, x.executables(refused)))).toMatchObject({
			kind: 'opaque',
			reason: 'an expression sets its property Recurse',
		})
	})

	it('goes over items, each value of the type of its variable', () => {
		const item = (name: string, count: number): string =>
			`<FEIEItem><FEIEItemValue Type="System.String" Value="${name}"/><FEIEItemValue Type="System.Int32" Value="${count}"/></FEIEItem>`
		const items = `<FEIEItems>${item('north', 1)}${item('south', 2)}</FEIEItems>`
		const own = variables(x.variable('Name', 8, ''), x.variable('Count', 3, '0'))
		const loop = foreach('Microsoft.ForEachItemEnumerator', items, ['User::Name', 'User::Count'])
		expect(first(jobOf(db, own, x.executables(loop)))).toMatchObject({
			over: {
				kind: 'items',
				rows: [
					['north', 1n],
					['south', 2n],
				],
			},
		})
	})

	it('goes over the rows that a variable holds', () => {
		const ado = '<FEEADO EnumType="EnumerateRowsInFirstTable" VarName="User::Found"/>'
		const own = variables(x.variable('Found', 13, ''), x.variable('Id', 3, '0'))
		const name =
			'Microsoft.SqlServer.Dts.Runtime.Enumerators.ADO.ForEachADOEnumerator, Microsoft.SqlServer.ForEachADOEnumerator'
		expect(first(jobOf(db, own, x.executables(foreach(name, ado, ['User::Id']))))).toMatchObject({
			over: { kind: 'rows', variable: 'User::Found', bindings: [{ index: 0, variable: 'User::Id' }] },
		})
	})

	it('over what only the old tool knows stays opaque, its tasks are read all the same', () => {
		const job = jobOf(db, file, x.executables(foreach('Microsoft.ForEachSMOEnumerator', '', ['User::File'])))
		expect(first(job)).toMatchObject({
			kind: 'opaque',
			reason: expect.stringMatching(/SQL Server/),
			body: { tasks: [{ name: 'Inside' }] },
		})
	})
})

describe('For Loop', () => {
	it('has an assignment before, a condition, and an assignment after each pass', () => {
		const loop = x.executable('Loop', 'STOCK:FORLOOP', '', x.executables(inner('Inside')), {
			InitExpression: '@N = 0',
			EvalExpression: '@N < 3',
			AssignExpression: '@N = @N + 1',
		})
		expect(first(jobOf(db, x.variable('N', 3, '0'), x.executables(loop)))).toMatchObject({
			kind: 'loop',
			over: {
				kind: 'condition',
				initial: { variable: 'User::N' },
				while: { text: '@N < 3' },
				step: { variable: 'User::N' },
			},
		})
	})
})

describe('File System', () => {
	const files = connections(x.connection('From', 'FILE', 'C:\\in\\a.txt'), x.connection('To', 'FILE', 'C:\\old'))
	const task = (attributes: string): Task =>
		first(
			jobOf(
				files,
				variables(x.variable('Path', 8, 'C:\\x')),
				x.executables(x.executable('Files', 'Microsoft.FileSystemTask', `<FileSystemData ${attributes}/>`)),
			),
		)

	it('moves what a connection names into the folder that another names', () => {
		expect(
			task(
				'TaskOperationType="MoveFile" TaskOverwriteDestFile="True" TaskSourcePath="{FROM}" TaskDestinationPath="{TO}"',
			),
		).toMatchObject({
			kind: 'file-operation',
			operation: 'move-file',
			source: { text: 'C:\\in\\a.txt' },
			destination: { text: 'C:\\old' },
			intoFolder: true,
			overwrite: true,
		})
	})

	it('deletes what a variable names', () => {
		expect(
			task('TaskOperationType="DeleteFile" TaskSourcePath="User::Path" TaskIsSourceVariable="True"'),
		).toMatchObject({ operation: 'delete-file', source: { expression: { kind: 'variable', name: 'User::Path' } } })
	})

	it('sets no attributes', () => {
		expect(task('TaskOperationType="SetAttributes" TaskSourcePath="{FROM}"')).toMatchObject({
			kind: 'opaque',
			reason: 'files in an object store have no attributes to set',
		})
	})
})

describe('Execute Package', () => {
	it('names a package of the project and passes parameters', () => {
		const data =
			'<ExecutePackageTask><UseProjectReference>True</UseProjectReference><PackageName>Child.dtsx</PackageName>' +
			'<ParameterAssignment><ParameterName>Rows</ParameterName><BindedVariableOrParameterName>User::N</BindedVariableOrParameterName></ParameterAssignment></ExecutePackageTask>'
		const job = jobOf(x.variable('N', 3, '5'), x.executables(x.executable('Run', 'Microsoft.ExecutePackageTask', data)))
		expect(first(job)).toMatchObject({
			kind: 'run-job',
			reference: 'project',
			job: { text: 'Child.dtsx' },
			parameters: [{ name: 'Rows', value: { expression: { name: 'User::N' } } }],
		})
	})

	it('names a package by its file', () => {
		const data = '<ExecutePackageTask><Connection>{CHILD}</Connection></ExecutePackageTask>'
		const job = jobOf(
			x.connection('Child', 'FILE', 'C:\\packages\\Child.dtsx'),
			x.executables(x.executable('Run', 'Microsoft.ExecutePackageTask', data)),
		)
		expect(first(job)).toMatchObject({ reference: 'file', job: { text: 'C:\\packages\\Child.dtsx' } })
	})
})

describe('Send Mail', () => {
	it('has a sender, receivers and a text', () => {
		const data =
			'<SendMailTask:SendMailTaskData xmlns:SendMailTask="www.microsoft.com/sqlserver/dts/tasks/sendmailtask" SendMailTask:SMTPServer="{SMTP}"' +
			' SendMailTask:From="a@example.com" SendMailTask:To="b@example.com" SendMailTask:Subject="Hi" SendMailTask:MessageSource="Done" SendMailTask:Priority="High"/>'
		const job = jobOf(
			x.connection('SMTP', 'SMTP', 'SmtpServer=mail'),
			x.executables(x.executable('Mail', 'Microsoft.SendMailTask', data)),
		)
		expect(first(job)).toMatchObject({
			kind: 'mail',
			from: { text: 'a@example.com' },
			to: { text: 'b@example.com' },
			text: { text: 'Done' },
			priority: 'high',
		})
		expect(job.accounting).toMatchObject([{ name: 'Mail', outcome: 'declared' }])
	})
})

describe('FTP', () => {
	const ftp = (attributes: string, inside = ''): Job =>
		jobOf(
			x.connection('Shop', 'FTP', 'ftp.example.com:21') +
				x.connection('Folder', 'FILE', 'C:\\in') +
				x.variable('Remote', 8, '/out/*.csv'),
			x.executables(
				x.executable('Get', 'Microsoft.FtpTask', `<FtpData ConnectionName="{SHOP}" ${attributes}/>`, inside),
			),
		)

	it('fetches what a variable names into the folder of a connection', () => {
		const job = ftp(
			'StopOnFailure="True" TaskOperationType="Receive" TaskIsLocalPathVar="False" TaskLocalPath="{FOLDER}" TaskIsRemotePathVar="True" TaskRemotePath="User::Remote" TaskOverwriteDest="True" TaskTransferAscii="True"',
		)
		expect(first(job)).toMatchObject({
			kind: 'file-transfer',
			operation: 'receive',
			connection: 'Shop',
			remote: { text: '@[User::Remote]' },
			local: { text: 'C:\\in' },
			overwrite: true,
			asText: true,
			mayFail: false,
		})
		expect(job.differences).toMatchObject([{ id: 'RG-D145' }])
	})

	it('deletes on the server a path that an expression computes, and goes on where that fails', () => {
		const computed = '<DTS:PropertyExpression DTS:Name="RemotePath">"/old/" + @[User::Remote]</DTS:PropertyExpression>'
		const job = ftp('StopOnFailure="False" TaskOperationType="DeleteRemote" TaskRemotePath="/x"', computed)
		expect(first(job)).toMatchObject({
			kind: 'file-transfer',
			operation: 'delete',
			remote: { text: '"/old/" + @[User::Remote]' },
			mayFail: true,
		})
	})

	it('works on folders of its own machine like a File System task', () => {
		const job = ftp('TaskOperationType="MakeDirLocal" TaskLocalPath="{FOLDER}"')
		expect(first(job)).toMatchObject({ kind: 'file-operation', operation: 'create-folder', source: { text: 'C:\\in' } })
		expect(job.differences).toEqual([])
	})

	it('stays opaque where its server is not there', () => {
		const job = ftp('TaskOperationType="MakeDirRemote" TaskRemotePath="/x"').accounting
		expect(job).toMatchObject([{ outcome: 'declared' }])
		const lost = jobOf(x.executables(x.executable('Get', 'Microsoft.FtpTask', '<FtpData ConnectionName="{GONE}"/>')))
		expect(first(lost)).toMatchObject({ kind: 'opaque', reason: 'its FTP server is not there' })
	})
})

describe('Bulk Insert', () => {
	it('is the statement that the task makes', () => {
		const data =
			'<BulkInsertTask:BulkInsertTaskData xmlns:BulkInsertTask="www.microsoft.com/sqlserver/dts/tasks/bulkinserttask"' +
			' BulkInsertTask:SourceConnectionName="{FROM}" BulkInsertTask:DestinationConnectionName="{DB}" BulkInsertTask:DestinationTableName="[dbo].[t]"' +
			' BulkInsertTask:FieldTerminator="," BulkInsertTask:RowTerminator="_x000A_" BulkInsertTask:FirstRow="2" BulkInsertTask:TableLock="True"/>'
		const job = jobOf(
			connections(db, x.connection('From', 'FILE', "C:\\it's\\a.csv")),
			x.executables(x.executable('Load', 'Microsoft.BulkInsertTask', data)),
		)
		expect(first(job)).toMatchObject({
			kind: 'execute-sql',
			batches: [
				{
					text: "BULK INSERT [dbo].[t] FROM N'C:\\it''s\\a.csv' WITH (TABLOCK, DATAFILETYPE = 'char', FIELDTERMINATOR = ',', ROWTERMINATOR = '\\n', FIRSTROW = 2)",
				},
			],
		})
	})
})

describe('event handlers', () => {
	const handler = (event: string, inside: string): string =>
		`<DTS:EventHandlers><DTS:EventHandler DTS:refId="Package.EventHandlers[${event}]" DTS:EventName="${event}">${inside}</DTS:EventHandler></DTS:EventHandlers>`
	const propagate =
		'<DTS:Variables><DTS:Variable DTS:Namespace="System" DTS:ObjectName="Propagate"><DTS:VariableValue DTS:DataType="11">0</DTS:VariableValue></DTS:Variable></DTS:Variables>'

	it('are control flows of their own, with what the engine tells them', () => {
		const told = x.executable(
			'Tell',
			'Microsoft.ExecuteSQLTask',
			sqlTask('log ?', '', parameter('0', 'System::ErrorDescription')),
		)
		const job = jobOf(db, x.executables(inner('Load')), handler('OnError', x.executables(told)))
		expect(job.control.handlers).toMatchObject([
			{ event: 'error', contains: false, body: { tasks: [{ name: 'Tell' }] } },
		])
		expect(job.variables.map(({ name }) => name)).toContain('System::ErrorDescription')
		expect(job.differences).toMatchObject([{ id: 'RG-D051' }])
	})

	it('contain an error where they do not propagate it', () => {
		const job = jobOf(db, x.executables(inner('Load')), handler('OnError', propagate + x.executables(inner('Tell'))))
		expect(job.control.handlers).toMatchObject([{ contains: true }])
	})

	it('of events that only the old engine raises stay opaque', () => {
		const job = jobOf(db, x.executables(inner('Load')), handler('OnInformation', x.executables(inner('Tell'))))
		expect(job.control.handlers).toBeUndefined()
		expect(job.accounting.find(({ name }) => name === 'Tell')).toMatchObject({
			outcome: 'opaque',
			reason: expect.stringMatching(/OnInformation/),
		})
	})

	it('of warnings run where errors make a container fail, but not for warnings of loops over files', () => {
		const tell = handler('OnWarning', x.executables(inner('Tell')))
		const plain = jobOf(db, x.executables(inner('Load')), tell)
		expect(plain.control.handlers).toMatchObject([{ event: 'warning' }])
		expect(plain.differences.map(({ id }) => id)).toEqual(['RG-D051', 'RG-D142'])
		const files = '<DTS:ForEachEnumerator DTS:CreationName="Microsoft.ForEachFileEnumerator"/>'
		const loop = x.executable('Files', 'STOCK:FOREACHLOOP', '', files)
		const told = jobOf(db, x.executables(inner('Load'), loop), tell).accounting.find(({ name }) => name === 'Tell')
		expect(told).toMatchObject({
			outcome: 'opaque',
			reason: 'it handles warnings of a script or of a loop over files',
		})
	})
})

describe('what every task may have', () => {
	it('a variable that hides another is one of its own', () => {
		const task = (name: string): string =>
			x.executable(name, 'Microsoft.ExpressionTask', `<ExpressionTask Expression="@[User::N] = 1"/>`)
		const group = x.executable('Group', 'STOCK:SEQUENCE', '', x.variable('N', 3, '7') + x.executables(task('Inner')))
		const job = jobOf(x.variable('N', 3, '0'), x.executables(group, task('Outer')))
		expect(job.variables).toMatchObject([{ name: 'User::N' }, { name: 'User::N#Group', scope: 'Package\\Group' }])
		expect(job.control.tasks).toMatchObject([
			{ body: { tasks: [{ assignments: [{ variable: 'User::N#Group' }] }] } },
			{ assignments: [{ variable: 'User::N' }] },
		])
	})

	it('numbers of errors, an outcome, a condition that disables it', () => {
		const disabled = '<DTS:PropertyExpression DTS:Name="Disable">@[User::N] == 0</DTS:PropertyExpression>'
		const task = x.executable('Sql', 'Microsoft.ExecuteSQLTask', sqlTask('select 1'), disabled, {
			MaxErrorCount: 0,
			ForceExecutionResult: 0,
			TransactionOption: 2,
		})
		const job = jobOf(db, x.variable('N', 3, '0'), x.executables(task))
		expect(first(job)).toMatchObject({
			failure: { maximumErrors: 0, outcome: 'success' },
			disabledWhen: { text: '@[User::N] == 0' },
		})
		expect(job.differences).toMatchObject([{ id: 'RG-D054' }])
	})

	it('a property that an expression sets and that the task does not take makes it opaque', () => {
		const isolated = '<DTS:PropertyExpression DTS:Name="ResultSetType">2</DTS:PropertyExpression>'
		const task = x.executable('Sql', 'Microsoft.ExecuteSQLTask', sqlTask('select 1'), isolated)
		expect(first(jobOf(db, x.executables(task)))).toMatchObject({
			kind: 'opaque',
			reason: 'an expression sets its property ResultSetType',
		})
	})

	it('tasks without a counterpart say why they have none', () => {
		const job = jobOf(x.executables(x.executable('Get', 'Microsoft.WmiDataReaderTask')))
		expect(first(job)).toMatchObject({ kind: 'opaque', reason: expect.stringMatching(/Windows/) })
	})
})

describe('what a package has beside its tasks', () => {
	it('a connection that an expression computes is a declared difference', () => {
		const computed = '<DTS:PropertyExpression DTS:Name="ServerName">@[User::Server]</DTS:PropertyExpression>'
		const manager = x.connection('DB', 'OLEDB', database, computed)
		const job = jobOf(manager, x.variable('Server', 8, 'srv'), x.executables(inner('Load')))
		expect(job.differences).toMatchObject([{ id: 'RG-D058', detail: 'ServerName of DB was @[User::Server].' }])
	})

	it('log providers are told to be left out', () => {
		const job = jobOf(db, '<DTS:LogProviders><DTS:LogProvider/></DTS:LogProviders>', x.executables(inner('Load')))
		expect(job.diagnostics.map(({ code }) => code)).toEqual(['package/logging'])
	})
})
