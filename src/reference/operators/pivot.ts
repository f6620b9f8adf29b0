import { valueText } from '#model/json-values.ts'
import type { PivotOperator, PivotTake } from '#model/reshaping.ts'
import type { Row, Value } from '#model/values.ts'
import { declareBranches } from '../branches.ts'
import type { Interpreter } from '../context.ts'
import { keyText, rowKey } from '../keys.ts'
import { stop } from '../stop.ts'

/** Groups come in the order of their first rows. */
export const pivot: Interpreter<'pivot'> = (operator, inputs, context) => {
	const values = pivotValues(operator)
	const hit = declareBranches(context, operator, [
		'group of one row',
		'group of several rows',
		...values.map((value) => `row for ${valueText(value)}`),
		...(operator.pivotKey?.onUnknown === 'drop' ? ['row for another value'] : []),
	])
	const known = new Set(values.map((value) => keyText(value, operator.pivotKey?.collation)))
	const rows = (inputs['in'] ?? []).filter((row) => {
		const { pivotKey } = operator
		if (pivotKey === undefined) return true
		const value = row[pivotKey.column] ?? null
		if (known.has(keyText(value, pivotKey.collation))) return true
		if (pivotKey.onUnknown === 'fail') stop(operator.id, `no column is there for the key in ${pivotKey.column}`)
		hit('row for another value')
		return false
	})
	const out = groupsOf(rows, operator).map((group) => {
		hit(group.length === 1 ? 'group of one row' : 'group of several rows')
		return oneRow(group, operator, hit)
	})
	return { out }
}

/** The values that columns go by, each once. */
function pivotValues({ columns }: PivotOperator): readonly Exclude<Value, null>[] {
	const values = columns.flatMap(({ take }) => (take.kind === 'value' && take.value !== null ? [take.value] : []))
	return [...new Map(values.map((value) => [keyText(value), value])).values()]
}

function groupsOf(rows: readonly Row[], operator: PivotOperator): readonly (readonly Row[])[] {
	const groups = new Map<string, Row[]>()
	let run = 0
	let previous: string | undefined
	for (const row of rows) {
		const key = rowKey(row, operator.keys)
		if (operator.grouping === 'runs' && key !== previous) run += 1
		previous = key
		const name = `${run}:${key}`
		const group = groups.get(name)
		if (group === undefined) groups.set(name, [row])
		else group.push(row)
	}
	return [...groups.values()]
}

function oneRow(group: readonly Row[], operator: PivotOperator, hit: (what: string) => void): Row {
	const byValue = new Map<string, Row>()
	const { pivotKey } = operator
	if (pivotKey !== undefined) {
		for (const row of group) {
			const value = row[pivotKey.column] ?? null
			const key = keyText(value, pivotKey.collation)
			if (byValue.has(key)) stop(operator.id, `two rows of a group have the same ${pivotKey.column}`)
			byValue.set(key, row)
		}
		for (const value of pivotValues(operator)) {
			if (byValue.has(keyText(value, pivotKey.collation))) hit(`row for ${valueText(value)}`)
		}
	}
	const rowFor = (take: PivotTake): Row | undefined => {
		switch (take.kind) {
			case 'first':
				return group[0]
			case 'place':
				return group[take.place]
			case 'value':
				return byValue.get(keyText(take.value, pivotKey?.collation))
		}
	}
	return Object.fromEntries(operator.columns.map(({ name, take }) => [name, rowFor(take)?.[take.column] ?? null]))
}
