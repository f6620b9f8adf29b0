/** Tables in memory in Script Tasks: out of variables, out of queries, and made by the script. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dtsxImporter } from '#importers/ssis/importer.ts'
import type { Job } from '#model/job.ts'
import type { Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect, Outside } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import { sqlTask } from '../../../support/ssis-tasks.ts'
import { csharp, scriptTask, taskJob, x } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

type Rows = readonly Readonly<Record<string, Value>>[]

const using = 'using System.Data; using System.Data.SqlClient; using System.Data.OleDb; using System.Linq;\n'
const db = x.connection('DB', 'ADO.NET:SQL', 'Data Source=srv;Initial Catalog=Sales;Integrated Security=True')
const single = (main: string): Job =>
	taskJob(using + csharp(main), 'CSharp', [db, x.variable('Rows', 13, '')], ['User::Rows'])

function run(job: Job, rows: Rows = [], files: readonly string[] = []) {
	const effects: Effect[] = []
	const outside: Outside = (effect) => {
		effects.push(effect)
		return effect.kind === 'sql' ? { rows } : { value: effect.helper === 'read_text' ? files.join('\n') : files }
	}
	const result = interpretJob(job, {
		flows: new Map(),
		parameters: new Map(),
		outside,
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	})
	return { ...result, effects }
}

async function proven(job: Job): Promise<string> {
	const { proof, script } = await proveJob(engine, job)
	expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
	return script
}

const query = sqlTask(
	'SELECT Id, Mail, Due FROM dbo.People',
	'SQLTask:ResultType="ResultSetType_Rowset"',
	'<SQLTask:ResultBinding SQLTask:ResultName="0" SQLTask:DtsVariableName="User::Rows"/>',
)

const loop = x.executable(
	'Loop',
	'STOCK:FOREACHLOOP',
	'',
	'<DTS:ForEachEnumerator DTS:CreationName="Microsoft.ForEachADOEnumerator"><DTS:ObjectData><FEEADO EnumType="EnumerateRowsInFirstTable" VarName="User::Rows"/></DTS:ObjectData></DTS:ForEachEnumerator>' +
		'<DTS:ForEachVariableMappings><DTS:ForEachVariableMapping DTS:ValueIndex="0" DTS:VariableName="User::Name"/><DTS:ForEachVariableMapping DTS:ValueIndex="1" DTS:VariableName="User::Count"/></DTS:ForEachVariableMappings>' +
		x.executables(x.executable('Inside', 'Microsoft.ExecuteSQLTask', sqlTask('EXEC dbo.Load'))),
)

/** A package whose tasks come one after another. */
function chain(...tasks: readonly (readonly [name: string, task: string])[]): Job {
	const steps = tasks.slice(1).map(([name], index) => x.constraint(tasks[index]?.[0] ?? '', name))
	const bytes = x.package(
		'P',
		db,
		x.variable('Rows', 13, ''),
		x.variable('Name', 8, ''),
		x.variable('Count', 3, '0'),
		x.variable('Found', 3, '0'),
		x.executables(...tasks.map(([, task]) => task)),
		x.constraints(...steps),
	)
	const [job] = dtsxImporter.read({ file: { path: 'p.dtsx', bytes }, companions: [] }).jobs
	if (job === undefined) throw new Error('no job was read')
	return job
}

const people: Rows = [
	{ Id: 4n, Mail: 'a@x.org', Due: makeTimestamp(1_709_208_000_000_000n) },
	{ Id: 5n, Mail: null, Due: null },
]

describe('a table out of a variable', () => {
	const main = `OleDbDataAdapter adapter = new OleDbDataAdapter();
            DataTable table = new DataTable();
            adapter.Fill(table, Dts.Variables["User::Rows"].Value);
            string mails = "";
            int sum = 0;
            foreach (DataRow row in table.Rows)
            {
                sum += Convert.ToInt32(row["id"]);
                if (row["Mail"] != DBNull.Value) mails += row[1].ToString() + ";";
            }
            Dts.Variables["User::Name"].Value = mails;
            Dts.Variables["User::Found"].Value = sum * 10 + table.Rows.Count;`
	const whole = (code: string): Job =>
		chain(
			['Query', x.executable('Query', 'Microsoft.ExecuteSQLTask', query)],
			['Code', scriptTask('Code', using + csharp(code), ['User::Rows'], ['User::Name', 'User::Found'])],
		)

	it('has the rows of an Execute SQL task, cell by cell (Microsoft: OleDbDataAdapter.Fill of a recordset)', async () => {
		const job = whole(main)
		const { variables, failure } = run(job, people)
		expect(failure).toBeUndefined()
		expect([variables.get('User::Name'), variables.get('User::Found')]).toEqual(['a@x.org;', 92n])
		const script = await proven(job)
		expect(script).toContain('table.fill(rows_of(variables.rows_))')
		expect(script).not.toContain('adapter =')
	})

	it('is what a cast gives, and LINQ asks its rows', async () => {
		const job = whole(`DataTable table = (DataTable)Dts.Variables["User::Rows"].Value;
            var mails = table.AsEnumerable().Where(r => !r.IsNull("Mail")).Select(r => r.Field<string>("Mail")).ToList();
            Dts.Variables["User::Name"].Value = string.Join(",", mails);
            Dts.Variables["User::Found"].Value = table.Rows.Cast<DataRow>().Count(r => r.Field<int>("Id") > 4);`)
		const { variables } = run(job, people)
		expect([variables.get('User::Name'), variables.get('User::Found')]).toEqual(['a@x.org', 1n])
		await proven(job)
	})

	it('is walked by its columns, too', async () => {
		const job = whole(`DataSet set = (DataSet)Dts.Variables["User::Rows"].Value;
            string all = "";
            foreach (DataRow row in set.Tables[0].Rows)
            {
                foreach (DataColumn column in set.Tables[0].Columns) all += column.ColumnName + "=" + row[column].ToString() + " ";
                all += string.Join("|", row.ItemArray);
            }
            Dts.Variables["User::Name"].Value = all;`)
		expect(run(job, people.slice(1)).variables.get('User::Name')).toBe('Id=5 Mail= Due= 5||')
		await proven(job)
	})

	it('fails where the variable holds no rows, and is not changed in place', () => {
		expect(run(single(main)).failure).toMatchObject({ message: expect.stringContaining('holds no rows') })
		const changed = `DataTable t = (DataTable)Dts.Variables["User::Rows"].Value; t.Rows[0]["a"] = "x";`
		expect(() => single(changed)).toThrow('a table of a variable, where the script changes tables')
	})
})

describe('a table out of a query', () => {
	it('is filled through the connection of the job', async () => {
		const job = single(`SqlConnection db = (SqlConnection)Dts.Connections["DB"].AcquireConnection(Dts.Transaction);
            SqlCommand command = new SqlCommand("SELECT Id, Mail FROM dbo.People WHERE Id > @id", db);
            command.Parameters.AddWithValue("@id", 3);
            SqlDataAdapter adapter = new SqlDataAdapter(command);
            DataSet set = new DataSet();
            adapter.Fill(set, "People");
            DataTable more = new DataTable();
            new SqlDataAdapter("SELECT Id FROM dbo.Others", db).Fill(more);
            if (set.Tables["people"].Rows.Count > 0)
                Dts.Variables["User::Name"].Value = set.Tables["People"].Rows[0]["Mail"].ToString();
            Dts.Variables["User::Found"].Value = Convert.ToInt32(more.Rows[1]["Id"]);`)
		const { variables, effects } = run(job, people)
		expect([variables.get('User::Name'), variables.get('User::Found')]).toEqual(['a@x.org', 5n])
		expect(effects).toMatchObject([
			{ statement: 'SELECT Id, Mail FROM dbo.People WHERE Id > ?', parameters: [3n], connection: 'DB' },
			{ statement: 'SELECT Id FROM dbo.Others', parameters: [], connection: 'DB' },
		])
		await proven(job)
	})
})

describe('a table of the script', () => {
	const made = `DataTable table = new DataTable("Files");
            table.Columns.Add("Path", typeof(string));
            table.Columns.Add(new DataColumn("Number", typeof(int)));
            foreach (string line in File.ReadAllLines(@"C:\\in\\list.txt"))
            {
                DataRow row = table.NewRow();
                row["Path"] = line;
                row["number"] = " 0" + line.Length;
                table.Rows.Add(row);
            }
            table.Rows.Add("last", table.Columns.Contains("NUMBER") ? 70 : 0);
            Dts.Variables["User::Rows"].Value = table;`

	it('goes into a variable, over whose rows a loop goes; cells have the type of their column', async () => {
		const job = chain(['Code', scriptTask('Code', using + csharp(made), [], ['User::Rows'])], ['Loop', loop])
		const { variables, failure, effects } = run(job, [], ['abc'])
		expect(failure).toBeUndefined()
		expect([variables.get('User::Name'), variables.get('User::Count')]).toEqual(['last', 70n])
		expect(effects.filter(({ kind }) => kind === 'sql')).toHaveLength(2)
		await proven(job)
	})

	it('refuses a text where the type of the column is not known', () => {
		const unknown = `DataTable t = new DataTable(); t.Columns.Add("a", typeof(int)); DataTable u = t; u.Rows.Add("1");`
		expect(() => single(unknown)).toThrow('a text in a column whose type is not known')
		const filtered = `DataTable t = new DataTable(); DataRow[] rows = t.Select("a = 1"); Dts.Variables["Found"].Value = rows.Length;`
		expect(() => single(filtered)).toThrow('Select of a DataTable with string')
	})
})
