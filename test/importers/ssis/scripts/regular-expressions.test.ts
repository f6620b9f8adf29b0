import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'ann@x.org' },
	{ id: 2n, name: '12-34' },
	{ id: 3n, name: 'no' },
]
const columns = [added('Out', 'wstr', { length: 50 })]

/** The new column of each row by id; Spark gives the same. */
async function outs(body: string, more: Partial<ScriptSpec> = {}): Promise<readonly (string | null)[]> {
	const job = scriptJob({ input: ['id', 'name'], body, columns, ...more })
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, { Src: rows })
	expect(actual, script).toEqual(expected)
	if ('failed' in expected) return [String(expected.failed)]
	return (expected['T'] ?? []).map((line) => (JSON.parse(line) as { Out: string | null }).Out)
}

const row = (statements: string, before = ''): string =>
	`${before}\n    public override void Input0_ProcessInputRow(Input0Buffer Row)\n    {\n${statements}\n    }`

describe('regular expressions', () => {
	it('are asked, and give groups', async () => {
		const body = row(
			`        if (Row.name_IsNull) { return; }
        Match m = mail.Match(Row.name);
        Match pair = Regex.Match(Row.name, @"(\\d+)-(\\d+)");
        if (m.Success) Row.Out = m.Groups["user"].Value + " at " + m.Groups["host"].Value;
        else if (Regex.IsMatch(Row.name, "^N[a-z]$", RegexOptions.IgnoreCase | RegexOptions.Compiled)) Row.Out = "word" + m.Value;
        else Row.Out = pair.Groups[2].Value + "/" + pair.Groups[1].ToString() + pair.Groups[7].Value;`,
			`    private Regex mail = new Regex(@"^(?<user>\\w+)@(?<host>[\\w.]+)$");`,
		)
		expect(await outs(body)).toEqual(['ann at x.org', '34/12', 'word'])
	})

	it('replace, split and find all', async () => {
		const body = row(`        Regex digits = new Regex("[0-9]");
        string changed = Regex.Replace(Row.name, @"(\\w)(\\W)", "$2$1");
        string[] parts = Regex.Split(Row.name, "[@.-]");
        int count = 0;
        foreach (Match one in digits.Matches(Row.name)) { if (one.Value != "3") count++; }
        Row.Out = changed + "|" + parts.Length.ToString() + parts[0] + "|" + count.ToString() + digits.Replace(Row.name, "#");`)
		expect(await outs(body)).toEqual(['an@n.xorg|3ann|0ann@x.org', '1-234|212|3##-##', 'no|1no|0no'])
	})

	it('in Visual Basic', async () => {
		const body = `    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        Dim r As New Regex("[aeiou]", RegexOptions.IgnoreCase)
        If r.IsMatch(Row.name) Then
            Row.Out = r.Replace(Row.name, "")
        Else
            Row.Out = Row.name
        End If
    End Sub`
		expect(await outs(body, { language: 'vb' })).toEqual(['nn@x.rg', '12-34', 'n'])
	})

	it('are declared, and refused where the run decides', () => {
		const known = scriptJob({ input: ['name'], body: row('Row.Out = Regex.Replace(Row.name, "a", "b");'), columns })
		expect(outcome(known, 'Code')).toMatchObject({ outcome: 'declared', reason: expect.stringContaining('RG-D120') })
		const unknown = scriptJob({
			input: ['name'],
			body: row('Row.Out = Regex.Replace(Row.name, Row.name, "b");'),
			columns,
		})
		expect(outcome(unknown, 'Code')?.reason).toContain('only known at run time')
	})
})

describe('exceptions that are caught by their type', () => {
	it('are told apart', async () => {
		const body = row(`        string said = "";
        try { int n = int.Parse(Row.name); said = (100 / (n - n)).ToString(); }
        catch (FormatException) { said = "no number"; }
        catch (OverflowException ex) { said = "too great"; }
        try { int zero = Row.id - 1; said += (6 / zero).ToString(); }
        catch (DivideByZeroException) { said += " by zero"; }
        Row.Out = said;`)
		expect(await outs(body)).toEqual(['no number by zero', 'no number6', 'no number3'])
	})

	it('of other types stay unknown', () => {
		const body = row('try { Row.Out = "a"; } catch (AccessViolationException) { Row.Out = "b"; }')
		expect(outcome(scriptJob({ input: ['name'], body, columns }), 'Code')?.reason).toContain('AccessViolationException')
	})
})
