/** Tables and columns with new names: where rows come in and go out, and nowhere else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#engines/port.ts'
import type { Job } from '#model/job.ts'
import type { Operator } from '#model/operators.ts'
import { int } from '#model/types.ts'
import { mentions, withNewNames } from '../../src/pipeline/new-names.ts'
import * as build from '../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../support/run-flow.ts'

let spark: Engine
beforeAll(async () => {
	spark = startSpark()
	await warmUp(spark)
}, 600_000)
afterAll(() => spark.close())

const columns = build.schema(build.column('NO', int(32)), 'NAME')

/** Orders of a table into another of the same columns, found by their number. */
function orders(changes: Partial<Job> = {}): Job {
	const target = build.tableTarget('Lake', columns)
	if (target.kind !== 'write' || target.target.kind !== 'table') throw new Error('no table')
	const lake: Operator = {
		...target,
		target: { ...target.target, table: named('[dbo].[Lake]'), mode: 'update-insert', keys: ['NO'] },
	}
	const source = build.tableSource('Orders', columns)
	if (source.kind !== 'read' || source.source.kind !== 'table') throw new Error('no table')
	const read: Operator = { ...source, source: { ...source.source, table: named('DWH.ORDERS') } }
	return build.job(build.flow([read, lake], [build.link('Orders > Lake', columns)]), changes)
}
const named = (name: string) => build.sourced(build.literal(name), name)

const mapped = withNewNames(orders(), {
	tables: { 'dwh.orders': 'sales.orders', 'dbo.lake': 'lake' },
	columns: { 'DWH.ORDERS.NO': 'order number', 'dbo.Lake.no': 'number', 'dbo.Lake.NAME': 'name' },
})

describe('new names', () => {
	it('stand where rows come in and go out; in between columns keep the old ones', () => {
		const [flow] = mapped.flows
		expect(flow?.operators.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
			'read Orders',
			'project Orders#names',
			'project Lake#names',
			'write Lake',
		])
		const schemas = flow?.links.map(({ from, to, schema }) => [
			`${from.operator} > ${to.operator}`,
			schema.columns.map(({ name }) => name).join(),
		])
		expect(Object.fromEntries(schemas ?? [])).toEqual({
			'Orders > Orders#names': 'order number,NAME',
			'Orders#names > Lake#names': 'NO,NAME',
			'Lake#names > Lake': 'number,name',
		})
		expect(flow?.operators.at(-1)).toMatchObject({
			target: { table: { expression: { value: 'lake' }, text: '[dbo].[Lake]' }, keys: ['number'] },
		})
		expect(mapped.diagnostics).toEqual([])
	})

	it('give the same rows in the script as in the reference', async () => {
		const { expected, actual, script } = await runBoth(spark, mapped, {
			Orders: [
				{ 'order number': 1n, NAME: 'Ann' },
				{ 'order number': 2n, NAME: null },
			],
		})
		expect(actual).toEqual(expected)
		expect(expected).toEqual({ Lake: ['{"number":1,"name":"Ann"}', '{"number":2,"name":null}'] })
		expect(script).toContain('sales.orders')
		expect(script).not.toMatch(/DWH\.ORDERS.*dbtable/)
	}, 300_000)

	it('leave a job alone that they say nothing of', () => {
		const job = orders()
		expect(withNewNames(job, { tables: {}, columns: {} })).toBe(job)
		expect(withNewNames(job, { tables: { ORDERS: 'x' }, columns: { 'ORDERS.NO': 'y' } })).toEqual(job)
	})

	it('are not given where two columns would have one, and it is said', () => {
		const { flows, diagnostics } = withNewNames(orders(), { tables: {}, columns: { 'DWH.ORDERS.NO': 'Name' } })
		expect(flows).toEqual(orders().flows)
		expect(diagnostics).toMatchObject([{ code: 'place/not-renamed', why: expect.stringContaining('one name') }])
	})

	it('are not given to statements, and it is said which name the table', () => {
		const sql = 'select * from dwh.orders where 1 = 1'
		const base = { ...build.base('Since'), kind: 'read' as const, schema: columns }
		const read: Operator = {
			...base,
			source: { kind: 'query', connection: 'DW', sql: named(sql), parameters: [], form: 'select' },
		}
		const job = build.job(build.flow([read], []))
		const { flows, diagnostics } = withNewNames(job, { tables: { 'DWH.ORDERS': 'sales.orders' }, columns: {} })
		expect(flows).toEqual(job.flows)
		expect(diagnostics).toMatchObject([
			{ code: 'place/not-renamed', what: 'The SQL of "Since" names the table "DWH.ORDERS", and does so still.' },
		])
		expect(mentions('select * from orders_old, my_orders', 'DWH.ORDERS')).toBe(false)
		expect(mentions('select * from [Orders]', 'DWH.ORDERS')).toBe(true)
	})
})
