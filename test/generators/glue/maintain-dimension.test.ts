import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DimensionColumn, MaintainDimensionOperator } from '#model/dimension.ts'
import { int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { base, column, schema } from '../../support/model-builder.ts'
import { around } from '../../support/operator-job.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const source = schema(
	column('no', int(32), false),
	column('customer', text(5)),
	column('name', text(9)),
	column('town', text(9)),
	column('above', int(64)),
	column('yes', text(1)),
	column('gone', text(1)),
)
const of = (name: string, kind: 'column' = 'column') => ({ kind, column: name })
const id: DimensionColumn = {
	...column('id', int(32)),
	role: 'kept',
	value: { kind: 'next-key', above: 'above' },
}
const customer: DimensionColumn = { ...column('customer_no', text(5)), role: 'kept', value: of('customer') }
const name: DimensionColumn = { ...column('name', text(9)), role: 'overwritten', value: of('name') }
const town: DimensionColumn = { ...column('town', text(9)), role: 'versioned', value: of('town') }
const current: DimensionColumn = { ...column('current', text(1)), role: 'kept', value: of('yes'), ended: 'gone' }
const link: DimensionColumn = {
	...column('link', int(32)),
	role: 'kept',
	value: { kind: 'previous', of: 'id', otherwise: 'no' },
}

async function run(columns: readonly DimensionColumn[], rows: readonly Row[], dimension: readonly Row[]) {
	const operator: MaintainDimensionOperator = {
		...base('KEEP'),
		kind: 'maintain-dimension',
		keys: [{ left: 'customer', right: 'customer_no', collation: 'binary' }],
		columns,
		take: [
			{ name: 'dimension_id', column: 'id' },
			{ name: 'dimension_town', column: 'town' },
		],
		begun: 'begun',
	}
	const held = schema(...columns)
	const out = schema(
		...source.columns,
		column('dimension_id', int(32)),
		column('dimension_town', text(9)),
		column('begun', int(64), false),
	)
	const model = around(operator, { in: source, dimension: held }, { out, changes: held })
	const { expected, actual, script } = await runBoth(engine, model, { T_IN: rows, T_DIMENSION: dimension })
	expect(actual, script).toEqual(expected)
	const written: Readonly<Record<string, unknown>> = expected
	const values = (port: string, names: readonly string[]) =>
		((written[port] ?? []) as readonly string[]).map((line) => {
			const row = JSON.parse(line) as Record<string, unknown>
			return names.map((one) => row[one])
		})
	return {
		out: values('O_OUT', ['no', 'dimension_id', 'dimension_town', 'begun']),
		changes: values(
			'O_CHANGES',
			columns.map((one) => one.name),
		),
	}
}

let no = 0n
const row = (customer: string | null, name: string | null, town: string | null): Row => {
	no += 1n
	return { no, customer, name, town, above: 40n, yes: 'Y', gone: 'N' }
}
const held = (id: bigint, customer_no: string | null, name: string | null, town: string | null): Row => ({
	id,
	customer_no,
	name,
	town,
	current: 'Y',
	link: null,
})

describe('keeping a dimension up to date', () => {
	// IBM: Slowly Changing Dimension stage, Dimension update action: the four rows of its table, in its order.
	it('inserts, ends and begins a version, overwrites, or does nothing', async () => {
		no = 0n
		const { out, changes } = await run(
			[id, customer, name, town, current],
			[row('new', 'Nia', 'Ulm'), row('move', 'Moe', 'Bonn'), row('name', 'Nan', 'Kiel'), row('same', 'Sam', null)],
			[
				held(1n, 'move', 'Moh', 'Köln'),
				held(2n, 'name', 'Nat', 'Kiel'),
				held(3n, 'same', 'Sam', null),
				held(4n, 'idle', 'Ida', 'Jena'),
			],
		)
		expect(out).toEqual([
			[1, 41, 'Ulm', 1],
			[2, 42, 'Bonn', 2],
			[3, 2, 'Kiel', 2],
			[4, 3, null, 2],
		])
		expect(changes).toEqual([
			// Ended, with the old name: only the indicator changes.
			[1, 'move', 'Moh', 'Köln', 'N'],
			[2, 'name', 'Nan', 'Kiel', 'Y'],
			[41, 'new', 'Nia', 'Ulm', 'Y'],
			[42, 'move', 'Moe', 'Bonn', 'Y'],
		])
	})

	it('meets what earlier rows of the run have made of the dimension', async () => {
		no = 0n
		const { out, changes } = await run(
			[id, customer, name, town, current, link],
			[
				row('a', 'Ann', 'Ulm'),
				row('a', 'Ann', 'Ulm'),
				row('a', 'Anne', 'Ulm'),
				row('a', 'Anne', 'Bonn'),
				row('b', 'Bob', 'Kiel'),
				row('a', 'Anne', 'Ulm'),
			],
			[held(7n, 'b', 'Bob', 'Jena')],
		)
		expect(out).toEqual([
			[1, 41, 'Ulm', 1],
			[2, 41, 'Ulm', 1],
			[3, 41, 'Ulm', 1],
			[4, 42, 'Bonn', 2],
			[5, 43, 'Kiel', 3],
			[6, 44, 'Ulm', 4],
		])
		expect(changes).toEqual([
			[41, 'a', 'Ann', 'Ulm', 'Y', 1],
			[41, 'a', 'Anne', 'Ulm', 'N', 1],
			[41, 'a', 'Anne', 'Ulm', 'Y', 1],
			[42, 'a', 'Anne', 'Bonn', 'N', 41],
			[42, 'a', 'Anne', 'Bonn', 'Y', 41],
			[43, 'b', 'Bob', 'Kiel', 'Y', 7],
			[44, 'a', 'Anne', 'Ulm', 'Y', 42],
			[7, 'b', 'Bob', 'Jena', 'N', null],
		])
	})

	it('takes the first of several rows of a key, and none for a null in it', async () => {
		no = 0n
		const { out, changes } = await run(
			[id, customer, name, { ...town, role: 'overwritten' }],
			[row('a', 'Ann', 'Ulm'), row(null, 'Nil', 'Bonn'), row(null, 'Nil', 'Bonn')],
			[held(1n, 'a', 'Ann', 'Ulm'), held(2n, 'a', 'Ann', 'Köln'), held(3n, null, 'Nil', 'Bonn')],
		)
		expect(out).toEqual([
			[1, 1, 'Ulm', 0],
			[2, 41, 'Bonn', 1],
			[3, 42, 'Bonn', 2],
		])
		expect(changes).toEqual([
			[41, null, 'Nil', 'Bonn'],
			[42, null, 'Nil', 'Bonn'],
		])
	})
})
