/** Turns of phrase that scripts share, each with what C# or Visual Basic makes of it, worked out by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'a b,,c' },
	{ id: 2n, name: null },
	{ id: 3n, name: ' 42 ' },
	{ id: 4n, name: 'a b,,c' },
]
const out = added('Out', 'wstr', { length: 50 })

/** Values of the new column, by the id of the row or of what was made; Spark gives the same. */
async function given(spec: ScriptSpec): Promise<readonly unknown[]> {
	const job = scriptJob(spec)
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, { Src: rows })
	expect(actual, script).toEqual(expected)
	const { T = [] } = expected as { T?: readonly string[] }
	return T.map((line) => (JSON.parse(line) as { Out: unknown }).Out)
}

const eachRow = (code: string): string =>
	`public override void Input0_ProcessInputRow(Input0Buffer Row)\n    {\n        ${code}\n    }`
const synchronous = (body: string): ScriptSpec => ({ input: ['id', 'name'], body, columns: [out] })

describe('scripts', () => {
	it('split without empty parts, and with them', async () => {
		const code = `string name = Row.name_IsNull ? "" : Row.name;
        string[] some = name.Split(new char[] { ' ', ',' }, StringSplitOptions.RemoveEmptyEntries);
        string[] all = name.Split(new char[] { ' ', ',' }, StringSplitOptions.None);
        Row.Out = string.Join("|", some) + ":" + all.Length;`
		expect(await given(synchronous(eachRow(code)))).toEqual(['a|b|c:4', ':1', '42:3', 'a|b|c:4'])
	})

	it('ask for a member of what may be nothing', async () => {
		const code = `string name = Row.name_IsNull ? null : Row.name;
        Row.Out = name?.Trim().ToUpper() ?? "none";`
		expect(await given(synchronous(eachRow(code)))).toEqual(['A B,,C', 'none', '42', 'A B,,C'])
	})

	it('declare what a conversion gives where it is called', async () => {
		const code = `string name = Row.name_IsNull ? "" : Row.name;
        if (decimal.TryParse(name, out decimal price)) Row.Out = (price * 2).ToString();
        else Row.Out = int.TryParse("7", out var other) ? other.ToString() : "no";`
		expect(await given(synchronous(eachRow(code)))).toEqual(['7', '7', '84', '7'])
	})

	it('count in the items of a dictionary and of an array', async () => {
		const body = `private System.Collections.Generic.Dictionary<string, int> seen = new System.Collections.Generic.Dictionary<string, int>();
    private int[] odd = new int[2];
    ${eachRow(`string key = Row.name_IsNull ? "?" : Row.name;
        if (!seen.ContainsKey(key)) seen[key] = 0;
        seen[key]++;
        odd[Row.id % 2] += Row.id;
        Row.Out = seen[key] + "/" + odd[0] + "/" + odd[1];`)}`
		expect(await given(synchronous(body))).toEqual(['1/0/1', '1/2/1', '1/2/4', '2/6/4'])
	})

	it.each([
		['in a loop of their own', 'while (Buffer.NextRow()) { Input0_ProcessInputRow(Buffer); }'],
		['by the loop of their base', 'base.Input0_ProcessInput(Buffer);'],
	])('hand on all rows %s', async (_how, loop) => {
		const body = `public override void Input0_ProcessInput(Input0Buffer Buffer)
    {
        ${loop}
    }
    ${eachRow('Row.Out = Row.id + "!";')}`
		expect(await given(synchronous(body))).toEqual(['1!', '2!', '3!', '4!'])
		const sum = `private int total = 0;
    public override void Input0_ProcessInput(Input0Buffer Buffer)
    {
        ${loop}
        if (Buffer.EndOfRowset())
        {
            Output0Buffer.AddRow();
            Output0Buffer.Out = total.ToString();
            Output0Buffer.SetEndOfRowset();
        }
    }
    ${eachRow('total += Row.id;')}`
		expect(await given({ ...synchronous(sum), isAsynchronous: true })).toEqual(['10'])
	})

	it('that hand on rows in the middle of a method stay opaque', () => {
		const body = `public override void Input0_ProcessInput(Input0Buffer Buffer)
    {
        int before = 0;
        base.Input0_ProcessInput(Buffer);
    }
    ${eachRow('Row.Out = "x";')}`
		expect(outcome(scriptJob(synchronous(body)), 'Code')?.reason).toContain('rows that are handed on in the middle')
	})
})
