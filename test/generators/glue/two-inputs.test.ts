import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operator } from '#model/operators.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
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
	tableSource,
	tableTarget,
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

describe('two inputs', () => {
	const cities = schema(column('KEY', int(32)), column('CITY', text()))
	const known: readonly Row[] = [
		{ KEY: 2n, CITY: 'Rome' },
		{ KEY: 2n, CITY: 'Oslo' },
		{ KEY: null, CITY: 'nowhere' },
		{ KEY: 9n, CITY: null },
	]

	it.each(['inner', 'left', 'right', 'full'] as const)(
		'join: %s, with defaults where a side has no row',
		async (how) => {
			for (const nullsEqual of [false, true]) {
				const operator: Operator = {
					...base('JOIN'),
					kind: 'join',
					how,
					keys: [{ left: 'ID', right: 'KEY', collation: 'binary' }],
					nullsEqual,
					columns: [
						{ name: 'ID', side: 'left', column: 'ID', whenMissing: 0n },
						{ name: 'NAME', side: 'left', column: 'NAME', whenMissing: null },
						{ name: 'CITY', side: 'right', column: 'CITY', whenMissing: '?' },
					],
				}
				const out = schema(...customers.columns, column('CITY', text()))
				await same(around(operator, { left: customers, right: cities }, { out }), { T_LEFT: some, T_RIGHT: known })
			}
		},
	)

	it('a row that must not be ends the run, also where no output needs it', async () => {
		const checked: Operator = {
			...base('CHECK'),
			kind: 'project',
			passThrough: 'none',
			drop: [],
			columns: [derive('ID', literal(null, int(32)), { nullable: false, onNull: { kind: 'fail' } })],
			evaluation: 'together',
			reject: {},
		}
		const joined: Operator = {
			...base('JOIN'),
			kind: 'join',
			how: 'inner',
			keys: [{ left: 'ID', right: 'KEY', collation: 'binary' }],
			nullsEqual: false,
			columns: [{ name: 'CITY', side: 'right', column: 'CITY', whenMissing: null }],
		}
		const ids = schema(column('ID', int(32), false))
		const out = schema(column('CITY', text()))
		const model = job(
			flow(
				[tableSource('T_LEFT', customers), tableSource('T_RIGHT', cities), checked, joined, tableTarget('OUT', out)],
				[
					link('T_LEFT > CHECK', customers),
					link('CHECK > JOIN.left', ids),
					link('T_RIGHT > JOIN.right', cities),
					link('JOIN > OUT', out),
				],
			),
		)
		for (const right of [known, []]) {
			expect(await same(model, { T_LEFT: some, T_RIGHT: right })).toEqual({ failed: 'CHECK' })
		}
		expect(await same(model, { T_LEFT: [], T_RIGHT: known })).toEqual({ OUT: [] })
	})

	it('rows of equal keys keep the order in which they came, through lookups with several matches and sorts', async () => {
		const found: Operator = {
			...base('LKP'),
			kind: 'lookup',
			keys: [{ left: 'ID', right: 'KEY', collation: 'binary' }],
			nullsEqual: false,
			match: 'all',
			onConditionNotMet: 'continue',
			onMiss: 'continue',
			take: [{ name: 'CITY', side: 'right', column: 'CITY', whenMissing: null }],
			reject: {},
			missCode: 0,
		}
		const sorted: Operator = {
			...base('SORT'),
			kind: 'sort',
			keys: [{ column: 'ID', direction: 'descending', nulls: 'first', collation: 'binary' }],
			stable: false,
			unique: false,
		}
		const last: Operator = {
			...base('LAST'),
			kind: 'distinct',
			keys: [{ column: 'ID', collation: 'binary' }],
			keep: 'last',
		}
		const out = schema(...customers.columns, column('CITY', text()))
		const model = job(
			flow(
				[tableSource('T_IN', customers), tableSource('T_REF', cities), found, sorted, last, tableTarget('OUT', out)],
				[
					link('T_IN > LKP', customers),
					link('T_REF > LKP.reference', cities),
					link('LKP > SORT', out),
					link('SORT > LAST', out),
					link('LAST > OUT', out),
				],
			),
		)
		const many = Array.from({ length: 12 }, (_none, index): Row => ({ KEY: 2n, CITY: `city ${11 - index}` }))
		expect(await same(model, { T_IN: some, T_REF: many })).toEqual({
			OUT: expect.arrayContaining([expect.stringContaining('city 0')]) as unknown,
		})
	})

	it.each([
		['first', 'continue'],
		['last', 'drop'],
		['all', 'reject'],
	] as const)('lookup: %s match, a miss: %s', async (match, onMiss) => {
		for (const condition of [undefined, hasName]) {
			const operator: Operator = {
				...base('LKP'),
				kind: 'lookup',
				keys: [{ left: 'ID', right: 'KEY', collation: 'binary' }],
				nullsEqual: false,
				match,
				...(condition === undefined ? {} : { condition }),
				onConditionNotMet: 'continue',
				onMiss,
				take: [
					{ name: 'CITY', side: 'right', column: 'CITY', whenMissing: 'none' },
					{ name: 'NAME', side: 'right', column: 'CITY', whenMissing: null },
				],
				reject: {},
				missCode: 0,
			}
			const out = schema(...customers.columns, column('CITY', text()))
			const targets = onMiss === 'reject' ? { out, reject: customers } : { out }
			await same(around(operator, { in: customers, reference: cities }, targets), { T_IN: some, T_REFERENCE: known })
		}
	})

	it('lookup: a miss that fails names the stage', async () => {
		const operator: Operator = {
			...base('STRICT_LKP'),
			kind: 'lookup',
			keys: [{ left: 'ID', right: 'KEY', collation: 'binary' }],
			nullsEqual: false,
			match: 'first',
			onConditionNotMet: 'fail',
			onMiss: 'fail',
			take: [],
			reject: {},
			missCode: 0,
		}
		expect(
			await same(around(operator, { in: customers, reference: cities }, { out: customers }), {
				T_IN: some,
				T_REFERENCE: known,
			}),
		).toEqual({ failed: 'STRICT_LKP' })
	})

	it('union: by position, with a column that one input lacks', async () => {
		const operator: Operator = {
			...base('UNION'),
			kind: 'union',
			how: 'arrival',
			inputs: 2,
			keys: [],
			columns: [
				{ column: column('ID', int(64)), from: ['ID', 'KEY'] },
				{ column: column('NAME', text()), from: ['NAME', null] },
			],
		}
		await same(
			around(operator, { in0: customers, in1: cities }, { out: schema(column('ID', int(64)), column('NAME')) }),
			{ T_IN0: some, T_IN1: known },
		)
	})
})
