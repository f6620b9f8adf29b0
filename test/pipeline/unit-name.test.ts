import { describe, expect, it } from 'vitest'
import { unitNames } from '#pipeline/unit-name.ts'

const unitName = (key: string, others: readonly string[]) => unitNames([key, ...others]).get(key) ?? ''

describe('the name of a unit', () => {
	it('is the path in words', () => {
		expect(unitName('exports/Retail Jobs/Daily_Load.dsx', [])).toBe('exports-retail-jobs-daily-load')
	})

	it('leaves out the way to a folder above', () => {
		expect(unitName('../shared/a.dsx', [])).toBe('shared-a')
	})

	it('tells two paths with the same words apart', () => {
		const keys = ['a b.dsx', 'a-b.dsx']
		expect(unitName('a b.dsx', keys)).not.toBe(unitName('a-b.dsx', keys))
	})

	it('is never empty, long, or a path', () => {
		expect(unitName('日本語.dsx', [])).toMatch(/^unit-[0-9a-f]{8}$/)
		expect(unitName(`${'x/'.repeat(100)}y.dsx`, []).length).toBeLessThanOrEqual(48)
		expect(unitName('../../x"; import os #.dsx', [])).toBe('x-import-os')
	})
})
