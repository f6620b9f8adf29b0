/** Rows that come grouped or sorted already: their groups, in the order in which they come. */
import type { Expression } from '#model/expressions.ts'
import type { StatefulOperator, StateVariable } from '#model/operators.ts'
import type { Column } from '#model/types.ts'
import { boolean, int, text } from '#model/types.ts'
import { findDsColumn } from '../columns.ts'
import { choose, columnExpression, isNull, literal, nullLiteral } from '../expressions.ts'
import type { Stream } from '../flow.ts'
import type { DsKey } from '../keys.ts'
import { columnNamed, freeColumn } from '../mapping.ts'
import type { StageContext } from '../stage-context.ts'
import { leaving } from './inputs.ts'

const counter = int(64)
const zero = literal(0n, counter)
const one = literal(1n, counter)

export interface Clusters {
	readonly stream: Stream
	/** Column with the number of the group, from 1. */
	readonly group: string
	/** Columns that are needed on the way only. */
	readonly internal: readonly string[]
}

/** Numbers the groups: one begins where a key differs from that of the row before. Nulls are alike. */
export function numberClusters(context: StageContext, stream: Stream, keys: readonly DsKey[]): Clusters {
	const { lines } = context.stage.record
	const group: Column = { name: freeColumn(stream.schema, 'cluster'), type: counter, nullable: true }
	const pairs = keys.flatMap((key) => {
		const column = findDsColumn(stream.schema.columns, columnNamed(context, stream, key.column))
		if (column === undefined) context.refuse(`the export does not say the type of the key ${key.column}`)
		if (column === undefined) return []
		const before: Column = { ...column, name: freeColumn(stream.schema, `${column.name}_before`), nullable: true }
		return [{ key, column, before }]
	})
	const number = columnExpression(group)
	const next: Expression = { kind: 'call', operation: 'datastage.add', args: [number, one], type: counter }
	const going = pairs.reduceRight(
		(rest, { key, column, before }) => choose(same(key, column, before), rest, next),
		number,
	)
	const isFirst: Expression = { kind: 'call', operation: 'datastage.eq', args: [number, zero], type: boolean }
	const variable = (column: Column, expression: Expression, initial: Expression): StateVariable => ({
		name: column.name,
		type: column.type,
		initial,
		value: { expression, text: column.name },
		provenance: context.provenance(lines, column.name),
	})
	const operator: StatefulOperator = {
		...context.base('clusters'),
		kind: 'stateful',
		variables: [
			variable(group, choose(isFirst, one, going), zero),
			...pairs.map(({ column, before }) => variable(before, columnExpression(column), nullLiteral(before.type))),
		],
	}
	context.differ(
		'RG-D008',
		`${context.stage.name} takes its rows as grouped by ${keys.map(({ column }) => column).join(', ')}`,
	)
	context.flow.add(operator, { in: stream })
	const added = operator.variables.map(({ name, type }) => ({ name, type, nullable: true }))
	const numbered = leaving(stream, operator, { ...stream.schema, columns: [...stream.schema.columns, ...added] })
	return { stream: numbered, group: group.name, internal: added.map(({ name }) => name) }
}

function same({ collation }: DsKey, column: Column, before: Column): Expression {
	const folded = (value: Expression): Expression =>
		collation === 'caseless' && column.type.kind === 'string'
			? { kind: 'call', operation: 'datastage.down-case', args: [value], type: text() }
			: value
	const values = [columnExpression(before), columnExpression(column)]
	const equal: Expression = { kind: 'call', operation: 'datastage.eq', args: values.map(folded), type: boolean }
	const [was = equal, is = equal] = values
	return choose(isNull(was), isNull(is), choose(isNull(is), literal(false, boolean), equal))
}
