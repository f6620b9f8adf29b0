import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operator } from '#model/operators.ts'
import type { Generator, SampleHow } from '#model/reshaping.ts'
import type { DataType, Schema } from '#model/types.ts'
import { binary, boolean, date, decimal, float, int, text, time, timestamp } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'
import {
	base,
	call,
	col,
	column,
	flow,
	job,
	link,
	literal,
	schema,
	sourced,
	tableSource,
	tableTarget,
} from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

/** Runs one operator between tables `IN` and one for each output port; both sides must write the same. */
async function same(
	operator: Operator,
	into: Schema | undefined,
	outputs: Readonly<Record<string, Schema>>,
	rows: readonly Row[],
) {
	const targets = Object.entries(outputs)
	const model = job(
		flow(
			[
				...(into === undefined ? [] : [tableSource('IN', into)]),
				operator,
				...targets.map(([port, columns]) => tableTarget(`O_${port}`, columns)),
			],
			[
				...(into === undefined ? [] : [link(`IN > ${operator.id}.in`, into)]),
				...targets.map(([port, columns]) => link(`${operator.id}.${port} > O_${port}`, columns)),
			],
		),
	)
	const { expected, actual, script } = await runBoth(engine, model, into === undefined ? {} : { IN: rows })
	expect(actual, script).toEqual(expected)
	return actual
}

const sales = schema(
	column('STORE', text(10)),
	column('QUARTER', text(2)),
	column('AMOUNT', decimal(9, 2)),
	column('BOSS', text(10)),
)
const sale = (STORE: string | null, QUARTER: string | null, amount: bigint | null, BOSS: string): Row => ({
	STORE,
	QUARTER,
	AMOUNT: amount === null ? null : makeDecimal(amount, 2),
	BOSS,
})
const byStore = (collation: 'binary' | 'caseless') => [{ column: 'STORE', collation }]

describe('pivot', () => {
	const wide = schema(
		column('STORE', text(10)),
		column('BOSS', text(10)),
		column('Q1', decimal(9, 2)),
		column('Q2', decimal(9, 2)),
	)
	const pivot = (changes: Partial<Extract<Operator, { kind: 'pivot' }>>): Operator => ({
		...base('PVT'),
		kind: 'pivot',
		keys: byStore('binary'),
		grouping: 'all',
		pivotKey: { column: 'QUARTER', collation: 'binary', onUnknown: 'drop' },
		columns: [
			{ ...column('STORE', text(10)), take: { kind: 'first', column: 'STORE' } },
			{ ...column('BOSS', text(10)), take: { kind: 'first', column: 'BOSS' } },
			{ ...column('Q1', decimal(9, 2)), take: { kind: 'value', column: 'AMOUNT', value: 'Q1' } },
			{ ...column('Q2', decimal(9, 2)), take: { kind: 'value', column: 'AMOUNT', value: 'Q2' } },
		],
		...changes,
	})
	const rows = [
		sale('Oslo', 'Q1', 100n, 'a'),
		sale('Bergen', 'Q2', 50n, 'b'),
		sale('Oslo', 'ALL', 1n, 'x'),
		sale('Oslo', 'Q2', null, 'c'),
		sale(null, 'Q1', 7n, 'n'),
		sale('oslo', 'Q1', 8n, 'o'),
		sale('Bergen', null, 3n, 'b'),
	]

	it('puts the values of a group into columns by the value of a key, and drops rows that no column names', async () => {
		const written = await same(pivot({}), sales, { out: wide }, rows)
		expect(written).toEqual({ O_out: expect.arrayContaining(['{"STORE":"Oslo","BOSS":"a","Q1":"1.00","Q2":null}']) })
	})

	it('takes a run of equal keys for a group where the source does', async () => {
		const written = await same(pivot({ grouping: 'runs' }), sales, { out: wide }, rows)
		expect(Object.values(written)[0]).toHaveLength(5)
	})

	it('ignores letter case where the keys do', () =>
		same(
			pivot({ keys: byStore('caseless'), pivotKey: { column: 'QUARTER', collation: 'caseless', onUnknown: 'drop' } }),
			sales,
			{ out: wide },
			[...rows.slice(0, 3), sale('OSLO', 'q2', 9n, 'y')],
		))

	it('ends the run for a second row of the same key, and for a key that no column names', async () => {
		expect(await same(pivot({}), sales, { out: wide }, [...rows, sale('Oslo', 'Q1', 1n, 'a')])).toEqual({
			failed: 'PVT',
		})
		const strict = pivot({ pivotKey: { column: 'QUARTER', collation: 'binary', onUnknown: 'fail' } })
		expect(await same(strict, sales, { out: wide }, rows)).toEqual({ failed: 'PVT' })
	})

	it('puts the values of a group into columns by place', async () => {
		const { pivotKey: _none, ...plain } = { pivotKey: undefined, ...pivot({}) } as Extract<Operator, { kind: 'pivot' }>
		const columns = [
			{ ...column('SHOP', text(10)), take: { kind: 'first', column: 'STORE' } as const },
			{ ...column('STORE', decimal(9, 2)), take: { kind: 'place', column: 'AMOUNT', place: 0 } as const },
			{ ...column('NEXT', decimal(9, 2)), take: { kind: 'place', column: 'AMOUNT', place: 1 } as const },
		]
		const shape = schema(column('SHOP', text(10)), column('STORE', decimal(9, 2)), column('NEXT', decimal(9, 2)))
		await same({ ...plain, columns }, sales, { out: shape }, rows)
		await same({ ...plain, columns, grouping: 'runs' }, sales, { out: shape }, rows)
	})
})

describe('unpivot', () => {
	const quarters = schema(column('ID', int(32)), column('Q1', decimal(9, 2)), column('Q2', decimal(7, 2)))
	const rows: readonly Row[] = [
		{ ID: 1n, Q1: makeDecimal(100n, 2), Q2: makeDecimal(200n, 2) },
		{ ID: 2n, Q1: null, Q2: makeDecimal(300n, 2) },
		{ ID: 3n, Q1: null, Q2: null },
	]
	const operator = (nulls: 'keep' | 'skip'): Operator => ({
		...base('UNP'),
		kind: 'unpivot',
		passes: ['ID'],
		made: [column('AMOUNT', decimal(9, 2)), column('OTHER', decimal(9, 2))],
		key: column('QUARTER', text(2)),
		index: 'NUMBER',
		rows: [
			{ from: ['Q1', null], key: 'Q1' },
			{ from: ['Q2', null], key: 'Q2' },
		],
		nulls,
	})
	const long = schema(
		column('ID', int(32)),
		column('AMOUNT', decimal(9, 2)),
		column('OTHER', decimal(9, 2)),
		column('QUARTER', text(2)),
		column('NUMBER', int(32)),
	)

	it('makes a row of each column', async () => {
		expect(Object.values(await same(operator('keep'), quarters, { out: long }, rows))[0]).toHaveLength(6)
	})

	it('skips values that are null, but leaves one row of each input row', async () => {
		const [written] = Object.values(await same(operator('skip'), quarters, { out: long }, rows))
		expect(written).toHaveLength(4)
		expect(written).toContain('{"ID":3,"AMOUNT":null,"OTHER":null,"QUARTER":null,"NUMBER":null}')
	})
})

describe('samples', () => {
	const numbers = schema(column('N', int(32)))
	const rows = Array.from({ length: 40 }, (_none, index): Row => ({ N: BigInt(index) }))
	const both = { out: numbers, rest: numbers }
	const sample = (how: SampleHow): Operator => ({ ...base('SMP'), kind: 'sample', ...how })

	it.each<[string, SampleHow, readonly string[]]>([
		['head, every third', { how: 'head', skip: 4, period: 3, rows: 5 }, ['4', '7', '10', '13', '16']],
		['tail', { how: 'tail', rows: 3 }, ['37', '38', '39']],
	])('%s', async (_name, how, expected) => {
		const lines = expected.map((n) => `{"N":${n}}`).toSorted()
		expect(await same(sample(how), numbers, { out: numbers }, rows)).toEqual({ O_out: lines })
		expect(await same(sample(how), numbers, both, rows)).toMatchObject({ O_out: lines })
	})

	it('random rows, a number or a share of them, the same on every run', async () => {
		const some = await same(sample({ how: 'rows', seed: 7, rows: 11 }), numbers, both, rows)
		expect(Object.values(some).map((lines: readonly string[]) => lines.length)).toEqual([11, 29])
		const shares = [
			{ port: 'a', percent: 30 },
			{ port: 'b', percent: 50 },
		]
		const shared = await same(
			sample({ how: 'percent', seed: 3, shares }),
			numbers,
			{ a: numbers, b: numbers, rest: numbers },
			rows,
		)
		expect(Object.values(shared).flat()).toHaveLength(40)
	})
})

describe('generated rows and columns', () => {
	const made: readonly (readonly [DataType, Generator])[] = [
		[int(32), { kind: 'series', start: 5n, step: 2n, period: 3n }],
		[int(64), { kind: 'series', start: -1n, step: -4n }],
		[decimal(7, 2), { kind: 'series', start: 150n, step: 25n }],
		[decimal(5, 0), { kind: 'series', start: 1n, step: 1n }],
		[float(64), { kind: 'series', start: 0n, step: 1n }],
		[date, { kind: 'series', start: -3653n, step: 1n, period: 2n }],
		[time(), { kind: 'series', start: 0n, step: 1_000_000n }],
		[timestamp(), { kind: 'series', start: -315_619_200_000_000n, step: 1_500_000n }],
		[text(3), { kind: 'repeat', characters: 'ab"', length: 3 }],
		[text(5), { kind: 'list', values: ['x', null, 'yy'] }],
		[binary(2), { kind: 'list', values: [{ kind: 'binary', hex: '00FF' }] }],
	]
	const columns = made.map(([type, generator], index) => ({ ...column(`C${index}`, type), generator }))
	const shape = columns.map(({ generator: _generator, ...plain }) => plain)
	const operator: Operator = { ...base('GEN'), kind: 'generate', rows: 7, columns }

	it('rows of nothing', async () => {
		const [lines = []] = Object.values(await same(operator, undefined, { out: schema(...shape) }, []))
		expect(lines).toHaveLength(7)
		expect(lines).toContainEqual(expect.stringContaining('"C0":7'))
	})

	it('columns beside those of the input, in its order', async () => {
		const { rows: _rows, ...beside } = operator
		const into = schema(column('N', int(32)), column('C0', int(32)))
		const rows = [3n, 1n, 2n].map((N): Row => ({ N, C0: 0n }))
		const [lines = []] = Object.values(
			await same({ ...beside, columns }, into, { out: schema(column('N', int(32)), ...shape) }, rows),
		)
		expect(lines).toHaveLength(3)
	})
})

describe('a route that must take every row', () => {
	const numbers = schema(column('N', int(32)))
	const takesOne: Operator = {
		...base('SW'),
		kind: 'route',
		mode: 'first',
		routes: [
			{
				port: 'one',
				condition: sourced(call('datastage.eq', boolean, col('N', int(32)), literal(1n, int(32))), 'N = 1'),
				provenance: base('SW').provenance,
			},
		],
		otherwise: [],
		onNull: { kind: 'false' },
		onError: { kind: 'fail' },
		unrouted: 'fail',
		reject: {},
	}

	it('ends the run for a row that none takes, a null among them', async () => {
		expect(await same(takesOne, numbers, { one: numbers }, [{ N: 1n }])).toEqual({ O_one: ['{"N":1}'] })
		expect(await same(takesOne, numbers, { one: numbers }, [{ N: 1n }, { N: 2n }])).toEqual({ failed: 'SW' })
		expect(await same(takesOne, numbers, { one: numbers }, [{ N: null }])).toEqual({ failed: 'SW' })
	})
})
