import { describe, expect, it } from 'vitest'
import type { ExportFile } from '#importers/importer.ts'
import { readPackage } from '#importers/ssis/formats/package-reader.ts'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import { dtsx } from '../../support/dtsx-builder.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (data: Uint8Array, companions: readonly ExportFile[] = []) =>
	dtsxImporter.read({ file: { path: 'etl/orders.dtsx', bytes: data }, companions })
function jobOf(data: Uint8Array, companions: readonly ExportFile[] = []) {
	const [job] = read(data, companions).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

const sqlTask = (statement: string, attributes = '', inside = ''): string =>
	`<SQLTask:SqlTaskData xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" SQLTask:Connection="{DB}" SQLTask:SqlStatementSource="${statement}" ${attributes}>${inside}</SQLTask:SqlTaskData>`
const database = 'Data Source=srv;Initial Catalog=Orders;Provider=SQLNCLI11.1;User ID=etl;Password=hunter2;'

describe.each([2, 3, 6, 8] as const)('a package of format %i', (format) => {
	const x = dtsx(format)

	it('becomes a job with tasks, precedence, variables and connections', () => {
		const job = jobOf(
			x.package(
				'Orders',
				x.connection('DB', 'OLEDB', database),
				x.variable('Rows', 3, '7'),
				x.executables(
					x.executable('B', 'Microsoft.ExecuteSQLTask', sqlTask('select 2')),
					x.executable('A', 'Microsoft.ExecuteSQLTask', sqlTask('delete t&#10;GO&#10;select 1')),
				),
				x.constraints(x.constraint('A', 'B', { Value: 1, EvalOp: 3, Expression: '@Rows > 1' })),
			),
		)
		expect([job.id, job.kind, job.toolVersion]).toEqual(['etl/orders.dtsx#Orders', 'package', `SSIS format ${format}`])
		expect(job.control.tasks.map((task) => [task.kind, task.id])).toEqual([
			['execute-sql', 'Package\\A'],
			['execute-sql', 'Package\\B'],
		])
		expect(job.control.tasks[0]).toMatchObject({ batches: [{ text: 'delete t' }, { text: 'select 1' }] })
		expect(job.control.precedences).toMatchObject([
			{ from: 'Package\\A', to: 'Package\\B', outcome: 'failure', combine: 'and' },
		])
		expect(job.control.precedences[0]?.condition?.expression.kind).toBe('call')
		expect(job.variables).toMatchObject([{ name: 'User::Rows', initial: { kind: 'literal', value: 7n } }])
		expect(job.connections).toMatchObject([
			{ name: 'DB', kind: 'database', dialect: 'sqlserver', description: 'server srv, database Orders' },
		])
		expect(job.accounting.map((item) => [item.id, item.outcome])).toEqual([
			['Package\\B', 'exact'],
			['Package\\A', 'exact'],
		])
	})

	it('never lets a password out', () => {
		const { jobs, diagnostics } = read(x.package('P', x.connection('DB', 'OLEDB', database)))
		expect(
			JSON.stringify(jobs, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
		).not.toContain('hunter2')
		expect(diagnostics.map((one) => one.code)).toEqual(['package/sensitive-dropped'])
	})

	it('accounts for containers, loops, disabled tasks and event handlers', () => {
		const inner = (name: string) => x.executable(name, 'Microsoft.ExecuteSQLTask', sqlTask('select 1'))
		const off = { Disabled: format >= 6 ? 'True' : '-1' }
		const handler = x.element('EventHandler', { EventName: 'OnError' }, x.executables(inner('Tell')))
		const job = jobOf(
			x.package(
				'P',
				x.connection('DB', 'OLEDB', database),
				x.executables(
					x.executable('Seq', 'STOCK:SEQUENCE', '', x.executables(inner('One'))),
					x.executable('Loop', 'STOCK:FOREACHLOOP', '', x.executables(inner('Two'))),
					x.executable('Off', 'STOCK:SEQUENCE', '', x.executables(inner('Three')), off),
				),
				format >= 6 ? `<DTS:EventHandlers>${handler}</DTS:EventHandlers>` : handler,
			),
		)
		const outcomes = Object.fromEntries(job.accounting.map((item) => [item.name, item.outcome]))
		expect(outcomes).toEqual({
			Seq: 'exact',
			One: 'exact',
			Loop: 'opaque',
			Two: 'exact',
			Off: 'dropped',
			Three: 'dropped',
			Tell: 'exact',
		})
		expect(job.control.tasks.find((task) => task.name === 'Loop')).toMatchObject({
			kind: 'opaque',
			body: { tasks: [{ name: 'Two' }] },
		})
		expect(job.control.tasks.find((task) => task.name === 'Off')).toMatchObject({ disabled: true })
	})

	it('binds parameters and single-row results of SQL', () => {
		const bound =
			'<SQLTask:ResultBinding SQLTask:ResultName="0" SQLTask:DtsVariableName="User::Rows"/>' +
			'<SQLTask:ParameterBinding SQLTask:ParameterName="1" SQLTask:DtsVariableName="User::Rows" SQLTask:ParameterDirection="Output" SQLTask:DataType="3"/>' +
			'<SQLTask:ParameterBinding SQLTask:ParameterName="0" SQLTask:DtsVariableName="User::Rows" SQLTask:ParameterDirection="Input" SQLTask:DataType="20"/>'
		const job = jobOf(
			x.package(
				'P',
				x.connection('DB', 'OLEDB', database),
				x.variable('Rows', 3, '0'),
				x.executables(
					x.executable(
						'A',
						'Microsoft.ExecuteSQLTask',
						sqlTask('exec p ?, ? output', 'SQLTask:ResultType="ResultSetType_SingleRow"', bound),
					),
				),
			),
		)
		expect(job.control.tasks[0]).toMatchObject({
			parameters: [
				{ direction: 'input', type: { kind: 'int', bits: 64 } },
				{ direction: 'output', type: { kind: 'int', bits: 32 } },
			],
			result: { kind: 'single-row', bindings: [{ column: 0, variable: 'User::Rows' }] },
		})
	})
})

describe('an expression task', () => {
	const x = dtsx(8)
	const task = (expression: string) =>
		jobOf(
			x.package(
				'P',
				x.variable('Rows', 3, '0'),
				x.executables(x.executable('Set', 'Microsoft.ExpressionTask', `<ExpressionTask Expression="${expression}"/>`)),
			),
		)

	it.each(['@[User::Rows] = 1 + 2', '@[User::Rows] := 1 + 2'])('assigns to a variable: %s', (expression) => {
		expect(task(expression).control.tasks[0]).toMatchObject({
			kind: 'assign',
			assignments: [{ variable: 'User::Rows', value: { expression: { kind: 'call' }, text: expression } }],
		})
	})

	it('is opaque when its variable is not there', () => {
		expect(task('@[User::Other] = 1').accounting).toMatchObject([{ outcome: 'opaque' }])
	})
})

describe('parts of a project', () => {
	const x = dtsx(8)
	const conmgr = bytes(
		`<DTS:ConnectionManager xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:ObjectName="Sales" DTS:DTSID="{DB}" DTS:CreationName="OLEDB"><DTS:ObjectData><DTS:ConnectionManager DTS:ConnectionString="${database}"/></DTS:ObjectData></DTS:ConnectionManager>`,
	)
	const parameter = (name: string, type: number, value: string, sensitive: number) =>
		`<SSIS:Parameter SSIS:Name="${name}"><SSIS:Properties><SSIS:Property SSIS:Name="ID">{${name}}</SSIS:Property><SSIS:Property SSIS:Name="Sensitive">${sensitive}</SSIS:Property><SSIS:Property SSIS:Name="Value">${value}</SSIS:Property><SSIS:Property SSIS:Name="DataType">${type}</SSIS:Property></SSIS:Properties></SSIS:Parameter>`
	const params = bytes(
		`<SSIS:Parameters xmlns:SSIS="www.microsoft.com/SqlServer/SSIS">${parameter('Year', 9, '2024', 0)}${parameter('Key', 18, 'topsecret', 1)}</SSIS:Parameters>`,
	)
	const source = x.package(
		'P',
		x.variable('V', 8, '', {
			EvaluateAsExpression: 'True',
			Expression: '(DT_WSTR,4)@[$Project::Year] + @[$Project::Key]',
		}),
		x.executables(x.executable('A', 'Microsoft.ExecuteSQLTask', sqlTask('select 1'))),
	)
	const companions = [
		{ path: 'etl/Sales.conmgr', bytes: conmgr },
		{ path: 'etl/Project.params', bytes: params },
	]

	it('come from .conmgr and .params files', () => {
		const job = jobOf(source, companions)
		expect(job.control.tasks[0]).toMatchObject({ kind: 'execute-sql', connection: 'Project.Sales' })
		expect(job.connections).toMatchObject([{ name: 'Project.Sales', dialect: 'sqlserver' }])
		expect(job.parameters.map(({ name, default: value, secret }) => [name, value, secret])).toEqual([
			['$Project::Year', 2024n, false],
			['$Project::Key', undefined, true],
		])
	})

	it('are named where the file is missing', () => {
		const job = jobOf(x.package('P', x.executables(x.executable('A', 'Microsoft.ExecuteSQLTask', sqlTask('select 1')))))
		expect(job.control.tasks[0]).toMatchObject({ kind: 'execute-sql', connection: 'Project.{DB}' })
		expect(job.diagnostics.map((one) => one.code)).toEqual(['package/dangling-reference'])
	})
})

describe('bad input', () => {
	const codes = (data: Uint8Array) => read(data).diagnostics.map((one) => one.code)

	it('is a diagnostic, never a crash', () => {
		const good = dtsx(8).package('P', dtsx(8).executables())
		expect(codes(bytes(''))).toEqual(['file/empty'])
		expect(codes(good.subarray(0, good.length - 20))).toEqual(['xml/malformed'])
		expect(codes(bytes('<html/>'))).toEqual(['file/not-an-export'])
		expect(read(bytes('<html/>')).jobs).toEqual([])
	})

	it('tells an encrypted package', () => {
		const whole =
			'<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts"><EncryptedData>AQAAANCM</EncryptedData></DTS:Executable>'
		expect(codes(bytes(whole))).toEqual(['package/encrypted'])
		expect(codes(bytes('<EncryptedData>AQAAANCM</EncryptedData>'))).toEqual(['package/encrypted'])
	})

	it('keeps a hostile name as data', () => {
		const job = jobOf(dtsx(8).package('../../x"; import os #', dtsx(8).executables()))
		expect(job.name).toBe('../../x"; import os #')
	})

	it('reports a constraint that leads nowhere', () => {
		const x = dtsx(8)
		const job = jobOf(x.package('P', x.executables(), x.constraints(x.constraint('A', 'B'))))
		expect(job.control.precedences).toEqual([])
		expect(job.diagnostics.map((one) => one.code)).toEqual(['package/dangling-reference'])
	})

	it('names sensitive values that it drops', () => {
		const x = dtsx(3)
		const inside =
			'<FtpConnection><ServerPassword Sensitive="1" Encrypted="1">AQAAANCM</ServerPassword></FtpConnection>'
		const { diagnostics, package: record } = readPackage(
			'f',
			x.package('P', x.connection('Ftp', 'FTP', 'srv:21', '', inside)),
		)
		expect(diagnostics.map((one) => one.what)).toEqual(['A secret was left out: ServerPassword of Ftp.'])
		expect(record?.connections[0]?.connectionString).toBe('srv:21')
	})
})
