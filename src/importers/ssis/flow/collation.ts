/** Comparison flags of columns (Microsoft: Comparing String Data), which are the NORM_* flags of Windows. */
import type { Collation, Folding } from '#model/collation.ts'
import { collationIgnoring, foldings } from '#model/collation.ts'
import { whole } from '../formats/properties.ts'

/** Two flags each for case and accents: by all rules of Unicode, and by those of the language. */
const bits: Readonly<Record<Folding, number>> = {
	case: 0x1 | 0x10,
	accents: 0x2 | 0x20,
	symbols: 0x4,
	kana: 0x10000,
	width: 0x20000,
}

/** They change the order of punctuation, and casing in Turkish, Azeri and Lithuanian. */
const STRING_SORT = 0x1000
const LINGUISTIC_CASING = 0x8000000

const known = Object.values(bits).reduce((all, one) => all | one, STRING_SORT | LINGUISTIC_CASING)

/** Undefined for flags that no document names. */
export function collationOf(flags: string | undefined): Collation | undefined {
	const set = whole(flags, 0)
	return (set & ~known) === 0
		? collationIgnoring(new Set(foldings.filter((one) => (set & bits[one]) !== 0)))
		: undefined
}
