/** Equality and order of values: key texts for hash maps, comparison for sorting. */
import { foldedText } from '#languages/shared/folding.ts'
import type { Collation } from '#model/collation.ts'
import type { SortKey } from '#model/operators.ts'
import type { Decimal, Row, Value } from '#model/values.ts'

/**
 * A text that is equal for equal values and different for different ones: integers and decimals by value
 * (`1`, `1.0`), floats with one zero and one NaN, null apart from the empty text.
 */
export function keyText(value: Value, collation: Collation = 'binary'): string {
	if (value === null) return 'null'
	switch (typeof value) {
		case 'string':
			return `s${foldedText(value, collation)}`
		case 'bigint':
			return `d${value}e0`
		case 'number':
			return `f${value === 0 ? 0 : value}`
		case 'boolean':
			return `b${value}`
		default:
			return objectKey(value)
	}
}

function objectKey(value: Exclude<Value, null | string | bigint | number | boolean>): string {
	switch (value.kind) {
		case 'decimal': {
			const { unscaled, scale } = withoutTrailingZeros(value)
			return `d${unscaled}e${scale}`
		}
		case 'date':
			return `D${value.days}`
		case 'time':
			return `T${value.micros}`
		case 'timestamp':
			return `S${value.micros}`
		case 'binary':
			return `x${value.hex}`
		case 'vector':
			return value.items.map(part).join('')
		case 'record':
			return Object.values(value.fields).map(part).join('')
	}
}

/** A part of a value carries its length, so that no two lists of parts run together. */
function part(value: Value): string {
	const text = keyText(value)
	return `${text.length}:${text}`
}

function withoutTrailingZeros({ unscaled, scale }: Decimal): { unscaled: bigint; scale: number } {
	let [digits, places] = [unscaled, scale]
	while (places > 0 && digits % 10n === 0n) {
		digits /= 10n
		places -= 1
	}
	return { unscaled: digits, scale: places }
}

export interface KeyColumn {
	readonly column: string
	readonly collation: Collation
}

/** Key text of several columns; each part carries its length, so that no two lists of values run together. */
export function rowKey(row: Row, keys: readonly KeyColumn[]): string {
	return keys
		.map(({ column, collation }) => {
			const text = keyText(row[column] ?? null, collation)
			return `${text.length}:${text}`
		})
		.join('')
}

export function hasNullKey(row: Row, keys: readonly KeyColumn[]): boolean {
	return keys.some(({ column }) => (row[column] ?? null) === null)
}

/** Compares two texts by Unicode code point; `<` of JavaScript compares UTF-16 units, which differs beyond U+FFFF. */
export function compareTexts(left: string, right: string): number {
	const length = Math.min(left.length, right.length)
	for (let index = 0; index < length; index += 1) {
		const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)]
		if (a !== b) return codePointRank(a) - codePointRank(b)
	}
	return left.length - right.length
}

/** Surrogates stand for code points above all others, so they rank above U+E000 to U+FFFF. */
const codePointRank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit)

const sign = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0)

/** Order of two values of one kind (integers and decimals mix). NaN is greatest, as in Spark. */
export function compareValues(
	left: Exclude<Value, null>,
	right: Exclude<Value, null>,
	collation: Collation = 'binary',
): number {
	if (typeof left === 'string' && typeof right === 'string') {
		return compareTexts(foldedText(left, collation), foldedText(right, collation))
	}
	if (typeof left === 'number' && typeof right === 'number') return compareFloats(left, right)
	if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
	const [a, b] = [exactNumber(left), exactNumber(right)]
	if (a !== undefined && b !== undefined) return compareDecimals(a, b)
	if (typeof left === 'object' && typeof right === 'object') {
		if (left.kind === 'date' && right.kind === 'date') return left.days - right.days
		if (left.kind === 'binary' && right.kind === 'binary') return compareTexts(left.hex, right.hex)
		if ('micros' in left && 'micros' in right) return sign(left.micros, right.micros)
	}
	throw new Error('values of different kinds were compared; lowering must convert them first')
}

function compareFloats(left: number, right: number): number {
	if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
	return left < right ? -1 : left > right ? 1 : 0
}

function exactNumber(value: Exclude<Value, null>): Decimal | undefined {
	if (typeof value === 'bigint') return { kind: 'decimal', unscaled: value, scale: 0 }
	return typeof value === 'object' && value.kind === 'decimal' ? value : undefined
}

function compareDecimals(left: Decimal, right: Decimal): number {
	const scale = Math.max(left.scale, right.scale)
	return sign(left.unscaled * 10n ** BigInt(scale - left.scale), right.unscaled * 10n ** BigInt(scale - right.scale))
}

/** Order of two rows by sort keys, nulls where each key says. */
export function compareRows(left: Row, right: Row, keys: readonly SortKey[]): number {
	for (const key of keys) {
		const [a, b] = [left[key.column] ?? null, right[key.column] ?? null]
		if (a === null || b === null) {
			if (a === b) continue
			return (a === null) === (key.nulls === 'first') ? -1 : 1
		}
		const order = compareValues(a, b, key.collation)
		if (order !== 0) return key.direction === 'ascending' ? order : -order
	}
	return 0
}
