import type { AggregateOperator } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { compareRows, rowKey } from '../keys.ts'
import { measureGroup } from '../measures.ts'
import { stop } from '../stop.ts'

export const aggregate: Interpreter<'aggregate'> = (operator, inputs, context) => {
	const groups = groupRows(inputs['in'] ?? [], operator)
	if (operator.keys.length > 0) {
		const hit = declareBranches(context, operator, ['group of one row', 'group of several rows'])
		for (const group of groups) hit(group.length === 1 ? 'group of one row' : 'group of several rows')
	}
	const out = groups.map((group) => aggregateGroup(group, operator))
	if (operator.ordered) {
		const keys = operator.keys.map(({ name, collation }) => ({
			column: name,
			collation,
			direction: 'ascending' as const,
			nulls: 'first' as const,
		}))
		out.sort((left, right) => compareRows(left, right, keys))
	}
	return { out }
}

/** Groups in order of first appearance. Without keys there is one group, for no rows too where the source has it so. */
function groupRows(rows: readonly Row[], operator: AggregateOperator): readonly (readonly Row[])[] {
	if (operator.keys.length === 0) return rows.length > 0 || operator.rowForNoInput ? [rows] : []
	const groups = new Map<string, Row[]>()
	for (const row of rows) {
		const key = rowKey(row, operator.keys)
		const group = groups.get(key)
		if (group === undefined) groups.set(key, [row])
		else group.push(row)
	}
	return [...groups.values()]
}

function aggregateGroup(group: readonly Row[], operator: AggregateOperator): Row {
	const first = group[0]
	const keys = operator.keys.map(({ name, column }): [string, Value] => [name, first?.[column] ?? null])
	const measures = operator.measures.map((measure): [string, Value] => {
		const result = measureGroup(group, measure)
		if (isError(result)) return stop(operator.id, `${measure.name}: ${result.message}`)
		return [measure.name, result]
	})
	return Object.fromEntries([...keys, ...measures])
}
