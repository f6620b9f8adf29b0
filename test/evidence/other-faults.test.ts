import { describe, expect, it } from 'vitest'
import { otherFaults } from '#evidence/other-faults.ts'
import type { Operator } from '#model/operators.ts'
import { text } from '#model/types.ts'
import { runFlow } from '../reference/support.ts'
import { base, col, derive, flow, job, link, schema, tableSource, tableTarget } from '../support/model-builder.ts'

const columns = schema('A')
const short = (id: string, length: number): Operator => ({
	...base(id),
	kind: 'project',
	passThrough: 'none',
	drop: [],
	columns: [derive('A', col('A'), { type: text(length) })],
	evaluation: 'together',
	reject: {},
})
const union: Operator = {
	...base('BOTH'),
	kind: 'union',
	how: 'arrival',
	inputs: 2,
	keys: [],
	columns: [{ column: { name: 'A', type: text(), nullable: true }, from: ['A', 'A'] }],
}

/** Two sources, each cut to its length and all again behind the union; the rows hold one text each. */
const operators = [
	...[tableSource('ONE', columns), short('FIRST', 3), tableSource('TWO', columns), short('SECOND', 5)],
	...[union, short('LAST', 2), tableTarget('OUT', columns)],
]
const links = [
	...['ONE > FIRST', 'TWO > SECOND', 'BOTH > LAST', 'LAST > OUT'].map((edge) => link(edge, columns)),
	...['FIRST', 'SECOND'].map((from, index) => ({
		...link(`${from} > BOTH`, columns),
		to: { operator: 'BOTH', port: `in${index}` },
	})),
]

function faults(one: string, two: string): readonly string[] {
	const both = flow(operators, links)
	const rowsOf = (value: string) => ({ kind: 'rows', rows: [{ A: value }] }) as const
	const flows = new Map([
		[
			'JOB',
			new Map([
				['ONE', rowsOf(one)],
				['TWO', rowsOf(two)],
			]),
		],
	])
	return otherFaults('FIRST', job(both), flows, (left) => runFlow(both, Object.fromEntries(left.get('JOB') ?? [])))
}

describe('other faults of a run', () => {
	it('are those that nothing of the first one feeds', () => {
		expect(faults('too long', 'too long')).toEqual(['SECOND'])
	})
	it('are those behind, where rows of another source get there', () => {
		expect(faults('too long', 'four')).toEqual(['LAST'])
	})
	it('are none where only rows of the first fault could stop the run', () => {
		expect(faults('too long', 'x')).toEqual([])
	})
})
