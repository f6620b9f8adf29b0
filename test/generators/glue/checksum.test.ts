import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HashAlgorithm } from '#model/checksum.ts'
import type { Operator } from '#model/operators.ts'
import { binary, boolean, date, decimal, float, int, text, time, timestamp, uuid } from '#model/types.ts'
import type { Row } from '#model/values.ts'
import { makeBinary, makeDate, makeDecimal, makeTime, makeTimestamp } from '#model/values.ts'
import { base, column, flow, job, link, schema, tableSource, tableTarget } from '../../support/model-builder.ts'
import { runBoth, startSpark, warmUp } from '../../support/run-flow.ts'

const engine = startSpark()
beforeAll(() => warmUp(engine))
afterAll(() => engine.close())

const columns = schema(
	column('T', text(20)),
	column('B', boolean),
	column('I1', int(8)),
	column('I2', int(16, false)),
	column('I8', int(64)),
	column('N', decimal(9, 4)),
	column('D', date),
	column('M', time(6)),
	column('S', timestamp(6)),
	column('X', binary(4)),
	column('U', int(64, false)),
	column('C', decimal(19, 4)),
	column('W', decimal(29, 9)),
	column('F', float(32)),
	column('R', float(64)),
	column('G', uuid),
	column('Z', timestamp(6, true)),
)
const empty = Object.fromEntries(columns.columns.map(({ name }) => [name, null]))
const rows: readonly Row[] = [
	{
		T: 'a𝄞ß',
		B: true,
		I1: -2n,
		I2: 65535n,
		I8: -9223372036854775808n,
		N: makeDecimal(-123456n, 4),
		D: makeDate(19_000),
		M: makeTime(1_500_000n),
		S: makeTimestamp(-1n),
		X: makeBinary('00FF10'),
		U: 18446744073709551615n,
		C: makeDecimal(129500n, 4),
		W: makeDecimal(-79228162514264337593543950335n, 9),
		F: -0.5,
		R: 1e-300,
		G: '00112233-4455-6677-8899-AABBCCDDEEFF',
		Z: makeTimestamp(1_000_001n),
	},
	{
		...empty,
		T: '',
		B: false,
		N: makeDecimal(0n, 4),
		M: makeTime(3_600_000_000n),
		S: makeTimestamp(0n),
		X: makeBinary(''),
		U: 7n,
		C: makeDecimal(0n, 4),
		W: makeDecimal(0n, 9),
		F: 0,
		R: -2.5,
	},
	empty,
]

/** A job that hashes all columns. */
function hashing(changes: Partial<Extract<Operator, { kind: 'checksum' }>>) {
	const operator: Operator = {
		...base('HASH'),
		kind: 'checksum',
		column: column('H', binary(64)),
		algorithm: 'sha1',
		inputs: columns.columns.map(({ name }) => name),
		marksNulls: true,
		fractions: true,
		...changes,
	}
	const out = schema(...columns.columns, operator.column)
	return job(
		flow(
			[tableSource('IN', columns), operator, tableTarget('OUT', out)],
			[link('IN > HASH.in', columns), link('HASH.out > OUT', out)],
		),
	)
}

describe('checksum', () => {
	const algorithms: readonly HashAlgorithm[] = [
		'none',
		'md5',
		'ripemd160',
		'sha1',
		'sha256',
		'sha384',
		'sha512',
		'crc32',
		'crc32c-open',
		'fnv1a32',
		'fnv1a64',
		'xxhash64',
	]
	it('of values of every type is the same on both sides with every algorithm', async () => {
		const operators = algorithms.map(
			(algorithm): Operator => ({
				...base(algorithm),
				kind: 'checksum',
				column: column(`H ${algorithm}`, binary(64)),
				algorithm,
				inputs: columns.columns.map(({ name }) => name),
				trimmed: ['C'],
				marksNulls: true,
				fractions: true,
			}),
		)
		const columnsAfter = (count: number) =>
			schema(...columns.columns, ...algorithms.slice(0, count).map((one) => column(`H ${one}`, binary(64))))
		const last = algorithms.at(-1) ?? 'md5'
		const links = algorithms.map((one, index) =>
			link(index === 0 ? `IN > ${one}.in` : `${algorithms[index - 1]}.out > ${one}.in`, columnsAfter(index)),
		)
		const all = columnsAfter(algorithms.length)
		const hashes = job(
			flow(
				[tableSource('IN', columns), ...operators, tableTarget('OUT', all)],
				[...links, link(`${last}.out > OUT`, all)],
			),
		)
		const { expected, actual, script } = await runBoth(engine, hashes, { IN: rows })
		expect(actual, script).toEqual(expected)
	})

	it('comes as bytes, as digits or in the base of 64', async () => {
		const long = { column: column('H', text(200)), algorithm: 'sha512', inputs: ['T'] } as const
		for (const form of ['prefixed-hex', 'base64'] as const) {
			const { expected, actual, script } = await runBoth(engine, hashing({ ...long, form }), { IN: rows })
			expect(actual, script).toEqual(expected)
		}
	})

	it('hashes the bytes of each value, nulls left out, and marks them at the end where wanted', async () => {
		const inputs = ['T', 'I2', 'X', 'D']
		const hash = (bytes: readonly (string | Buffer)[]): string => {
			const all = bytes.map((one) => (typeof one === 'string' ? Buffer.from(one, 'utf8') : one))
			return createHash('md5').update(Buffer.concat(all)).digest('hex').toUpperCase()
		}
		const plain = hashing({
			algorithm: 'md5',
			inputs,
			marksNulls: false,
			fractions: false,
			column: column('H', text(32)),
		})
		const { expected, actual, script } = await runBoth(engine, plain, { IN: rows })
		expect(actual, script).toEqual(expected)
		const moment = '2022-01-08 00:00:00Z'
		const bytes = ['a𝄞ß', Buffer.of(0xff, 0xff), Buffer.from('00FF10', 'hex'), Buffer.of(moment.length), moment]
		expect(JSON.stringify(expected)).toContain(hash(bytes))
		const marked = await runBoth(engine, hashing({ algorithm: 'md5', inputs, column: column('H', text(32)) }), {
			IN: rows,
		})
		expect(marked.actual, marked.script).toEqual(marked.expected)
		expect(JSON.stringify(marked.expected)).toContain(hash(['YYYY']))
		expect(JSON.stringify(marked.expected)).toContain(hash(['N0YN0Y']))
	})
})
