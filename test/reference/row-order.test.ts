import { describe, expect, it } from 'vitest'
import type { Operator, SortKey } from '#model/operators.ts'
import { boolean } from '#model/types.ts'
import { col, column, flow, layout, literal, op, projected, rows, runFlow, sourced, table } from './support.ts'

const columns = [column('k'), column('v')]
const file: Operator = op('write', 'file', {
	target: {
		kind: 'text-file',
		path: sourced(literal('/out')),
		layout,
		mode: 'overwrite',
		quoted: [],
		quotedHeader: false,
		doubleQuotes: false,
	},
	schema: { columns: [column('v')], open: false },
})
const key: SortKey = { column: 'k', direction: 'descending', nulls: 'last', collation: 'binary' }
const sort = op('sort', 'sort', { keys: [key], stable: false, unique: false })
const onlyValues = op('project', 'values', {
	passThrough: 'none',
	drop: [],
	columns: [projected('v', col('v'))],
	evaluation: 'together',
	reject: {},
})
const input = rows({ k: 'a', v: '1' }, { k: 'b', v: '2' }, { k: 'a', v: '3' }, { k: 'c', v: '4' })

function outputOf(operators: readonly Operator[], edges: readonly string[]) {
	const result = runFlow(flow([table('in', columns), ...operators, file], edges, columns), { in: input })
	return result.outputs.map(({ lines, order }) => ({ lines, order }))
}

describe('the order of a file', () => {
	it('is that of the sort before it, even when its keys are gone; rows that tie share a place', () => {
		expect(outputOf([sort, onlyValues], ['in>sort', 'sort>values', 'values>file'])).toEqual([
			{ lines: ['4', '2', '1', '3'], order: [0, 1, 2, 2] },
		])
	})
	it('stays with the rows that a filter leaves', () => {
		const filter = op('filter', 'some', {
			condition: sourced({ kind: 'call', operation: 'shared.is-not-null', args: [col('k')], type: boolean }),
			onError: { kind: 'fail' },
		})
		expect(outputOf([sort, filter], ['in>sort', 'sort>some', 'some>file'])[0]?.order).toEqual([0, 1, 2, 2])
	})
	it('is not promised without a sort, nor behind what mixes rows', () => {
		const both = op('union', 'both', {
			inputs: 1,
			how: 'arrival',
			keys: [],
			columns: columns.map((one) => ({ column: one, from: [one.name] })),
		})
		expect(outputOf([], ['in>file'])[0]).not.toHaveProperty('order', expect.anything())
		expect(outputOf([sort, both], ['in>sort', 'sort>both.in0', 'both>file'])[0]?.order).toBeUndefined()
	})
	it('is that of each way, where rows go two ways', () => {
		const other = op('sort', 'other', { keys: [{ ...key, direction: 'ascending' }], stable: false, unique: false })
		const second: Operator = { ...file, id: 'second' }
		const found = outputOf([sort, other, second], ['in>sort', 'in>other', 'other>second', 'sort>file'])
		expect(found.map(({ lines }) => lines?.join(''))).toEqual(['1324', '4213'])
		expect(found.map(({ order }) => order)).toEqual([
			[0, 0, 1, 2],
			[0, 1, 2, 2],
		])
	})
})
