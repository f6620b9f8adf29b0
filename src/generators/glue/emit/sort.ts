import { atom, fn, lit, method } from '#languages/python.ts'
import type { SortOperator } from '#model/operators.ts'
import type { Node } from '../../text/tree.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { orderTexts, orderWithin } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

/**
 * Sorts, keeps one row for each key, marks the first of each key. Where only steps below depend on the order, these state it
 * themselves and no row moves here.
 */
export const sort: Emitter<'sort'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const order = arrangement(operator, input.order)
	const isSorted = context.sorts(operator)
	if (!isSorted && !operator.unique && operator.keyChange === undefined) {
		context.give(operator, 'out', { name: input.name, order, isSorted })
		return ['# No row moves here: the steps below that depend on the order state it.']
	}
	const name = context.variable(operator, 'out')
	const lines: Node[] = []
	const calls = [...unique(operator, input.order, name, lines, context), ...keyChange(operator, order, context)]
	if (isSorted) calls.push(`orderBy(${list(orderTexts(order))})`)
	context.give(operator, 'out', { name, order, isSorted })
	return [...lines, assign(name, input.name, calls)]
}

/** Rows of equal keys keep the order in which they came, also where the source leaves it open: each run gives the same rows. */
const arrangement = ({ keys }: SortOperator, arrival: RowOrder): RowOrder => [
	...keys,
	...arrival.filter(({ column }) => !keys.some((key) => key.column === column && key.collation === 'binary')),
]

function unique(
	operator: SortOperator,
	arrival: RowOrder,
	name: string,
	lines: Node[],
	context: FlowContext,
): readonly string[] {
	if (!operator.unique) return []
	context.needs('from pyspark.sql import Window')
	const keys = list(operator.keys.map(({ column, collation }) => keyText(column, collation)))
	const window = context.fresh(`${name}_window`)
	lines.push(
		`${window} = Window.partitionBy(${keys}).orderBy(${list(orderTexts(orderWithin(operator.keys, arrival)))})`,
	)
	return [`withColumn("_rank", F.row_number().over(${window}))`, 'filter(F.col("_rank") == 1)', 'drop("_rank")']
}

function keyChange(operator: SortOperator, order: RowOrder, context: FlowContext): readonly string[] {
	if (operator.keyChange === undefined) return []
	context.needs('from pyspark.sql import Window')
	const keys = list(operator.keys.map(({ column, collation }) => keyText(column, collation)))
	const first = method(
		atom('F.row_number()'),
		'over',
		atom(`Window.partitionBy(${keys}).orderBy(${list(orderTexts(orderWithin(operator.keys, order)))})`),
	)
	const value = method(
		method(fn('when', { code: `${first.code} == 1`, level: 'comparison' }, lit(1)), 'otherwise', lit(0)),
		'cast',
		'tinyint',
	)
	return [`withColumn(${JSON.stringify(operator.keyChange)}, ${value.code})`]
}
