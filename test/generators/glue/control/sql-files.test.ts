import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withNeeded } from '#generators/glue/helpers/registry.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { connections, database, first, jobOf, sqlTask, variables, x } from '../../../support/ssis-tasks.ts'

const managers = connections(
	x.connection('DB', 'OLEDB', database),
	x.connection('Nightly.sql', 'FILE', 'C:\\sql\\a.sql'),
)
const fromFile = (inside = '', attributes = '', file = 'Nightly.sql'): string =>
	x.executables(
		x.executable(
			'Nightly',
			'Microsoft.ExecuteSQLTask',
			sqlTask(file, `SQLTask:SqlStmtSourceType="FileConnection" ${attributes}`, inside),
		),
	)
const count = '<SQLTask:ResultBinding SQLTask:ResultName="0" SQLTask:DtsVariableName="User::Count"/>'
const job = jobOf(
	managers,
	variables(x.variable('Count', 3, '0')),
	fromFile(count, 'SQLTask:ResultType="ResultSetType_SingleRow"'),
)

describe('statements in a file', () => {
	it('are read from the file of the connection manager when the task runs', () => {
		expect(first(job)).toMatchObject({ kind: 'execute-sql', batches: [], file: { text: 'C:\\sql\\a.sql' } })
		expect(job.accounting).toMatchObject([{ outcome: 'exact' }])
		const lost = jobOf(managers, fromFile('', '', 'Other.sql'))
		expect(lost.accounting).toMatchObject([{ reason: 'the connection manager of its file is not there' }])
	})

	describe('on Spark', () => {
		const engine = startSpark()
		beforeAll(() => warmUp(engine))
		afterAll(() => engine.close())

		it('run one after another, and the first gives the result', async () => {
			const { proof, script } = await proveJob(engine, job)
			expect(proof).toMatchObject({ details: [], report: { level: 'E3', effects_compared: 3 * 3 } })
			expect(script).toContain('first, *others = read_statements(spark, params["nightly_source"])')
			expect(script).toContain('rows = sql_kept(spark, params["db_connection"], first)')
		})
	})
})

describe('the helper that reads them', () => {
	it('parts them at lines of GO, whatever the encoding, and fails where there is none', () => {
		const helper = withNeeded(['read_statements']).find(({ name }) => name === 'read_statements')
		const files = [
			String.raw`b"SELECT 1\r\nGO\r\n UPDATE going\r\n go 2;\r\n"`,
			`"SELECT 'é'".encode("utf-16")`,
			String.raw`b"SELECT '\xe9'"`,
			String.raw`b"\xef\xbb\xbfSELECT 1"`,
			String.raw`b"GO\n"`,
		]
		const program = [
			'import re',
			'SparkSession = object',
			'read_bytes = lambda spark, data: data',
			helper?.text,
			`for data in [${files.join(', ')}]:`,
			'    try:',
			'        print(read_statements(None, data))',
			'    except ValueError as error:',
			'        print(error)',
		]
		const told = execFileSync('python3', ['-c', program.join('\n')], { encoding: 'utf8' })
		expect(told.trim().split('\n')).toEqual([
			String.raw`['SELECT 1\r\n', '\n UPDATE going\r\n']`,
			`["SELECT 'é'"]`,
			`["SELECT 'é'"]`,
			"['SELECT 1']",
			expect.stringContaining('holds no statement'),
		])
	})
})
