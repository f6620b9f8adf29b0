import type { OperatorBase } from './operator-base.ts'
import type { Column } from './types.ts'

/** Those of Spark, and some that packages of SSIS use: numbers with the lowest byte first. `none` is one zero byte, whatever the row. */
export type HashAlgorithm =
	| 'none'
	| 'md5'
	| 'ripemd160'
	| 'sha1'
	| 'sha256'
	| 'sha384'
	| 'sha512'
	| 'crc32'
	/** The register as it stands in the end: the last step of the standard, to invert it, is left out. */
	| 'crc32c-open'
	| 'fnv1a32'
	| 'fnv1a64'
	/** With the seed 0. */
	| 'xxhash64'

/**
 * Adds a hash of columns. Ports: `in` → `out`. What is hashed are the bytes of the values, one after the other, nulls left out:
 * text as UTF-8; whole numbers, lowest byte first, in the width of their type; a truth value as one byte; a decimal as .NET holds
 * it (96 bits, in which a larger one ends the run, then scale and sign); a float as IEEE 754 has it; a GUID as .NET orders its bytes; moments as their text behind a
 * byte with its length; bytes as they are.
 */
export interface ChecksumOperator extends OperatorBase {
	readonly kind: 'checksum'
	/** A binary column takes the hash, a text its upper-case hexadecimal digits or what `form` says. */
	readonly column: Column
	readonly form?: 'prefixed-hex' | 'base64'
	readonly algorithm: HashAlgorithm
	readonly inputs: readonly string[]
	/** Decimals among them that first lose the zeros at their end, unless they are zero, as a currency does in .NET. */
	readonly trimmed?: readonly string[]
	/** Adds a text at the end: for each column `Y` for null, or `N` and for texts and bytes their length. */
	readonly marksNulls: boolean
	/**
	 * Moments to seven digits of a second (`2024-01-31 12:00:00.0000000`), or to the second (`2024-01-31 12:00:00Z`). Those with a
	 * zone are in UTC (`2024-01-31 12:00:00.0000000 +00:00`).
	 */
	readonly fractions: boolean
}

/** Types whose bytes are known. */
export function canHash({ type }: Column): boolean {
	return type.kind !== 'timestamp' || !type.zone
}
