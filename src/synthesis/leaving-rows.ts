/** Runs in which nothing arrives but rows that have to leave: beside good rows of the same group nobody would see them stay. */
import type { DataFlow, Operator, ReadOperator } from '#model/operators.ts'
import type { Value } from '#model/values.ts'
import { keyText } from '#reference/keys.ts'
import { malformedBatches, solutionBatch } from './batches.ts'
import { sourceColumn, splitSourceColumn } from './compose.ts'
import type { Goal, Wish } from './goals.ts'
import type { Assignment } from './search.ts'
import type { SourceRows } from './sources.ts'
import type { ValueSpace } from './space.ts'

const mostGoals = 24
/** Runs in which one source alone has rows that leave, and the others what those would find. */
const mostApart = 3

/** By what is special about them, in batches of one purpose each. */
export function leavingRows(
	flow: DataFlow,
	goals: readonly Goal[],
	sources: readonly ReadOperator[],
	space: ValueSpace,
	bases: readonly Assignment[],
	solution: (wishes: readonly Wish[]) => Assignment | undefined,
	isUnseen: (rows: SourceRows, others: readonly SourceRows[]) => boolean,
): ReadonlyMap<string, readonly SourceRows[]> {
	if (!flow.operators.some(hidesRows)) return new Map()
	const leaving = goals.filter(({ leaves }) => leaves === true)
	const batches = leaving.slice(0, mostGoals).flatMap(({ wishes }) => {
		const found = solution(wishes)
		if (found === undefined) return []
		const ways = bases.map((base) => new Map([...within(base, ownersOf([found])), ...found]))
		return [...new Map(ways.map((way) => [[...way.values()].map((value) => keyText(value)).join(), way])).values()]
	})
	const records = sources.filter(({ source }) => source.kind === 'text-file' && source.fieldCount !== 'fit')
	const owners = [...new Set([...ownersOf(batches), ...records.map(({ id }) => id)])]
	if (owners.length === 0) return new Map()
	const good = (others: readonly ReadOperator[]): readonly SourceRows[] =>
		bases.map((base) => {
			const everyday = others.flatMap(({ id, schema }) => schema.columns.map(({ name }) => sourceColumn(id, name)))
			return solutionBatch(
				new Map([...everyday.map((name) => [name, space.ordinary(name)] as const), ...base]),
				others,
				space,
			)
		})
	const only = (owner: (id: string) => boolean): readonly SourceRows[] => {
		const own = sources.filter(({ id }) => owner(id))
		const rows = batches
			.map((batch) => solutionBatch(batch, own, space))
			.filter((batch) => batch.size > 0 && isUnseen(batch, good(sources.filter(({ id }) => !batch.has(id)))))
		const malformed = malformedBatches(
			records.filter(({ id }) => owner(id)),
			space,
			bases,
		)
		const all = [...rows, ...malformed]
		return all.length === 0 ? [] : [...good(sources.filter(({ id }) => !owner(id))), ...all]
	}
	const apart = owners.length > 1 && flow.operators.some(pairsRows) ? owners.slice(0, mostApart) : []
	const name = (id: string): string => sources.find((one) => one.id === id)?.name ?? id
	return new Map([
		['only rows that leave', only((id) => owners.includes(id))],
		...apart.map((owner) => [`only rows that leave in ${name(owner)}`, only((id) => id === owner)] as const),
	])
}

const ownersOf = (batches: readonly Assignment[]): readonly string[] => [
	...new Set(batches.flatMap((batch) => [...batch.keys()].map((name) => splitSourceColumn(name)[0]))),
]

/** What takes a good row of these sources to a target: there the row would be seen, were it to stay. */
const within = (base: Assignment, owners: readonly string[]): readonly (readonly [string, Value])[] =>
	[...base].filter(([name]) => owners.includes(splitSourceColumn(name)[0]))

const pairsRows = ({ kind }: Operator): boolean => kind === 'join' || kind === 'lookup'

const hidesRows = ({ kind }: Operator): boolean => kind === 'aggregate' || kind === 'distinct' || kind === 'pivot'
