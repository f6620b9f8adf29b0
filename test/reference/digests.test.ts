import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import type { HashAlgorithm } from '#model/checksum.ts'
import { digest } from '../../src/reference/digests.ts'

const hex = (algorithm: HashAlgorithm, content: string): string =>
	digest(algorithm, Buffer.from(content, 'latin1')).toString('hex')
const reversed = (digits: string): string => Buffer.from(digits, 'hex').reverse().toString('hex')

/** Known answers: the check values of the CRC catalogue, of the FNV specification and of XXH64. */
describe('digest', () => {
	it('crc32 is that of zip files, lowest byte first', () => {
		expect(hex('crc32', '123456789')).toBe(reversed('cbf43926'))
	})
	it('crc32c leaves out the last step of the standard', () => {
		const inverted = (0xe3069283 ^ 0xffffffff) >>> 0
		expect(hex('crc32c-open', '123456789')).toBe(reversed(inverted.toString(16).padStart(8, '0')))
	})
	it('fnv-1a', () => {
		expect(hex('fnv1a32', 'foobar')).toBe(reversed('bf9cf968'))
		expect(hex('fnv1a64', 'foobar')).toBe(reversed('85944171f73967e8'))
	})
	it('xxh64 with the seed 0', () => {
		expect(hex('xxhash64', '')).toBe(reversed('ef46db3751d8e999'))
		expect(hex('xxhash64', 'abc')).toBe(reversed('44bc2cf5ad770999'))
		expect(hex('xxhash64', 'Nobody inspects the spammish repetition')).toBe(reversed('fbcea83c8a378bf1'))
	})
	it('ripemd-160', () => {
		expect(hex('ripemd160', 'abc')).toBe('8eb208f7e05d987a9b044a8e98c6b087f15a0bfc')
	})
	it('none is a zero byte', () => {
		expect(hex('none', 'abc')).toBe('00')
	})
})
