/** Foreach loops over the objects of a SQL Server instance. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { jobOf, x } from '../../support/ssis-tasks.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const server =
	'<DTS:ConnectionManagers><DTS:ConnectionManager DTS:refId="Package.ConnectionManagers[Main]" DTS:CreationName="SMOServer" DTS:DTSID="{SMO}" DTS:ObjectName="Main"><DTS:ObjectData><SMOServerConnectionManager ConnectionString="SqlServerName=db1\\A;UseWindowsAuthentication=True;UserName=;"/></DTS:ObjectData></DTS:ConnectionManager></DTS:ConnectionManagers>'
const note = x.executable(
	'Note',
	'Microsoft.ExpressionTask',
	'<ExpressionTask Expression="@[User::All] = @[User::All] + @[User::One] + &quot;;&quot;" />',
)

const urn = (what: string, connection = '{SMO}'): string =>
	`RuntimeServer[@Connection='${connection}']/Server[@Name='db1\\A']/${what}`

const read = (path: string, more = ''): Job =>
	jobOf(
		server,
		x.variable('One', 8, ''),
		x.variable('All', 8, ''),
		x.executables(
			`<DTS:Executable DTS:refId="Package\\Each" DTS:ObjectName="Each" DTS:ExecutableType="STOCK:FOREACHLOOP" DTS:CreationName="STOCK:FOREACHLOOP"${more}><DTS:ForEachEnumerator DTS:CreationName="Microsoft.ForEachSMOEnumerator"><DTS:ObjectData><FEESMO EnumURN="${path}" /></DTS:ObjectData></DTS:ForEachEnumerator><DTS:ForEachVariableMappings><DTS:ForEachVariableMapping DTS:ValueIndex="0" DTS:VariableName="User::One"/></DTS:ForEachVariableMappings><DTS:Executables>${note}</DTS:Executables></DTS:Executable>`,
		),
	)

const databases = urn("SMOEnumObj[@Name='Databases']/SMOEnumType[@Name='Names']")

describe('the databases of a server', () => {
	it('are asked for, and their names handed out one after another', async () => {
		const job = read(databases)
		const asked: Effect[] = []
		const { variables } = interpretJob(job, {
			flows: new Map(),
			parameters: new Map(),
			run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
			outside: (effect) => {
				asked.push(effect)
				return { rows: [{ name: 'master' }, { name: 'shop' }] }
			},
		})
		expect(asked).toMatchObject([{ connection: 'Main', statement: 'SELECT name FROM sys.databases ORDER BY name' }])
		expect(variables.get('User::All')).toBe('master;shop;')
		expect(job.accounting.map(({ outcome }) => outcome)).toEqual(['exact', 'exact'])
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})

	it('are those of a connection manager of SMO, a database of SQL Server', () => {
		expect(read(databases).connections).toMatchObject([
			{ name: 'Main', kind: 'database', dialect: 'sqlserver', description: 'server db1\\A' },
		])
	})

	it.each([
		['Logins', 'sys.server_principals'],
		['Jobs', 'msdb.dbo.sysjobs'],
		['LinkedServers', 'sys.servers'],
	])('and its %s are names that %s holds', (collection, from) => {
		const [task] = read(urn(`SMOEnumObj[@Name='${collection}']/SMOEnumType[@Name='Names']`)).control.tasks
		expect(task).toMatchObject({
			body: {
				tasks: [{ kind: 'execute-sql', batches: [{ text: expect.stringContaining(`FROM ${from} `) as string }] }, {}],
			},
		})
	})

	it('are gone over to the end where the loop lives with errors', () => {
		const [task] = read(databases, ' DTS:MaxErrorCount="3"').control.tasks
		expect(task).toMatchObject({
			kind: 'sequence',
			failure: { maximumErrors: 3 },
			body: { tasks: [{ kind: 'execute-sql' }, { kind: 'loop', failure: { maximumErrors: 3 } }] },
		})
	})
})

it.each([
	[urn("SMOEnumObj[@Name='FileGroups']/SMOEnumType[@Name='Names']"), 'it goes over Names of FileGroups'],
	[urn("SMOEnumObj[@Name='Databases']/SMOEnumType[@Name='Objects']"), 'it goes over Objects of Databases'],
	[urn("Database[@Name='a']/SMOEnumObj[@Name='Tables']/SMOEnumType[@Name='Names']"), 'it goes over Names of Tables'],
	[databases.replace('{SMO}', '{gone}'), 'its connection manager is not there'],
	['', 'that it does not name'],
])('%s stays opaque, what is inside it counted once', (path, why) => {
	const { accounting } = read(path)
	expect(accounting.map(({ name, outcome }) => `${name} ${outcome}`).toSorted()).toEqual(['Each opaque', 'Note exact'])
	expect(accounting.find(({ name }) => name === 'Each')?.reason).toContain(why)
})
