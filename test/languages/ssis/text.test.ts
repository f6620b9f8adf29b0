/**
 * Letter case one for one. Windows' LCMapString "always maps a single character to a single character" (Windows NLS), so no text
 * gets longer, and the place of a letter in its word says nothing.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { evaluate } from '#languages/evaluate.ts'
import type { Expression } from '#model/expressions.ts'
import { text } from '#model/types.ts'
import { localSpark, SET_UP_MS } from '../../engines/local-spark/support.ts'
import { columnName, disagreements, run } from '../../support/parity.ts'

const engine = localSpark()
afterAll(() => engine.close())

const type = text(20)
const changed = (operation: string): Expression => ({
	kind: 'call',
	operation,
	args: [{ kind: 'column', name: columnName(0), type }],
	type,
})
const unknown = () => null
const changedTo = (expression: Expression, value: string) =>
	evaluate(expression, { column: () => value, parameter: unknown, variable: unknown, run })

const upper = [
	['Straße', 'STRAßE'],
	['ŉ ﬁ', 'ŉ ﬁ'],
	['ünï 😀', 'ÜNÏ 😀'],
	['', ''],
]
const lower = [
	['ΟΔΟΣ ΑΣ', 'οδοσ ασ'],
	['İİx', 'İİx'],
	['ÉCOLE ß', 'école ß'],
	['', ''],
]

describe.each([
	['ssis.upper', upper],
	['ssis.lower', lower],
] as const)('%s', (operation, samples) => {
	const expression = changed(operation)

	it('changes letters one for one', () =>
		expect(samples.map(([given = '']) => [given, changedTo(expression, given)])).toEqual(samples))

	it(
		'gives the same on Spark',
		async () => {
			const rows = [...samples.map(([given = '']) => [given]), [null]]
			expect(await disagreements(engine, [{ name: operation, expression, types: [type], rows }])).toEqual([])
		},
		SET_UP_MS,
	)
})
