import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LookupOperator } from '#model/operators.ts'
import { int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { importJob, operatorOf, outcomeOf, reads, source, writes } from '../../../support/dsx-builder.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../../support/run-flow.ts'

const ranged = (key: string, more: { readonly multiple?: boolean } = {}) =>
	importJob({
		stages: [
			source('SALES'),
			source('BANDS'),
			{ name: 'FIND', type: 'PxLookup', meta: { LookupOperator: 'transform' } },
			source('OUT'),
		],
		links: [
			{
				name: 'sale',
				from: 'SALES',
				to: 'FIND',
				columns: [{ name: 'AMOUNT', sqlType: 4 }],
				outProperties: reads('/s'),
			},
			{
				name: 'band',
				from: 'BANDS',
				to: 'FIND',
				kind: 'reference',
				columns: [{ name: 'LOW', sqlType: 4, key }, { name: 'HIGH', sqlType: 4 }, { name: 'LABEL' }],
				outProperties: reads('/b'),
				...(more.multiple === true ? { inProperties: { allow_dups: 'allow_dups' } } : {}),
			},
			{
				name: 'out',
				from: 'FIND',
				to: 'OUT',
				columns: [
					{ name: 'AMOUNT', sqlType: 4, derivation: 'sale.AMOUNT' },
					{ name: 'LABEL', derivation: 'band.LABEL' },
				],
				inProperties: writes('/o'),
			},
		],
	})

describe('the range of a lookup', () => {
	it.each([
		'sale.AMOUNT >= band.LOW And sale.AMOUNT < band.HIGH',
		'(band.LOW <= sale.AMOUNT) AND (band.HIGH > sale.AMOUNT)',
	])('%s', (key) => {
		const lookup = operatorOf(ranged(key), 'FIND', 'lookup')
		expect(lookup.keys).toEqual([])
		expect(lookup.ranges).toEqual([
			{ left: 'AMOUNT', test: '>=', right: 'LOW' },
			{ left: 'AMOUNT', test: '<', right: 'HIGH' },
		])
		expect(lookup.match).toBe('first')
	})
	it('may give several rows', () =>
		expect(operatorOf(ranged('sale.AMOUNT > band.LOW', { multiple: true }), 'FIND', 'lookup').match).toBe('all'))
	it.each(['sale.AMOUNT > 5', 'Len(sale.AMOUNT) > band.LOW', 'sale.AMOUNT > band.LABEL'])('%s is refused', (key) =>
		expect(outcomeOf(ranged(key), 'FIND')).toContain('is not a comparison of a column of each side'),
	)
})

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const sales = schema(column('KIND'), column('AMOUNT', int(32)))
const bands = schema(column('KIND'), column('LOW', int(32)), column('HIGH', int(32)), column('LABEL', text()))
const bandRows: readonly Row[] = [
	{ KIND: 'a', LOW: 0n, HIGH: 10n, LABEL: 'small' },
	{ KIND: 'a', LOW: 5n, HIGH: 20n, LABEL: 'middle' },
	{ KIND: 'b', LOW: 0n, HIGH: 99n, LABEL: 'any' },
	{ KIND: 'a', LOW: null, HIGH: 99n, LABEL: 'open' },
]
const saleRows: readonly Row[] = [1n, 7n, 10n, 50n, null].map((AMOUNT) => ({ KIND: 'a', AMOUNT }))

describe('a lookup of ranges, on both sides', () => {
	it.each([
		['first', true],
		['last', true],
		['all', true],
		['first', false],
	] as const)('takes %s within the bounds (with an equal key: %s)', async (match, keyed) => {
		const out = schema(...sales.columns, column('LABEL'))
		const lookup: LookupOperator = {
			...base('FIND'),
			kind: 'lookup',
			keys: keyed ? [{ left: 'KIND', right: 'KIND', collation: 'binary' }] : [],
			ranges: [
				{ left: 'AMOUNT', test: '>=', right: 'LOW' },
				{ left: 'AMOUNT', test: '<', right: 'HIGH' },
			],
			nullsEqual: false,
			match,
			onConditionNotMet: 'continue',
			onMiss: 'continue',
			take: [{ name: 'LABEL', side: 'right', column: 'LABEL', whenMissing: null }],
			reject: {},
			missCode: 0,
		}
		const whole = job(
			flow(
				[tableSource('SALES', sales), tableSource('BANDS', bands), lookup, tableTarget('OUT', out)],
				[link('SALES > FIND.in', sales), link('BANDS > FIND.reference', bands), link('FIND > OUT', out)],
			),
		)
		const { expected, actual } = await runBoth(engine, whole, { SALES: saleRows, BANDS: bandRows })
		expect(actual).toEqual(expected)
		const labels =
			'failed' in expected ? [] : (expected['OUT'] ?? []).map((row) => (JSON.parse(row) as { LABEL: string }).LABEL)
		if (match === 'first' && keyed)
			expect(labels.map(String).toSorted((a, b) => a.localeCompare(b))).toEqual([
				'middle',
				'null',
				'null',
				'small',
				'small',
			])
		if (match === 'all') expect(labels).toHaveLength(6)
	})
})
