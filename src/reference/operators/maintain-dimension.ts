import type { DimensionColumn, MaintainDimensionOperator } from '#model/dimension.ts'
import { comparedPairs, comparedWith } from '#model/dimension.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { hasNullKey, rowKey } from '../keys.ts'
import { sideKeys } from '../matching.ts'
import { sameValues } from '../pairing.ts'
import { withColumns } from '../policies.ts'

/** The branches, in words. */
const begins = 'a row begins'
export const nothingDiffers = 'nothing differs'
export const endsWords = { overwritten: 'a value is overwritten', versioned: 'a version ends' } as const

/** As IBM tells it, row by row: Slowly Changing Dimension stage, Dimension update action. */
export const maintainDimension: Interpreter<'maintain-dimension'> = (operator, inputs, context) => {
	const roles = (['overwritten', 'versioned'] as const).filter((role) =>
		operator.columns.some((column) => column.role === role),
	)
	const hit = declareBranches(context, operator, [begins, ...roles.map((role) => endsWords[role]), nothingDiffers])
	const keys = sideKeys(operator.keys, 'left')
	const current = currentRows(operator, inputs['dimension'] ?? [])
	const out: Row[] = []
	const changes: Row[] = []
	let begun = 0n
	for (const row of inputs['in'] ?? []) {
		const key = hasNullKey(row, keys) ? undefined : rowKey(row, keys)
		const before = key === undefined ? undefined : current.get(key)
		const change = changeOf(operator, row, before)
		hit(change)
		if (change === begins || change === endsWords.versioned) begun += 1n
		const now =
			before === undefined || change === endsWords.versioned
				? beginning(operator, row, before, begun)
				: overwritten(operator, row, before)
		if (before !== undefined && change === endsWords.versioned) changes.push(ended(operator, row, before))
		if (change !== nothingDiffers) changes.push(now)
		if (key !== undefined) current.set(key, now)
		out.push(withColumns(row, added(operator, now, begun)))
	}
	return { out, changes }
}

/** The first row of each key. */
function currentRows({ keys, columns }: MaintainDimensionOperator, rows: readonly Row[]): Map<string, Row> {
	const own = sideKeys(keys, 'right')
	const current = new Map<string, Row>()
	for (const row of rows) {
		const key = rowKey(row, own)
		if (hasNullKey(row, own) || current.has(key)) continue
		current.set(key, Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null])))
	}
	return current
}

/** A version that ends takes precedence over a value that is overwritten. */
function changeOf({ columns }: MaintainDimensionOperator, row: Row, before: Row | undefined): string {
	if (before === undefined) return begins
	const differs = (role: DimensionColumn['role']): boolean => !sameValues(row, before, comparedPairs(columns, role))
	if (differs('versioned')) return endsWords.versioned
	return differs('overwritten') ? endsWords.overwritten : nothingDiffers
}

const added = ({ take, begun: name }: MaintainDimensionOperator, now: Row, begun: bigint): [string, Value][] => [
	...take.map((one): [string, Value] => [one.name, now[one.column] ?? null]),
	...(name === undefined ? [] : [[name, begun] satisfies [string, Value]]),
]

function beginning({ columns }: MaintainDimensionOperator, row: Row, before: Row | undefined, begun: bigint): Row {
	return Object.fromEntries(columns.map(({ name, value }) => [name, firstValue(value, row, before, begun)]))
}

function firstValue(value: DimensionColumn['value'], row: Row, before: Row | undefined, begun: bigint): Value {
	if (value.kind === 'column') return row[value.column] ?? null
	if (value.kind === 'previous') return (before === undefined ? row[value.otherwise] : before[value.of]) ?? null
	const above = row[value.above]
	return typeof above === 'bigint' ? above + begun : null
}

/** Values that are not compared stay; of the others those that are equal may as well be written again. */
function overwritten({ columns }: MaintainDimensionOperator, row: Row, before: Row): Row {
	return Object.fromEntries(
		columns.map((column) => {
			const own = comparedWith(column)
			return [column.name, (own === undefined ? before[column.name] : row[own]) ?? null]
		}),
	)
}

function ended({ columns }: MaintainDimensionOperator, row: Row, before: Row): Row {
	return Object.fromEntries(
		columns.map(({ name, ended: own }) => [name, (own === undefined ? before[name] : row[own]) ?? null]),
	)
}
