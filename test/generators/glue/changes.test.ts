import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '#model/changes.ts'
import type { Operator } from '#model/operators.ts'
import type { Schema } from '#model/types.ts'
import { int, text } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const codes = { copy: 0n, insert: 1n, delete: 2n, edit: 3n }
const keys = [{ left: 'K', right: 'K', collation: 'binary' }] as const
const values = [{ left: 'V', right: 'V', collation: 'binary' }] as const
const rows = schema(column('K', int(32)), column('V', text(5)))
const coded = schema(...rows.columns, column('code', int(8)))
const row = (K: bigint | null, V: string | null, code?: bigint): Row => ({
	K,
	V,
	...(code === undefined ? {} : { code }),
})

/** Runs an operator of two inputs on both sides; they must write the same. */
async function same(
	operator: Operator,
	ports: readonly [string, Schema][],
	out: Schema,
	inputs: readonly (readonly Row[])[],
) {
	const model = job(
		flow(
			[...ports.map(([port, columns]) => tableSource(`T_${port}`, columns)), operator, tableTarget('OUT', out)],
			[
				...ports.map(([port, columns]) => link(`T_${port} > ${operator.id}.${port}`, columns)),
				link(`${operator.id}.out > OUT`, out),
			],
		),
	)
	const given = Object.fromEntries(ports.map(([port], index) => [`T_${port}`, inputs[index] ?? []]))
	const { expected, actual, script } = await runBoth(engine, model, given)
	expect(actual, script).toEqual(expected)
	return actual
}

describe('change capture', () => {
	const capture = (
		keeps: readonly Change[],
		compared: Extract<Operator, { kind: 'change-capture' }>['values'] = values,
	): Operator => ({
		...base('CDC'),
		kind: 'change-capture',
		keys,
		values: compared,
		columns: [
			{ ...column('K', int(32)), take: { kind: 'current', before: 'K', after: 'K' } },
			{ ...column('V', text(5)), take: { kind: 'current', before: 'V', after: 'V' } },
			{ ...column('code', int(8)), take: { kind: 'code' } },
		],
		codes,
		keeps,
	})
	const before = [row(1n, 'a'), row(2n, 'b'), row(3n, null), row(null, 'n'), row(5n, 'x'), row(5n, 'y')]
	const after = [row(2n, 'B'), row(1n, 'a'), row(3n, null), row(4n, 'd'), row(null, 'n'), row(5n, 'x')]
	const run = (operator: Operator) =>
		same(
			operator,
			[
				['before', rows],
				['after', rows],
			],
			coded,
			[before, after],
		)

	it('tells copies, edits, inserts and deletes apart; nulls are equal, rows of a key pair in turn', async () => {
		expect(await run(capture(['copy', 'insert', 'delete', 'edit']))).toEqual({
			OUT: [
				'{"K":1,"V":"a","code":0}',
				'{"K":2,"V":"B","code":3}',
				'{"K":3,"V":null,"code":0}',
				'{"K":4,"V":"d","code":1}',
				'{"K":5,"V":"x","code":0}',
				'{"K":5,"V":"y","code":2}',
				'{"K":null,"V":"n","code":0}',
			],
		})
	})

	it('drops the changes that nobody wants', async () => {
		await run(capture(['insert', 'edit']))
		await run(capture(['copy', 'delete']))
	})

	it('knows no edits without values', async () => {
		const [lines = []] = Object.values(await run(capture(['copy', 'edit'], [])))
		expect(lines).toContain('{"K":2,"V":"B","code":0}')
	})

	it('gives both images side by side', async () => {
		const both: Operator = {
			...base('DIFF'),
			kind: 'change-capture',
			keys,
			values,
			columns: [
				{ ...column('OLD', text(5)), take: { kind: 'before', column: 'V', whenMissing: '' } },
				{ ...column('NEW', text(5)), take: { kind: 'after', column: 'V', whenMissing: null } },
			],
			codes,
			keeps: ['copy', 'insert', 'delete', 'edit'],
		}
		await same(
			both,
			[
				['before', rows],
				['after', rows],
			],
			schema(column('OLD', text(5)), column('NEW', text(5))),
			[before, after],
		)
	})
})

describe('change apply', () => {
	const apply = (checks: boolean): Operator => ({
		...base('CHA'),
		kind: 'change-apply',
		keys,
		code: 'code',
		codes,
		deleteValues: checks ? values : [],
		columns: rows.columns.map((one) => ({ ...one, before: one.name, change: one.name })),
	})
	const before = [1n, 2n, 3n, 4n, 5n, 6n].map((key) => row(key, 'old'))
	const changes = [
		row(1n, 'new', 3n),
		row(2n, 'old', 2n),
		row(3n, 'else', 2n),
		row(4n, 'new', 1n),
		row(5n, 'new', 0n),
		row(7n, 'new', 0n),
		row(8n, 'new', 1n),
		row(9n, 'new', 2n),
		row(null, 'new', 3n),
	]
	const ports: readonly [string, Schema][] = [
		['before', rows],
		['changes', coded],
	]

	it('gives the rows after; a delete of other values changes nothing where values are checked', async () => {
		expect(await same(apply(true), ports, rows, [before, changes])).toEqual({
			OUT: [
				'{"K":1,"V":"new"}',
				'{"K":3,"V":"old"}',
				'{"K":4,"V":"new"}',
				'{"K":4,"V":"old"}',
				'{"K":5,"V":"old"}',
				'{"K":6,"V":"old"}',
				'{"K":7,"V":"new"}',
				'{"K":8,"V":"new"}',
				'{"K":null,"V":"new"}',
			],
		})
		const [lines = []] = Object.values(await same(apply(false), ports, rows, [before, changes]))
		expect(lines).not.toContain('{"K":3,"V":"old"}')
	})

	it('ends the run on a code that is none', async () => {
		expect(await same(apply(true), ports, rows, [before, [row(1n, 'x', 9n)]])).toEqual({ failed: 'CHA' })
	})
})
