import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operator } from '#model/operators.ts'
import type { DataType } from '#model/types.ts'
import { boolean, decimal, int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { makeDecimal } from '#model/values.ts'
import {
	base,
	call,
	col,
	column,
	derive,
	flow,
	job,
	link,
	literal,
	schema,
	sourced,
	textSource,
	textTarget,
} from '../../support/model-builder.ts'
import { around } from '../../support/operator-job.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const customers = schema(column('ID', int(32)), column('NAME', text(20)))
const some: readonly Row[] = [
	{ ID: 1n, NAME: 'Ann' },
	{ ID: 2n, NAME: null },
	{ ID: 2n, NAME: 'Bob' },
	{ ID: null, NAME: 'none' },
	{ ID: 3n, NAME: '' },
]
const hasName = sourced(call('shared.is-not-null', boolean, col('NAME', text(20))), 'IsNotNull(NAME)')

async function same(model: ReturnType<typeof job>, inputs: Parameters<typeof runBoth>[2], ordered = false) {
	const { expected, actual, script } = await runBoth(engine, model, inputs, { ordered })
	expect(actual, script).toEqual(expected)
	return actual
}

describe('rows that pass or leave', () => {
	it('filter: a null condition is false, the others leave by reject', async () => {
		const test = sourced(call('shared.is-not-null', boolean, col('NAME', text(20))))
		await same(
			around(
				{ ...base('FIL'), kind: 'filter', condition: test, onError: { kind: 'fail' } },
				{ in: customers },
				{ out: customers, reject: customers },
			),
			{ T_IN: some },
		)
	})

	it.each(['first', 'every'] as const)('route: %s, with an otherwise in the middle', async (mode) => {
		const operator: Operator = {
			...base('SPLIT'),
			kind: 'route',
			mode,
			routes: [
				{ port: 'a', condition: hasName, provenance: base('x').provenance },
				{
					port: 'b',
					condition: sourced(call('shared.is-not-null', boolean, col('ID', int(32)))),
					provenance: base('x').provenance,
				},
			],
			otherwise: [
				{ port: 'rest', after: 2 },
				{ port: 'early', after: 1 },
			],
			onNull: { kind: 'false' },
			onError: { kind: 'fail' },
			reject: {},
		}
		await same(around(operator, { in: customers }, { a: customers, b: customers, rest: customers, early: customers }), {
			T_IN: [...some, { ID: null, NAME: null }],
		})
	})

	it('project: derives, renames, cuts, replaces nulls and redirects', async () => {
		const operator: Operator = {
			...base('TRX'),
			kind: 'project',
			passThrough: 'none',
			drop: [],
			columns: [
				derive('SHORT', col('NAME', text()), { type: text(2), onTruncation: { kind: 'cut' } }),
				derive('ID', col('ID', int(32)), { nullable: false, onNull: { kind: 'redirect', code: -7, column: 3 } }),
				derive('KNOWN', col('NAME', text(20)), { onNull: { kind: 'default', value: 'unknown' } }),
			],
			evaluation: 'together',
			reject: { errorCode: 'ErrorCode', errorColumn: 'ErrorColumn' },
		}
		const rejected = schema(...customers.columns, column('ErrorCode', int(32)), column('ErrorColumn', int(32)))
		const out = schema(column('SHORT', text(2)), column('ID', int(32)), column('KNOWN', text(20)))
		await same(around(operator, { in: customers }, { out, reject: rejected }), { T_IN: some })
	})

	it('project: a policy that fails ends the run and names the stage', async () => {
		const operator: Operator = {
			...base('STRICT'),
			kind: 'project',
			passThrough: 'all',
			drop: ['NAME'],
			columns: [derive('ID', col('ID', int(32)), { nullable: false, onNull: { kind: 'fail' } })],
			evaluation: 'together',
			reject: {},
		}
		const out = schema(column('ID', int(32)))
		expect(await same(around(operator, { in: customers }, { out }), { T_IN: some })).toEqual({ failed: 'STRICT' })
		await same(around(operator, { in: customers }, { out }), { T_IN: some.filter(({ ID }) => ID !== null) })
	})
})

describe('groups and order', () => {
	const sales = schema(column('SHOP'), column('QTY', int(64)), column('PRICE', decimal(10, 2)))
	const sold: readonly Row[] = [
		{ SHOP: 'a', QTY: 9_007_199_254_740_993n, PRICE: makeDecimal(150n, 2) },
		{ SHOP: 'a', QTY: 2n, PRICE: makeDecimal(-50n, 2) },
		{ SHOP: 'b', QTY: null, PRICE: null },
		{ SHOP: null, QTY: 7n, PRICE: makeDecimal(5n, 2) },
	]

	it('aggregate: exact sums, null keys of their own, defaults for groups of nulls', async () => {
		const measure = (
			name: string,
			fn: 'sum' | 'min' | 'max' | 'mean' | 'count' | 'count-missing' | 'first' | 'last',
			on: string,
			type: DataType = int(64),
			whenEmpty: Row[string] = null,
		) => ({ name, type, nullable: true, function: fn, column: on, whenEmpty, collation: 'binary' }) as const
		const operator: Operator = {
			...base('AGG'),
			kind: 'aggregate',
			keys: [{ column: 'SHOP', name: 'STORE', collation: 'binary' }],
			measures: [
				measure('Q', 'sum', 'QTY', int(64), 0n),
				measure('P', 'sum', 'PRICE', decimal(12, 2)),
				measure('LEAST', 'min', 'QTY'),
				measure('KNOWN', 'count', 'QTY'),
				measure('LOST', 'count-missing', 'QTY'),
				measure('FIRST', 'first', 'QTY'),
				measure('LAST', 'last', 'QTY'),
			],
			rowForNoInput: false,
			ordered: false,
		}
		const out = schema(
			column('STORE'),
			column('Q', int(64)),
			column('P', decimal(12, 2)),
			...['LEAST', 'KNOWN', 'LOST', 'FIRST', 'LAST'].map((name) => column(name, int(64))),
		)
		await same(around(operator, { in: sales }, { out }), { T_IN: sold })
		await same(around(operator, { in: sales }, { out }), { T_IN: [] })
	})

	it('aggregate: a sum that its column cannot hold ends the run', async () => {
		const operator: Operator = {
			...base('AGG'),
			kind: 'aggregate',
			keys: [],
			measures: [
				{
					name: 'Q',
					type: int(32),
					nullable: true,
					function: 'sum',
					column: 'QTY',
					whenEmpty: null,
					collation: 'binary',
				},
			],
			rowForNoInput: true,
			ordered: false,
		}
		expect(await same(around(operator, { in: sales }, { out: schema(column('Q', int(32))) }), { T_IN: sold })).toEqual({
			failed: 'AGG',
		})
		await same(around(operator, { in: sales }, { out: schema(column('Q', int(32))) }), { T_IN: [] })
	})

	const lines = 'k,n\nb,1\na,2\nb,3\na,4\nc,5\n'
	const fromFile = (operator: Operator, ...out: readonly string[]) =>
		job(
			flow(
				[textSource('IN', ['k', 'n']), operator, textTarget('OUT', out)],
				[link(`IN > ${operator.id}`, schema('k', 'n')), link(`${operator.id} > OUT`, schema(...out))],
			),
		)
	const key = { column: 'k', collation: 'binary' } as const
	const up = { ...key, direction: 'ascending', nulls: 'first' } as const

	it('sort: stable, in the file too', async () => {
		const sort: Operator = {
			...base('SORT'),
			kind: 'sort',
			keys: [{ ...up, direction: 'descending', nulls: 'last' }],
			stable: true,
			unique: false,
		}
		await same(fromFile(sort, 'k', 'n'), { IN: lines }, true)
		await same(fromFile({ ...sort, unique: true }, 'k', 'n'), { IN: lines }, true)
	})

	it.each(['first', 'last'] as const)('distinct: the %s row of each key in file order', async (keep) => {
		await same(fromFile({ ...base('DUP'), kind: 'distinct', keys: [key], keep }, 'k', 'n'), { IN: lines })
	})

	it.each(['ends the run', 'lets it go on'])('distinct, where no key may come twice: %s', async (what) => {
		const once: Operator = { ...base('DUP'), kind: 'distinct', keys: [key], keep: 'first', onDuplicates: 'fail' }
		const isTwice = what === 'ends the run'
		const actual = await same(fromFile(once, 'k', 'n'), { IN: isTwice ? lines : 'k,n\nb,1\na,2\n' })
		expect(actual).toEqual(isTwice ? { failed: 'DUP' } : { OUT: ['a,2', 'b,1'] })
	})

	it('number and sample follow the order of arrival', async () => {
		const numbered = column('no', int(64))
		const number: Operator = { ...base('NUM'), kind: 'number', column: numbered, start: 10n, step: -2n }
		await same(around(number, { in: customers }, { out: schema(...customers.columns, numbered) }), { T_IN: some })
		await same(
			fromFile({ ...base('HEAD'), kind: 'sample', how: 'head', skip: 1, rows: 3 }, 'k', 'n'),
			{ IN: lines },
			true,
		)
	})

	it('stateful: previous values by windows, values that build on themselves by a fold', async () => {
		const isNull = (name: string) => call('shared.is-null', boolean, col(name))
		const variable = (name: string, value: Parameters<typeof sourced>[0], initial: string | null = null) => ({
			name,
			type: text(),
			initial: literal(initial),
			value: sourced(value),
			provenance: base(name).provenance,
		})
		const operator: Operator = {
			...base('SV'),
			kind: 'stateful',
			variables: [
				variable('before', col('now')),
				variable('now', col('k')),
				variable('kept', {
					kind: 'if',
					condition: isNull('kept'),
					then: col('n'),
					otherwise: col('kept'),
					onNull: 'otherwise',
					type: text(),
				}),
				variable('flip', {
					kind: 'if',
					condition: isNull('flop'),
					then: col('n'),
					otherwise: col('flop'),
					onNull: 'otherwise',
					type: text(),
				}),
				variable('flop', {
					kind: 'if',
					condition: isNull('flip'),
					then: col('k'),
					otherwise: literal(null),
					onNull: 'otherwise',
					type: text(),
				}),
			],
		}
		await same(fromFile(operator, 'k', 'n', 'before', 'now', 'kept', 'flip', 'flop'), { IN: lines })
	})
})
