import type { Collation } from '#model/operators.ts'
import { whole } from '../formats/properties.ts'

/**
 * Comparison flags as a collation; undefined for those that no collation of the model has (accents, kana, width, symbols).
 * 1: ignore case; 0x10: ignore case by linguistic rules (Windows NORM_* flags).
 */
export function collationOf(flags: string | undefined): Collation | undefined {
	switch (whole(flags, 0)) {
		case 0:
			return 'binary'
		case 1:
		case 0x10:
			return 'caseless'
		default:
			return undefined
	}
}

/** The same with regard to letter case alone. */
export const caseOf = (flags: string | undefined): Collation => ((whole(flags, 0) & 0x11) === 0 ? 'binary' : 'caseless')
