import { describe, expect, it } from 'vitest'
import { schemaFormat } from '#importers/datastage/formats/flow/record-format.ts'
import { readJson } from '#importers/json/reader.ts'

const formatOf = (parameters: object): string | undefined => {
	const { root } = readJson('flow.json', 'flow', new TextEncoder().encode(JSON.stringify(parameters)))
	return schemaFormat(root)
}

describe('the format of a file in a flow', () => {
	it('takes a value of its own where the choice is blank', () => {
		expect(formatOf({ delim: ' ', delim_value: '|', quote: 'none' })).toBe("delim='|', quote=none")
	})

	it('has options of numbers and dates only where a list names them', () => {
		const options = { is_julian: 'julian', decimal_packed: 'packed', data_format: 'text' }
		expect(formatOf({ delim: "','", ...options })).toBe("delim=','")
		expect(formatOf({ ...options, dateOption: 'is_julian', decimalOption: ['decimal_packed'] })).toBe(
			'is_julian=julian, decimal_packed=packed',
		)
		expect(formatOf({ ...options, generalOption: 'data_format' })).toBeUndefined()
	})
})
