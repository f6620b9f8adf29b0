/** Compares what the legacy engine wrote with what the new job wrote, or any two data sets. */
import type { JsonObject, JsonValue } from '#model/json-values.ts'
import type { Difference } from '../difference.ts'
import { pairChanged } from '../difference.ts'
import type { Tolerance } from './cells.ts'
import { comparableText, isClose } from './cells.ts'
import type { DataSet } from './data-set.ts'

export interface ReconcileOptions {
	/** Columns that identify a row; without them rows are compared as bags. */
	readonly keys?: readonly string[]
	/** Names, or positions from 1, of columns that are not compared. */
	readonly ignore?: readonly string[]
	/** Largest absolute difference of two numbers that count as equal. Default 0. */
	readonly tolerance?: number
	/** Leave out blanks at both ends. */
	readonly trim?: boolean
	/** Texts of numbers and moments must agree to the character, not only in value. */
	readonly exact?: boolean
	/** Names of columns whose values are texts: they must agree to the character, but for {@link padding}. */
	readonly texts?: readonly string[]
	/** Names of columns whose numbers are equal within a relative 10⁻⁹: they come from arithmetic in another order. */
	readonly floats?: readonly string[]
	/** Blanks at the end of a value count for nothing: one side fills columns up to their width. */
	readonly padding?: boolean
	/** Most differing rows to show. Default 20. */
	readonly samples?: number
}

export interface ReconcileReport {
	readonly equal: boolean
	readonly rows: { readonly expected: number; readonly actual: number }
	/** Rows that only one side has; with keys, rows whose key only one side has. */
	readonly missing: number
	readonly extra: number
	/** With keys: rows of one key whose other columns differ. */
	readonly changed: number
	/** Columns that only one side has. */
	readonly missing_columns: readonly string[]
	readonly extra_columns: readonly string[]
	/** How often each column differs among the changed rows (without keys: among the sampled ones). */
	readonly columns: readonly { readonly name: string; readonly differences: number }[]
	readonly samples: readonly Difference[]
	/** Of a comparison on Spark. */
	readonly aggregates?: { readonly expected: SideAggregates; readonly actual: SideAggregates }
}

/** What one side is as a whole. Values in the form in which they are compared. */
export interface SideAggregates {
	readonly rows: number
	/** The same for the same rows in any order. */
	readonly checksum: string
	readonly columns: readonly {
		readonly name: string
		readonly nulls: number | null
		readonly least: string | null
		readonly greatest: string | null
		/** Of those that are numbers. */
		readonly sum: string | null
		/** About. */
		readonly distinct: number
	}[]
}

type ChangedCell = Extract<Difference, { readonly kind: 'changed' }>['columns'][number]

const asText = (value: JsonValue): string | null => (typeof value === 'string' ? value : null)

type Cells = readonly (string | null)[]

/** One row of both sides' common columns: as it is, and as it compares. */
interface Comparable {
	readonly row: JsonObject
	readonly cells: Cells
}

/** @throws Error when a key is not a column of both sides. */
export function reconcile(expected: DataSet, actual: DataSet, options: ReconcileOptions = {}): ReconcileReport {
	const shared = shareColumns(expected, actual, options.ignore ?? [])
	const nullsCount = expected.knowsNull && actual.knowsNull
	const exact = new Set((options.texts ?? []).map(fold))
	const cell = (value: string | null, name: string): string | null =>
		comparableText(value, nullsCount, exact.has(fold(name)) ? { ...options, exact: true } : options)
	const close = closenessOf(
		shared.pairs.map(({ name }) => name),
		options,
	)
	const nearness = new Map(shared.pairs.map(({ name }, index) => [name, close[index]]))
	// Rows are paired by what is in their cells; `20` for `20.0` is no difference to show.
	const differs = ({ name, expected: one, actual: other }: ChangedCell): boolean =>
		!isClose(cell(asText(one), name), cell(asText(other), name), nearness.get(name))
	const prepare = (data: DataSet, side: 'left' | 'right'): readonly Comparable[] =>
		data.rows.map((values) => ({
			row: Object.fromEntries(shared.pairs.map((pair) => [pair.name, values[pair[side]] ?? null])),
			cells: shared.pairs.map((pair) => cell(values[pair[side]] ?? null, pair.name)),
		}))
	const [left, right] = [prepare(expected, 'left'), prepare(actual, 'right')]
	const keys = (options.keys ?? []).map((key) => keyIndex(key, shared))
	const found = keys.length > 0 ? compareByKey(left, right, keys, close) : compareAsBags(left, right, close)
	const samples = pairChanged(
		found.missing.map(({ row }) => row),
		found.extra.map(({ row }) => row),
		options.samples ?? 20,
	).map((one) => (one.kind === 'changed' ? { ...one, columns: one.columns.filter(differs) } : one))
	const all = [...found.changed, ...(keys.length > 0 ? [] : samples)]
	const changed = all.filter((one) => one.kind === 'changed')
	const columns = shared.pairs.map(({ name }) => ({
		name,
		differences: changed.filter((one) => one.columns.some((column) => column.name === name)).length,
	}))
	return {
		equal:
			found.missing.length +
				found.extra.length +
				found.changed.length +
				shared.onlyLeft.length +
				shared.onlyRight.length ===
			0,
		rows: { expected: expected.rows.length, actual: actual.rows.length },
		missing: found.missing.length,
		extra: found.extra.length,
		changed: found.changed.length,
		missing_columns: shared.onlyLeft,
		extra_columns: shared.onlyRight,
		columns: columns.filter(({ differences }) => differences > 0),
		samples: [...found.changed, ...samples].slice(0, options.samples ?? 20),
	}
}

interface Found {
	readonly missing: readonly Comparable[]
	readonly extra: readonly Comparable[]
	readonly changed: readonly Difference[]
}

const textOf = (cells: Cells): string => JSON.stringify(cells)

function compareAsBags(left: readonly Comparable[], right: readonly Comparable[], close: Closeness): Found {
	const counts = new Map<string, number>()
	for (const { cells } of right) counts.set(textOf(cells), (counts.get(textOf(cells)) ?? 0) + 1)
	const take = ({ cells }: Comparable): boolean => {
		const count = counts.get(textOf(cells)) ?? 0
		if (count > 0) counts.set(textOf(cells), count - 1)
		return count > 0
	}
	const missing = left.filter((one) => !take(one))
	const extra = right.filter(take)
	return close.some((one) => one !== undefined)
		? { ...pairClose(missing, extra, close), changed: [] }
		: { missing, extra, changed: [] }
}

/** Takes away pairs that differ only in numbers, and in these within the tolerance. */
function pairClose(missing: readonly Comparable[], extra: readonly Comparable[], close: Closeness) {
	const shape = ({ cells }: Comparable): string =>
		textOf(cells.map((cell, index) => (close[index] !== undefined && isNumber(cell) ? 'number' : cell)))
	const groups = Map.groupBy(extra, shape)
	const taken = new Set<Comparable>()
	const left = missing.filter((one) => {
		const partner = groups
			.get(shape(one))
			?.find((other) => !taken.has(other) && areClose(one.cells, other.cells, close))
		if (partner !== undefined) taken.add(partner)
		return partner === undefined
	})
	return { missing: left, extra: extra.filter((one) => !taken.has(one)) }
}

const isNumber = (cell: string | null): boolean => cell !== null && cell !== '' && Number.isFinite(Number(cell))

const areClose = (left: Cells, right: Cells, close: Closeness): boolean =>
	left.every((cell, index) => isClose(cell, right[index] ?? null, close[index]))

/** For each column how far two numbers may be apart; undefined: not at all. */
type Closeness = readonly (Tolerance | undefined)[]

function closenessOf(names: readonly string[], options: ReconcileOptions): Closeness {
	const texts = new Set((options.texts ?? []).map(fold))
	const floats = new Set((options.floats ?? []).map(fold))
	const absolute = options.tolerance ?? 0
	return names.map((name) => {
		if (texts.has(fold(name))) return undefined
		const relative = floats.has(fold(name)) ? 1e-9 : 0
		return absolute > 0 || relative > 0 ? { absolute, relative } : undefined
	})
}

/** Rows of one key are paired in their order; those left over are missing or extra. */
function compareByKey(
	left: readonly Comparable[],
	right: readonly Comparable[],
	keys: readonly number[],
	close: Closeness,
): Found {
	const keyOf = ({ cells }: Comparable): string => textOf(keys.map((index) => cells[index] ?? null))
	const groups = new Map([...Map.groupBy(right, keyOf)].map(([key, rows]) => [key, rows.values()]))
	const missing: Comparable[] = []
	const changed: Difference[] = []
	for (const one of left) {
		const next = groups.get(keyOf(one))?.next()
		if (next === undefined || next.done === true) missing.push(one)
		else if (!areClose(one.cells, next.value.cells, close)) changed.push(changedRow(one, next.value, close))
	}
	return { missing, extra: [...groups.values()].flatMap((rest) => [...rest]), changed }
}

function changedRow(left: Comparable, right: Comparable, close: Closeness): Difference {
	const columns = Object.keys(left.row)
		.map((name, index) => ({ name, index, expected: left.row[name] ?? null, actual: right.row[name] ?? null }))
		.filter(({ index }) => !isClose(left.cells[index] ?? null, right.cells[index] ?? null, close[index]))
		.map(({ name, expected, actual }) => ({ name, expected, actual }))
	return { kind: 'changed', row: left.row, columns }
}

interface SharedColumns {
	readonly pairs: readonly { readonly name: string; readonly left: number; readonly right: number }[]
	readonly onlyLeft: readonly string[]
	readonly onlyRight: readonly string[]
}

const fold = (name: string): string => name.trim().toLowerCase()

/** Columns meet by name (letter case aside) where both sides have names, otherwise by position. */
function shareColumns(left: DataSet, right: DataSet, ignore: readonly string[]): SharedColumns {
	const ignored = new Set(ignore.map(fold))
	const isIgnored = (name: string, index: number): boolean => ignored.has(fold(name)) || ignored.has(String(index + 1))
	const byName = left.named && right.named
	const partner = (name: string, index: number): number =>
		byName ? right.columns.findIndex((other) => fold(other) === fold(name)) : index < right.columns.length ? index : -1
	const pairs = left.columns.map((name, index) => ({ name, left: index, right: partner(name, index) }))
	const wanted = pairs.filter(({ name, left: index }) => !isIgnored(name, index))
	const met = new Set(pairs.map((pair) => pair.right))
	return {
		pairs: wanted.filter((pair) => pair.right >= 0),
		onlyLeft: wanted.filter((pair) => pair.right < 0).map(({ name }) => name),
		onlyRight: right.columns.filter((name, index) => !met.has(index) && !isIgnored(name, index)),
	}
}

function keyIndex(key: string, { pairs }: SharedColumns): number {
	const index = pairs.findIndex(({ name }) => fold(name) === fold(key))
	if (index === -1) throw new Error(`the key ${key} is not a column of both sides`)
	return index
}
