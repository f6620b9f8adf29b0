/** Classes and methods that a script has beside those that the runtime calls. */
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
]

function build(spec: ScriptSpec) {
	const job = scriptJob(spec)
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	return job
}

/** Cells of the column Out by the row, the same on both sides. */
async function out(spec: Omit<ScriptSpec, 'input' | 'columns'>) {
	const job = build({ ...spec, input: ['id', 'name'], columns: [added('Out', 'wstr', { length: 50 })] })
	const { expected, actual, script } = await runBoth(engine, job, { Src: rows })
	expect(actual, script).toEqual(expected)
	if (!('T' in expected)) throw new Error(JSON.stringify(expected))
	return expected['T'].map((row) => (JSON.parse(row) as { readonly Out: string | null }).Out)
}

describe('several files of code', () => {
	it('hold helpers, and parts of the class that the runtime calls', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        Row.Out = Names.Clean(Row.name_IsNull ? null : Row.name) + Own(Row.id) + Names.Count.ToString();
    }`
		const files = {
			'Names.cs': `using System;
public static class Names
{
    private const string Nobody = "?";
    public static int Count = 0;
    public static string Clean(string text)
    {
        Count++;
        return Mark(text == null ? Nobody : text.Trim());
    }
    private static string Mark(string text) { return "<" + text + ">"; }
}`,
			'Part.cs': `public partial class ScriptMain { string Own(int id) => id > 1 ? "many" : "one"; }`,
		}
		expect(await out({ body: body, files })).toEqual(['<Ann>one1', '<bob>many2', '<?>many3'])
	})

	it('are named where they do more than is understood', () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row) { Row.Out = Far.Away(); }`
		const files = { 'Far.cs': 'public static class Far\n{\n    public static string Away() { return Moon.Text; }\n}' }
		const columns = [added('Out', 'wstr', { length: 50 })]
		expect(() => build({ input: ['id'], body, columns, files })).toThrow(
			/line 3 of Far\.cs, Moon|line 3 of Far\.cs, the name Moon/,
		)
	})
})

describe('methods', () => {
	it('give values back by reference, have overloads, defaults and names for parameters', async () => {
		const body = `bool Halve(int number, out int half, ref string log)
    {
        half = number / 2;
        log += number.ToString();
        if (number % 2 == 1) return false;
        log += "!";
        return true;
    }
    string Join(string a, string b = "-", string c = "+") { return a + b + c; }
    string Join(int a) { return Join(a.ToString(), c: "="); }
    void Twice(ref int n) { n = n * 2; }

    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        string log = "";
        bool even = Halve(Row.id, out int half, ref log);
        int n = half;
        Twice(ref n);
        Row.Out = even + log + n + Join(Row.id) + Join("x", "y");
    }`
		expect(await out({ body })).toEqual(['False101-=xy+', 'True2!22-=xy+', 'False323-=xy+'])
	})

	it('of values, by "this" before the first parameter', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row) { Row.Out = Row.id.Times("ab"); }`
		const files = {
			'Ext.cs':
				'static class Ext { public static string Times(this int n, string s) { string r = ""; while (n-- > 0) r += s; return r; } }',
		}
		await expect(out({ body, files })).rejects.toThrow(/an assignment inside an expression/)
		const plain = { 'Ext.cs': files['Ext.cs'].replace('while (n-- > 0) r += s;', 'for (; n > 0; n--) r += s;') }
		expect(await out({ body, files: plain })).toEqual(['ab', 'abab', 'ababab'])
	})
})

describe('objects', () => {
	it('hold fields and properties, are made by constructors, and are shared by reference', async () => {
		const body = `class Person
    {
        private string name;
        public int Age { get; set; }
        public string Tag = "t";
        public Person(string name, int age) { this.name = name; Age = age; }
        public string Name { get { return name.ToUpper(); } set { name = value; } }
        public string Full => Name + "/" + Age;
        public void Grow(int years) { Age += years; if (Age > 3) return; Tag = "young"; }
    }
    class Plain { public string Key; public int Value { get; set; } = 7; }

    List<Person> people = new List<Person>();

    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        Person one = new Person(Row.name_IsNull ? "none" : Row.name.Trim(), Row.id);
        people.Add(one);
        one.Grow(1);
        one.Name = one.Name + "x";
        Plain plain = new Plain { Key = "k" };
        plain.Value += people.Count;
        Person first = people[0];
        Row.Out = one.Full + one.Tag + plain.Key + plain.Value + first.Age;
    }`
		expect(await out({ body })).toEqual(['ANNX/2youngk82', 'BOBX/3youngk92', 'NONEX/4tk102'])
	})

	it('in Visual Basic, with a module', async () => {
		const body = `    Private Class Pair
        Public Left As String
        Private sum As Integer
        Public Sub New(ByVal given As String)
            Left = given
        End Sub
        Public Property Total() As Integer
            Get
                Return sum + 1
            End Get
            Set(ByVal value As Integer)
                sum = value
            End Set
        End Property
        Public Function Text() As String
            Return Left & ":" & Total.ToString()
        End Function
    End Class

    Public Overrides Sub Input0_ProcessInputRow(ByVal Row As Input0Buffer)
        Dim one As New Pair(Helper.Wrap("a"))
        one.Total = Row.id
        Dim n As Integer = 1
        Helper.Add(n, 5)
        Row.Out = one.Text() & n.ToString()
    End Sub`
		const files = {
			'Helper.vb': `Module Helper
    Public Function Wrap(ByVal text As String) As String
        Return "[" & text & "]"
    End Function
    Public Sub Add(ByRef n As Integer, ByVal more As Integer)
        n += more
    End Sub
End Module`,
		}
		expect(await out({ language: 'vb', body, files })).toEqual(['[a]:26', '[a]:36', '[a]:46'])
	})

	it('of structures and of derived classes stay as they are', () => {
		const columns = [added('Out', 'wstr', { length: 50 })]
		const using = (kind: string): ScriptSpec => ({
			input: ['id'],
			columns,
			body: `${kind} P { public string A; }\n public override void Input0_ProcessInputRow(Input0Buffer Row) { P p = new P(); Row.Out = p.A; }`.replace(
				'class P:B',
				'class B { } class P : B',
			),
		})
		expect(() => build(using('struct'))).toThrow(/structure P, which is copied/)
		expect(() =>
			build({ ...using('class'), body: using('class').body.replace('class P', 'class B { } class P : B') }),
		).toThrow(/derived from B/)
	})
})
