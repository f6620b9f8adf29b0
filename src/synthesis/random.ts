/** A small seeded generator of our own, so that the same job and seed give the same rows everywhere. */
export interface Random {
	/** A whole number from 0 to `below` - 1. */
	int(below: number): number
	/** One of the values; undefined of an empty list. */
	pick<T>(values: readonly T[]): T | undefined
}

/** mulberry32: 32 bits of state, good enough to vary test rows. */
export function makeRandom(seed: number): Random {
	let state = seed >>> 0
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
	}
	const int = (below: number): number => Math.floor(next() * below)
	return { int, pick: (values) => values[int(values.length)] }
}
