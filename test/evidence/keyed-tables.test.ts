import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operator } from '#model/operators.ts'
import type { TableMode, TableTarget } from '#model/places.ts'
import { int, text } from '#model/types.ts'
import { base, column, flow, job, link, literal, schema, sourced, tableSource } from '../support/model-builder.ts'
import { proveJob } from '../support/prove-job.ts'
import { startSpark, warmUp } from '../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const rows = schema(column('K', int(32)), column('V', text(5)))

function writing(mode: TableMode, action: TableTarget['action']) {
	const target: Operator = {
		...base('OUT'),
		kind: 'write',
		schema: rows,
		target: {
			kind: 'table',
			connection: 'DW',
			table: sourced(literal('OUT'), 'OUT'),
			mode,
			...(mode === 'insert' || mode === 'insert-allowed' ? {} : { keys: ['K'] }),
			...(action === undefined ? {} : { action }),
		},
	}
	return job(flow([tableSource('IN', rows), target], [link('IN > OUT', rows)]))
}

const modes: readonly TableMode[] = ['insert', 'insert-allowed', 'update', 'update-insert', 'insert-new', 'delete']

describe('a table that is emptied or made before rows change it', () => {
	const cases = modes.flatMap((mode) => [
		{ mode, action: undefined, before: 'as it is' },
		{ mode, action: 'truncate', before: 'emptied' } as const,
		{ mode, action: 'replace', before: 'made anew' } as const,
		{ mode, action: 'create', before: 'made' } as const,
	])

	it.each(cases)('ends the same on both sides: $mode, $before', async ({ mode, action }) => {
		const { proof, script } = await proveJob(engine, writing(mode, action))
		expect(proof.report, script).toMatchObject({ level: 'E3' })
	})

	it('is made anew by the script', async () => {
		const { script } = await proveJob(engine, writing('update-insert', 'replace'))
		expect(script).toContain('# The table is made anew.')
		expect(script).toContain('writer.mode("overwrite").save()')
	})
})
