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
/** Edge values tried for each column. */
const edgesPerColumn = 12

/** An everyday row; rows of equal `turn` share key values over all sources. */
function everydayRow(source: ReadOperator, space: ValueSpace, turn: number, special?: ReadonlyMap<string, Value>): Row {
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

/** One odd value in an otherwise everyday row: nulls, empty texts, boundaries, neighbours of literals. */
export function edgeBatches(sources: readonly ReadOperator[], space: ValueSpace): readonly SourceRows[] {
	return sources.flatMap((source) =>
		dataColumns(source).flatMap(({ name }) => {
			const column = sourceColumn(source.id, name)
			return mostTelling(space.edges(column)).map((value, index) =>
				one(source, asRow(everydayRow(source, space, index, new Map([[column, value]])))),
			)
		}),
	)
}

/** Null and the empty text always; of the others as many as fit. */
function mostTelling(values: readonly Value[]): readonly Value[] {
	const first = values.filter((value) => value === null || value === '')
	const others = values.filter((value) => value !== null && value !== '')
	const step = Math.max(1, others.length / edgesPerColumn)
	const picked = others.filter((_value, index) => Math.floor(index % step) === 0)
	return [...first, ...picked.slice(0, edgesPerColumn)]
}

export function malformedBatches(sources: readonly ReadOperator[], space: ValueSpace): readonly SourceRows[] {
	return sources.flatMap((source) =>
		malformedRecords(source, everydayRow(source, space, 0)).map((record) => one(source, { kind: 'raw', record })),
	)
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
