/** Rows that come second: what a condition asks of remembered values, such as a running sum, a first row cannot give. */
import type { Expression } from '#model/expressions.ts'
import type { DataFlow, OperatorOf, ReadOperator } from '#model/operators.ts'
import { boolean } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { solutionBatch } from './batches.ts'
import type { Composer, Remembered } from './compose.ts'
import { makeComposer, sourceColumn } from './compose.ts'
import { conditionWishes } from './condition-goals.ts'
import type { Wish } from './goals.ts'
import type { Assignment, SearchSpace } from './search.ts'
import { evaluateOver } from './search.ts'
import type { SourceRows } from './sources.ts'
import { dataColumns } from './sources.ts'
import type { ValueSpace } from './space.ts'

/** First rows that are tried: from each another value is left for the second to reach a boundary. */
const firstRows = 4
const mostPairs = 24
/** Everyday rows use the turns below. */
const freshTurn = 20

/** Pairs of rows, each in a stretch of its own: the second meets what the first alone does not. */
export function secondRows(
	flow: DataFlow,
	composer: Composer,
	sources: readonly ReadOperator[],
	space: ValueSpace,
	solution: (wishes: readonly Wish[], space: SearchSpace) => Assignment | undefined,
): ReadonlyMap<string, readonly SourceRows[]> {
	const states = flow.operators.filter((operator) => operator.kind === 'stateful')
	if (states.length === 0) return new Map()
	const stretch = stretchColumns(flow, composer)
	const columns = sources.flatMap((source) => dataColumns(source).map(({ name }) => sourceColumn(source.id, name)))
	const pairs: SourceRows[][] = []
	const reached = new Set<number>()
	const ofFirst = conditionWishes(flow, composer).map(wishText)
	const tries = Array.from({ length: firstRows }, (_none, turn) =>
		ofFirst.map((text, index) => ({ turn, text, index })),
	)
	for (const { turn, text, index } of tries.flat()) {
		if (pairs.length >= mostPairs || reached.has(index)) continue
		const place = freshTurn + pairs.length
		const first: Assignment = new Map(
			columns.map((column) => {
				const zero = turn === 0 ? space.harmless(column).find(isZero) : undefined
				return [column, stretch.has(column) ? space.ordinary(column, place) : (zero ?? space.ordinary(column, turn))]
			}),
		)
		const wishes = conditionWishes(flow, makeComposer(flow, 0, after(first, states, composer, space)))[index] ?? []
		const second = wishText(wishes) === text ? undefined : solution(wishes, startingFrom(first, space))
		if (second === undefined || [...stretch].some((column) => !isSame(second, first, column))) continue
		reached.add(index)
		pairs.push([first, new Map([...first, ...second])].map((row) => solutionBatch(row, sources, space)))
	}
	return pairs.length === 0 ? new Map() : new Map([['rows that come second', pairs.flat()]])
}

const wishText = (wishes: readonly Wish[]): string =>
	JSON.stringify(wishes, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))

/** The same values, but for those of the first row: the second one is sought beside it. */
const startingFrom = (first: Assignment, space: SearchSpace): SearchSpace => ({
	...space,
	ordinary: (column, turn) => (first.has(column) ? (first.get(column) ?? null) : space.ordinary(column, turn)),
	values: (column) => [...(first.has(column) ? [first.get(column) ?? null] : []), ...space.values(column)],
})

/** What adds nothing to a sum, which the second row then is alone. */
const isZero = (value: Value): boolean =>
	value === 0n ||
	value === 0 ||
	value === '0' ||
	(typeof value === 'object' && value?.kind === 'decimal' && value.unscaled === 0n)

const isSame = (second: Assignment, first: Assignment, column: string): boolean =>
	!second.has(column) || second.get(column) === first.get(column)

/** Source columns that a sort puts first: rows that share them stand together. */
function stretchColumns(flow: DataFlow, composer: Composer): ReadonlySet<string> {
	return new Set(
		flow.operators.flatMap((operator) => {
			const [key] = operator.kind === 'sort' ? operator.keys : []
			const composed = key && composer.at(operator.id, 'in', { kind: 'column', name: key.column, type: boolean })
			return composed?.kind === 'column' ? [composed.name] : []
		}),
	)
}

/** What each variable holds after that row. */
function after(
	row: Assignment,
	states: readonly OperatorOf<'stateful'>[],
	composer: Composer,
	space: SearchSpace,
): Remembered {
	return new Map(
		states.map((operator) => [
			operator.id,
			new Map(
				operator.variables.flatMap(({ name, type }): [string, Expression][] => {
					const composed = composer.inside(operator, operator.variables.length, { kind: 'column', name, type })
					const value = composed && evaluateOver(composed, row, space)
					return value === undefined || isError(value) ? [] : [[name, { kind: 'literal', value, type }]]
				}),
			),
		]),
	)
}
