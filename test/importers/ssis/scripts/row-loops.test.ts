/** Scripts that loop over their rows themselves; rows of synchronous outputs go on all the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const out = added('Out', 'wstr', { length: 50 })
const jobOf = (loop: string, more = '') =>
	scriptJob({
		input: ['id', 'name'],
		columns: [out],
		body: `public override void Input0_ProcessInput(Input0Buffer Buffer)
    {
        int n = 0;
        ${loop}
    }
    ${more}`,
	})

async function given(loop: string): Promise<readonly unknown[]> {
	const Src = ['a', 'b', 'c', 'd'].map((name, index) => ({ id: BigInt(index + 1), name }))
	const { expected, actual, script } = await runBoth(engine, jobOf(loop), { Src })
	expect(actual, script).toEqual(expected)
	const { T = [] } = expected as { T?: readonly string[] }
	return T.map((line) => (JSON.parse(line) as { Out: unknown }).Out)
}

describe('a loop over rows', () => {
	it('hands each row on', async () => {
		expect(await given('while (Buffer.NextRow()) { n += 1; Buffer.Out = Buffer.name + n; }')).toEqual([
			'a1',
			'b2',
			'c3',
			'd4',
		])
	})

	it('hands rows on that it leaves alone, by continue within and without a loop of its own', async () => {
		const loop = `while (Buffer.NextRow())
        {
            n += 1;
            if (n % 2 == 0) continue;
            for (int i = 0; i < 3; i++) { if (i == 1) continue; Buffer.Out = Buffer.name + i; }
        }`
		expect(await given(loop)).toEqual(['a2', null, 'c2', null])
	})

	it('hands rows on that it never asks for', async () => {
		const loop = 'while (Buffer.NextRow()) { n += 1; if (n == 2) break; Buffer.Out = Buffer.name; }'
		expect(await given(loop)).toEqual(['a', null, null, null])
	})

	it('is opaque where the code may return before it ends, or asks for rows elsewhere', () => {
		const reason = (loop: string, more = ''): string | undefined => outcome(jobOf(loop, more), 'Code')?.reason
		expect(reason('while (Buffer.NextRow()) { if (Buffer.id == 1) return; Buffer.Out = "x"; }')).toContain('may return')
		expect(reason('if (Buffer.NextRow()) { Buffer.Out = "x"; }')).toContain('elsewhere than at the head of a loop')
		expect(reason('do { n += 1; } while (Buffer.NextRow());')).toContain('elsewhere than at the head of a loop')
	})
})
