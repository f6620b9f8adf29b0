/**
 * Values as every part of Reglue holds them: exact, and never a JavaScript number where a digit could be lost.
 *
 * | type | value |
 * |---|---|
 * | string, uuid | string (Unicode, compared by code point) |
 * | int | bigint |
 * | decimal | {@link Decimal}: unscaled bigint and scale |
 * | float | number |
 * | boolean | boolean |
 * | date | {@link DateValue}: days since 1970-01-01 (proleptic Gregorian) |
 * | time | {@link TimeValue}: microseconds since midnight |
 * | timestamp | {@link TimestampValue}: microseconds since 1970-01-01 00:00:00 UTC |
 * | binary | {@link BinaryValue} |
 * | vector | {@link VectorValue}: its elements in order |
 * | record | {@link RecordValue}: its fields by name |
 */

export interface Decimal {
	readonly kind: 'decimal'
	readonly unscaled: bigint
	readonly scale: number
}
export interface DateValue {
	readonly kind: 'date'
	readonly days: number
}
export interface TimeValue {
	readonly kind: 'time'
	readonly micros: bigint
}
export interface TimestampValue {
	readonly kind: 'timestamp'
	readonly micros: bigint
}
export interface BinaryValue {
	readonly kind: 'binary'
	/** Upper-case hexadecimal, two digits a byte: JSON-safe and comparable. */
	readonly hex: string
}

export interface VectorValue {
	readonly kind: 'vector'
	readonly items: readonly Value[]
}
export interface RecordValue {
	readonly kind: 'record'
	readonly fields: Row
}

export type Value =
	| null
	| boolean
	| bigint
	| number
	| string
	| Decimal
	| DateValue
	| TimeValue
	| TimestampValue
	| BinaryValue
	| VectorValue
	| RecordValue

/** One row of a link, by column name. */
export interface Row {
	readonly [column: string]: Value
}

/** Why a value could not be computed. */
export type ErrorKind =
	| 'conversion'
	| 'overflow'
	| 'div_by_zero'
	| 'argument'
	| 'domain'
	| 'truncation'
	| 'type'
	| 'parse'
	| 'null'

/** What an expression yields instead of a value when it fails. */
export interface ValueError {
	readonly error: ErrorKind
	readonly message: string
}

export type Result = Value | ValueError

export function isError(result: Result): result is ValueError {
	return typeof result === 'object' && result !== null && 'error' in result
}

export function failure(error: ErrorKind, message: string): ValueError {
	return { error, message }
}

export const makeDecimal = (unscaled: bigint, scale: number): Decimal => ({ kind: 'decimal', unscaled, scale })
export const makeDate = (days: number): DateValue => ({ kind: 'date', days })
export const makeTime = (micros: bigint): TimeValue => ({ kind: 'time', micros })
export const makeTimestamp = (micros: bigint): TimestampValue => ({ kind: 'timestamp', micros })
export const makeBinary = (hex: string): BinaryValue => ({ kind: 'binary', hex: hex.toUpperCase() })
export const makeVector = (items: readonly Value[]): VectorValue => ({ kind: 'vector', items })
export const makeRecord = (fields: Row): RecordValue => ({ kind: 'record', fields })
