import type { SortOperator } from '#model/operators.ts'
import type { Row } from '#model/values.ts'
import type { Interpreter } from '../context.ts'
import { compareRows } from '../keys.ts'
import { withColumns } from '../policies.ts'

/** Always stable: where the source is not, any order of equal rows is right, this one too. */
export const sort: Interpreter<'sort'> = (operator, inputs) => {
	const sorted = (inputs['in'] ?? []).toSorted((left, right) => compareRows(left, right, operator.keys))
	const isFirst = sorted.map((row, index) => startsKey(row, sorted[index - 1], operator))
	const rows = operator.unique ? sorted.filter((_row, index) => isFirst[index] === true) : sorted
	const { keyChange } = operator
	if (keyChange === undefined) return { out: rows }
	return {
		out: operator.unique
			? rows.map((row) => withColumns(row, [[keyChange, 1n]]))
			: rows.map((row, index) => withColumns(row, [[keyChange, isFirst[index] === true ? 1n : 0n]])),
	}
}

function startsKey(row: Row, previous: Row | undefined, operator: SortOperator): boolean {
	return previous === undefined || compareRows(row, previous, operator.keys) !== 0
}
