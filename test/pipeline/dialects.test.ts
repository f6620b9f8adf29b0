/** Packages whose databases have moved to PostgreSQL: generated for it, and run against a real one. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configSchema } from '#config/schema.ts'
import { allTasks } from '#model/control-flow.ts'
import type { Job } from '#model/job.ts'
import type { UnitResult } from '../../src/pipeline/unit-work.ts'
import { workOnUnit } from '../../src/pipeline/unit-work.ts'
import { dtsx } from '../support/dtsx-builder.ts'
import type { SqlClient } from '../support/postgres.ts'
import { withPostgres } from '../support/postgres.ts'
import { callIn, literal, makeDatabase } from '../support/postgres-stand-in.ts'
import { startSpark, warmUp } from '../support/run-flow.ts'

const ROWS = 3
const x = dtsx(8)

const sqlTask = (name: string, statement: string, inside = '', attributes = ''): string =>
	x.executable(
		name,
		'Microsoft.ExecuteSQLTask',
		`<SQLTask:SqlTaskData xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask" SQLTask:Connection="{DB}" SQLTask:SqlStatementSource="${statement}" ${attributes}>${inside}</SQLTask:SqlTaskData>`,
	)
const columns = {
	'Order Id': { dataType: 'i4' },
	Placed: { dataType: 'dbTimeStamp' },
	Note: { dataType: 'wstr', length: 30 },
}
const lineages = Object.entries(columns)
const flow = x.pipeline(
	[
		x.component({
			name: 'Orders since',
			type: 'Microsoft.OLEDBSource',
			properties: {
				AccessMode: 2,
				SqlCommand:
					'EXEC Sales.OrdersSince ?\nWITH RESULT SETS (([Order Id] int, Placed datetime2(3), Note nvarchar(30)));',
				ParameterMapping: '"@from:Input",{00000000-0000-0000-0000-0000000000AA};',
			},
			connections: ['{DB}'],
			outputs: [{ id: 'src', columns: lineages.map(([name, attributes]) => ({ id: `s.${name}`, name, attributes })) }],
		}),
		x.component({
			name: 'Staging',
			type: 'Microsoft.OLEDBDestination',
			properties: { AccessMode: 0, OpenRowset: '[Sales].[Order Rows]' },
			connections: ['{DB}'],
			inputs: [
				{
					id: 'in',
					columns: lineages.map(([name]) => ({
						id: `i.${name}`,
						lineage: `s.${name}`,
						name,
						attributes: { externalMetadataColumnId: `e.${name}` },
					})),
					external: lineages.map(([name, attributes]) => ({ id: `e.${name}`, name, attributes })),
				},
			],
		}),
	],
	[['src', 'in']],
)
const parameter =
	'<SQLTask:ParameterBinding SQLTask:ParameterName="0" SQLTask:DtsVariableName="User::From" SQLTask:ParameterDirection="Input" SQLTask:DataType="7"/>'
const keyBinding = '<SQLTask:ResultBinding SQLTask:ResultName="Key" SQLTask:DtsVariableName="User::Key"/>'
const ownPackage = x.package(
	'Orders',
	x.connection('DB', 'OLEDB', 'Data Source=srv;Initial Catalog=dw;Provider=MSOLEDBSQL.1;'),
	`<DTS:Variables>${[x.variable('From', 7, '1/2/2024', { DTSID: '{00000000-0000-0000-0000-0000000000AA}' }), x.variable('Key', 3, '0')].join('').replaceAll(/<\/?DTS:Variables>/g, '')}</DTS:Variables>`,
	x.executables(
		sqlTask('Key', 'EXEC Sales.NextKey ?;', parameter + keyBinding, 'SQLTask:ResultType="ResultSetType_SingleRow"'),
		x.executable('Load', 'Microsoft.Pipeline', flow),
		sqlTask('Finish', 'DECLARE @y int = YEAR(GETDATE()); EXEC Sales.Finish @y;'),
	),
	x.constraints(x.constraint('Key', 'Load'), x.constraint('Load', 'Finish')),
)

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'reglue-dialects-'))
	try {
		await work(folder)
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

/** The unit of one package, all of whose connections have moved. */
function forPostgresql(file: string): { readonly unit: UnitResult; readonly job: Job } {
	const plain = configSchema.parse({})
	const request = { unit: { name: 'unit', files: [file], companions: [] }, generate: true }
	const names = workOnUnit({ ...request, config: plain, generate: false }).jobs.flatMap(
		({ connections }) => connections,
	)
	const connections = Object.fromEntries(names.map(({ name }) => [name, { dialect: 'postgresql' }]))
	const unit = workOnUnit({ ...request, config: configSchema.parse({ connections }) })
	const [job] = unit.jobs
	if (job === undefined) throw new Error('the package was not read')
	return { unit, job }
}

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** Runs the script against a database whose functions and tables follow from the job. */
async function runOnPostgres(file: string, check: (job: Job, client: SqlClient) => Promise<void>): Promise<void> {
	const { unit, job } = forPostgresql(file)
	expect(unit.diagnostics.filter(({ code }) => code === 'sql/dialect')).toEqual([])
	const entry = unit.scripts.get(job.id)?.entry
	await inFolder((folder) =>
		withPostgres(folder, async (client, port) => {
			await makeDatabase(client, job, ROWS)
			const script = path.join(folder, 'job.py')
			await writeFile(script, unit.artifacts.find((one) => one.path.endsWith(entry?.script ?? ''))?.text ?? '')
			const url = `jdbc:postgresql://127.0.0.1:${port}/postgres?user=reglue&password=pass`
			const args = Object.fromEntries((entry?.connections ?? []).map(({ argument }) => [argument, url]))
			const outcome = await engine.run({ script, args: { run_id: 'test', ...args } })
			expect(outcome.ok ? undefined : outcome.failure.message).toBeUndefined()
			await check(job, client)
		}),
	)
}

const statementsOf = (job: Job): readonly string[] =>
	allTasks(job.control).flatMap((task) => (task.kind === 'execute-sql' ? task.batches.map(literal) : []))

describe('a package whose database has moved to PostgreSQL', () => {
	it(
		'calls functions in place of procedures, and writes to tables by PostgreSQL names',
		() =>
			inFolder(async (folder) => {
				const file = path.join(folder, 'orders.dtsx')
				await writeFile(file, ownPackage)
				const { job } = forPostgresql(file)
				expect(statementsOf(job)).toEqual([
					'SELECT * FROM Sales.NextKey(CAST(? AS timestamp))',
					'SELECT * FROM Sales.Finish(CAST(extract(year FROM localtimestamp) AS int))',
				])
				await runOnPostgres(file, async (_, client) => {
					const { rows: calls } = await client.query('SELECT name FROM calls ORDER BY id')
					expect(calls).toEqual(['NextKey', 'OrdersSince', 'Finish'].map((name) => ({ name: `Sales.${name}` })))
					const { rows } = await client.query(
						'SELECT "Order Id", "Placed"::text, "Note" FROM Sales."Order Rows" ORDER BY 1',
					)
					expect(rows).toEqual(
						[1, 2, 3].map((n) => ({ 'Order Id': n, Placed: `2020-01-0${n} 00:00:00`, Note: `value ${n}` })),
					)
				})
			}),
		300_000,
	)

	it('is told where no rule turns a call', () =>
		inFolder(async (folder) => {
			const file = path.join(folder, 'other.dtsx')
			const two = sqlTask('Two', 'EXEC dbo.One; EXEC dbo.Two;')
			const connection = x.connection('DB', 'OLEDB', 'Data Source=srv;Provider=MSOLEDBSQL.1;')
			await writeFile(file, x.package('Other', connection, x.executables(two)))
			const { job } = forPostgresql(file)
			expect(statementsOf(job)).toEqual(['EXEC dbo.One; EXEC dbo.Two;'])
			expect(job.diagnostics).toMatchObject([{ code: 'sql/dialect' }])
		}))

	const folder = '../shared/corpus/ssis/microsoft+sql-server-samples/samples/databases/wide-world-importers/wwi-ssis'
	const large = path.resolve(folder, 'wwi-ssis/DailyETLMain.dtsx')
	// It starts thirteen data flows and some sixty statements: slow, so only with the slow tests.
	it.runIf(process.env['REGLUE_FULL'] === '1' && existsSync(large))(
		'so does a large public one, to its end',
		() =>
			runOnPostgres(large, async (job, client) => {
				const { rows: calls } = await client.query('SELECT count(*)::int AS calls FROM calls')
				const operators = job.flows.flatMap((one) => one.operators)
				const reads = operators.filter((one) => one.kind === 'read')
				const wanted = statementsOf(job).filter((one) => callIn(one) !== undefined).length + reads.length
				expect(calls).toEqual([{ calls: wanted }])
				const deletes = statementsOf(job).map((one) => one.toLowerCase())
				for (const operator of operators) {
					if (operator.kind !== 'write' || operator.target.kind !== 'table') continue
					const table = literal(operator.target.table)
					const emptied = deletes.filter((one) => one.startsWith(`delete from ${table.toLowerCase()};`)).length
					const { rows } = await client.query(`SELECT count(*)::int AS rows FROM ${table}`)
					// A table that two tasks empty has the rows of the one that came last, if any.
					if (emptied === 1) expect({ table, rows }).toEqual({ table, rows: [{ rows: ROWS }] })
				}
			}),
		900_000,
	)
})
