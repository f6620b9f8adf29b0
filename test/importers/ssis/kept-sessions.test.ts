/** Connections that keep one session for the whole package: `Retain` in the file, RetainSameConnection in the designer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveJob } from '../../support/prove-job.ts'
import { startSpark, warmUp } from '../../support/run-flow.ts'
import { connections, database, first, jobOf, parameter, sqlTask, variables, x } from '../../support/ssis-tasks.ts'

const kept = x.connection('DB', 'OLEDB', database, '', '<DTS:Property DTS:Name="Retain">-1</DTS:Property>')
const task = (name: string, statement: string, inside = '', attributes = ''): string =>
	x.executable(name, 'Microsoft.ExecuteSQLTask', sqlTask(statement, attributes, inside))
const constraint = (from: string, to: string): string =>
	`<DTS:PrecedenceConstraints>${x.constraint(from, to)}</DTS:PrecedenceConstraints>`

const source = (properties: Readonly<Record<string, string>>) => {
	const output = { id: 'o', name: 'Output', columns: [{ id: 'c', name: 'Id', type: 'i4' }] }
	const component = x.component({
		name: 'Files',
		type: 'Microsoft.OLEDBSource',
		connections: ['{DB}'],
		properties,
		outputs: [output],
	})
	return jobOf(kept, x.executables(x.executable('Flow', 'Microsoft.Pipeline', x.pipeline([component]))))
}

describe('a connection that keeps its session', () => {
	it('is told to the job', () => {
		expect(jobOf(kept, x.executables(task('A', 'select 1'))).connections).toMatchObject([{ oneSession: true }])
		const plain = jobOf(x.connection('DB', 'OLEDB', database), x.executables(task('A', 'select 1')))
		expect(plain.connections[0]).not.toHaveProperty('oneSession')
	})

	it('does not reach data flows, which says a declared difference', () => {
		const job = source({ AccessMode: '0', OpenRowset: '[dbo].[files]' })
		expect(job.differences).toMatchObject([{ id: 'RG-D059', element: first(job).element, detail: 'It uses DB.' }])
		expect(job.accounting.find(({ id }) => id === first(job).element)?.outcome).toBe('declared')
	})

	it('leaves a data flow opaque that reads a temporary table of a task', () => {
		const reason = (statement: string) =>
			source({ AccessMode: '2', SqlCommand: statement }).accounting.find(({ name }) => name === 'Files')?.reason
		const other = 'the temporary table #files lives in the session of another task: make it a table that stays'
		expect(reason('select Id from #files')).toBe(other)
		expect(reason("select Id from [#files] where n <> '#x' -- #y")).toBe(other)
		expect(reason('create table #files (Id int); insert #files values (1); select Id from #files')).toBeUndefined()
		expect(reason('select Id into #files from f; select Id from #files')).toBeUndefined()
		expect(reason('select Id from ##files')).toBeUndefined()
		expect(reason('select a#b as Id from f')).toBeUndefined()
	})

	describe('on Spark', () => {
		const engine = startSpark()
		beforeAll(() => warmUp(engine))
		afterAll(() => engine.close())

		it('runs all statements of tasks in that session, in the order of the package', async () => {
			const job = jobOf(
				connections(kept),
				variables(x.variable('Count', 3, '0'), x.variable('Year', 3, '2020')),
				x.executables(
					task('Make', 'create table #files (n int)'),
					task(
						'Ask',
						'exec dbo.count_files ?, ? output',
						parameter('0', 'User::Year') + parameter('1', 'User::Count', 'Output'),
					),
				),
				constraint('Make', 'Ask'),
			)
			const { proof, script } = await proveJob(engine, job)
			expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
			expect(script).toContain('sql_kept(spark, params["db_connection"], "create table #files (n int)")')
			expect(script).toContain('sql_call_kept(')
			expect(script).not.toMatch(/\b(?:sql|sql_call)\(spark/)
		})

		it('gives the batches of one task one session, which ends with it', async () => {
			const job = jobOf(
				connections(x.connection('DB', 'OLEDB', database)),
				x.executables(task('Fill', 'use [Other]&#xA;GO&#xA;insert t values (1)&#xA;go'), task('Ask', 'select 1')),
				constraint('Fill', 'Ask'),
			)
			const { proof, script } = await proveJob(engine, job)
			expect(proof).toMatchObject({ details: [], report: { level: 'E3' } })
			const body = [
				'    with task_session(params["db_connection"]):',
				'        sql_kept(spark, params["db_connection"], "use [Other]")',
				'        sql_kept(spark, params["db_connection"], "insert t values (1)")',
			]
			expect(script).toContain(body.join('\n'))
			expect(script).toContain('    sql(spark, params["db_connection"], "select 1")')
		})
	})
})
