import { describe, expect, it } from 'vitest'
import { formatTrailers, parseTrailers } from '#publish/trailers.ts'

const trailers = { unit: 'retail', input: 'ab12', version: '0.1.0' }

describe('commit trailers', () => {
	it('are read back from the message that they end', () => {
		expect(parseTrailers(`Migrate retail\n\nTwo jobs.\n\n${formatTrailers(trailers)}\n`)).toEqual(trailers)
	})

	it('are not found in a message that a person wrote', () => {
		expect(parseTrailers('Fix the date\n\nReglue-Unit: retail is mentioned here\n')).toBeUndefined()
	})
})
