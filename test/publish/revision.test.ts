import { describe, expect, it } from 'vitest'
import { formatMarker, parseMarker } from '#publish/marker.ts'
import type { Revision } from '#publish/revision.ts'
import { formatRevision, parseRevision } from '#publish/revision.ts'

const revision: Revision = {
	units: [
		{ name: 'retail', input: 'ab12', lock: 'cd34' },
		{ name: 'bank', input: '-', lock: '-', decisions: 'ef56' },
	],
	config: '0011',
	version: '0.1.0',
	source: 'aa',
	pristine: 'bb',
	renamed: [['old', 'bank']],
	kept: [{ path: 'generated/a file.py', why: 'lines', blob: 'cc' }],
	repair: 2,
}

describe('trailers of a revision', () => {
	it('are read as they were written', () => {
		expect(parseRevision(`Migrate\n\nText: with a colon\n\n${formatRevision(revision)}\n`)).toEqual(revision)
	})

	it('are not seen in messages of people', () => {
		expect(parseRevision('Fix it\n\nReviewed-by: Dana')).toBeUndefined()
	})
})

describe('the hidden marker', () => {
	it('is read as it was written, and never ends its comment early', () => {
		const marker = { version: 1 as const, pristine: 'a--b' }
		expect(formatMarker(marker).slice(4, -3)).not.toContain('--')
		expect(parseMarker(`x\n${formatMarker(marker)}\ny`)).toEqual(marker)
		expect(parseMarker('<!-- reglue:state {"version":2} -->')).toBeUndefined()
		expect(parseMarker('<!-- reglue:state {broken} -->')).toBeUndefined()
	})
})
