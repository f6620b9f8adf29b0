import { pyString } from '#languages/python.ts'
import type { KeyColumn } from '#model/operator-base.ts'
import type { Node } from '../../text/tree.ts'
import { orderTexts, orderWithin } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { FlowContext, Frame } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

/** One row of `frame` for each key, the first or last that arrived, as the frame `name`; its column `mark` is never null. */
export function oneByKey(
	frame: Frame,
	name: string,
	keys: readonly KeyColumn[],
	keep: 'first' | 'last',
	mark: string,
	context: FlowContext,
): readonly Node[] {
	context.needs('from pyspark.sql import Window')
	const window = context.fresh(`${name}_window`)
	const by = list(keys.map(({ column, collation }) => keyText(column, collation)))
	const order = list(orderTexts(orderWithin(keys, frame.order), keep === 'last'))
	return [
		`${window} = Window.partitionBy(${by}).orderBy(${order})`,
		assign(name, frame.name, [
			`withColumn("_rank", F.row_number().over(${window}))`,
			'filter(F.col("_rank") == 1)',
			`withColumn(${pyString(mark)}, F.lit(True))`,
		]),
	]
}
