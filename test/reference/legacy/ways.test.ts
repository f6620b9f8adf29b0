import { describe, expect, it } from 'vitest'
import type { LegacyMeaning } from '#model/legacy-meanings.ts'
import type { Operator } from '#model/operators.ts'
import type { SampleHow } from '#model/reshaping.ts'
import { decimal, float, int, timestamp } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'
import {
	col,
	column,
	flow,
	literal,
	op,
	projected,
	provenance,
	rows,
	runFlow,
	table,
	target,
	written,
} from '../support.ts'

const kv = [column('k'), column('v')]
const key = { column: 'k', collation: 'binary' } as const

const sampling = (how: SampleHow): Operator => ({
	id: 'x',
	element: 'x',
	name: 'x',
	provenance,
	differences: [],
	kind: 'sample',
	...how,
})

/** What the step `x` gives under a meaning of the old job, and as the new one. */
function bothWays(step: Operator, given: readonly Row[], meaning: LegacyMeaning, columns = kv, out = columns) {
	const built = flow([table('in', columns), step, target('out', out)], ['in>x', 'x>out'], columns)
	const legacy = { meaning, operators: new Set(['FLOW/x']) }
	return {
		old: written(runFlow(built, { in: rows(...given) }, { legacy })),
		new: written(runFlow(built, { in: rows(...given) })),
	}
}

const values = (given: readonly Row[], name = 'v') => given.map((row) => row[name])

describe('the order of equal rows', () => {
	const given = [
		{ k: 'a', v: '1' },
		{ k: 'b', v: '2' },
		{ k: 'a', v: '3' },
	]

	it('decides which row of a key stays', () => {
		const both = bothWays(op('distinct', 'x', { keys: [key], keep: 'first' }), given, 'other-order')
		expect(values(both.new)).toEqual(['1', '2'])
		expect(new Set(values(both.old))).toEqual(new Set(['2', '3']))
	})

	it('decides which reference row a lookup finds', () => {
		const lookup = op('lookup', 'x', {
			keys: [{ left: 'k', right: 'k', collation: 'binary' }],
			nullsEqual: false,
			match: 'first',
			onConditionNotMet: 'drop',
			onMiss: 'drop',
			take: [{ name: 'v', side: 'right', column: 'v', whenMissing: null }],
			reject: {},
			missCode: 0,
		})
		const built = flow(
			[table('in', kv), table('ref', kv), lookup, target('out', kv)],
			['in>x', 'ref>x.reference', 'x>out'],
			kv,
		)
		const inputs = { in: rows({ k: 'a', v: '' }), ref: rows(...given) }
		const legacy = { meaning: 'last-match', operators: new Set(['FLOW/x']) } as const
		expect(values(written(runFlow(built, inputs)))).toEqual(['1'])
		expect(values(written(runFlow(built, inputs, { legacy })))).toEqual(['3'])
	})
})

describe('two partitions', () => {
	const given = ['a', 'b', 'c', 'd', 'e'].map((v) => ({ k: 'k', v }))

	it('count by themselves', () => {
		const columns = [...kv, column('n', int(64))]
		const number = { column: column('n', int(64)), start: 1n, step: 1n }
		const both = bothWays(op('number', 'x', number), given, 'two-partitions', kv, columns)
		expect(values(both.old)).toEqual(['a', 'b', 'c', 'd', 'e'])
		expect(values(both.old, 'n')).toEqual([1n, 1n, 2n, 2n, 3n])
		const inSteps = bothWays(op('number', 'x', { ...number, inSteps: true }), given, 'two-partitions', kv, columns)
		expect(values(inSteps.old, 'n')).toEqual([1n, 2n, 3n, 4n, 5n])
	})

	it('each have first rows', () => {
		const both = bothWays(sampling({ how: 'head', skip: 0, rows: 1 }), given, 'two-partitions')
		expect([values(both.old), values(both.new)]).toEqual([['a', 'b'], ['a']])
	})
})

it('sorts texts as a language does, and leaves rows of equal keys in their order', () => {
	const keys = [{ ...key, direction: 'ascending', nulls: 'first' }] as const
	const given = ['b', 'É', 'Z', 'a', 'e'].map((k) => ({ k, v: k }))
	const both = bothWays(op('sort', 'x', { keys, stable: true, unique: false }), given, 'order-of-locale')
	expect(values(both.new)).toEqual(['Z', 'a', 'b', 'e', 'É'])
	expect(values(both.old)).toEqual(['a', 'b', 'e', 'É', 'Z'])
})

it('finds keys of a database whatever their case and the blanks behind them', () => {
	const lookup = op('lookup', 'x', {
		keys: [{ left: 'k', right: 'k', collation: 'binary' }],
		nullsEqual: false,
		match: 'first',
		onConditionNotMet: 'drop',
		onMiss: 'drop',
		take: [{ name: 'v', side: 'right', column: 'v', whenMissing: null }],
		reject: {},
		missCode: 0,
	})
	const built = flow(
		[table('in', kv), table('ref', kv), lookup, target('out', kv)],
		['in>x', 'ref>x.reference', 'x>out'],
		kv,
	)
	const inputs = { in: rows({ k: 'Ab', v: '' }), ref: rows({ k: 'aB  ', v: 'found' }) }
	const legacy = { meaning: 'database-collation', operators: new Set(['FLOW/x']) } as const
	expect(written(runFlow(built, inputs))).toEqual([])
	expect(written(runFlow(built, inputs, { legacy }))).toEqual([{ k: 'Ab', v: 'found' }])
})

it('lets the clock move from row to row', () => {
	const now = {
		kind: 'call',
		operation: 'datastage.current-timestamp',
		args: [],
		type: timestamp(6),
	} as const
	const at = [column('at', timestamp(6))]
	const step = op('project', 'x', {
		passThrough: 'none',
		drop: [],
		columns: [projected('at', now)],
		evaluation: 'together',
		reject: {},
	})
	const both = bothWays(step, [{ k: 'a' }, { k: 'b' }], 'moving-clock', kv, at)
	expect(new Set(values(both.new, 'at').map((one) => JSON.stringify(one, printed))).size).toBe(1)
	expect(new Set(values(both.old, 'at').map((one) => JSON.stringify(one, printed))).size).toBe(2)
})

const printed = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

it('puts all rows of a distributor into its first output', () => {
	const columns = [...kv, column('turn', int(64))]
	const number = op('number', 'x', { column: column('turn', int(64)), start: 1n, step: 1n })
	const both = bothWays(number, [{ k: 'a' }, { k: 'b' }], 'one-buffer', kv, columns)
	expect([values(both.old, 'turn'), values(both.new, 'turn')]).toEqual([
		[1n, 1n],
		[1n, 2n],
	])
})

it('draws other rows', () => {
	const given = Array.from({ length: 20 }, (_none, index) => ({ k: 'k', v: String(index) }))
	const both = bothWays(sampling({ how: 'rows', seed: 7, rows: 5 }), given, 'other-draws')
	expect(both.old).toHaveLength(5)
	expect(both.old).not.toEqual(both.new)
})

it('gives the row that an unpivot leaves the first key', () => {
	const columns = [column('id'), column('a'), column('b')]
	const out = [column('id'), column('value'), column('name')]
	const step = op('unpivot', 'x', {
		passes: ['id'],
		made: [column('value')],
		key: column('name'),
		rows: [
			{ from: ['a'], key: 'A' },
			{ from: ['b'], key: 'B' },
		],
		nulls: 'skip',
	})
	const both = bothWays(step, [{ id: '1', a: null, b: null }], 'first-key', columns, out)
	expect(both.new).toEqual([{ id: '1', value: null, name: null }])
	expect(both.old).toEqual([{ id: '1', value: null, name: 'A' }])
})

it('hashes a currency with all its digits', () => {
	const money = decimal(19, 4)
	const columns = [column('v', money)]
	const out = [...columns, column('hash')]
	const step = op('checksum', 'x', {
		algorithm: 'sha256',
		inputs: ['v'],
		column: column('hash'),
		form: 'prefixed-hex',
		marksNulls: false,
		fractions: true,
		trimmed: ['v'],
	})
	const both = bothWays(step, [{ v: makeDecimal(15_000n, 4) }], 'plain-currency', columns, out)
	expect(values(both.old, 'hash')).not.toEqual(values(both.new, 'hash'))
})

it('takes the spread of one value for null', () => {
	const columns = [column('k'), column('v', float(64))]
	const step = op('aggregate', 'x', {
		keys: [{ column: 'k', name: 'k', collation: 'binary' }],
		measures: [
			{
				name: 'spread',
				type: float(64),
				nullable: true,
				function: 'variance',
				column: 'v',
				whenEmpty: 0,
				collation: 'binary',
			},
		],
		rowForNoInput: false,
		ordered: false,
	})
	const out = [column('k'), column('spread', float(64))]
	const both = bothWays(step, [{ k: 'a', v: 3 }], 'spread-of-one-null', columns, out)
	expect([values(both.old, 'spread'), values(both.new, 'spread')]).toEqual([[null], [0]])
})

it('rounds the result of a group where the new job cuts it', () => {
	const exact = decimal(38, 4)
	const wanted = decimal(10, 2)
	const cut = { kind: 'cast', rule: 'datastage.implicit', operand: col('v', exact), type: wanted } as const
	const step = op('project', 'x', {
		passThrough: 'all',
		drop: [],
		columns: [projected('v', cut)],
		evaluation: 'together',
		reject: {},
	})
	const both = bothWays(
		step,
		[{ v: makeDecimal(19_999n, 4) }],
		'half-rounded',
		[column('v', exact)],
		[column('v', wanted)],
	)
	expect([values(both.old), values(both.new)]).toEqual([[makeDecimal(200n, 2)], [makeDecimal(199n, 2)]])
})

it('leaves every other step as it is', () => {
	const step = op('filter', 'x', { condition: { expression: literal(true), text: '' }, onError: { kind: 'fail' } })
	const both = bothWays(step, [{ k: 'a', v: '1' }], 'two-partitions')
	expect(both.old).toEqual(both.new)
})
