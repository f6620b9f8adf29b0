/** Goals of operators that make rows of columns and columns of rows. */
import type { Expression } from '#model/expressions.ts'
import { valueText } from '#model/json-values.ts'
import type { PivotOperator, UnpivotOperator } from '#model/reshaping.ts'
import type { DataType } from '#model/types.ts'
import { text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Composer } from './compose.ts'
import type { Goal, Wish } from './goals.ts'

/** A row for each value that a column goes by, and one that none goes by. */
export function pivotGoals(operator: PivotOperator, composer: Composer): readonly Goal[] {
	const { pivotKey } = operator
	if (pivotKey === undefined) return []
	const key = composer.at(operator.id, 'in', column(pivotKey.column))
	if (key === undefined) return []
	return operator.columns.flatMap(({ take }): readonly Goal[] => {
		if (take.kind !== 'value' || take.value === null) return []
		const wish: Wish = { kind: 'equal', left: key, right: literal(take.value) }
		return [{ operator: operator.id, what: `row for ${valueText(take.value)}`, wishes: [wish] }]
	})
}

/** An input row with one null among its values, and one with nothing else. */
export function unpivotGoals(operator: UnpivotOperator, composer: Composer): readonly Goal[] {
	if (operator.nulls === 'keep') return []
	const isNull = (name: string): readonly Wish[] => {
		const expression = composer.at(operator.id, 'in', column(name))
		return expression === undefined ? [] : [{ kind: 'outcome', expression, wanted: ['null'] }]
	}
	const sources = operator.rows.map(({ from }) => from.flatMap((name) => name ?? []))
	return [
		{ operator: operator.id, what: 'some values null', wishes: (sources[0] ?? []).flatMap(isNull) },
		{ operator: operator.id, what: 'all values null', wishes: sources.flat().flatMap(isNull) },
	]
}

/** Only where a column comes straight from a source does its type matter, and there the source knows it. */
const column = (name: string): Expression => ({ kind: 'column', name, type: text() })

const literal = (value: Value): Expression => ({ kind: 'literal', value, type: typeOf(value) })

const typeOf = (value: Value): DataType =>
	typeof value === 'bigint' ? { kind: 'int', bits: 64, signed: true } : text()
