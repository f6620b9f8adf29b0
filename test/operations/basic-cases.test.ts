import { afterAll, describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { localSpark, SET_UP_MS } from '../engines/local-spark/support.ts'
import { inputs, samples } from '../languages/datastage-basic/samples.ts'
import { columnName, disagreements, type ParityCase } from '../support/parity.ts'

const full = process.env['REGLUE_FULL'] === '1'
const names = Object.keys(inputs)
const columns = new Map(names.map((name, at) => [name, { name: columnName(at), type: text() }]))

function parityCase([source]: (typeof samples)[number]): ParityCase {
	const { expression }: { expression: Expression } = lowerBasic(source, { columns, parameters: new Map() }, 'string')
	return { name: source, expression, types: names.map(() => text()), rows: [Object.values(inputs)] }
}

describe.runIf(full)('samples of BASIC on Spark (REGLUE_FULL=1)', () => {
	const engine = localSpark()
	afterAll(() => engine.close())

	it(
		'give what the reference gives, which another test holds against the language',
		async () => expect(await disagreements(engine, samples.map(parityCase))).toEqual([]),
		SET_UP_MS,
	)
})
