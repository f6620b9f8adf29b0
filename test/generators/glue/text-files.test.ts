import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flow, job, link, schema, textSource, textTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

async function same(model: ReturnType<typeof job>, inputs: Parameters<typeof runBoth>[2]) {
	const { expected, actual, script } = await runBoth(engine, model, inputs)
	expect(actual, script).toEqual(expected)
	return actual
}

describe('text files', () => {
	const names = ['A', 'B', 'C']
	const hard = 'A,B,C\n1,"x,y",z\n"q""q",,\n\n"open,2,3\n"a" b,c,d\n1,2\n1,2,3,4\n"end","of","file"'

	it('reads quoted, ragged and empty records as the reference does, and keeps rejected ones whole', async () => {
		const model = job(
			flow(
				[
					textSource('IN', names, { recordColumn: 'rec' }),
					textTarget('OUT', names, { quoted: true, layout: { header: true } }),
					textTarget('BAD', ['rec']),
				],
				[link('IN > OUT', schema(...names)), link('IN.reject > BAD', schema('rec'))],
			),
		)
		const written = await same(model, { IN: hard })
		expect(written).toMatchObject({ BAD: ['', '1,2', '1,2,3,4'] })
		await same(model, { IN: '' })
	})

	it('fits records to the columns where the source does: missing fields are null, the last takes the rest', async () => {
		const model = (quote: string | undefined) =>
			job(
				flow(
					[
						textSource('IN', names, { fieldCount: 'fit', layout: { quote: quote ?? '' }, skipLines: 1 }),
						textTarget('OUT', names),
					],
					[link('IN > OUT', schema(...names))],
				),
			)
		await same(model('"'), { IN: hard })
		await same(model(undefined), { IN: hard })
	})

	it('converts encodings and takes any line end', async () => {
		const layout = { recordDelimiter: '\r\n', delimiter: '|', header: false, quote: '' }
		const model = job(
			flow(
				[textSource('IN', ['A', 'B'], { layout }), textTarget('OUT', ['A', 'B'], { layout })],
				[link('IN > OUT', schema('A', 'B'))],
			),
		)
		const written = await same(model, { IN: 'é|ß\r\n1|2\n\r\n' })
		expect(written).toEqual({ OUT: ['1|2\n', 'é|ß'] })
	})
})
