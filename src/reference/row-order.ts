/** Which rows stand where because the source promises their order, on the way from whatever orders them to a target. */
import type { Operator, SortKey } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { Ports } from './context.ts'
import { compareRows } from './keys.ts'

export interface RowOrder {
	/** The row stands where the one stood that it was made of. */
	follow(row: Row, from: Row): Row
	/** Notes the places of rows that an operator gives in a promised order, and forgets those of rows that it mixes. */
	settle(operator: Operator, ports: Ports): Ports
	/**
	 * For each row the number of its place; rows that tie have the same. Undefined where no order is promised.
	 */
	placesOf(rows: readonly Row[]): readonly number[] | undefined
}

/** Kinds that give rows on in the order in which they came, but for those that they reject. */
const keeping: ReadonlySet<Operator['kind']> = new Set([
	'project',
	'filter',
	'route',
	'observe',
	'distinct',
	'sample',
	'number',
	'stateful',
	'lookup',
	'checksum',
	'command',
])

export function makeRowOrder(): RowOrder {
	const places = new WeakMap<Row, number>()

	/** Copies: a row may go two ways, and stand at another place in each. */
	const placed = (rows: readonly Row[], keys: readonly SortKey[]): readonly Row[] => {
		let place = 0
		return rows.map((row, index) => {
			const previous = rows[index - 1]
			if (previous !== undefined && compareRows(previous, row, keys) !== 0) place += 1
			const copy = { ...row }
			places.set(copy, place)
			return copy
		})
	}
	const unplaced = (rows: readonly Row[]): readonly Row[] =>
		rows.some((row) => places.has(row)) ? rows.map((row) => ({ ...row })) : rows

	return {
		follow(row, from) {
			const place = places.get(from)
			if (place !== undefined) places.set(row, place)
			return row
		},
		settle(operator, ports) {
			const keys = orderedBy(operator)
			const noted = (port: string, rows: readonly Row[]): readonly Row[] => {
				if (keys !== undefined) return placed(rows, keys)
				return keeping.has(operator.kind) && port !== 'reject' ? rows : unplaced(rows)
			}
			return Object.fromEntries(Object.entries(ports).map(([port, rows]) => [port, noted(port, rows)]))
		},
		placesOf(rows) {
			const found = rows.flatMap((row) => places.get(row) ?? [])
			return found.length === rows.length && found.length > 0 ? found : undefined
		},
	}
}

/** The keys by which an operator promises to give its rows; undefined where it promises nothing. */
function orderedBy(operator: Operator): readonly SortKey[] | undefined {
	if (operator.kind === 'sort') return operator.keys
	if (operator.kind === 'union' && operator.how === 'sorted') return operator.keys
	if (operator.kind !== 'aggregate' || !operator.ordered) return undefined
	return operator.keys.map(({ name, collation }) => ({
		column: name,
		collation,
		direction: 'ascending',
		nulls: 'first',
	}))
}
