import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HashAlgorithm } from '#model/checksum.ts'
import { text } from '#model/types.ts'
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
