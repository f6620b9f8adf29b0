import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import type { ScriptSpec } from './script-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** Rows of the reference; Spark must give the same. */
async function made(spec: ScriptSpec): Promise<readonly string[]> {
	const job = scriptJob(spec)
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, {
		Src: [
			{ id: 1n, name: 'Ann' },
			{ id: 2n, name: null },
		],
	})
	expect(actual, script).toEqual(expected)
	return expected !== null && typeof expected === 'object' && 'T' in expected ? expected['T'] : []
}

function scriptOf(spec: ScriptSpec) {
	const [found] = scriptJob(spec).flows.flatMap(({ operators }) => operators.filter((one) => one.kind === 'script'))
	if (found === undefined) throw new Error('there is no script')
	return found
}

const reasonFor = (spec: ScriptSpec): string | undefined => outcome(scriptJob(spec), 'Code')?.reason

describe('random numbers', () => {
	const body = `Random drawn = new Random(42);
    public override void CreateNewOutputRows()
    {
        for (int i = 0; i < 3; i++)
        {
            Output0Buffer.AddRow();
            Output0Buffer.Number = drawn.Next();
        }
        Output0Buffer.AddRow();
        Output0Buffer.Number = new Random(0).Next();
    }`

	it('are those of .NET where the script gives a seed', async () => {
		expect(await made({ body, columns: [added('Number', 'i4')] })).toEqual([
			'{"Number":1434747710}',
			'{"Number":1559595546}',
			'{"Number":269548474}',
			'{"Number":302596119}',
		])
	})

	it('follow from the moment of the run where it gives none, also for rows that pass', async () => {
		const text = `Random drawn = new Random();
    public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        Row.Number = drawn.Next(5, 10) + drawn.Next(3);
        Row.Share = drawn.NextDouble();
        Row.Letter = Convert.ToChar(Convert.ToInt32(Math.Floor(26 * drawn.NextDouble() + 65))).ToString();
    }`
		const columns = [added('Number', 'i4'), added('Share', 'r8'), added('Letter', 'wstr', { length: 1 })]
		const rows = (await made({ input: ['id'], body: text, columns })).map(
			(row) => JSON.parse(row) as { readonly Number: number; readonly Share: number; readonly Letter: string },
		)
		expect(rows).toHaveLength(2)
		for (const { Number: number, Share: share, Letter: letter } of rows) {
			expect(number).toBeGreaterThanOrEqual(5)
			expect(number).toBeLessThan(12)
			expect(share).toBeLessThan(1)
			expect(letter).toMatch(/^[A-Z]$/)
		}
	})
})

describe('new identifiers', () => {
	it('differ from row to row', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row) { Row.Key = Guid.NewGuid(); }`
		const keys = (await made({ input: ['id'], body, columns: [added('Key', 'guid')] })).map(
			(row) => (JSON.parse(row) as { readonly Key: string }).Key,
		)
		expect(new Set(keys).size).toBe(2)
		for (const key of keys)
			expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i)
	})
})

describe('bytes in memory', () => {
	it('are packed little-endian, texts with their length before them', async () => {
		const body = `public override void CreateNewOutputRows()
    {
        using (System.IO.MemoryStream stream = new System.IO.MemoryStream())
        using (System.IO.BinaryWriter writer = new System.IO.BinaryWriter(stream))
        {
            writer.Write("h\u00e9");
            writer.Write(258);
            writer.Write((short)-2);
            writer.Write(true);
            writer.Write(1.5);
            Output0Buffer.AddRow();
            Output0Buffer.Code = BitConverter.ToString(stream.ToArray());
        }
    }`
		expect(await made({ body, columns: [added('Code', 'wstr', { length: 100 })] })).toEqual([
			'{"Code":"03-68-C3-A9-02-01-00-00-FE-FF-01-00-00-00-00-00-00-F8-3F"}',
		])
	})

	it('are texts in a column of text', async () => {
		const body = `public override void CreateNewOutputRows()
    {
        Output0Buffer.AddRow();
        Output0Buffer.Narrow.AddBlobData(new byte[] { 72, 105, 128 });
        Output0Buffer.Wide.AddBlobData(Encoding.Unicode.GetBytes("Hi"));
    }`
		const columns = [added('Narrow', 'text', { codePage: 1252 }), added('Wide', 'nText')]
		expect(await made({ body, columns })).toEqual(['{"Narrow":"Hi\u20ac","Wide":"Hi"}'])
	})
})

describe('moments', () => {
	it('with an offset are moments in UTC; a time of day is what has passed of the day', async () => {
		const body = `public override void CreateNewOutputRows()
    {
        Output0Buffer.AddRow();
        Output0Buffer.At = DateTimeOffset.Parse("2024-05-01 00:30 +1:00");
        Output0Buffer.Time = new DateTime(2024, 5, 1, 10, 20, 30).TimeOfDay;
        Output0Buffer.None = TimeSpan.Zero;
    }`
		const columns = [added('At', 'dbTimeStampOffset'), added('Time', 'dbTime'), added('None', 'dbTime')]
		const [row] = await made({ body, columns })
		expect(row).toContain('2024-04-30')
		expect(row).toContain('23:30')
	})

	it('do not pass during a run, so a script that waits for them stays as it is', () => {
		const body = `public override void CreateNewOutputRows()
    {
        DateTime start = DateTime.Now;
        while ((DateTime.Now - start).TotalSeconds < 5) { }
    }`
		expect(reasonFor({ body, columns: [added('Number', 'i4')] })).toContain('waits for the clock')
	})
})

describe('a local that only an event reads', () => {
	it('is left out with the event', async () => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        bool again = true;
        int kept = 3;
        ComponentMetaData.FireInformation(0, "Code", "row", "", 0, ref again);
        Row.Number = kept;
    }`
		expect(await made({ input: ['id'], body, columns: [added('Number', 'i4')] })).toEqual([
			'{"id":1,"name":"Ann","Number":3}',
			'{"id":2,"name":null,"Number":3}',
		])
		const { program } = scriptOf({ input: ['id'], body, columns: [added('Number', 'i4')] })
		expect(
			JSON.stringify(program.methods, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
		).not.toContain('again')
	})
})

describe('file times', () => {
	const setting = (type: string, value: string) => {
		const body = `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        ${value}
    }`
		return scriptJob({ body, input: ['id'], columns: [added('At', type)] }).differences.map(({ id }) => id)
	}
	it('are declared to be set on a machine in UTC', () => {
		const set = 'Row.At = DateTime.Parse("2024-01-31");'
		expect(setting('dateTime', set)).toContain('RG-D159')
		expect(setting('dbTimeStamp', set)).not.toContain('RG-D159')
		expect(setting('dateTime', 'Row.At_IsNull = true;')).not.toContain('RG-D159')
	})
})
