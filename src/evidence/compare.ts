/** Comparing rows by the rules of their types. */

import type { JsonObject } from '#model/json-values.ts'
import { encodeRow } from '#model/json-values.ts'
import type { Column, Schema } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { keyText } from '#reference/keys.ts'
import type { Difference } from './difference.ts'
import { pairChanged } from './difference.ts'

export interface CompareOptions {
	/** Place of each expected row, where the job defines an order: rows of one place may come in any turn. Absent: bags. */
	readonly order?: readonly number[]
	/** Largest relative difference of two equal floats. Nothing else has a tolerance. Default 1e-9. */
	readonly tolerance?: number
	/** Columns of texts that are floats written out. */
	readonly floatTexts?: ReadonlySet<string>
	/** Most differences to show. Default 10. */
	readonly samples?: number
}

export interface Comparison {
	readonly equal: boolean
	/** Numbers of rows. */
	readonly expected: number
	readonly actual: number
	/** Rows without a partner on the other side. */
	readonly missing: number
	readonly extra: number
	/** Rows that are on both sides, but at another place than the order of the job gives them. */
	readonly misplaced: number
	readonly samples: readonly Difference[]
}

const defaultTolerance = 1e-9

/**
 * Compares two tables of one schema. Decimals are equal by value, texts to the last character (those of fixed width up to
 * trailing blanks), timestamps to the microsecond, null only to null; floats within the tolerance.
 */
export function compareTables(
	expected: readonly Row[],
	actual: readonly Row[],
	schema: Schema,
	options: CompareOptions = {},
): Comparison {
	const rest = unmatched(expected, actual, schema, options)
	const isSame = rest.missing.length === 0 && rest.extra.length === 0
	const moved = isSame && options.order !== undefined ? misplaced(expected, actual, schema, options) : none
	const encode = (row: Row): JsonObject => encodeRow(row, schema)
	const shown = isSame ? moved : rest
	return {
		equal: isSame && moved.missing.length === 0,
		expected: expected.length,
		actual: actual.length,
		missing: rest.missing.length,
		extra: rest.extra.length,
		misplaced: moved.missing.length,
		samples: pairChanged(shown.missing.map(encode), shown.extra.map(encode), options.samples ?? 10),
	}
}

interface Rest {
	readonly missing: readonly Row[]
	readonly extra: readonly Row[]
}

const none: Rest = { missing: [], extra: [] }

/** Equal bags, place by place: what stands where other rows should. */
function misplaced(expected: readonly Row[], actual: readonly Row[], schema: Schema, options: CompareOptions): Rest {
	const missing: Row[] = []
	const extra: Row[] = []
	for (const [start, end] of spansOf(options.order ?? [])) {
		const rest = unmatched(expected.slice(start, end), actual.slice(start, end), schema, options)
		missing.push(...rest.missing)
		extra.push(...rest.extra)
	}
	return { missing, extra }
}

/** Where each run of equal numbers begins and ends. */
function spansOf(places: readonly number[]): readonly (readonly [start: number, end: number])[] {
	const starts = places.flatMap((place, index) => (index > 0 && place === places[index - 1] ? [] : [index]))
	return starts.map((start, index) => [start, starts[index + 1] ?? places.length])
}

/** What is left of two bags when equal rows are taken away in pairs. */
function unmatched(expected: readonly Row[], actual: readonly Row[], schema: Schema, options: CompareOptions): Rest {
	const exact = takeEqual(expected, actual, (row) => keyOf(row, schema.columns))
	const isFloat = ({ name, type }: Column): boolean => type.kind === 'float' || options.floatTexts?.has(name) === true
	const floats = schema.columns.filter(isFloat)
	if (floats.length === 0 || exact.missing.length === 0) return exact
	return takeClose(exact, schema, floats, options)
}

function takeEqual(expected: readonly Row[], actual: readonly Row[], key: (row: Row) => string): Rest {
	const left = new Map<string, number>()
	for (const row of actual) left.set(key(row), (left.get(key(row)) ?? 0) + 1)
	const missing = expected.filter((row) => !takeOne(left, key(row)))
	const extra = actual.filter((row) => takeOne(left, key(row)))
	return { missing, extra }
}

function takeOne(counts: Map<string, number>, key: string): boolean {
	const count = counts.get(key) ?? 0
	if (count > 0) counts.set(key, count - 1)
	return count > 0
}

/** Pairs rows that are equal but for their floats, and in these within the tolerance. */
function takeClose(rest: Rest, schema: Schema, floats: readonly Column[], options: CompareOptions): Rest {
	const others = schema.columns.filter((column) => !floats.includes(column))
	const candidates = Map.groupBy(rest.extra, (row) => keyOf(row, others))
	const taken = new Set<Row>()
	const missing = rest.missing.filter((row) => {
		const partner = candidates
			.get(keyOf(row, others))
			?.find(
				(one) =>
					!taken.has(one) &&
					floats.every((column) => sameValue(row[column.name] ?? null, one[column.name] ?? null, column, options)),
			)
		if (partner !== undefined) taken.add(partner)
		return partner === undefined
	})
	return { missing, extra: rest.extra.filter((row) => !taken.has(row)) }
}

const keyOf = (row: Row, columns: readonly Column[]): string =>
	JSON.stringify(columns.map((column) => keyText(comparable(row[column.name] ?? null, column))))

/** Fixed-width texts are padded by some engines and not by others; the padding says nothing. */
function comparable(value: Value, { type }: Column): Value {
	// A single says nothing beyond its 24 bits, however many digits it is written with.
	if (typeof value === 'number' && type.kind === 'float' && type.bits === 32) return Math.fround(value)
	return typeof value === 'string' && type.kind === 'string' && type.fixed ? value.replace(/ +$/, '') : value
}

function sameValue(left: Value, right: Value, column: Column, options: CompareOptions): boolean {
	if (keyText(comparable(left, column)) === keyText(comparable(right, column))) return true
	if (typeof left === 'string' && typeof right === 'string') {
		const [one, other] = [readNumber(left), readNumber(right)]
		// Two texts of one number differ in their form, and that is a difference.
		return one.quote === other.quote && one.number !== other.number && isClose(one.number, other.number, options)
	}
	return typeof left === 'number' && typeof right === 'number' && isClose(left, right, options)
}

const isClose = (left: number, right: number, { tolerance = defaultTolerance }: CompareOptions): boolean =>
	Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right))

/** A text that is a number and nothing else, in quotes or not; of any other the number is NaN, which is close to nothing. */
function readNumber(text: string): { readonly quote: string; readonly number: number } {
	const [, quote = '', digits] = /^(["']?)(-?\d+(?:[.,]\d+)?(?:E[+-]?\d+)?)\1$/i.exec(text) ?? []
	return { quote, number: digits === undefined ? Number.NaN : Number(digits.replace(',', '.')) }
}
