import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Ann' },
	{ id: 2n, name: ' bob ' },
	{ id: 3n, name: null },
	{ id: 4n, name: '' },
	{ id: -5n, name: '42' },
]

/** Cells of the new columns for each row of the source, by the reference; Spark must give the same. */
async function cells(spec: ScriptSpec, given: readonly { id: bigint; name: string | null }[] = rows) {
	const job = scriptJob(spec)
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, { Src: given })
	expect(actual, script).toEqual(expected)
	return expected
}

const wide = added('Out', 'wstr', { length: 50 })

describe('a method that the runtime calls for each row', () => {
	it('sets a column from others, and a null that is not asked for ends the run', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        if (Row.name_IsNull) { Row.Out = "none"; }
        else { Row.Out = Row.name.Trim().ToUpper() + "/" + Row.id.ToString(); }
    }`
		expect(await cells({ input: ['id', 'name'], body, columns: [wide] })).toEqual({
			T: [
				'{"id":-5,"name":"42","Out":"42/-5"}',
				'{"id":1,"name":"Ann","Out":"ANN/1"}',
				'{"id":2,"name":" bob ","Out":"BOB/2"}',
				'{"id":3,"name":null,"Out":"none"}',
				'{"id":4,"name":"","Out":"/4"}',
			],
		})
		const careless = `public override void Input0_ProcessInputRow(Input0Buffer Row) { Row.Out = Row.name.Trim(); }`
		expect(await cells({ input: ['id', 'name'], body: careless, columns: [wide] })).toEqual({ failed: 'Code' })
	})

	it('replaces a column, and remembers the row before', async () => {
		const body = `string last = "first";
    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        if (Row.name_IsNull || Row.name == "") Row.name = last;
        else last = Row.name;
    }`
		const { T } = (await cells({ input: ['id', 'name!'], body, columns: [] })) as { T: readonly string[] }
		expect(T).toHaveLength(5)
	})

	it('calls methods of its own, with loops, choices and early ends', async () => {
		const body = `private string Describe(int number, string text)
    {
        if (number < 0) return "negative";
        string found = "";
        foreach (char c in text)
        {
            if (Char.IsDigit(c)) { found += c; continue; }
            if (c == 'o') break;
        }
        for (int i = 0; i < number; i++) { found = found + "*"; }
        switch (number)
        {
            case 1: found += "one"; break;
            case 2:
            case 3: found += "few"; break;
            default: found += "many"; break;
        }
        return found.Length > 3 ? found.Substring(0, 4) : found;
    }

    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        if (Row.id == 4) { Row.Out_IsNull = true; return; }
        Row.Out = Describe(Row.id, Row.name_IsNull ? "" : Row.name);
    }`
		await cells({ input: ['id', 'name'], body, columns: [wide] })
	})

	it('reads numbers and dates from text, and catches what cannot be read', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        int number;
        if (!Row.name_IsNull && int.TryParse(Row.name, out number)) Row.Number = number * 2; else Row.Number = -1;
        try { Row.Amount = Decimal.Parse(Row.name) / 8; } catch (Exception ex) { Row.Amount = 0.5M; }
        DateTime day = new DateTime(2024, 1, 31).AddMonths(Row.id).AddDays(-1);
        Row.Day = day;
        Row.Out = day.ToString("yyyy-MM-dd HH:mm") + " " + (Row.id / 2).ToString("000") + String.Format(" {0:N2}", 1234.5);
    }`
		const columns = [
			wide,
			added('Number', 'i4'),
			added('Amount', 'numeric', { precision: 18, scale: 4 }),
			added('Day', 'dbTimeStamp'),
		]
		await cells({ input: ['id', 'name'], body, columns })
	})

	it('wraps whole numbers around, as C# does, and raises, as Visual Basic does', async () => {
		const body =
			`public override void Input0_ProcessInputRow(Input0Buffer Row) { Row.Number = int.MaxValue_ + Row.id; }`.replace(
				'int.MaxValue_',
				'2147483647',
			)
		await cells({ input: ['id'], body, columns: [added('Number', 'i4')] })
		const vb = `    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)\n        Row.Number = 2147483647 + Row.id\n    End Sub`
		expect(await cells({ language: 'vb', input: ['id'], body: vb, columns: [added('Number', 'i4')] })).toEqual({
			failed: 'Code',
		})
	})

	it('hashes', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        using (MD5 md5 = MD5.Create())
        {
            byte[] hash = md5.ComputeHash(Encoding.UTF8.GetBytes(Row.name_IsNull ? "" : Row.name));
            StringBuilder sb = new StringBuilder();
            for (int i = 0; i < hash.Length; i++) sb.Append(hash[i].ToString("x2"));
            Row.Out = sb.ToString();
        }
    }`
		const { T } = (await cells({ input: ['id', 'name'], body, columns: [wide] })) as { T: readonly string[] }
		expect(T).toContain('{"id":4,"name":"","Out":"d41d8cd98f00b204e9800998ecf8427e"}')
	})

	it('a text that is too long for its column ends the run', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row) { Row.Out = "too long for it"; }`
		const short = added('Out', 'wstr', { length: 5 })
		expect(await cells({ input: ['id'], body, columns: [short] })).toEqual({ failed: 'Code' })
	})
})

describe('Visual Basic', () => {
	it('has functions of its own, and does not mind letter case', async () => {
		const body = `    Public Overrides Sub Input0_ProcessInputRow(ByVal row As Input0Buffer)
        Dim code As String = "-"
        If Not Row.Name_IsNull AndAlso Len(Row.NAME) > 2 Then
            code = UCase(Left(row.name, 2)) & Mid(row.name, 3) & CStr(Row.ID)
        ElseIf Row.id Mod 2 = 0 Then
            code = "even"
        End If
        Select Case Row.id
            Case 1 To 2
                code &= "!"
            Case Is < 0
                code = Right(code, 1)
            Case Else
                code = Trim(code)
        End Select
        For i As Integer = 1 To Row.id
            code = code + "."
        Next
        row.out = code
    End Sub`
		await cells({ language: 'vb', input: ['id', 'name'], body, columns: [wide] })
	})
})

describe('rows of its own', () => {
	it('come from nothing', async () => {
		const body = `public override void CreateNewOutputRows()
    {
        for (int i = 1; i <= 3; i++)
        {
            Output0Buffer.AddRow();
            Output0Buffer.Out = "row " + i;
        }
    }`
		expect(await cells({ body, columns: [wide] })).toEqual({
			T: ['{"Out":"row 1"}', '{"Out":"row 2"}', '{"Out":"row 3"}'],
		})
	})

	it('come from a loop over the rows of the input, in their order', async () => {
		const body = `    Dim seen As Integer = 0
    Public Overrides Sub Input0_ProcessInput(ByVal Buffer As Input0Buffer)
        While Buffer.NextRow
            If Buffer.id > 0 Then
                seen = seen + 1
                Output0Buffer.AddRow()
                Output0Buffer.Out = CStr(seen)
            End If
        End While
        If Buffer.EndOfRowset Then
            Output0Buffer.SetEndOfRowset()
        End If
    End Sub`
		expect(await cells({ language: 'vb', input: ['id'], isAsynchronous: true, body, columns: [wide] })).toEqual({
			T: ['{"Out":"1"}', '{"Out":"2"}', '{"Out":"3"}', '{"Out":"4"}'],
		})
	})
})
