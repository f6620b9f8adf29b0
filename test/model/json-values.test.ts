import { describe, expect, it } from 'vitest'
import {
	decodeRow,
	decodeValue,
	encodeRow,
	encodeValue,
	formatDecimal,
	type JsonValue,
	WireError,
} from '#model/json-values.ts'
import * as types from '#model/types.ts'
import {
	makeBinary,
	makeDate,
	makeDecimal,
	makeRecord,
	makeTime,
	makeTimestamp,
	makeVector,
	type Value,
} from '#model/values.ts'

const same: readonly [types.DataType, Value, JsonValue][] = [
	[types.text(), 'naïve 😀', 'naïve 😀'],
	[types.text(), '', ''],
	[types.uuid, '3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
	[types.int(64), 9_007_199_254_740_991n, 9_007_199_254_740_991],
	[types.int(64), 9_007_199_254_740_993n, '9007199254740993'],
	[types.int(64), -9_223_372_036_854_775_808n, '-9223372036854775808'],
	[types.int(64, false), 18_446_744_073_709_551_615n, '18446744073709551615'],
	[types.decimal(38, 10), makeDecimal(-5n, 10), '-0.0000000005'],
	[types.decimal(5, 2), makeDecimal(1250n, 2), '12.50'],
	[types.decimal(5, 0), makeDecimal(-7n, 0), '-7'],
	[types.float(), 0.1, 0.1],
	[types.float(), Number.NaN, 'NaN'],
	[types.float(), Number.NEGATIVE_INFINITY, '-Infinity'],
	[types.float(), -0, '-0.0'],
	[types.boolean, false, false],
	[types.date, makeDate(-719_162), '0001-01-01'],
	[types.time(6), makeTime(86_399_999_999n), '23:59:59.999999'],
	[types.timestamp(), makeTimestamp(-1n), '1969-12-31 23:59:59.999999'],
	[types.binary(), makeBinary('00ff'), '00FF'],
	[types.date, null, null],
	[types.vector(types.date, true), makeVector([makeDate(0), null]), ['1970-01-01', null]],
	[
		types.vector(types.record([{ name: 'n', type: types.decimal(5, 2), nullable: true }]), false, 1),
		makeVector([makeRecord({ n: makeDecimal(125n, 2) })]),
		[{ n: '1.25' }],
	],
]

describe('a value as JSON', () => {
	it.each(same)('%o %o is %j, and back', (type, value, json) => {
		expect(encodeValue(value, type)).toEqual(json)
		expect(decodeValue(JSON.parse(JSON.stringify(json)) as JsonValue, type)).toEqual(value)
	})

	it.each<[types.DataType, JsonValue, Value]>([
		[types.int(), '42', 42n],
		[types.decimal(10, 2), 12.5, makeDecimal(1250n, 2)],
		[types.decimal(10, 2), '1E+2', makeDecimal(10_000n, 2)],
		[types.decimal(10, 2), '12.500', makeDecimal(1250n, 2)],
		[types.float(), '1.5e3', 1500],
		[types.float(32), 0.1, Math.fround(0.1)],
		[types.timestamp(), '1970-01-01T00:00:00', makeTimestamp(0n)],
	])('of %o may also be written %j', (type, json, value) => {
		expect(decodeValue(json, type)).toEqual(value)
	})

	it.each<[types.DataType, JsonValue]>([
		[types.int(8), 128],
		[types.int(8, false), -1],
		[types.int(), 1.5],
		[types.int(), ''],
		[types.int(64), 9_007_199_254_740_994],
		[types.decimal(3, 2), '10.00'],
		[types.decimal(5, 2), '1.005'],
		[types.float(), 'one'],
		[types.boolean, 'true'],
		[types.boolean, 1],
		[types.text(), 5],
		[types.date, '2023-02-29'],
		[types.binary(), 'ABC'],
		[types.text(), ['a']],
		[types.vector(types.text(), true, 2), ['a']],
		[types.vector(types.int(), true), ['a']],
		[types.record([{ name: 'n', type: types.int(), nullable: true }]), [1]],
	])('of %o cannot be %j', (type, json) => {
		expect(() => decodeValue(json, type)).toThrow(WireError)
	})
})

describe('a row as JSON', () => {
	const schema: types.Schema = {
		columns: [
			{ name: 'id', type: types.int(), nullable: false },
			{ name: 'toString', type: types.text(), nullable: true },
		],
		open: false,
	}

	it('follows the schema: its order, null for what is missing, nothing else', () => {
		expect(Object.entries(encodeRow({ toString: 'x', id: 1n, other: 'y' }, schema))).toEqual([
			['id', 1],
			['toString', 'x'],
		])
		expect(decodeRow({ id: 1, other: 'y' }, schema)).toEqual({
			id: 1n,
			toString: null,
		})
	})

	it('names the column that does not fit', () => {
		expect(() => decodeRow({ id: 'one' }, schema)).toThrow('column id: "one" is not a int32')
	})
})

describe('the text of a decimal', () => {
	it.each([
		[0n, 2, '0.00'],
		[-5n, 2, '-0.05'],
		[123n, 0, '123'],
		[123n, 3, '0.123'],
	])('%d at scale %d is %s', (unscaled, scale, text) => {
		expect(formatDecimal(makeDecimal(unscaled, scale))).toBe(text)
	})
})
