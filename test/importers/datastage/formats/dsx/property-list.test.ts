import { describe, expect, it } from 'vitest'
import { unpackProperty } from '#importers/datastage/formats/dsx/property-list.ts'

const entry = (name: string, value: string, flag: string, depth = 1): string =>
	`\u{1}${'\u{3}'.repeat(depth)}${name}\u{2}${value}\u{2}${flag}`

describe('packed properties', () => {
	it('leaves plain values alone', () => {
		expect(unpackProperty('hash')).toBeUndefined()
	})

	it('reads an empty list', () => {
		expect(unpackProperty('\u{2}\u{2}0')).toEqual([])
	})

	it('puts entries below the one that they qualify', () => {
		const value = `\u{2}\u{2}0${entry('key', 'A', '0')}${entry('ci\\cs', 'ci', '0', 2)}${entry('key', 'B', '0')}`
		expect(unpackProperty(value)?.map((one) => [one.value, one.parts.map((part) => part.value)])).toEqual([
			['A', ['ci']],
			['B', []],
		])
	})

	it('knows encrypted values', () => {
		expect(unpackProperty(`\u{2}\u{2}0${entry('password', 'x', '1')}`)?.[0]?.encrypted).toBe(true)
	})
})
