import { describe, expect, it } from 'vitest'
import type { Task } from '#model/control-flow.ts'
import { db, first, jobOf, parameter, sqlTask, variables, x } from '../../support/ssis-tasks.ts'

describe('parameters of SQL', () => {
	const named = x.connection('DB', 'ADO.NET:System.Data.SqlClient.SqlConnection', 'Data Source=srv')
	const own = variables(x.variable('N', 3, '0'), x.variable('S', 8, ''))
	const task = (connection: string, data: string): Task =>
		first(jobOf(connection, own, x.executables(x.executable('Sql', 'Microsoft.ExecuteSQLTask', data))))

	it('of ADO.NET are markers where the statement names them, as often as it does', () => {
		const statement = "update t set a = @n, b = '@n' where c = @s or d = @N -- @s"
		expect(task(named, sqlTask(statement, '', parameter('@n', 'User::N') + parameter('s', 'User::S')))).toMatchObject({
			batches: [{ text: "update t set a = ?, b = '@n' where c = ? or d = ? -- @s" }],
			parameters: [{ variable: 'User::N' }, { variable: 'User::S' }, { variable: 'User::N' }],
		})
	})

	it('of a call keep the names of the procedure', () => {
		const data = sqlTask('EXEC p @n = @n, @s = 5', '', parameter('@n', 'User::N'))
		expect(task(named, data)).toMatchObject({ batches: [{ text: 'EXEC p @n = ?, @s = 5' }] })
	})

	it('give values back, the result of the procedure first', () => {
		const bound = parameter('1', 'User::S', 'Output') + parameter('0', 'User::N', 'ReturnValue')
		expect(task(db, sqlTask('EXEC ? = p ? OUTPUT', '', bound))).toMatchObject({
			parameters: [
				{ direction: 'return', variable: 'User::N' },
				{ direction: 'output', variable: 'User::S' },
			],
		})
	})

	it('of a stored procedure that is only named make its call', () => {
		const data = sqlTask(
			'dbo.p',
			'SQLTask:IsStoredProc="True"',
			parameter('@n', 'User::N') + parameter('@s', 'User::S', 'Output'),
		)
		expect(task(named, data)).toMatchObject({ batches: [{ text: 'EXEC dbo.p @n = ?, @s = ? OUTPUT' }] })
	})

	it('of a statement that an expression spells as a literal: no quotes stay, batches are split', () => {
		const spelled = `<DTS:PropertyExpression DTS:Name="SqlStatementSource">"delete t\\nGO\\ninsert t select \\"a\\""</DTS:PropertyExpression>`
		const sql = x.executable('Sql', 'Microsoft.ExecuteSQLTask', sqlTask('select 1'), spelled)
		expect(first(jobOf(db, x.executables(sql)))).toMatchObject({
			batches: [{ text: 'delete t' }, { text: 'insert t select "a"' }],
		})
	})

	it('one that the statement does not name is refused', () => {
		expect(task(named, sqlTask('select 1', '', parameter('@n', 'User::N')))).toMatchObject({
			kind: 'opaque',
			reason: 'its statement does not name the parameter @n',
		})
	})

	it('an XML result goes into a variable', () => {
		const data = sqlTask(
			'select 1 for xml raw',
			'SQLTask:ResultType="ResultSetType_XML"',
			'<SQLTask:ResultBinding SQLTask:ResultName="0" SQLTask:DtsVariableName="User::S"/>',
		)
		expect(task(db, data)).toMatchObject({ result: { kind: 'xml', variable: 'User::S', root: 'ROOT' } })
	})
})
