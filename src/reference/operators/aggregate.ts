import type { AggregateOperator } from '#model/operators.ts'
import type { Row, Value } from '#model/values.ts'
import { isError } from '#model/values.ts'
import { declareBranches, nullableIn } from '../branches.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import { compareRows, rowKey } from '../keys.ts'
import { measureGroup } from '../measures.ts'
import { stop } from '../stop.ts'

export const aggregate: Interpreter<'aggregate'> = (operator, inputs, context) => {
	const groups = groupRows(inputs['in'] ?? [], operator)
	if (operator.keys.length > 0) {
		const hit = declareBranches(context, operator, ['group of one row', 'group of several rows'])
		for (const group of groups) hit(group.length === 1 ? 'group of one row' : 'group of several rows')
		countEmptyGroups(groups, operator, context)
	}
	const out = groups.map((group) => aggregateGroup(group, operator))
	// By key even where no order is promised: what takes the first of some groups, a Head behind a Sort of equal values, say,
	// finds the one that the script finds.
	const keys = operator.keys.map(({ name, collation }) => ({
		column: name,
		collation,
		direction: 'ascending' as const,
		nulls: 'first' as const,
	}))
	return { out: out.toSorted((left, right) => compareRows(left, right, keys)) }
}

/** A group in which a measure finds nothing but nulls has a result of its own. */
function countEmptyGroups(
	groups: readonly (readonly Row[])[],
	operator: AggregateOperator,
	context: FlowContext,
): void {
	const isNullable = nullableIn(context.schemaOf(operator, 'in'))
	const columns = new Set(operator.measures.flatMap(({ column }) => (column === undefined ? [] : [column])))
	for (const column of [...columns].filter(isNullable)) {
		const hit = declareBranches(context, operator, [`group without ${column}`])
		if (groups.some((group) => group.every((row) => (row[column] ?? null) === null))) hit(`group without ${column}`)
	}
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
