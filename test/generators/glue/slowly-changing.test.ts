import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Operator } from '#model/operators.ts'
import { boolean, int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const source = schema(column('customer', text(5)), column('name', text(9)), column('town', text(9)))
const dimension = schema(
	column('id', int(32)),
	column('customer_no', text(5)),
	column('name', text(9)),
	column('town', text(9)),
)
const out = schema(
	...source.columns,
	column('is_known', boolean, false),
	column('is_renamed', boolean, false),
	column('has_moved', boolean, false),
	column('dimension_id', int(32)),
	column('old_town', text(9)),
)
const pair = (left: string, right = left, collation: 'binary' | 'caseless' = 'binary') => ({ left, right, collation })
const compare = (changes: Partial<Extract<Operator, { kind: 'slowly-changing' }>> = {}): Operator => ({
	...base('COMPARE'),
	kind: 'slowly-changing',
	keys: [pair('customer', 'customer_no')],
	found: 'is_known',
	changes: [
		{ name: 'is_renamed', values: [pair('name')] },
		{ name: 'has_moved', values: [pair('town')] },
	],
	take: [
		{ name: 'dimension_id', side: 'right', column: 'id', whenMissing: null },
		{ name: 'old_town', side: 'right', column: 'town', whenMissing: '-' },
	],
	...changes,
})

async function run(operator: Operator, rows: readonly Row[], versions: readonly Row[]) {
	const model = job(
		flow(
			[tableSource('NEWS', source), tableSource('DIM', dimension), operator, tableTarget('OUT', out)],
			[link('NEWS > COMPARE.in', source), link('DIM > COMPARE.dimension', dimension), link('COMPARE.out > OUT', out)],
		),
	)
	const { expected, actual, script } = await runBoth(engine, model, { NEWS: rows, DIM: versions })
	expect(actual, script).toEqual(expected)
	return { written: actual, script }
}

const news = (customer: string | null, name: string | null, town: string | null): Row => ({ customer, name, town })
const version = (id: bigint, customer_no: string | null, name: string | null, town: string | null): Row => ({
	id,
	customer_no,
	name,
	town,
})

it('tells new rows, unchanged rows, and which attributes differ; nulls are equal in attributes and meet nothing in keys', async () => {
	const { written } = await run(
		compare(),
		[
			news('a', 'Ann', 'Ulm'),
			news('b', 'Bob', 'Bonn'),
			news('c', 'Cy', null),
			news('d', 'Dan', 'Trier'),
			news('e', null, 'Ulm'),
			news(null, 'Nil', 'Ulm'),
			news('b', 'Rob', 'Bonn'),
		],
		[
			version(1n, 'a', 'Ann', 'Ulm'),
			version(2n, 'b', 'Bob', 'Köln'),
			version(3n, 'c', 'Cy', null),
			version(5n, 'e', 'Eve', null),
			version(6n, null, 'Nil', 'Ulm'),
		],
	)
	expect(written).toEqual({
		OUT: [
			'{"customer":"a","name":"Ann","town":"Ulm","is_known":true,"is_renamed":false,"has_moved":false,"dimension_id":1,"old_town":"Ulm"}',
			'{"customer":"b","name":"Bob","town":"Bonn","is_known":true,"is_renamed":false,"has_moved":true,"dimension_id":2,"old_town":"Köln"}',
			'{"customer":"b","name":"Rob","town":"Bonn","is_known":true,"is_renamed":true,"has_moved":true,"dimension_id":2,"old_town":"Köln"}',
			'{"customer":"c","name":"Cy","town":null,"is_known":true,"is_renamed":false,"has_moved":false,"dimension_id":3,"old_town":null}',
			'{"customer":"d","name":"Dan","town":"Trier","is_known":false,"is_renamed":false,"has_moved":false,"dimension_id":null,"old_town":"-"}',
			'{"customer":"e","name":null,"town":"Ulm","is_known":true,"is_renamed":true,"has_moved":true,"dimension_id":5,"old_town":null}',
			'{"customer":null,"name":"Nil","town":"Ulm","is_known":false,"is_renamed":false,"has_moved":false,"dimension_id":null,"old_town":"-"}',
		],
	})
})

it('meets the first of several versions, and compares without case where it is told to', async () => {
	const { written } = await run(
		compare({
			keys: [pair('customer', 'customer_no', 'caseless')],
			changes: [
				{ name: 'is_renamed', values: [pair('name', 'name', 'caseless')] },
				{ name: 'has_moved', values: [] },
			],
		}),
		[news('A', 'ANN', 'Ulm')],
		[version(7n, 'a', 'Ann', 'Bonn'), version(8n, 'A', 'Other', 'Ulm')],
	)
	expect(written).toEqual({
		OUT: [
			'{"customer":"A","name":"ANN","town":"Ulm","is_known":true,"is_renamed":false,"has_moved":false,"dimension_id":7,"old_town":"Bonn"}',
		],
	})
})
