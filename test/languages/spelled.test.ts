import { describe, expect, it } from 'vitest'
import { lowerBasic } from '#languages/datastage-basic/lower.ts'
import { lowerParallel } from '#languages/datastage-parallel/lower.ts'

const nothing = { columns: new Map(), parameters: new Map(), values: new Map() }

describe('a call that only spells a text', () => {
	it.each([
		['Char(9)', '\t'],
		['Char(200)', ''],
		['Space(3)', '   '],
		['Str("-", 4)', '----'],
	])('%s is the text itself', (written, text) =>
		expect(lowerParallel(written, nothing).expression).toMatchObject({ kind: 'literal', value: text }),
	)
	it('of BASIC too', () =>
		expect(lowerBasic('Char(10)', nothing).expression).toMatchObject({ kind: 'literal', value: '\n' }))
	it('stays a call where it would be long', () =>
		expect(lowerParallel('Space(4000)', nothing).expression).toMatchObject({ kind: 'call' }))
})
