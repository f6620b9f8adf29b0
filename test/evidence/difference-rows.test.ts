import { describe, expect, it } from 'vitest'
import { differenceRows } from '#evidence/difference-rows.ts'
import { rowsSentence, shownLines } from '#model/difference-words.ts'
import type { DifferenceOccurrence } from '#model/job.ts'
import type { DistinctOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Scenario } from '#synthesis/scenario.ts'
import { base, flow, job, link, provenance, schema, tableSource, tableTarget } from '../support/model-builder.ts'

const columns = schema('KEY', 'NAME')
const keepFirst: DistinctOperator = {
	...base('Dedup'),
	kind: 'distinct',
	keys: [{ column: 'KEY', collation: 'binary' }],
	keep: 'first',
	differences: ['RG-D001'],
}
const built = flow(
	[tableSource('SRC', columns), keepFirst, tableTarget('TGT', columns)],
	[link('SRC > Dedup', columns), link('Dedup > TGT', columns)],
)

const declared = (id: string, element = 'Dedup'): DifferenceOccurrence => ({
	id,
	element,
	detail: '',
	provenance: provenance('JOB'),
})

function shown(occurrence: DifferenceOccurrence, rows: readonly Row[]) {
	const scenario: Scenario = {
		name: 'main',
		kind: 'main',
		flows: new Map([['JOB', new Map([['SRC', { kind: 'rows', rows }]])]]),
	}
	const facts = {
		parameters: new Map(),
		run: { at: makeTimestamp(0n), job: 'JOB', project: '', host: '', invocation: '' },
	}
	const differing = job(built, { differences: [occurrence] })
	const [one] = differenceRows(differing, { scenarios: [scenario], facts })
	if (one === undefined) throw new Error('there is one occurrence')
	return one
}

describe('the rows of a declared difference', () => {
	const twice = [
		{ KEY: '1', NAME: 'old' },
		{ KEY: '1', NAME: 'new ' },
		{ KEY: '2', NAME: 'x' },
	]

	it('show each target as the old job and the new one leave it', () => {
		const rows = shown(declared('RG-D001'), twice)
		expect(rows).toMatchObject({ kind: 'shown', outputs: [{ name: 'TGT', rows: 2, changed: 1, order: false }] })
		expect(shownLines(rows)).toEqual([{ output: 'TGT', row: 'KEY=1', column: 'NAME', old: '"new "', new: 'old' }])
		expect(rowsSentence(rows)).toBe(
			'Supposing that the rows arrive the other way round: 1 of 2 rows of TGT differs (test rows "main").',
		)
	})

	it('may be seen in no test row', () => {
		expect(shown(declared('RG-D001'), twice.slice(1))).toEqual({
			kind: 'unseen',
			legacy: 'the rows arrive the other way round',
		})
	})

	it('stay hidden for the reason that the catalogue gives', () => {
		expect(rowsSentence(shown(declared('RG-D031', 'TGT'), twice))).toBe(
			'Its rows cannot be shown: no export holds the constraints and triggers of the table.',
		)
	})

	it('stay hidden where no step of the element has the other meaning', () => {
		expect(shown(declared('RG-D001', 'SRC'), twice)).toMatchObject({
			kind: 'hidden',
			because: 'no step of a data flow here has a second meaning',
		})
	})
})
