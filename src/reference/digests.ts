/** Hashes of bytes, each as its published definition says. */
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { HashAlgorithm } from '#model/checksum.ts'

export function digest(algorithm: HashAlgorithm, bytes: Buffer): Buffer {
	switch (algorithm) {
		case 'none':
			return Buffer.of(0)
		case 'crc32':
			return littleEndian(BigInt(~crcRegister(bytes, 0xedb88320)), 4)
		case 'crc32c-open':
			return littleEndian(BigInt(crcRegister(bytes, 0x82f63b78)), 4)
		case 'fnv1a32':
			return littleEndian(BigInt(fnv1a32(bytes)), 4)
		case 'fnv1a64':
			return littleEndian(fnv1a64(bytes), 8)
		case 'xxhash64':
			return littleEndian(xxHash64(bytes), 8)
		default:
			return createHash(algorithm).update(bytes).digest()
	}
}

export function littleEndian(value: bigint, size: number): Buffer {
	const digits = BigInt.asUintN(size * 8, value)
		.toString(16)
		.padStart(size * 2, '0')
	return Buffer.from(digits, 'hex').reverse()
}

/** The register after all bytes, which the standards invert. The polynomial is given with its lowest bit first. */
function crcRegister(bytes: Buffer, polynomial: number): number {
	const steps = stepsOf(polynomial)
	let register = -1
	for (const one of bytes) register = (register >>> 8) ^ (steps[(register ^ one) & 0xff] ?? 0)
	return register >>> 0
}

/** What eight shifts make of each lowest byte: rows of many columns are hashed once for each trial of the synthesis. */
const stepTables = new Map<number, Int32Array>()

function stepsOf(polynomial: number): Int32Array {
	const known = stepTables.get(polynomial)
	if (known !== undefined) return known
	const steps = Int32Array.from({ length: 256 }, (_none, byte) => {
		let register = byte
		for (let bit = 0; bit < 8; bit += 1) register = (register >>> 1) ^ ((register & 1) === 1 ? polynomial : 0)
		return register
	})
	stepTables.set(polynomial, steps)
	return steps
}

function fnv1a32(bytes: Buffer): number {
	let hash = 0x811c9dc5
	for (const one of bytes) hash = Math.imul(hash ^ one, 0x01000193)
	return hash >>> 0
}

/** In two halves of 32 bits; the prime is 2⁴⁰ + 0x1b3. */
function fnv1a64(bytes: Buffer): bigint {
	let [high, low] = [0xcbf29ce4, 0x84222325]
	for (const one of bytes) {
		const mixed = (low ^ one) >>> 0
		const product = mixed * 0x1b3
		high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x1_0000_0000) + (mixed << 8)) >>> 0
		low = product >>> 0
	}
	return (BigInt(high) << 32n) | BigInt(low)
}

const [first, second, third, fourth, fifth] = [
	0x9e3779b185ebca87n,
	0xc2b2ae3d27d4eb4fn,
	0x165667b19e3779f9n,
	0x85ebca77c2b2ae63n,
	0x27d4eb2f165667c5n,
]

const word = (value: bigint): bigint => BigInt.asUintN(64, value)
const turn = (value: bigint, by: bigint): bigint => word((value << by) | (value >> (64n - by)))
const round = (lane: bigint, input: bigint): bigint => word(turn(word(lane + input * second), 31n) * first)

/** XXH64 with the seed 0 (xxHash fast digest algorithm, specification 0.1.1). */
function xxHash64(bytes: Buffer): bigint {
	const stripes = Math.floor(bytes.length / 32) * 32
	let hash = stripes === 0 ? fifth : ofStripes(bytes.subarray(0, stripes))
	hash = word(hash + BigInt(bytes.length))
	let place = stripes
	for (; place + 8 <= bytes.length; place += 8)
		hash = word(turn(hash ^ round(0n, bytes.readBigUInt64LE(place)), 27n) * first + fourth)
	if (place + 4 <= bytes.length) {
		hash = word(turn(hash ^ word(BigInt(bytes.readUInt32LE(place)) * first), 23n) * second + third)
		place += 4
	}
	for (const one of bytes.subarray(place)) hash = word(turn(hash ^ word(BigInt(one) * fifth), 11n) * first)
	hash = word((hash ^ (hash >> 33n)) * second)
	hash = word((hash ^ (hash >> 29n)) * third)
	return hash ^ (hash >> 32n)
}

function ofStripes(bytes: Buffer): bigint {
	const lanes = [word(first + second), second, 0n, word(-first)]
	for (let place = 0; place < bytes.length; place += 8) {
		const lane = (place / 8) % 4
		lanes[lane] = round(lanes[lane] ?? 0n, bytes.readBigUInt64LE(place))
	}
	const turns = [1n, 7n, 12n, 18n]
	const joined = lanes.reduce((sum, lane, index) => word(sum + turn(lane, turns[index] ?? 0n)), 0n)
	return lanes.reduce((hash, lane) => word((hash ^ round(0n, lane)) * first + fourth), joined)
}
