import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnExpression, ColumnOutcome, ColumnSet } from '#engines/port.ts'
import * as types from '#model/types.ts'
import { makeBinary, makeDate, makeDecimal, makeTime, makeTimestamp, type Value } from '#model/values.ts'
import { localSpark, SET_UP_MS } from './support.ts'

const engine = localSpark()
beforeAll(async () => {
	await engine.columns({ sets: [set(types.int(), [1n], [])] })
}, SET_UP_MS)
afterAll(() => engine.close())

const set = (type: types.DataType, values: readonly Value[], expressions: readonly ColumnExpression[]): ColumnSet => ({
	schema: { columns: [{ name: 'x', type, nullable: true }], open: false },
	rows: values.map((x) => ({ x })),
	expressions,
})

const one = async (of: ColumnSet): Promise<readonly ColumnOutcome[]> => (await engine.columns({ sets: [of] }))[0] ?? []

const boundaries: readonly [type: types.DataType, sparkType: string, values: readonly Value[]][] = [
	[types.text(), 'string', ['', ' ', 'naïve', '😀', '\u0000\t\n\r\u2028"\\', null]],
	[types.uuid, 'string', ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', null]],
	[types.int(8), 'tinyint', [-128n, 127n, null]],
	[types.int(16), 'smallint', [-32_768n, 32_767n, null]],
	[types.int(32), 'int', [-2_147_483_648n, 2_147_483_647n, null]],
	[types.int(64), 'bigint', [-9_223_372_036_854_775_808n, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n, null]],
	[types.int(8, false), 'smallint', [0n, 255n, null]],
	[types.int(64, false), 'decimal(20,0)', [0n, 18_446_744_073_709_551_615n, null]],
	[types.decimal(5, 2), 'decimal(5,2)', [makeDecimal(-5n, 2), makeDecimal(0n, 2), null]],
	[
		types.decimal(38, 10),
		'decimal(38,10)',
		[
			makeDecimal(99_999_999_999_999_999_999_999_999_999_999_999_999n, 10),
			makeDecimal(1n, 10),
			makeDecimal(0n, 10),
			null,
		],
	],
	[types.decimal(38, 0), 'decimal(38,0)', [makeDecimal(-99_999_999_999_999_999_999_999_999_999_999_999_999n, 0), null]],
	[
		types.float(64),
		'double',
		[0.1, -0, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null],
	],
	[types.float(32), 'float', [Math.fround(0.1), Math.fround(3.402_823_5e38), Math.fround(1e-45), Number.NaN, null]],
	[types.boolean, 'boolean', [true, false, null]],
	[types.date, 'date', [-719_162, -141_428, -25_569, -1, 0, 2_932_896].map(makeDate)],
	[types.date, 'date', [null]],
	[types.time(6), 'bigint', [makeTime(0n), makeTime(1n), makeTime(86_399_999_999n), null]],
	[
		types.timestamp(),
		'timestamp',
		[-62_135_596_800_000_000n, -12_219_292_800_000_001n, -1n, 0n, 1n, 253_402_300_799_999_999n].map(makeTimestamp),
	],
	[types.timestamp(), 'timestamp', [null]],
	[types.binary(), 'binary', [makeBinary(''), makeBinary('00FF80'), null]],
]

describe('columns', () => {
	it('carries every type there and back, to the last digit', async () => {
		const same = [{ name: 'same', python: 'F.col("x")' }]
		const sets = boundaries.map(([type, , values]) => set(type, values, [{ ...same[0], type } as ColumnExpression]))
		const outcomes = await engine.columns({ sets })
		expect(outcomes.flat()).toEqual(
			boundaries.map(([, sparkType, values]) => ({ ok: true, name: 'same', sparkType, values })),
		)
	})

	it('computes over rows, in their order', async () => {
		const numbers = Array.from({ length: 50 }, (_, index) => BigInt(index))
		const [outcome] = await one(
			set(types.int(), numbers, [{ name: 'square', python: 'F.col("x") * F.col("x")', type: types.int() }]),
		)
		expect(outcome).toEqual({
			ok: true,
			name: 'square',
			sparkType: 'int',
			values: numbers.map((number) => number * number),
		})
	})

	it('lets one expression fail alone, however it fails', async () => {
		const int = types.int()
		const outcomes = await one(
			set(
				int,
				[0n, 1n],
				[
					{ name: 'good', python: 'F.col("x") + 1', type: int },
					{ name: 'syntax', python: 'F.col("x"', type: int },
					{ name: 'name', python: 'G.col("x")', type: int },
					{ name: 'column', python: 'F.col("y")', type: int },
					{ name: 'row', python: '(F.lit(1) / F.col("x")).cast("int")', type: int },
					{ name: 'also good', python: 'F.when(F.col("x") != 0, F.lit(1) / F.col("x")).cast("int")', type: int },
					{ name: 'too wide', python: 'F.lit("x")', type: int },
				],
			),
		)
		const told = outcomes.map((outcome) => [
			outcome.name,
			outcome.ok ? outcome.values : (outcome.failure.condition ?? outcome.failure.errorClass),
		])
		expect(told).toEqual([
			['good', [1n, 2n]],
			['syntax', 'SyntaxError'],
			['name', 'NameError'],
			['column', 'UNRESOLVED_COLUMN.WITH_SUGGESTION'],
			['row', 'DIVIDE_BY_ZERO'],
			['also good', [null, 1n]],
			['too wide', 'CAST_INVALID_INPUT'],
		])
	})

	it('tells the Spark type that an expression really has', async () => {
		const [outcome] = await one(
			set(types.int(16), [7n], [{ name: 'wide', python: 'F.col("x") + F.lit(1)', type: types.int(16) }]),
		)
		expect(outcome).toMatchObject({ ok: true, sparkType: 'int', values: [8n] })
	})

	it('calls helpers of the prelude', async () => {
		const prelude = 'def twice(column):\n    return column * 2\n'
		const expressions = [{ name: 'twice', python: 'twice(F.col("x"))', type: types.int() }]
		const outcomes = await engine.columns({ sets: [set(types.int(), [21n], expressions)], prelude })
		expect(outcomes[0]?.[0]).toMatchObject({ ok: true, values: [42n] })
	})

	it('does not show a set the columns of another', async () => {
		const other: ColumnSet = {
			...set(types.int(), [1n], []),
			schema: { columns: [{ name: 'z', type: types.int(), nullable: true }], open: false },
		}
		const peek = set(types.int(), [1n], [{ name: 'peek', python: 'F.col("z")', type: types.int() }])
		const outcomes = await engine.columns({ sets: [other, peek] })
		expect(outcomes[1]?.[0]).toMatchObject({ ok: false, failure: { condition: 'UNRESOLVED_COLUMN.WITH_SUGGESTION' } })
	})

	it('says when Spark holds a value that the model cannot', async () => {
		const [outcome] = await one(
			set(types.date, [makeDate(2_932_896)], [{ name: 'next', python: 'F.date_add("x", 1)', type: types.date }]),
		)
		expect(outcome).toMatchObject({
			ok: false,
			failure: { errorClass: 'OutOfRange', message: '"+10000-01-01" is not a date' },
		})
	})

	it('takes hundreds of cases at once', async () => {
		const sets = Array.from({ length: 300 }, (_, index) =>
			set(
				index % 2 === 0 ? types.int() : types.text(),
				[index % 2 === 0 ? BigInt(index) : String(index)],
				[{ name: 'case', python: 'F.concat(F.col("x").cast("string"), F.lit("!"))', type: types.text() }],
			),
		)
		const outcomes = await engine.columns({ sets })
		expect(outcomes.map(([outcome]) => outcome?.ok && outcome.values[0])).toEqual(sets.map((_, index) => `${index}!`))
	})
})
