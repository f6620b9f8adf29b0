/** Which values each source column may take while rows are sought. */
import type { Expression } from '#model/expressions.ts'
import { columnsRead } from '#model/expressions.ts'
import type { DataFlow, KeyPair, Operator, ReadOperator } from '#model/operators.ts'
import { similarKeys } from '#model/similarity.ts'
import { termKeys } from '#model/terms.ts'
import type { Column } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { keyText } from '#reference/keys.ts'
import type { Composer } from './compose.ts'
import { sourceColumn } from './compose.ts'
import type { Goal, Wish } from './goals.ts'
import { isOfTwo } from './goals.ts'
import { edgeValues, literalValues, ordinaryValues } from './pools.ts'
import type { SearchSpace } from './search.ts'
import { evaluateOver } from './search.ts'
import { canHold, dataColumns } from './sources.ts'
import { spelledFields, widthOf } from './spelled-fields.ts'
import type { Use } from './telling.ts'
import { tellingTexts } from './telling.ts'
import { textsOfParts } from './texts-of-parts.ts'

export interface ValueSpace extends SearchSpace {
	/** Values that every direct use of the column takes without trouble, most ordinary first; never empty. */
	ordinaries(column: string): readonly Value[]
	/** Values at the edges of its type, and around the literals that it meets; the most telling ones first. */
	edges(column: string): readonly Value[]
	/** Those of its edges that no direct use fails on: many columns can have them in one row. */
	harmless(column: string): readonly Value[]
	/** Another source's column is compared with it. */
	isKey(column: string): boolean
}

/** Values around literals that many columns have in one row. */
const mostAround = 6

export function makeSpace(
	flow: DataFlow,
	sources: readonly ReadOperator[],
	composer: Composer,
	goals: readonly Goal[],
	scope: SearchSpace['scope'],
): ValueSpace {
	const uses = directUses(flow, composer)
	const met = literalNeighbours(goals)
	const ordinaries = new Map<string, readonly Value[]>()
	const edges = new Map<string, readonly Value[]>()
	const harmless = new Map<string, readonly Value[]>()
	const composedTexts = new Map<string, readonly Value[]>()
	const keys = new Set<string>()
	const space: ValueSpace = {
		scope,
		ordinary: (column, turn = 0) => {
			const values = ordinaries.get(column) ?? []
			return values[turn % Math.max(values.length, 1)] ?? null
		},
		ordinaries: (column) => ordinaries.get(column) ?? [null],
		edges: (column) => edges.get(column) ?? [],
		harmless: (column) => harmless.get(column) ?? [],
		isKey: (column) => keys.has(column),
		values: (column) =>
			unique([
				...(ordinaries.get(column) ?? []).slice(0, 8),
				...(composedTexts.get(column) ?? []),
				...(edges.get(column) ?? []),
			]),
	}
	for (const source of sources) {
		for (const column of dataColumns(source)) {
			const name = sourceColumn(source.id, column.name)
			const holds = (value: Value): boolean => canHold(source, column.name, value)
			const own = uses.get(name) ?? []
			const expressions = own.map(({ expression }) => expression)
			const around = literalValues([...(met.get(name) ?? []), ...expressions], column.type, scope.parameter).filter(
				holds,
			)
			const composed =
				column.type.kind === 'string'
					? [
							...textsOfParts(name, [...expressions, ...(met.get(name) ?? [])]),
							...spelledFields(name, expressions, widthOf(source, column.name)),
						]
					: []
			composedTexts.set(name, composed.filter(holds))
			const everyday = [...ordinaryValues(column.type), ...around, ...composed].filter(holds)
			ordinaries.set(name, mostOrdinary(name, everyday, expressions, space))
			const { type } = column
			// A column of a table never holds more than its type says.
			const ends =
				type.kind === 'string'
					? ['', ...tellingTexts(own), ...padded(own, ordinaries.get(name))].filter(
							(one) => one.length <= (type.length ?? Number.POSITIVE_INFINITY),
						)
					: edgeValues(type)
			const telling = [...nullOf(source, column), ...ends.filter(holds)]
			const fails = (value: Value): boolean =>
				expressions.some((use) => isError(evaluateOver(use, new Map([[name, value]]), space)))
			harmless.set(
				name,
				unique([...telling, ...around.slice(0, mostAround)]).filter((value) => !fails(value)),
			)
			edges.set(name, unique([...telling, ...around, ...edgeValues(column.type).filter(holds)]))
		}
	}
	shareKeys(flow, composer, ordinaries, keys)
	return space
}

/** What is no text in the end may have blanks around it. */
const padded = (uses: readonly Use[], ordinary: readonly Value[] = []): readonly string[] => {
	const [first] = ordinary
	return typeof first === 'string' && uses.some(({ type }) => type.kind !== 'string') ? [` ${first} `] : []
}

const nullOf = (source: ReadOperator, column: Column): readonly Value[] =>
	column.nullable && source.source.kind !== 'text-file' ? [null] : []

const unique = (values: readonly Value[]): readonly Value[] => [
	...new Map(values.map((value) => [keyText(value), value])).values(),
]

/** Expressions that depend on one source column only: what the column is used as. */
function directUses(flow: DataFlow, composer: Composer): ReadonlyMap<string, readonly Use[]> {
	const uses = new Map<string, Use[]>()
	for (const operator of flow.operators) {
		if (operator.kind !== 'project') continue
		for (const { value, type } of operator.columns) {
			const composed = composer.at(operator.id, 'in', value.expression)
			const [column, ...others] = composed === undefined ? [] : columnsRead(composed)
			if (composed === undefined || column === undefined || others.length > 0) continue
			uses.set(column, [...(uses.get(column) ?? []), { expression: composed, type }])
		}
	}
	return uses
}

function literalNeighbours(goals: readonly Goal[]): ReadonlyMap<string, readonly Expression[]> {
	const found = new Map<string, Set<Expression>>()
	const wishes = new Set(goals.flatMap((goal) => goal.wishes))
	for (const wish of wishes) {
		if (wish.kind === 'lonely') continue
		const pairs: readonly (readonly [Expression, Expression])[] = isOfTwo(wish)
			? [
					[wish.left, wish.right],
					[wish.right, wish.left],
				]
			: [[wish.expression, wish.expression]]
		for (const [read, met] of pairs) {
			for (const column of columnsRead(read)) found.set(column, (found.get(column) ?? new Set()).add(met))
		}
	}
	shareAmongEquals(wishes, found)
	return new Map([...found].map(([column, expressions]) => [column, [...expressions]]))
}

/** What one column of a pair of keys meets, its partner has to be able to say, too. */
function shareAmongEquals(wishes: Iterable<Wish>, met: Map<string, Set<Expression>>): void {
	for (const wish of wishes) {
		if (wish.kind !== 'equal') continue
		const pair = [...columnsRead(wish.left), ...columnsRead(wish.right)]
		const both = new Set(pair.flatMap((column) => [...(met.get(column) ?? [])]))
		for (const column of pair) met.set(column, both)
	}
}

/** Values that no direct use fails on; those that none turns into null come first. All values when nothing is good. */
function mostOrdinary(
	name: string,
	values: readonly Value[],
	uses: readonly Expression[],
	space: SearchSpace,
): readonly Value[] {
	const judged = values.map((value) => {
		const results = uses.map((use) => evaluateOver(use, new Map([[name, value]]), space))
		return { value, fails: results.some(isError), nulls: results.filter((result) => result === null).length }
	})
	const good = judged.filter(({ fails }) => !fails).toSorted((left, right) => left.nulls - right.nulls)
	const fewest = good[0]?.nulls
	const best = unique(good.filter(({ nulls }) => nulls === fewest).map(({ value }) => value))
	return best.length > 0 ? best : values.length > 0 ? values : [null]
}

/** Columns that keys compare draw from the values that all of them take, so that rows match by chance. */
function shareKeys(
	flow: DataFlow,
	composer: Composer,
	ordinaries: Map<string, readonly Value[]>,
	compared: Set<string>,
): void {
	for (const operator of flow.operators) {
		const { keys: pairs, ports } = pairing(operator)
		for (const key of pairs) {
			const columns = (['left', 'right'] as const).flatMap((side, index) =>
				columnBehind(operator.id, ports[index] ?? 'in', key, side, composer),
			)
			for (const column of columns) compared.add(column)
			const [first, second] = columns.map((column) => ordinaries.get(column))
			if (first === undefined || second === undefined) continue
			const keys = new Set(second.map((value) => keyText(value)))
			const shared = first.filter((value) => keys.has(keyText(value)))
			if (shared.length > 1) for (const column of columns) ordinaries.set(column, shared)
		}
	}
}

/** Key pairs of an operator, and the ports where their two sides arrive. */
function pairing(operator: Operator): {
	readonly keys: readonly KeyPair[]
	readonly ports: readonly [string, string]
} {
	switch (operator.kind) {
		case 'join':
			return { keys: operator.keys, ports: ['left', 'right'] }
		case 'lookup':
			return { keys: operator.keys, ports: ['in', 'reference'] }
		case 'change-capture':
			return { keys: operator.keys, ports: ['before', 'after'] }
		case 'change-apply':
			return { keys: operator.keys, ports: ['before', 'changes'] }
		case 'similar-lookup':
			return { keys: similarKeys(operator), ports: ['in', 'reference'] }
		case 'term-lookup':
			return { keys: termKeys(operator), ports: ['in', 'reference'] }
		case 'slowly-changing':
		case 'maintain-dimension':
			return { keys: operator.keys, ports: ['in', 'dimension'] }
		default:
			return { keys: [], ports: ['in', 'in'] }
	}
}

/** The one source column that a key is computed from. */
function columnBehind(
	operator: string,
	port: string,
	key: KeyPair,
	side: 'left' | 'right',
	composer: Composer,
): readonly string[] {
	const composed = composer.at(operator, port, { kind: 'column', name: key[side], type: { kind: 'boolean' } })
	const columns = composed === undefined ? [] : columnsRead(composed)
	return columns.length === 1 ? columns : []
}
