import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '#model/job.ts'
import type { Row } from '#model/values.ts'
import { outcomeOf } from '../../../support/dsx-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { derived, file, from, hashed, serverJob, to, transformer } from './server-builder.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine), 600_000)
afterAll(() => engine.close())

/** Runs the job on both sides, which must agree, and gives what it wrote. */
async function rowsOf(job: Job, inputs: Readonly<Record<string, string | readonly Row[]>>) {
	expect(job.accounting.filter(({ outcome }) => outcome === 'opaque')).toEqual([])
	const { expected, actual, script } = await runBoth(engine, job, inputs)
	expect(actual, script).toEqual(expected)
	return expected
}

describe('a Transformer of a server job', { timeout: 120_000 }, () => {
	it('takes keys of a sequence for each row', async () => {
		const job = serverJob({
			stages: [file('In'), transformer('T'), file('Out')],
			links: [from('In', 'T', ['N']), to('Out', 'T', derived({ N: 'in.N', K: 'KeyMgtGetNextValue("CUST")' }))],
		})
		const state = [{ HIGHEST_KEY: 40n }, { HIGHEST_KEY: 41n }]
		expect(await rowsOf(job, { In: 'a\nb\n', 'T#state file': state })).toEqual({
			Out: ['a,42', 'b,43'],
			'T#new state': ['{"HIGHEST_KEY":43}'],
		})
	})

	it('takes keys only where a lookup finds none, and only for rows that go on', async () => {
		const job = serverJob({
			stages: [file('In'), hashed('H'), transformer('T'), file('Out')],
			links: [
				from('In', 'T', ['N']),
				{
					name: 'ref',
					from: 'H',
					to: 'T',
					kind: 'reference',
					columns: [{ name: 'N', key: 'in.N', more: { KeyPosition: '1' } }, { name: 'K' }],
					out: { FileName: 'keys' },
				},
				to(
					'Out',
					'T',
					derived({
						N: 'in.N',
						K: "If ref.NOTFOUND Then DSX.KeyMgtGetNextValueConcurrent('CUST') Else ref.K",
					}),
					{ out: { Constraint: 'in.N <> "skip"' } },
				),
			],
		})
		const found = await rowsOf(job, { In: 'a\nskip\nb\nc\n', H: [{ N: 'b', K: '7' }], 'T#state file': [] })
		expect(found).toEqual({ Out: ['a,1', 'b,7', 'c,2'], 'T#new state': ['{"HIGHEST_KEY":2}'] })
	})

	it.each([
		['KeyMgtGetNextValue(in.N)', 'it takes a key by KeyMgtGetNextValue whose sequence is no plain text'],
		['KeyMgtGetNextValue("A") : KeyMgtGetNextValue("B")', 'it takes several keys of sequences for a row'],
		['"K":KeyMgtGetNextValue("A")', 'or inside of another expression than one If'],
	])('leaves keys of sequences that it cannot count: %s', (derivation, why) => {
		const job = serverJob({
			stages: [file('In'), transformer('T'), file('Out')],
			links: [from('In', 'T', ['N']), to('Out', 'T', derived({ K: derivation }))],
		})
		expect(outcomeOf(job, 'T')).toContain(why)
	})
})
