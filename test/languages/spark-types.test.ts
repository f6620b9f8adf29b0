import { describe, expect, it } from 'vitest'
import { sparkType } from '#languages/spark-types.ts'
import * as types from '#model/types.ts'

describe('sparkType', () => {
	it.each([
		[types.text(20), 'STRING'],
		[types.uuid, 'STRING'],
		[types.int(8), 'TINYINT'],
		[types.int(16), 'SMALLINT'],
		[types.int(32), 'INT'],
		[types.int(64), 'BIGINT'],
		[types.decimal(38, 10), 'DECIMAL(38,10)'],
		[types.float(32), 'FLOAT'],
		[types.float(64), 'DOUBLE'],
		[types.boolean, 'BOOLEAN'],
		[types.date, 'DATE'],
		[types.timestamp(3), 'TIMESTAMP'],
		[types.binary(4), 'BINARY'],
	])('%o is %s', (type, expected) => {
		expect(sparkType(type)).toBe(expected)
	})

	it('holds every unsigned value in the next wider type', () => {
		expect(([8, 16, 32, 64] as const).map((bits) => sparkType(types.int(bits, false)))).toEqual([
			'SMALLINT',
			'INT',
			'BIGINT',
			'DECIMAL(20,0)',
		])
	})

	it('counts a time of day in microseconds, because Spark has no such type', () => {
		expect(sparkType(types.time(6))).toBe('BIGINT')
	})
})
