/** Script Components that work on files while rows pass: they run where files can be reached, on one side and the other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { Row, Value } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Effect, Outside } from '#reference/effects.ts'
import { interpretJob } from '#reference/job.ts'
import { proveJob } from '../../../support/prove-job.ts'
import { startSpark, warmUp } from '../../../support/run-flow.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'
import { x } from './task-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** Rows of the table, and what the script did to files that are there, by their paths. */
function run(job: Job, files: Readonly<Record<string, string>>, rows: readonly Row[] = []) {
	const effects: Effect[] = []
	const answers: Readonly<Record<string, (path: string) => Value | readonly Value[]>> = {
		path_exists: (path) => Object.hasOwn(files, path),
		file_size: (path) => BigInt(files[path]?.length ?? 0),
		file_time: () => 1_709_208_000_000n,
		folder_files: (path) => Object.keys(files).filter((one) => one.startsWith(path)),
		read_text: (path) => files[path] ?? null,
	}
	const outside: Outside = (effect) => {
		effects.push(effect)
		if (effect.kind === 'sql')
			return {
				rows: [
					{ Id: 1n, Title: 'bolt' },
					{ Id: 2n, Title: null },
				],
			}
		const { path } = effect.args
		const value = answers[effect.helper]?.(typeof path === 'string' ? path : '')
		return value === undefined ? {} : { value }
	}
	const [flow] = job.flows
	const { outputs, failure } = interpretJob(job, {
		flows: new Map([[flow?.id ?? '', { inputs: new Map([['Src', { kind: 'rows', rows }]]) }]]),
		parameters: new Map(),
		outside,
		run: { at: makeTimestamp(0n), job: job.name, project: '', host: '', invocation: '' },
	})
	return { rows: outputs[0]?.output.rows, effects, failure }
}

/** The script that it becomes, once its rows and effects on Spark are those of the reference and every branch is taken. */
async function proven(job: Job): Promise<string> {
	const { proof, script } = await proveJob(engine, job)
	const { level, branches } = proof.report
	expect([level, branches.unreached], `${script}\n${JSON.stringify(proof)}`).toEqual(['E3', []])
	return script
}

const texts = (effects: readonly Effect[]): readonly unknown[] =>
	effects.flatMap((one) => (one.kind === 'helper' && one.helper === 'write_text' ? [one.args['text']] : []))

const id = added('Id', 'i4')
const name = added('Name', 'wstr', { length: 20 })
const source = (columns: ScriptSpec['columns'], body: string, more: Partial<ScriptSpec> = {}): Job =>
	scriptJob({ columns, body: `public override void CreateNewOutputRows() { ${body} }`, ...more })
const numbered = [
	{ id: 1n, name: 'a' },
	{ id: 2n, name: null },
]
const log = x.connection('Log', 'FILE', 'C:\\out\\log.txt')

describe('sources that read files', () => {
	it('make rows of the lines of a file', async () => {
		const job = source(
			[id, name, added('Day', 'dbTimeStamp')],
			`using (System.IO.StreamReader reader = new System.IO.StreamReader(@"C:\\in\\parts.csv"))
            {
                string line;
                reader.ReadLine();
                while ((line = reader.ReadLine()) != null)
                {
                    if (line.StartsWith("#")) continue;
                    string[] parts = line.Split(';');
                    if (parts.Length < 3) continue;
                    Output0Buffer.AddRow();
                    Output0Buffer.Id = int.Parse(parts[0]);
                    Output0Buffer.Name = parts[1].Trim();
                    Output0Buffer.Day = DateTime.ParseExact(parts[2], "dd.MM.yyyy", null);
                }
            }`,
		)
		const text = 'Id;Name;Day\r\n7; bolt ;29.02.2024\r\n# none\r\n8;nut\r\n9;;01.01.2000'
		const { rows, failure } = run(job, { 'C:\\in\\parts.csv': text })
		expect(failure).toBeUndefined()
		expect(rows).toEqual([
			{ Id: 7n, Name: 'bolt', Day: makeTimestamp(1_709_164_800_000_000n) },
			{ Id: 9n, Name: '', Day: makeTimestamp(946_684_800_000_000n) },
		])
		const script = await proven(job)
		expect(script).toContain('reader = TextReader(read_text(spark, "C:\\\\in\\\\parts.csv"))')
		expect(script).toContain('source_rows_on_driver("Code", code_code')
	})

	it('take the file of a connection manager, as Microsoft’s example of a source does', async () => {
		const job = scriptJob({
			columns: [id, name],
			extra: [log],
			connections: ['Log'],
			body: `private System.IO.StreamReader textReader;
    private string path;
    public override void AcquireConnections(object Transaction)
    {
        IDTSConnectionManager100 connMgr = this.Connections.Connection0;
        path = (string)connMgr.AcquireConnection(null);
    }
    public override void PreExecute() { base.PreExecute(); textReader = new System.IO.StreamReader(path); }
    public override void CreateNewOutputRows()
    {
        char[] delimiters = ",".ToCharArray();
        string nextLine = textReader.ReadLine();
        while (nextLine != null)
        {
            string[] columns = nextLine.Split(delimiters);
            Output0Buffer.AddRow();
            Output0Buffer.Id = int.Parse(columns[0]);
            Output0Buffer.Name = columns[1];
            nextLine = textReader.ReadLine();
        }
    }
    public override void PostExecute() { base.PostExecute(); textReader.Close(); }`,
		})
		expect(run(job, { 'C:\\out\\log.txt': '3,x\n4,y\n' }).rows).toEqual([
			{ Id: 3n, Name: 'x' },
			{ Id: 4n, Name: 'y' },
		])
		const script = await proven(job)
		expect(script).not.toContain('text_reader = None')
	})

	it('list a folder, with the names, sizes and times of its files', async () => {
		const job = source(
			[name, added('Size', 'i8'), added('At', 'dbTimeStamp')],
			`foreach (string file in System.IO.Directory.GetFiles(Variables.Folder, "*.csv", System.IO.SearchOption.AllDirectories))
            {
                System.IO.FileInfo info = new System.IO.FileInfo(file);
                if (info.Length == 0) continue;
                Output0Buffer.AddRow();
                Output0Buffer.Name = info.Name;
                Output0Buffer.Size = info.Length;
                Output0Buffer.At = info.LastWriteTime;
            }`,
			{ properties: { ReadOnlyVariables: 'User::Folder' }, extra: [x.variable('Folder', 8, 'C:\\in')] },
		)
		const { rows, effects } = run(job, { 'C:\\in\\a.csv': 'abc', 'C:\\in\\b.csv': '', 'C:\\other\\c.csv': 'x' })
		expect(rows).toEqual([{ Name: 'a.csv', Size: 3n, At: makeTimestamp(1_709_208_000_000_000n) }])
		expect(effects[0]).toMatchObject({
			helper: 'folder_files',
			args: { path: 'C:\\in', pattern: '*.csv', below: true },
		})
		const { proof } = await proveJob(engine, job)
		expect(proof.report, JSON.stringify(proof)).toMatchObject({ level: 'E3' })
	})

	it('read in the encoding that they name, in Visual Basic too', async () => {
		const job = scriptJob({
			language: 'vb',
			columns: [name],
			body: `    Public Overrides Sub CreateNewOutputRows()
        For Each line As String In System.IO.File.ReadAllLines("C:\\in\\a.txt", System.Text.Encoding.GetEncoding(1252))
            With Output0Buffer
                .AddRow()
                .Name = line
            End With
        Next
    End Sub`,
		})
		const { rows, effects } = run(job, { 'C:\\in\\a.txt': 'é\r\n\r\nz' })
		expect(rows).toEqual([{ Name: 'é' }, { Name: '' }, { Name: 'z' }])
		expect(effects).toMatchObject([{ helper: 'read_text', args: { encoding: 'cp1252' } }])
		await proven(job)
	})

	it('run statements on a connection manager', async () => {
		const db = x.connection('Sales', 'ADO.NET:SQL', 'Data Source=srv;Initial Catalog=Sales;Integrated Security=True')
		const job = scriptJob({
			columns: [id, name],
			extra: [db],
			connections: ['Sales'],
			body: `IDTSConnectionManager100 connMgr;
    System.Data.SqlClient.SqlConnection sqlConn;
    System.Data.SqlClient.SqlDataReader reader;
    public override void AcquireConnections(object Transaction)
    {
        connMgr = this.Connections.Connection0;
        sqlConn = (System.Data.SqlClient.SqlConnection)connMgr.AcquireConnection(null);
    }
    public override void CreateNewOutputRows()
    {
        var cmd = new System.Data.SqlClient.SqlCommand("SELECT Id, Title FROM dbo.Parts", sqlConn);
        reader = cmd.ExecuteReader();
        while (reader.Read())
        {
            Output0Buffer.AddRow();
            Output0Buffer.Id = reader.GetInt32(0);
            if (!reader.IsDBNull(1)) Output0Buffer.Name = reader.GetString(1);
        }
        reader.Close();
    }
    public override void ReleaseConnections() { connMgr.ReleaseConnection(sqlConn); }`,
		})
		expect(run(job, {}).rows).toEqual([
			{ Id: 1n, Name: 'bolt' },
			{ Id: 2n, Name: null },
		])
		const { proof, script } = await proveJob(engine, job)
		expect(proof.report, `${script}\n${JSON.stringify(proof)}`).toMatchObject({ level: 'E3' })
		expect(script).toContain('params["sales_connection"]')
	})
})

describe('transformations', () => {
	it('ask for a file of each row', async () => {
		const job = scriptJob({
			input: ['id', 'name'],
			columns: [added('There', 'bool'), added('Text', 'wstr', { length: 4000 })],
			body: `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        if (Row.name_IsNull) return;
        string path = System.IO.Path.Combine(@"C:\\docs", Row.name);
        Row.There = System.IO.File.Exists(path);
        if (Row.There) Row.Text = System.IO.File.ReadAllText(path);
    }`,
		})
		const rows = [...numbered, { id: 3n, name: 'b' }]
		expect(run(job, { 'C:\\docs\\a': 'text of a' }, rows).rows).toEqual([
			{ id: 1n, name: 'a', There: true, Text: 'text of a' },
			{ id: 2n, name: null, There: null, Text: null },
			{ id: 3n, name: 'b', There: false, Text: null },
		])
		expect(await proven(job)).toContain('over_rows_on_driver(')
	})

	it('add what is wrong to a file', async () => {
		const job = scriptJob({
			input: ['id', 'name'],
			columns: [],
			body: `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        if (Row.name_IsNull) System.IO.File.AppendAllText(@"C:\\out\\bad.txt", Row.id.ToString() + Environment.NewLine);
    }`,
		})
		const { rows, effects } = run(job, {}, numbered)
		expect(rows).toEqual(numbered)
		expect(effects).toMatchObject([{ helper: 'write_text', args: { text: '2\r\n', append: true } }])
		await proven(job)
	})
})

describe('destinations', () => {
	it('write a line for each row, into a file that is open from the first to the last', async () => {
		const job = scriptJob({
			input: ['id', 'name'],
			columns: [],
			isTarget: true,
			body: `private System.IO.StreamWriter writer;
    private int n = 0;
    public override void PreExecute()
    {
        base.PreExecute();
        writer = new System.IO.StreamWriter(@"C:\\out\\rows.txt", false, System.Text.Encoding.UTF8);
    }
    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        n++;
        writer.Write(Row.id);
        writer.Write(',');
        if (!Row.name_IsNull) writer.Write(Row.name);
        writer.WriteLine();
        writer.WriteLine("{0} of {1}", n, Row.id);
    }
    public override void PostExecute() { base.PostExecute(); writer.Flush(); writer.Close(); }`,
		})
		const { effects } = run(job, {}, numbered)
		expect(texts(effects)).toEqual(['1,a\r\n1 of 1\r\n2,\r\n2 of 2\r\n'])
		expect(effects).toMatchObject([{ args: { path: 'C:\\out\\rows.txt', append: false, encoding: 'utf-8' } }])
		const script = await proven(job)
		expect(script).toContain('writer = TextWriter(spark, "C:\\\\out\\\\rows.txt", False, "utf-8")')
		expect(script).toContain('writer.write_line(str(n) + " of " + str(required(row, "id")))')
		expect(script).not.toContain('writer = None')
	})

	it('do so in Visual Basic', async () => {
		const job = scriptJob({
			language: 'vb',
			input: ['id', 'name'],
			columns: [],
			isTarget: true,
			body: `    Private textWriter As System.IO.StreamWriter
    Public Overrides Sub PreExecute()
        textWriter = New System.IO.StreamWriter("C:\\out\\a.csv", True)
    End Sub
    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        With textWriter
            If Not Row.name_IsNull Then
                .Write(Row.name)
            End If
            .Write(",")
            .Write(Row.id)
            .WriteLine()
        End With
    End Sub
    Public Overrides Sub PostExecute()
        textWriter.Close()
    End Sub`,
		})
		expect(texts(run(job, {}, numbered).effects)).toEqual(['a,1\r\n,2\r\n'])
		await proven(job)
	})
})
