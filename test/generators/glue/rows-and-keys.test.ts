import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Operator } from '#model/operators.ts'
import { int, text } from '#model/types.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

it('a parameter says how many rows are made, as a text or a number', async () => {
	const rows = schema(column('N', int(32), false))
	for (const type of [text(), int(32)]) {
		const makes: Operator = {
			...base('MAKE'),
			kind: 'generate',
			rows: { parameter: 'COUNT' },
			columns: [{ ...column('N', int(32), false), generator: { kind: 'series', start: 5n, step: 2n } }],
		}
		const plain = job(flow([makes, tableTarget('OUT', rows)], [link('MAKE.out > OUT', rows)]))
		const parameter = { name: 'COUNT', type, description: '', secret: false, provenance: plain.provenance }
		const model = { ...plain, parameters: [parameter] }
		const { expected, actual, script } = await runBoth(engine, model, {}, { parameters: { COUNT: '3' } })
		expect(actual, script).toEqual(expected)
		expect(actual).toEqual({ OUT: ['{"N":5}', '{"N":7}', '{"N":9}'] })
	}
})

it('rows that only the unique keys of a table could refuse are all inserted where it has none', async () => {
	const rows = schema(column('K', int(32)), column('V', text(5)))
	const plain = tableTarget('OUT', rows)
	if (plain.kind !== 'write' || plain.target.kind !== 'table') throw new Error('no table')
	const target: Operator = { ...plain, target: { ...plain.target, mode: 'insert-allowed' } }
	const model = job(flow([tableSource('IN', rows), target], [link('IN > OUT', rows)]))
	const { expected, actual, script } = await runBoth(engine, model, {
		IN: [
			{ K: 1n, V: 'a' },
			{ K: 1n, V: 'b' },
		],
	})
	expect(actual, script).toEqual(expected)
	expect(script).toContain('EXCEPTION WHEN DUP_VAL_ON_INDEX THEN NULL')
	expect(actual).toEqual({ OUT: ['{"K":1,"V":"a"}', '{"K":1,"V":"b"}'] })
})
