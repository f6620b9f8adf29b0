/** Rows in another order than in the new job. */
import type { Operator, SortKey } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import type { Ports } from '../context.ts'
import { compareRows, compareTexts } from '../keys.ts'
import type { LegacyWay } from './switch.ts'

/** Whoever keeps one of several rows keeps another one then. */
export const otherOrder: LegacyWay = {
	kinds: ['aggregate', 'distinct', 'pivot', 'sort', 'union', 'write'],
	run: (operator, inputs, context, run) => {
		if (operator.kind !== 'union') return run(operator, eachPort(inputs, reversed), context)
		return eachPort(run(operator, inputs, context), reversed)
	},
}

export const lastMatch: LegacyWay = {
	kinds: ['lookup'],
	run: (operator, inputs, context, run) =>
		run(operator, { ...inputs, reference: reversed(inputs['reference'] ?? []) }, context),
}

/** Only the order of texts changes; rows that are equal to the language keep that of their code points. */
export const orderOfLocale: LegacyWay = {
	kinds: ['aggregate', 'sort', 'union'],
	run: (operator, inputs, context, run) => {
		const keys = orderOf(operator)
		const ports = run(operator, inputs, context)
		return keys.length === 0 ? ports : eachPort(ports, (rows) => sortByLocale(rows, keys))
	},
}

/** The keys by which an operator puts its rows in order. */
function orderOf(operator: Operator): readonly SortKey[] {
	if (operator.kind === 'sort' || (operator.kind === 'union' && operator.how === 'sorted')) return operator.keys
	if (operator.kind !== 'aggregate' || !operator.ordered) return []
	return operator.keys.map(({ name, collation }) => ({
		column: name,
		collation,
		direction: 'ascending',
		nulls: 'first',
	}))
}

function sortByLocale(rows: readonly Row[], keys: readonly SortKey[]): readonly Row[] {
	const ranks = new Map(keys.map(({ column }) => [column, ranksOf(rows.map((row) => row[column] ?? null))]))
	const ranked = rows.map((row) => ({
		row,
		keys: Object.fromEntries(keys.map(({ column }) => [column, rankOf(row[column] ?? null, ranks.get(column))])),
	}))
	return ranked.toSorted((left, right) => compareRows(left.keys, right.keys, keys)).map(({ row }) => row)
}

const rankOf = (value: Value, ranks: ReadonlyMap<string, bigint> | undefined): Value =>
	typeof value === 'string' ? (ranks?.get(value) ?? null) : value

/** The place of each text among all, by the rules that most languages of Latin script share. */
function ranksOf(values: readonly Value[]): ReadonlyMap<string, bigint> {
	const { compare } = new Intl.Collator('en')
	const texts = [...new Set(values.filter((value) => typeof value === 'string'))]
	const sorted = texts.sort((left, right) => compare(left, right) || compareTexts(left, right))
	return new Map(sorted.map((text, index) => [text, BigInt(index)]))
}

function eachPort(ports: Ports, change: (rows: readonly Row[]) => readonly Row[]): Ports {
	return Object.fromEntries(Object.entries(ports).map(([port, rows]) => [port, change(rows)]))
}

const reversed = (rows: readonly Row[]): readonly Row[] => rows.toReversed()
