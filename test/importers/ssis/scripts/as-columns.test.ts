/** Row methods that only decide and assign become expressions over columns. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'
import { outcome } from '../component-job.ts'
import { added, scriptJob } from './script-job.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = [
	{ id: 1n, name: 'Ann' },
	{ id: 20n, name: null },
	{ id: -3n, name: 'bob' },
]
const columns = [added('Size', 'wstr', { length: 6 }), added('Flag', 'bool')]
const row = (statements: string): string =>
	`    public override void Input0_ProcessInputRow(Input0Buffer Row)\n    {\n${statements}\n    }`
const jobOf = (statements: string) => scriptJob({ input: ['id', 'name!'], body: row(statements), columns })

async function lines(statements: string, given: readonly { id: bigint | null; name: string | null }[] = rows) {
	const job = jobOf(statements)
	const { outcome: how, reason } = outcome(job, 'Code') ?? {}
	if (how === 'opaque') throw new Error(reason)
	const { expected, actual, script } = await runBoth(engine, job, { Src: given })
	expect(actual, script).toEqual(expected)
	return { expected, script, kinds: job.flows[0]?.operators.map(({ kind }) => kind) ?? [] }
}

const deciding = `        Row.Size = "small";
        if (Row.id > 10 || Row.id == -3) { Row.Size = "large"; Row.Flag = !Row.name_IsNull; }
        else if (Row.id < 0) Row.Size = "none";
        if (Row.name_IsNull) Row.name = "who"; else Row.name = Row.name.ToUpper() + "!";`

describe('a script without state', () => {
	it('is a projection that a reviewer can read', async () => {
		const { expected, script, kinds } = await lines(deciding)
		expect(expected).toEqual({
			T: [
				'{"id":-3,"name":"BOB!","Size":"large","Flag":true}',
				'{"id":1,"name":"ANN!","Size":"small","Flag":null}',
				'{"id":20,"name":"who","Size":"large","Flag":false}',
			],
		})
		expect(kinds).not.toContain('script')
		expect(script).toContain('F.when(')
		expect(script).not.toContain('over_rows')
	})

	it('ends the run where it reads a null, as the script does', async () => {
		const { expected } = await lines(deciding, [{ id: null, name: 'x' }])
		expect(expected).toEqual({ failed: 'Code' })
	})

	it('leaves a null alone that no branch reads', async () => {
		const guarded = `        if (!Row.name_IsNull) { if (Row.id == 1) Row.Size = Row.name; }`
		const { expected } = await lines(guarded, [
			{ id: null, name: null },
			{ id: 1n, name: 'Ann' },
		])
		expect(expected).toEqual({
			T: ['{"id":1,"name":"Ann","Size":"Ann","Flag":null}', '{"id":null,"name":null,"Size":null,"Flag":null}'],
		})
	})
})

describe('other scripts', () => {
	it.each([
		['with arithmetic that wraps around', '        Row.Flag = Row.id + 1 > 2;'],
		['that read before they overwrite', '        Row.Size = Row.name; Row.Size = "x";'],
		['with loops', '        for (int i = 0; i < 2; i++) { Row.Size = "x"; }'],
	])('%s stay functions over rows', (_what, statements) => {
		expect(jobOf(statements).flows[0]?.operators.map(({ kind }) => kind)).toContain('script')
	})
})
