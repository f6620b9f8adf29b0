/** Abort After Rows, on the reference and on Spark. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importJob, outcomeOf, reads, source, target, writes } from '../../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../../support/run-flow.ts'

const format = 'quote=none'
const job = (limit: string) =>
	importJob({
		stages: [source('In'), { name: 'T', type: 'CTransformerStage' }, target('Good'), target('Bad')],
		links: [
			{
				name: 'in',
				from: 'In',
				to: 'T',
				columns: [{ name: 'N', sqlType: 4 }],
				outProperties: reads('/in'),
				outMeta: { SchemaFormat: format },
			},
			{
				name: 'good',
				from: 'T',
				to: 'Good',
				columns: [{ name: 'N', sqlType: 4, derivation: 'in.N' }],
				out: { Constraint: 'in.N > 0' },
				inProperties: writes('/good'),
				inMeta: { SchemaFormat: format },
			},
			{
				name: 'bad',
				from: 'T',
				to: 'Bad',
				columns: [{ name: 'N', sqlType: 4, derivation: 'in.N' }],
				out: { Constraint: 'in.N <= 0', RowLimit: limit },
				inProperties: writes('/bad'),
				inMeta: { SchemaFormat: format },
			},
		],
	})

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

describe('Abort After Rows', () => {
	it('lets the job run while fewer rows come', async () => {
		const { expected, actual } = await runBoth(engine, job('2'), { In: '1\n-1\n2\n' })
		expect(expected).toEqual({ Good: ['1', '2'], Bad: ['-1'] })
		expect(actual).toEqual(expected)
	})

	it('ends the job with the last row that it allows', async () => {
		const { expected, actual } = await runBoth(engine, job('2'), { In: '1\n-1\n2\n-2\n' })
		expect([expected, actual]).toMatchObject([{ failed: expect.anything() }, { failed: expect.anything() }])
	})

	it('counts one row the same in every partition', () => {
		expect(outcomeOf(job('1'), 'T')).toBe('exact')
		expect(outcomeOf(job('2'), 'T')).toContain('RG-D008')
		expect(outcomeOf(job('many'), 'T')).toContain('it ends the job when link bad has many rows')
	})
})
