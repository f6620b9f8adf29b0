/** Rows that are worth trying, in batches of one purpose each. */
import type { ReadOperator } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { sourceColumn, splitSourceColumn } from './compose.ts'
import type { Random } from './random.ts'
import type { Assignment } from './search.ts'
import type { SourceRow, SourceRows } from './sources.ts'
import { dataColumns, malformedRecords } from './sources.ts'
import type { ValueSpace } from './space.ts'

/** How many everyday rows each source starts with. */
const seeds = 5
/** Edge values tried for each column: the first ones, and some of the rest. */
const firstEdges = 12
const edgesPerColumn = 8
/** Rows with many edges for each base. */
const crowds = 8
/** Runs with a single row, as far as these do not share one: each is as costly as one with many. */
const mostLonely = 4

/** An everyday row; rows of equal `turn` share key values over all sources. */
export function everydayRow(
	source: ReadOperator,
	space: ValueSpace,
	turn: number,
	special?: ReadonlyMap<string, Value>,
): Row {
	return Object.fromEntries(
		dataColumns(source).map(({ name }): [string, Value] => {
			const column = sourceColumn(source.id, name)
			const values = space.ordinaries(column)
			const value = special?.has(column) === true ? special.get(column) : values[turn % values.length]
			return [name, value ?? null]
		}),
	)
}

const one = (source: ReadOperator, row: SourceRow): SourceRows => new Map([[source.id, [row]]])
const asRow = (row: Row): SourceRow => ({ kind: 'row', row })

/** Everyday rows with matching keys, then duplicates, then rows that match nothing on the other side. */
export function everydayBatches(sources: readonly ReadOperator[], space: ValueSpace): readonly SourceRows[] {
	const together = Array.from(
		{ length: seeds },
		(_none, turn): SourceRows =>
			new Map(sources.map((source) => [source.id, [asRow(everydayRow(source, space, turn))]])),
	)
	const duplicates = sources.map((source) => one(source, asRow(everydayRow(source, space, 0))))
	const alone = sources.map((source, index) => one(source, asRow(everydayRow(source, space, seeds + index))))
	return [...together, ...duplicates, ...alone]
}

/**
 * Rows that many columns share: each with a harmless value at an edge of its type. Keys stay as they are, so that the rows
 * find their partners, and so does what a base sets, so that they reach the output that the base reaches.
 */
export function crowdedBatches(
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
): readonly SourceRows[] {
	return bases.flatMap((base, number) =>
		Array.from({ length: crowds }, (_none, turn): SourceRows => {
			// A key of their own for each: rows that share theirs with many others multiply from join to join.
			const fresh = seeds + sources.length + number * crowds + turn
			const row = (source: ReadOperator): Row => {
				const special = new Map(base)
				for (const { name } of dataColumns(source)) {
					const column = sourceColumn(source.id, name)
					const value = space.harmless(column)[turn]
					if (value !== undefined && !base.has(column) && !space.isKey(column)) special.set(column, value)
				}
				return everydayRow(source, space, fresh, special)
			}
			const touched =
				base.size === 0 ? sources : sources.filter((source) => touches(base, source) || hasKeys(source, space))
			return new Map(touched.map((source) => [source.id, [asRow(row(source))]]))
		}),
	)
}

/** Rows with one null or one empty text each: every column that can have it. Keys, which no crowd varies, with every base. */
export function emptyBatches(
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
): readonly SourceRows[] {
	return sources.flatMap((source) =>
		dataColumns(source).flatMap(({ name }, index) => {
			const column = sourceColumn(source.id, name)
			const own = space.isKey(column) ? bases.filter((base) => touches(base, source)) : []
			return [new Map(), ...own].flatMap((base) =>
				space
					.edges(column)
					.filter(isEmpty)
					.map((value) =>
						one(source, asRow(everydayRow(source, space, index % seeds, new Map([...base, [column, value]])))),
					),
			)
		}),
	)
}

const isEmpty = (value: Value): boolean => value === null || value === ''

/** One odd value in an otherwise everyday row: boundaries, neighbours of literals; each column in turn. */
export function edgeBatches(
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
): readonly SourceRows[] {
	return sources.flatMap((source) => {
		const own = bases.filter((base) => base.size === 0 || touches(base, source))
		const columns = dataColumns(source).map(({ name }) => sourceColumn(source.id, name))
		const picked = columns.map((column) => mostTelling(space.edges(column).filter((value) => !isEmpty(value))))
		const partners = seeds + sources.length + bases.length * crowds
		const most = Math.max(0, ...picked.map(({ length }) => length))
		return Array.from({ length: most }, (_none, turn) =>
			columns.flatMap((column, index): SourceRows[] => {
				const value = picked[index]?.[turn]
				const place = turn * columns.length + index
				const base = own[place % own.length] ?? new Map<string, Value>()
				return value === undefined
					? []
					: [one(source, asRow(everydayRow(source, space, place % partners, new Map([...base, [column, value]]))))]
			}),
		).flat()
	})
}

/** One row in each source; the same with nothing in one of them; and one row that is empty but for its keys. */
export function fewRows(
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
): ReadonlyMap<string, SourceRows> {
	const rows = (given: readonly ReadOperator[], special?: ReadonlyMap<string, Value>): SourceRows =>
		new Map(given.map((source) => [source.id, [asRow(everydayRow(source, space, 0, special))]]))
	const empty = emptyValues(sources, space)
	return new Map([
		['one row each', rows(sources)],
		...bases.map((base, index) => [`one empty row ${index + 1}`, rows(sources, new Map([...empty, ...base]))] as const),
		...(sources.length === 1 ? [] : sources).map(
			({ id, name }) => [`nothing in ${name}`, rows(sources.filter((source) => source.id !== id))] as const,
		),
	])
}

/** One row in one source alone, empty but for its keys, which each has for itself: no other row of its group hides what becomes of it. */
export function lonelyRows(
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
	groupKeys: ReadonlySet<string>,
	firstTurn: number,
): ReadonlyMap<string, SourceRows> {
	if (sources.length < 2) return new Map()
	const empty = [...emptyValues(sources, space)].filter(([column]) => !groupKeys.has(column))
	const found = sources.flatMap((source) =>
		bases.filter((base) => touches(base, source)).map((base, index) => ({ source, base, number: index + 1 })),
	)
	return new Map(
		found
			.slice(0, mostLonely)
			.map(({ source, base, number }, index): [string, SourceRows] => [
				`one empty row ${number}, only in ${source.name}`,
				one(source, asRow(everydayRow(source, space, firstTurn + index, new Map([...empty, ...base])))),
			]),
	)
}

/** Null or empty text for every column that takes it, and is no key. */
function emptyValues(sources: readonly ReadOperator[], space: ValueSpace): ReadonlyMap<string, Value> {
	return new Map(
		sources.flatMap((source) =>
			dataColumns(source).flatMap(({ name }): [string, Value][] => {
				const column = sourceColumn(source.id, name)
				const value = space.harmless(column).find(isEmpty)
				return value === undefined || space.isKey(column) ? [] : [[column, value]]
			}),
		),
	)
}

const touches = (base: Assignment, source: ReadOperator): boolean =>
	[...base.keys()].some((column) => splitSourceColumn(column)[0] === source.id)

/** Rows of other sources look for their partner in it. */
const hasKeys = (source: ReadOperator, space: ValueSpace): boolean =>
	dataColumns(source).some(({ name }) => space.isKey(sourceColumn(source.id, name)))

/** The first ones, which tell most, and of the others as many as fit. */
function mostTelling(values: readonly Value[]): readonly Value[] {
	const others = values.slice(firstEdges)
	const step = Math.max(1, others.length / edgesPerColumn)
	const picked = others.filter((_value, index) => Math.floor(index % step) === 0)
	return [...values.slice(0, firstEdges), ...picked.slice(0, edgesPerColumn)]
}

export function malformedBatches(
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[] = [new Map()],
): readonly SourceRows[] {
	return sources.flatMap((source) => {
		const records = bases.flatMap((base) => malformedRecords(source, everydayRow(source, space, 0, base)))
		return [...new Set(records)].map((record) => one(source, { kind: 'raw', record }))
	})
}

/** Rows for a solved goal; a solution over several sources gives a row in each. */
export function solutionBatch(assignment: Assignment, sources: readonly ReadOperator[], space: ValueSpace): SourceRows {
	const touched = new Set([...assignment.keys()].map((column) => splitSourceColumn(column)[0]))
	return new Map(
		sources
			.filter(({ id }) => touched.has(id))
			.map((source) => [source.id, [asRow(everydayRow(source, space, 0, assignment))]]),
	)
}

/** Rows put together at random, several for each source, with keys that repeat. */
export function randomBatch(sources: readonly ReadOperator[], space: ValueSpace, random: Random): SourceRows {
	return new Map(
		sources.map((source) => {
			const rows = Array.from({ length: 3 }, () => {
				const special = new Map(
					dataColumns(source).flatMap(({ name }): [string, Value][] => {
						const column = sourceColumn(source.id, name)
						const pool = random.int(4) === 0 ? space.values(column) : space.ordinaries(column).slice(0, 3)
						const value = random.pick(pool)
						return value === undefined ? [] : [[column, value]]
					}),
				)
				return asRow(everydayRow(source, space, random.int(3), special))
			})
			return [source.id, rows]
		}),
	)
}
