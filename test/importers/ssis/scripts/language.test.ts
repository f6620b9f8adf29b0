/** Pieces of C# and Visual Basic, each in a method that the runtime calls for each row: the same texts on both sides. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'b,a,b' },
	{ id: 2n, name: 'x7' },
	{ id: 3n, name: null },
]

function build(body: string, more: Partial<ScriptSpec> = {}) {
	const job = scriptJob({ input: ['id', 'name'], columns: [added('Out', 'wstr', { length: 100 })], body, ...more })
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	return job
}

const method = (statements: string, fields = ''): string =>
	`${fields}\n    public override void Input0_ProcessInputRow(Input0Buffer Row)\n    {\n${statements}\n    }`

/** What the column Out holds for each row. */
async function out(body: string, more: Partial<ScriptSpec> = {}): Promise<readonly (string | null)[]> {
	const job = build(body, more)
	const { expected, actual, script } = await runBoth(engine, job, { Src: rows })
	expect(actual, script).toEqual(expected)
	if (!('T' in expected)) throw new Error(JSON.stringify(expected))
	return expected['T'].map((row) => (JSON.parse(row) as { readonly Out: string | null }).Out)
}

describe('values that may be missing', () => {
	it('have a value or none, compare, and take a default', async () => {
		const body = method(`
        int? size = Row.name_IsNull ? (int?)null : Row.name.Length;
        DateTime? day = null;
        if (Row.id == 2) day = new DateTime(2024, 2, 29);
        string text = size.HasValue ? size.Value.ToString() : "none";
        if (size > 3) text += "long";
        if (size != 2) text += "!";
        if (size == null) text += "?";
        decimal? amount = null;
        amount ??= 1.5M;
        Row.Out = text + (size ?? -1) + size.GetValueOrDefault() + (day.HasValue ? day.Value.ToString("MMdd") : "") + amount.Value;`)
		expect(await out(body)).toEqual(['5long!551.5', '22202291.5', 'none!?-101.5'])
	})

	it('raise where the value is asked for and missing', async () => {
		const body = method('int? n = null; if (Row.id == 3) Row.Out = n.Value.ToString(); else Row.Out = "x";')
		const job = build(body)
		const { expected, actual } = await runBoth(engine, job, { Src: rows })
		expect(expected).toEqual({ failed: 'Code' })
		expect(actual).toEqual(expected)
	})
})

describe('dictionaries and sets', () => {
	it('of any keys, with their items, by pairs, keys and values', async () => {
		const body = method(
			`
        string found;
        if (!names.TryGetValue(Row.id, out found)) found = "?";
        if (counts.TryGetValue("a", out int before)) counts["a"] = before + 1; else counts.Add("a", 1);
        bool isNew = seen.Add(Row.id % 2);
        string all = "";
        foreach (KeyValuePair<int, string> pair in names) all += pair.Key + pair.Value;
        foreach (string key in counts.Keys) all += key + counts[key];
        names.Remove(Row.id);
        Row.Out = found + isNew + seen.Contains(0) + all + string.Join("", names.Values) + names.ContainsValue("two");`,
			`Dictionary<int, string> names = new Dictionary<int, string> { { 1, "one" }, { 2, "two" } };
    Dictionary<string, int> counts = new Dictionary<string, int>();
    HashSet<int> seen = new HashSet<int>();`,
		)
		expect(await out(body)).toEqual(['oneTrueFalse1one2twoa1twoTrue', 'twoTrueTrue2twoa2False', '?FalseTruea3False'])
	})
})

describe('questions to lists', () => {
	it('choose, compute, sort and sum', async () => {
		const body = method(`
        string[] parts = Row.name_IsNull ? new string[0] : Row.name.Split(',');
        List<int> numbers = new List<int> { 3, 1, 2 };
        numbers.Insert(0, Row.id);
        numbers.Remove(2);
        int limit = Row.id;
        var large = numbers.Where(n => n > limit).Select(n => n * 10).ToList();
        string text = string.Join("+", large) + "|" + string.Join("", parts.Distinct()) + "|" + numbers.Sum() + numbers.Max() + numbers.Min(n => -n);
        text += "|" + parts.Any() + parts.Any(p => p == "b") + parts.All(p => p.Length == 1) + parts.Count(p => p == "b");
        text += "|" + (parts.FirstOrDefault(p => p != "b") ?? "none") + parts.FirstOrDefault() + numbers.FirstOrDefault(n => n > 99) + numbers.First(n => n >= 1);
        text += "|" + string.Join("", numbers.OrderByDescending(n => n % 3).Take(2)) + string.Join("", numbers.OrderBy(n => n).Skip(1)) + numbers.IndexOf(1);
        Row.Out = text;`)
		expect(await out(body)).toEqual([
			'30|ba|53-3|TrueTrueTrue2|ab01|11130',
			'30|x7|63-3|TrueFalseFalse0|x7x703|21231',
			'||73-3|FalseFalseTrue0|none03|13332',
		])
	})

	it('to the characters of a text', async () => {
		const body = method(`
        string text = Row.name_IsNull ? "" : Row.name;
        string digits = new string(text.Where(char.IsDigit).ToArray());
        int sum = 0;
        foreach (char c in text) { if (c >= '0' && c <= '9') sum += c - '0'; }
        char next = (char)('a' + Row.id);
        Row.Out = digits + text.Any(char.IsDigit) + text.Count(c => c == 'b') + sum + next + (int)next;`)
		expect(await out(body)).toEqual(['False20b98', '7True07c99', 'False00d100'])
	})

	it('are refused where a culture orders texts', () => {
		const body = method("Row.Out = Row.name.Split(',').OrderBy(p => p).First();")
		expect(() => build(body)).toThrow(/order of strings, which follows the culture/)
	})
})

describe('patterns', () => {
	it('choose by constants, comparisons and both together', async () => {
		const body = method(`
        int n = Row.id;
        string size = n switch { 1 => "one", > 2 and < 10 => "few", _ => "other" };
        switch (n) { case 1 or 2: size += "low"; break; case > 2: size += "high"; break; }
        if (n is 1 or 3) size += "odd";
        if (n is not 2) size += "!";
        Row.Out = size;`)
		expect(await out(body)).toEqual(['onelowodd!', 'otherlow', 'fewhighodd!'])
	})

	it('are refused where they ask for a type', () => {
		expect(() => build(method('object o = 1; switch (o) { case int i: Row.Out = "x"; break; }'))).toThrow(/a pattern/)
	})
})

describe('Visual Basic', () => {
	it('has functions without names, values that may be missing, and named parameters', async () => {
		const body = `    Private Function Mark(ByVal text As String, Optional ByVal sign As String = "!", Optional ByVal times As Integer = 1) As String
        Dim all As String = text
        For i As Integer = 1 To times
            all &= sign
        Next
        Return all
    End Function

    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        Dim size As Integer? = Nothing
        If Row.id > 1 Then size = Row.id
        Dim numbers As New List(Of Integer) From {1, 2, 3}
        Dim large = numbers.Where(Function(n) n >= Row.id).ToList()
        Dim text As String = ""
        Select Case Row.id
            Case 1 To 2
                text = "low"
            Case Is > 2
                text = "high"
        End Select
        If size.HasValue Then text &= size.Value.ToString()
        Row.Out = Mark(text, times:=2) & large.Count.ToString()
    End Sub`
		expect(await out(body, { language: 'vb' })).toEqual(['low!!3', 'low2!!2', 'high3!!1'])
	})
})
