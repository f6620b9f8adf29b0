import { describe, expect, it } from 'vitest'
import { helperNames as printed } from '#generators/glue/helpers/registry.ts'
import { helperNames as ofLanguages } from '#languages/helpers.ts'

describe('functions that are printed into scripts', () => {
	it('have names that none of those for columns has: a script may hold both', () => {
		expect(printed.filter((name) => ofLanguages.has(name))).toEqual([])
	})
})
