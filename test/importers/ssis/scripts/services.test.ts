/** Databases and mail in Script Tasks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect, Outside } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { csharp, taskJob, x } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const sales = x.connection('Sales', 'ADO.NET:SQL', 'Data Source=srv;Initial Catalog=Sales;Integrated Security=True')
const old = x.connection('Old', 'OLEDB', 'Data Source=srv;Initial Catalog=Old;Provider=SQLNCLI11.1')
const using = 'using System.Data; using System.Data.SqlClient; using System.Data.OleDb; using System.Net.Mail;\n'
const job = (main: string): Job => taskJob(using + csharp(main), 'CSharp', [sales, old])

function run(read: Job, rows: readonly Readonly<Record<string, Value>>[] = []) {
	const effects: Effect[] = []
	const outside: Outside = (effect) => {
		effects.push(effect)
		return { rows }
	}
	const result = interpretJob(read, {
		flows: new Map(),
		parameters: new Map(),
		outside,
		run: { at: makeTimestamp(0n), job: read.name, project: '', host: '', invocation: '' },
	})
	return { ...result, effects }
}

describe('statements of ADO.NET', () => {
	const loop = `SqlConnection db = (SqlConnection)Dts.Connections["Sales"].AcquireConnection(Dts.Transaction);
            SqlCommand query = new SqlCommand("SELECT Id, Title FROM dbo.Parts WHERE Weight > @least AND Maker = '@least'", db);
            query.CommandTimeout = 60;
            query.Parameters.AddWithValue("@least", (int)Dts.Variables["Count"].Value);
            int sum = 0;
            string names = "";
            using (SqlDataReader reader = query.ExecuteReader())
            {
                while (reader.Read())
                {
                    sum += Convert.ToInt32(reader["Id"]);
                    if (!reader.IsDBNull(1)) names += reader["title"].ToString() + ";";
                }
            }
            Dts.Connections["Sales"].ReleaseConnection(db);
            Dts.Variables["User::Found"].Value = sum;
            Dts.Variables["User::Name"].Value = names;`

	it('run through the connection manager, and their rows are read one by one', async () => {
		const read = job(loop)
		const { variables, effects, failure } = run(read, [
			{ Id: 4n, Title: 'bolt' },
			{ Id: 5n, Title: null },
		])
		expect(failure).toBeUndefined()
		expect([variables.get('User::Found'), variables.get('User::Name')]).toEqual([9n, 'bolt;'])
		expect(effects).toEqual([
			{
				kind: 'sql',
				task: expect.any(String),
				connection: 'Sales',
				statement: "SELECT Id, Title FROM dbo.Parts WHERE Weight > ? AND Maker = '@least'",
				parameters: [7n],
			},
		])
		const { proof, script } = await proveJob(engine, read)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
		expect(script).toContain('reader = RowReader(query.run())')
	})

	it('call procedures, and take a single value', async () => {
		const read = job(`string text = Dts.Connections["Old"].ConnectionString;
            using (OleDbConnection db = new OleDbConnection(text))
            {
                db.Open();
                OleDbCommand count = new OleDbCommand("SELECT COUNT(*) FROM dbo.Parts", db);
                int n = Convert.ToInt32(count.ExecuteScalar());
                OleDbCommand clear = new OleDbCommand();
                clear.Connection = db;
                clear.CommandType = CommandType.StoredProcedure;
                clear.CommandText = "dbo.Tidy";
                clear.Parameters.AddWithValue("@rows", n + 1);
                clear.ExecuteNonQuery();
                Dts.Variables["User::Found"].Value = n;
                db.Close();
            }`)
		const { variables, effects } = run(read, [{ n: 12n }])
		expect(variables.get('User::Found')).toBe(12n)
		expect(effects).toMatchObject([
			{ connection: 'Old', statement: 'SELECT COUNT(*) FROM dbo.Parts', parameters: [] },
			{ connection: 'Old', statement: 'EXEC dbo.Tidy @rows = ?', parameters: [13n] },
		])
		expect(run(read).variables.get('User::Found')).toBe(0n)
		const { proof, script } = await proveJob(engine, read)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})

	it('take parameters that a name holds before they are added', () => {
		const read = job(`SqlConnection db = (SqlConnection)Dts.Connections["Sales"].AcquireConnection(Dts.Transaction);
            SqlCommand put = new SqlCommand("INSERT INTO dbo.Seen(Id, Title) VALUES(@id, @title)", db);
            SqlParameter given = new SqlParameter("@id", SqlDbType.Int);
            given.Value = 7;
            put.Parameters.Add(given);
            given = new SqlParameter("@title", SqlDbType.NVarChar, 30);
            put.Parameters.Add(given);
            given.Value = "bolt";
            put.ExecuteNonQuery();`)
		expect(run(read).effects).toMatchObject([
			{ statement: 'INSERT INTO dbo.Seen(Id, Title) VALUES(?, ?)', parameters: [7n, 'bolt'] },
		])
		const otherwise = 'SqlParameter one = new SqlParameter("@id", SqlDbType.Int); if (one.Value == null) { }'
		expect(() => job(otherwise)).toThrow('SqlDbType')
	})

	it('need a connection manager that can hand one out', () => {
		expect(() => job('var db = Dts.Connections["Old"].AcquireConnection(null);')).toThrow(/not of ADO.NET/)
		expect(() => job('SqlConnection db = new SqlConnection("server=srv");')).toThrow(/names no database/)
	})
})

describe('mails', () => {
	it('are put together and sent', async () => {
		const read = job(`MailMessage mail = new MailMessage();
            mail.From = new MailAddress("etl@example.org");
            mail.To.Add("a@example.org");
            mail.To.Add(new MailAddress("b@example.org"));
            mail.CC.Add("c@example.org");
            mail.Subject = "Loaded " + Dts.Variables["Count"].Value.ToString();
            mail.Body = "<b>done</b>";
            mail.IsBodyHtml = true;
            mail.Priority = MailPriority.High;
            mail.Attachments.Add(new Attachment(@"C:\\log\\run.txt"));
            SmtpClient client = new SmtpClient("mail.example.org", 25);
            client.EnableSsl = true;
            client.Send(mail);
            System.Net.WebClient web = new System.Net.WebClient();
            web.DownloadFile("https://example.org/a.csv", @"C:\\in\\a.csv");`)
		expect(run(read).effects).toMatchObject([
			{
				helper: 'send_mail',
				args: {
					sender: 'etl@example.org',
					to: 'a@example.org;b@example.org',
					cc: 'c@example.org',
					bcc: '',
					subject: 'Loaded 7',
					body: '<b>done</b>',
					attachments: 'C:\\log\\run.txt',
					priority: 'high',
					is_html: true,
				},
			},
			{ helper: 'download_file', args: { url: 'https://example.org/a.csv', path: 'C:\\in\\a.csv' } },
		])
		const { proof, script } = await proveJob(engine, read)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	})

	it('makes no request whose login would be lost', () => {
		const made = (credentials: string) => () =>
			job(`System.Net.WebClient web = new System.Net.WebClient();
            ${credentials}
            web.DownloadFile("https://example.org/a.csv", @"C:\\in\\a.csv");`)
		expect(made('web.Credentials = new System.Net.NetworkCredential("a", "b");')).toThrow('a login at a web server')
		expect(made('web.UseDefaultCredentials = false;')).not.toThrow()
	})
})
