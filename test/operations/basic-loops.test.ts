import { afterAll, describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { parseRoutine } from '#languages/datastage-basic/routine-parser.ts'
import { text } from '#model/types.ts'
import { localSpark, SET_UP_MS } from '../engines/local-spark/support.ts'
import { longest, noZeros, triangle } from '../languages/datastage-basic/loop-samples.ts'
import { columnName, disagreements, type ParityCase } from '../support/parity.ts'

const full = process.env['REGLUE_FULL'] === '1'
const columns = new Map([['Value', { name: columnName(0), type: text() }]])
const values = ['', '0', 'a,bcd,ef', '000120', null]
const endless = `${'0'.repeat(1100)}7`

function parityCase(lines: readonly string[], also: readonly string[] = []): ParityCase {
	const routines = new Map([['tidy', parseRoutine('Tidy', lines.join('\n'))]])
	const { expression } = lowerBasic('Tidy(Value)', { columns, parameters: new Map(), routines }, 'string')
	return { name: lines.join(' '), expression, types: [text()], rows: [...values, ...also].map((value) => [value]) }
}

describe.runIf(full)('loops of BASIC on Spark (REGLUE_FULL=1)', () => {
	const engine = localSpark()
	afterAll(() => engine.close())

	it(
		'turn as often as in the reference, and fail where they do not end',
		async () => {
			const cases = [parityCase(longest), parityCase(noZeros, [endless]), parityCase(triangle)]
			expect(await disagreements(engine, cases)).toEqual([])
		},
		SET_UP_MS,
	)
})
