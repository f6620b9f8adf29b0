/**
 * Rows as JSON: the one encoding of fixtures, expected rows, engine results and everything bound to a table.
 *
 * | type | JSON |
 * |---|---|
 * | int | number up to 2^53 - 1, beyond that decimal digits as text |
 * | decimal | text with all digits of its scale |
 * | float | number, or `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0.0"` (JSON.stringify would lose its sign) |
 * | string, uuid, boolean | as they are |
 * | date, time, timestamp | `YYYY-MM-DD`, `HH:MM:SS[.ffffff]`, `YYYY-MM-DD HH:MM:SS[.ffffff]` (UTC) |
 * | binary | upper-case hexadecimal |
 * | vector | array of its elements |
 * | record | object of its fields |
 *
 * Decoding takes a little more than encoding gives (numbers as text, short decimals), but never a value that the type cannot hold.
 */

import { formatDate, formatTime, formatTimestamp, parseDate, parseTime, parseTimestamp } from './calendar.ts'
import {
	type DataType,
	type DecimalType,
	type IntType,
	intRange,
	type Schema,
	typeName,
	type VectorType,
} from './types.ts'
import {
	type Decimal,
	makeBinary,
	makeDate,
	makeDecimal,
	makeRecord,
	makeTime,
	makeTimestamp,
	makeVector,
	type Row,
	type Value,
} from './values.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
	readonly [key: string]: JsonValue
}

/** A JSON value that is not one of the type that the schema states. The caller knows the file and the line. */
export class WireError extends Error {
	override readonly name = 'WireError'
}

/** The text of a decimal, always with all digits of its scale: `-0.50`. */
export function formatDecimal({ unscaled, scale }: Decimal): string {
	const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
	const whole = digits.slice(0, digits.length - scale)
	const text = scale === 0 ? whole : `${whole}.${digits.slice(digits.length - scale)}`
	return unscaled < 0n ? `-${text}` : text
}

/** Encodes a value of that type. A value of another kind is a bug of the caller and throws. */
export function encodeValue(value: Value, type: DataType): JsonValue {
	if (value === null) return null
	if (typeof value === 'bigint') return encodeInt(value)
	if (typeof value === 'number') return encodeFloat(value)
	if (typeof value === 'string' || typeof value === 'boolean') return value
	if (value.kind === 'vector' && type.kind === 'vector')
		return value.items.map((item) => encodeValue(item, type.element))
	if (value.kind === 'record' && type.kind === 'record')
		return encodeRow(value.fields, { columns: type.fields, open: false })
	if (value.kind !== type.kind) throw new TypeError(`a ${value.kind} cannot be encoded as ${typeName(type)}`)
	return objectText(value)
}

/** The text of a value, spelled as its JSON form: all digits, ISO dates, hexadecimal, elements in brackets; `null` for null. */
export function valueText(value: Value): string {
	if (typeof value === 'object' && value !== null) return objectText(value)
	return String(typeof value === 'number' ? encodeFloat(value) : value)
}

function objectText(value: Extract<Value, { kind: string }>): string {
	switch (value.kind) {
		case 'decimal':
			return formatDecimal(value)
		case 'date':
			return formatDate(value.days)
		case 'time':
			return formatTime(value.micros)
		case 'timestamp':
			return formatTimestamp(value.micros)
		case 'binary':
			return value.hex
		case 'vector':
			return `[${value.items.map(valueText).join(', ')}]`
		case 'record':
			return `{${Object.entries(value.fields)
				.map(([name, field]) => `${name}: ${valueText(field)}`)
				.join(', ')}}`
	}
}

function encodeInt(value: bigint): JsonValue {
	const number = Number(value)
	return Number.isSafeInteger(number) ? number : value.toString()
}

function encodeFloat(value: number): number | string {
	if (Object.is(value, -0)) return '-0.0'
	return Number.isFinite(value) ? value : String(value)
}

/**
 * Decodes a JSON value to a value of that type.
 * @throws WireError when the JSON value is not one of that type.
 */
export function decodeValue(json: JsonValue, type: DataType): Value {
	if (json === null) return null
	const decoded = decodeAs(json, type)
	if (decoded === undefined) throw new WireError(`${JSON.stringify(json)} is not a ${typeName(type)}`)
	return decoded
}

function decodeAs(json: Exclude<JsonValue, null>, type: DataType): Value | undefined {
	if (type.kind === 'boolean') return typeof json === 'boolean' ? json : undefined
	if (type.kind === 'vector') return decodeVector(json, type)
	if (type.kind === 'record')
		return isObject(json) ? makeRecord(decodeRow(json, { columns: type.fields, open: false })) : undefined
	const text = typeof json === 'number' ? numberText(json) : json
	if (typeof text !== 'string') return undefined
	switch (type.kind) {
		case 'int':
			return decodeInt(text, type)
		case 'decimal':
			return parseDecimal(text, type)
		case 'float':
			return decodeFloat(text, type.bits)
		default:
			return typeof json === 'string' ? decodeText(json, type) : undefined
	}
}

function decodeVector(json: JsonValue, { element, length }: VectorType): Value | undefined {
	if (!Array.isArray(json) || (length !== undefined && json.length !== length)) return undefined
	return makeVector(json.map((item: JsonValue) => decodeValue(item, element)))
}

const isObject = (json: JsonValue): json is JsonObject =>
	typeof json === 'object' && json !== null && !Array.isArray(json)

/** A number that JSON.parse may have rounded already is refused where a digit could be lost. */
const numberText = (value: number): string | undefined =>
	Object.is(value, -0)
		? '-0.0'
		: Number.isInteger(value) && !Number.isSafeInteger(value)
			? value.toExponential()
			: String(value)

function decodeText(text: string, type: DataType): Value | undefined {
	switch (type.kind) {
		case 'date': {
			const days = parseDate(text)
			return days === undefined ? undefined : makeDate(days)
		}
		case 'time': {
			const micros = parseTime(text)
			return micros === undefined ? undefined : makeTime(micros)
		}
		case 'timestamp': {
			const micros = parseTimestamp(text)
			return micros === undefined ? undefined : makeTimestamp(micros)
		}
		case 'binary':
			return /^(?:[0-9A-Fa-f]{2})*$/.test(text) ? makeBinary(text) : undefined
		default:
			return text
	}
}

function decodeInt(text: string, type: IntType): bigint | undefined {
	if (!/^-?\d+$/.test(text)) return undefined
	const value = BigInt(text)
	const { min, max } = intRange(type)
	return value >= min && value <= max ? value : undefined
}

/** A decimal of exactly the type's scale; more digits than it has, or than its precision holds, are refused. */
function parseDecimal(text: string, { precision, scale }: DecimalType): Decimal | undefined {
	const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
	if (!match) return undefined
	const fraction = match[3] ?? ''
	const shift = scale - fraction.length + Number(match[4] ?? 0)
	let unscaled = BigInt(`${match[2] ?? ''}${fraction}`)
	if (shift >= 0) unscaled *= 10n ** BigInt(shift)
	else {
		const divisor = 10n ** BigInt(-shift)
		if (unscaled % divisor !== 0n) return undefined
		unscaled /= divisor
	}
	return unscaled < 10n ** BigInt(precision) ? makeDecimal(match[1] === '-' ? -unscaled : unscaled, scale) : undefined
}

function decodeFloat(text: string, bits: 32 | 64): number | undefined {
	if (!/^(?:NaN|-?Infinity|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.test(text)) return undefined
	return bits === 32 ? Math.fround(Number(text)) : Number(text)
}

/** Encodes the schema's columns of a row, in the schema's order; a column that the row lacks is null. */
export function encodeRow(row: Row, schema: Schema): JsonObject {
	return Object.fromEntries(
		schema.columns.map((column) => [column.name, encodeValue(row[column.name] ?? null, column.type)]),
	)
}

/**
 * Decodes the schema's columns of a JSON object; columns that the schema does not name are left out.
 * @throws WireError naming the column.
 */
export function decodeRow(json: JsonObject, schema: Schema): Row {
	return Object.fromEntries(
		schema.columns.map(({ name, type }) => {
			try {
				return [name, decodeValue(Object.hasOwn(json, name) ? (json[name] ?? null) : null, type)]
			} catch (error) {
				if (!(error instanceof WireError)) throw error
				throw new WireError(`column ${name}: ${error.message}`, {
					cause: error,
				})
			}
		}),
	)
}
