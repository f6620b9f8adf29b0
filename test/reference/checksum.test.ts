import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HashAlgorithm } from '#model/checksum.ts'
import type { DataType } from '#model/types.ts'
import { binary, boolean, date, decimal, float, int, text, time, timestamp, uuid } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { makeBinary, makeDate, makeDecimal, makeTime, makeTimestamp } from '#model/values.ts'
import { column, flow, op, rows, runFlow, table, target, written } from './support.ts'

const columns = ['a', 'b', 'h'].map((name) => column(name, text()))
const hash = (id: string, into: string, algorithm: HashAlgorithm, ...inputs: readonly string[]) =>
	op('checksum', id, { column: column(into, text()), algorithm, inputs, marksNulls: false, fractions: true })
const hex = (algorithm: 'md5' | 'sha1', ...values: readonly string[]) =>
	createHash(algorithm).update(values.join('')).digest('hex').toUpperCase()

describe('several hashes of one row', () => {
	const hashed = (...hashes: readonly ReturnType<typeof hash>[]) => {
		const ids = ['in', ...hashes.map(({ id }) => id), 'out']
		const edges = ids.slice(1).map((id, index) => `${ids[index]}>${id}`)
		const all = flow([table('in', columns), ...hashes, target('out', columns)], edges, columns)
		return written(runFlow(all, { in: rows({ a: 'x', b: 'y', h: 'z' }) }))[0]
	}
	it('of the same columns differ by their algorithm alone', () => {
		const row = hashed(hash('1', 'h', 'md5', 'a', 'b'), hash('2', 'k', 'sha1', 'a', 'b'))
		expect(row).toMatchObject({ h: hex('md5', 'x', 'y') })
		const again = hashed(hash('1', 'k', 'md5', 'a', 'b'), hash('2', 'h', 'sha1', 'a', 'b'))
		expect(again).toMatchObject({ h: hex('sha1', 'x', 'y') })
	})
	it('are those of the columns as they stand then', () => {
		const row = hashed(hash('1', 'h', 'md5', 'a'), hash('2', 'a', 'md5', 'b'), hash('3', 'h', 'md5', 'a'))
		expect(row).toMatchObject({ a: hex('md5', 'y'), h: hex('md5', hex('md5', 'y')) })
	})
})

/** The bytes follow from `Utility.CalculateHash` of Multiple Hash and from what `BinaryWriter` of .NET writes. */
describe('what is hashed of a value', () => {
	const noon = makeTimestamp(1_706_702_400_000_000n)
	const ofText = (value: string): string => Buffer.from([value.length, ...Buffer.from(value, 'latin1')]).toString('hex')
	const bothForms = [
		[timestamp(6), noon, ofText('2024-01-31 12:00:00Z'), ofText('2024-01-31 12:00:00.0000000')],
		[timestamp(6, true), noon, ofText('2024-01-31 12:00:00Z'), ofText('2024-01-31 12:00:00.0000000 +00:00')],
		[date, makeDate(19_753), ofText('2024-01-31 00:00:00Z'), ofText('2024-01-31 00:00:00.0000000')],
	] as const
	const inOneForm: readonly (readonly [DataType, Value, string])[] = [
		[text(), 'aß', '61c39f'],
		[boolean, true, '01'],
		[int(8), -2n, 'fe'],
		[int(16, false), 258n, '0201'],
		[int(32), 258n, '02010000'],
		[int(64), -1n, 'ffffffffffffffff'],
		[float(32), 1, '0000803f'],
		[float(64), 1, '000000000000f03f'],
		[decimal(9, 2), makeDecimal(-258n, 2), `02010000${'00'.repeat(8)}00000280`],
		[time(6), makeTime(3_600_000_000n), ofText('01:00:00')],
		[time(6), makeTime(1_500_000n), ofText('00:00:01.5000000')],
		[binary(4), makeBinary('00FF'), '00ff'],
		[uuid, '00112233-4455-6677-8899-aabbccddeeff', '33221100554477668899aabbccddeeff'],
		[text(), null, ''],
	]
	const hashOf = (type: DataType, value: Value, more: { fractions?: boolean; trimmed?: string[]; marks?: boolean }) => {
		const columns = [column('v', type), column('h', text())]
		const { fractions = false, trimmed = [], marks: marksNulls = false } = more
		const hash = {
			column: column('h', text()),
			algorithm: 'sha1',
			inputs: ['v'],
			trimmed,
			marksNulls,
			fractions,
		} as const
		const all = flow(
			[table('in', columns), op('checksum', 'x', hash), target('out', columns)],
			['in>x', 'x>out'],
			columns,
		)
		return written(runFlow(all, { in: rows({ v: value, h: null }) }))[0]?.['h']
	}
	const sha1 = (bytes: string): string =>
		createHash('sha1').update(Buffer.from(bytes, 'hex')).digest('hex').toUpperCase()

	it.each(inOneForm)('%o %o', (type, value, bytes) => {
		for (const fractions of [false, true]) expect(hashOf(type, value, { fractions })).toBe(sha1(bytes))
	})
	it.each(bothForms)('%o %o, to the second or finer', (type, value, short, long) => {
		expect(hashOf(type, value, {})).toBe(sha1(short))
		expect(hashOf(type, value, { fractions: true })).toBe(sha1(long))
	})
	it('a currency without the zeros at its end, but zero with all four', () => {
		const money = (unscaled: bigint) => hashOf(decimal(19, 4), makeDecimal(unscaled, 4), { trimmed: ['v'] })
		expect(money(2_580_000n)).toBe(sha1(`02010000${'00'.repeat(12)}`))
		expect(money(25_800n)).toBe(sha1(`02010000${'00'.repeat(8)}00000200`))
		expect(money(0n)).toBe(sha1(`${'00'.repeat(14)}0400`))
	})
	it('marks of nulls and lengths come last', () => {
		const marked = (type: DataType, value: Value) => hashOf(type, value, { marks: true })
		const ascii = (value: string): string => Buffer.from(value, 'latin1').toString('hex')
		expect(marked(text(), null)).toBe(sha1(ascii('Y')))
		expect(marked(text(), 'aß')).toBe(sha1(`61c39f${ascii('N2')}`))
		expect(marked(binary(4), makeBinary('00FF10'))).toBe(sha1(`00ff10${ascii('N3')}`))
		expect(marked(int(8), 1n)).toBe(sha1(`01${ascii('N')}`))
	})
})
