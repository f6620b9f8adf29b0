import type { OperatorBase } from './operator-base.ts'
import type { Column } from './types.ts'

export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

/**
 * Adds a hash of columns. Ports: `in` → `out`. What is hashed are the bytes of the values, one after the other, nulls left out:
 * text as UTF-8; whole numbers, lowest byte first, in the width of their type; a truth value as one byte; a decimal as .NET holds
 * it (96 bits, then scale and sign); moments as their text behind a byte with its length; bytes as they are.
 */
export interface ChecksumOperator extends OperatorBase {
	readonly kind: 'checksum'
	/** A binary column takes the hash, a text its upper-case hexadecimal digits. */
	readonly column: Column
	readonly algorithm: HashAlgorithm
	readonly inputs: readonly string[]
	/** Adds a text at the end: for each column `Y` for null, or `N` and for texts and bytes their length. */
	readonly marksNulls: boolean
	/** Moments to seven digits of a second (`2024-01-31 12:00:00.0000000`), or to the second (`2024-01-31 12:00:00Z`). */
	readonly fractions: boolean
}

/** Types whose bytes are known. */
export function canHash({ type }: Column): boolean {
	switch (type.kind) {
		case 'string':
		case 'boolean':
		case 'date':
		case 'time':
		case 'binary':
			return true
		case 'timestamp':
			return !type.zone
		case 'int':
			return type.signed || type.bits < 64
		case 'decimal':
			return type.precision <= 18
		case 'float':
		case 'uuid':
			return false
	}
}
