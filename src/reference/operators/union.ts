import type { Row, Value } from '#model/values.ts'
import type { Interpreter } from '../context.ts'
import { compareRows } from '../keys.ts'

/** All inputs one after the other; `sorted` merges, which for sorted inputs is a stable sort. */
export const union: Interpreter<'union'> = (operator, inputs) => {
	const rows: Row[] = []
	for (let input = 0; input < operator.inputs; input += 1) {
		for (const row of inputs[`in${input}`] ?? []) {
			const entries = operator.columns.map(({ column, from }): [string, Value] => {
				const source = from[input] ?? null
				return [column.name, source === null ? null : (row[source] ?? null)]
			})
			rows.push(Object.fromEntries(entries))
		}
	}
	if (operator.how === 'sorted') rows.sort((left, right) => compareRows(left, right, operator.keys))
	return { out: rows }
}
