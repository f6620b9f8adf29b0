/** Rows of one group that differ in all else, and rows that differ in one key: they tell the first from the last, and a key from none. */

import { columnsRead } from '#model/expressions.ts'
import type { DataFlow, Operator, ReadOperator } from '#model/operators.ts'
import { boolean } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { solutionBatch } from './batches.ts'
import type { Composer } from './compose.ts'
import { sourceColumn, splitSourceColumn } from './compose.ts'
import type { Wish } from './goals.ts'
import { wishesBefore } from './goals.ts'
import type { Assignment } from './search.ts'
import type { SourceRows } from './sources.ts'
import { dataColumns } from './sources.ts'
import type { ValueSpace } from './space.ts'

/** Everyday rows of other purposes use the turns below. */
const firstTurn = 3
const mostGroups = 12
/** Odd rows of all columns together; the first ones of each column tell most. */
const mostOdd = 60

export function groupBatches(
	flow: DataFlow,
	composer: Composer,
	sources: readonly ReadOperator[],
	space: ValueSpace,
	solution: (wishes: readonly Wish[]) => Assignment | undefined,
): readonly SourceRows[] {
	const grouping = flow.operators.filter(({ kind }) => kind === 'distinct' || kind === 'aggregate').slice(0, mostGroups)
	return grouping.flatMap((operator, index) => {
		const keys = keyColumns(operator, composer)
		const way = keys.length === 0 ? undefined : solution(wishesBefore(operator, composer))
		if (way === undefined) return []
		const owners = new Set(keys.map((key) => splitSourceColumn(key)[0]))
		const own = sources.filter(({ id }) => owners.has(id))
		const turn = firstTurn + 3 * index
		const all = own.flatMap((source) => dataColumns(source).map(({ name }) => sourceColumn(source.id, name)))
		const row = (turnOf: (column: string) => number, more: Assignment): Assignment =>
			new Map([...all.map((column) => [column, space.ordinary(column, turnOf(column))] as const), ...more])
		const ofWay = new Map([...way].filter(([column]) => owners.has(splitSourceColumn(column)[0])))
		const isKey = (column: string): boolean => keys.includes(column)
		const free = keys.filter((key) => !way.has(key))
		const rows = [
			row(() => turn, way),
			row((column) => (isKey(column) ? turn : turn + 1), ofWay),
			...free.map((other) => row((column) => (column === other || !isKey(column) ? turn + 2 : turn), ofWay)),
		]
		return rows.map((one) => solutionBatch(one, sources, space))
	})
}

/**
 * Rows with one odd value each, and a group of their own: beside others of its group an odd row may not be the one that stays,
 * or count for nothing in a sum. Sources that are looked up have the partners.
 *
 * @param firstTurn the turns below are those of rows that may share a run with these
 */
export function oddRows(
	flow: DataFlow,
	composer: Composer,
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
	firstTurn: number,
): ReadonlyMap<string, readonly SourceRows[]> {
	const keys = groupKeys(flow, [composer])
	const columnsOf = (source: ReadOperator): readonly string[] =>
		dataColumns(source).map(({ name }) => sourceColumn(source.id, name))
	const partners = sources.filter((source) => columnsOf(source).some((column) => space.isKey(column)))
	const odd = sources.flatMap((source) =>
		columnsOf(source)
			.filter((column) => !keys.has(column) && !space.isKey(column))
			.flatMap((column) => space.harmless(column).map((value) => ({ source, column, value }))),
	)
	if (keys.size === 0 || odd.length === 0) return new Map()
	const step = Math.max(1, odd.length / mostOdd)
	const picked = odd.filter((_one, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
	const batches = picked.map(({ source, column, value }, index) => {
		const row = [...new Set([source, ...partners])].flatMap(columnsOf)
		const own = bases.filter((base) => !base.has(column))
		const base = own[index % Math.max(own.length, 1)] ?? new Map<string, Value>()
		const within = [...base].filter(([name]) => row.includes(name))
		const everyday = row.map((name) => [name, space.ordinary(name, firstTurn + index)] as const)
		return solutionBatch(new Map([...everyday, ...within, [column, value]]), sources, space)
	})
	return new Map([['odd rows in groups of their own', batches]])
}

/** Source columns that rows are grouped by, over all branches of unions that there are composers for. */
export const groupKeys = (flow: DataFlow, composers: readonly Composer[]): ReadonlySet<string> =>
	new Set(composers.flatMap((composer) => flow.operators.flatMap((operator) => keyColumns(operator, composer))))

/** Source columns that are its keys as they stand. */
function keyColumns(operator: Operator, composer: Composer): readonly string[] {
	if (operator.kind !== 'distinct' && operator.kind !== 'aggregate') return []
	return operator.keys.flatMap(({ column }) => {
		const composed = composer.at(operator.id, 'in', { kind: 'column', name: column, type: boolean })
		const columns = composed === undefined ? [] : columnsRead(composed)
		return columns.length === 1 ? columns : []
	})
}
