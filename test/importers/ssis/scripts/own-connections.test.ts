/** Databases that Script Tasks open by texts of their own, parameters of commands, and cells of readers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob, x } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const sales = x.connection('Sales', 'ADO.NET:SQL', 'Data Source=srv;Initial Catalog=Sales;Integrated Security=True')
const using = 'using System.Data; using System.Data.SqlClient;\n'
const job = (main: string, more = '') => taskJob(using + csharp(main, more), 'CSharp', [sales])

/** Variables, statements with their connections, and what is declared; Spark does the same. */
async function given(main: string, rows: readonly Readonly<Record<string, Value>>[] = [], more = '') {
	const read = job(main, more)
	const effects: Effect[] = []
	const { variables, failure } = interpretJob(read, {
		flows: new Map(),
		parameters: new Map(),
		outside: (effect) => {
			effects.push(effect)
			return { rows }
		},
		run: { at: makeTimestamp(0n), job: read.name, project: '', host: '', invocation: '' },
	})
	const { proof, script } = await proveJob(engine, read)
	expect(proof.report, `${script}\n${JSON.stringify(proof.details)}`).toMatchObject({ level: 'E3' })
	expect(script).not.toContain('hunter7')
	return {
		name: variables.get('User::Name'),
		found: variables.get('User::Found'),
		failure,
		statements: effects.map((one) => (one.kind === 'sql' ? [one.connection, one.statement, ...one.parameters] : [])),
		connections: read.connections.map(({ name, description }) => `${name}: ${description}`),
		differences: read.differences.map(({ id }) => id),
	}
}

const deletes = (opening: string): string => `${opening}
            db.Open();
            new SqlCommand("DELETE dbo.Old", db).ExecuteNonQuery();
            db.Close();`

describe('a database that a script opens itself', () => {
	it('is the connection manager of that server and database', async () => {
		const { statements, connections, differences } = await given(
			deletes('var db = new SqlConnection("Server=SRV; Database=sales; User ID=me; Password=hunter7");'),
		)
		expect(statements).toEqual([['Sales', 'DELETE dbo.Old']])
		expect(connections).toEqual(['Sales: server srv, database Sales'])
		expect(differences).toEqual(['RG-D122'])
	})

	it.each([
		['a text', '', 'SqlConnection db = new SqlConnection("Data Source=other;Initial Catalog=Log;Password=hunter7");'],
		[
			'a local',
			'',
			'string text = "Data Source=other;Initial Catalog=Log;Password=hunter7"; SqlConnection db = new SqlConnection(text);',
		],
		[
			'a constant',
			'private const string Text = "Data Source=other;Initial Catalog=Log";',
			'SqlConnection db = new SqlConnection(Text);',
		],
	])('is a connection of its own where none names it: %s', async (_how, more, opening) => {
		const { statements, connections, differences } = await given(deletes(opening), [], more)
		expect(statements).toEqual([['Log on other', 'DELETE dbo.Old']])
		expect(connections).toEqual(['Sales: server srv, database Sales', 'Log on other: server other, database Log'])
		expect(differences).toEqual(['RG-D191', 'RG-D122'])
	})

	it('is named after the variable that holds its text', async () => {
		const { statements, connections, differences } = await given(
			deletes('SqlConnection db = new SqlConnection(Dts.Variables["User::Name"].Value.ToString());'),
		)
		expect(statements).toEqual([['User::Name', 'DELETE dbo.Old']])
		expect(connections).toContain('User::Name: as the variable User::Name says')
		expect(differences).toEqual(['RG-D058', 'RG-D122'])
	})

	it('is not guessed', () => {
		const changed = `string text = "Data Source=a;Initial Catalog=b"; text = "Data Source=c;Initial Catalog=d"; var db = new SqlConnection(text);`
		expect(() => job(changed)).toThrow(/names several databases in turn/)
		const later = `string text = "Data Source=a;Initial Catalog=b"; for (int i = 0; i < 2; i++) { var db = new SqlConnection(text); text = "Data Source=c;Initial Catalog=d"; }`
		expect(() => job(later)).toThrow(/names several databases in turn/)
		const computed = `var db = new SqlConnection("Data Source=" + Dts.Variables["User::Name"].Value.ToString());`
		expect(() => job(computed)).toThrow(/only the run knows/)
	})
})

const open = 'SqlConnection db = (SqlConnection)Dts.Connections["Sales"].AcquireConnection(Dts.Transaction);'

describe('parameters of a command', () => {
	it('take their values where they are added, later, and again', async () => {
		const { statements } = await given(`${open}
            SqlCommand change = new SqlCommand("UPDATE t SET a = @a, b = @b, c = @c WHERE d = @d", db);
            change.Parameters.Add("@a", SqlDbType.Int).Value = 3;
            change.Parameters.Add("@b", SqlDbType.VarChar, 20).Value = "x";
            change.Parameters.Add("@c", SqlDbType.Int);
            change.Parameters.Add(new SqlParameter("@d", 5));
            change.Parameters["@c"].Value = DBNull.Value;
            change.ExecuteNonQuery();
            change.Parameters["@A"].Value = 4;
            change.ExecuteNonQuery();`)
		const statement = 'UPDATE t SET a = ?, b = ?, c = ? WHERE d = ?'
		expect(statements).toEqual([
			['Sales', statement, 3n, 'x', null, 5n],
			['Sales', statement, 4n, 'x', null, 5n],
		])
	})

	it('stand in their order where they have no names', async () => {
		const { statements } = await given(`${open}
            SqlCommand change = new SqlCommand("INSERT t VALUES (?, ?)", db);
            change.Parameters.AddWithValue("?", 1);
            change.Parameters.AddWithValue("?", "two");
            change.ExecuteNonQuery();`)
		expect(statements).toEqual([['Sales', 'INSERT t VALUES (?, ?)', 1n, 'two']])
	})
})

describe('cells of a reader', () => {
	it('are numbers and moments, have names, and may be nothing', async () => {
		const { name, found, failure, differences } = await given(
			`${open}
            SqlDataReader reader = new SqlCommand("SELECT c0, c1 FROM t", db).ExecuteReader();
            int sum = 0;
            string names = "";
            while (reader.Read())
            {
                sum += reader.GetInt32(0) * reader.FieldCount;
                if (reader["c1"] != DBNull.Value) names += reader.GetName(1) + reader[reader.GetOrdinal("C1")] + ";";
            }
            reader.Close();
            Dts.Variables["User::Found"].Value = sum;
            Dts.Variables["User::Name"].Value = names;`,
			[
				{ c0: 2n, c1: 'a' },
				{ c0: 3n, c1: null },
			],
		)
		expect(failure).toBeUndefined()
		expect([name, found]).toEqual(['c1a;', 10n])
		expect(differences).toEqual(['RG-D122', 'RG-D192'])
	})
})
