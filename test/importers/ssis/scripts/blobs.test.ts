/** Columns that a script sees as streams of bytes: DT_NTEXT holds UTF-16, DT_TEXT its code page, DT_IMAGE anything. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBinary } from '#model/values.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { column, job, outcome } from '../component-job.ts'
import { added, scriptComponent, table } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

it('are read, cut, and written', async () => {
	const blobs = {
		name: 'Blobs',
		type: 'Microsoft.OLEDBSource',
		properties: { AccessMode: 0, OpenRowset: '[dbo].[Blobs]' },
		connections: ['DB'],
		outputs: [
			{
				id: 'blobs',
				columns: [
					column('s.wide', 'wide', 'nText'),
					column('s.narrow', 'narrow', 'text', { codePage: 1252 }),
					column('s.raw', 'raw', 'image'),
				],
			},
		],
	}
	const code = scriptComponent({
		input: ['wide!', 'narrow', 'raw'],
		columns: [added('Out', 'wstr', { length: 100 })],
		body: `public override void Input0_ProcessInputRow(Input0Buffer Row)
    {
        string wide = Encoding.Unicode.GetString(Row.wide.GetBlobData(0, Convert.ToInt32(Row.wide.Length)));
        byte[] narrow = Row.narrow.GetBlobData(0, (int)Row.narrow.Length);
        byte[] some = Row.raw.GetBlobData(1, 2);
        Row.Out = wide + "|" + narrow.Length + Encoding.GetEncoding(1252).GetString(narrow) + "|" + BitConverter.ToString(some) + "|" + Row.wide.Length;
        Row.wide.ResetBlobData();
        Row.wide.AddBlobData(Encoding.Unicode.GetBytes(wide.ToUpper()));
    }`,
	})
	const kept = { 's.wide': { dataType: 'nText' }, 'c.Out': { dataType: 'wstr', length: 100 } }
	const whole = job(
		[blobs, code, table('T', kept)],
		[
			['blobs', 'c.in'],
			['c.out', 'T.in'],
		],
	)
	expect(outcome(whole, 'Code')?.reason).toBeUndefined()
	const { expected, actual, script } = await runBoth(engine, whole, {
		Src: [],
		Blobs: [{ wide: 'añ', narrow: 'é€', raw: makeBinary('00ff10aa') }],
	})
	expect(actual, script).toEqual(expected)
	expect(expected).toMatchObject({ T: ['{"wide":"AÑ","Out":"añ|2é€|FF-10|4"}'] })
})
