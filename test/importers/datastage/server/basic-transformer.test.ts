import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnSpec, JobSpec } from '../../../support/dsx-builder.ts'
import { importJob, outcomeOf, reads, source, target, writes } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { transformer } from './server-builder.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), 600_000)
afterAll(() => engine.close())

/** A parallel job with a Transformer in BASIC between two files. */
function job(output: readonly ColumnSpec[], constraint = ''): JobSpec {
	const input = [
		{ name: 'N', sqlType: 4 },
		{ name: 'S', precision: 20 },
		{ name: 'D', sqlType: 9 },
	]
	return {
		stages: [source('In'), { ...transformer('T'), type: 'PxSVTransformer' }, target('Out')],
		links: [
			{ name: 'in', from: 'In', to: 'T', columns: input, outProperties: reads('/in') },
			{
				name: 'out',
				from: 'T',
				to: 'Out',
				columns: output,
				out: { Constraint: constraint },
				inProperties: writes('/out'),
			},
		],
	}
}

describe('the BASIC Transformer of parallel jobs', { timeout: 120_000 }, () => {
	it('takes typed columns for texts, and gives texts to typed columns', async () => {
		const built = importJob(
			job(
				[
					{ name: 'N', sqlType: 4, derivation: 'in.N * 2 + 0.9' },
					{ name: 'S', precision: 30, derivation: 'Oconv(Iconv(in.D, "D-YMD"), "D2/") : " " : Trim(in.S)' },
					{ name: 'D', sqlType: 9, derivation: 'in.D' },
				],
				'in.S Matches "0A"',
			),
		)
		expect(outcomeOf(built, 'T')).toBe('exact')
		const { expected, actual, script } = await runBoth(engine, built, {
			In: '"1","ab","2008-08-18"\n"2","a1","2009-01-01"\n',
		})
		expect(actual, script).toEqual(expected)
		expect(expected).toEqual({ Out: ['"2","08/18/08 ab","2008-08-18"'] })
	})

	it('is opaque where its BASIC is not understood', () =>
		expect(outcomeOf(importJob(job([{ name: 'S', derivation: 'Rnd(6)' }])), 'T')).toContain('it gives random numbers'))
})
