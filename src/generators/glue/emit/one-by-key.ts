import { pyString } from '#languages/python.ts'
import type { KeyColumn } from '#model/operator-base.ts'
import type { Node } from '../../text/tree.ts'
import { orderTexts, orderWithin } from '../plan/row-order.ts'
import { list } from './columns.ts'
import type { FlowContext, Frame } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

/**
 * One row of `frame` for each key, the first or last that arrived, as the frame `name`; its column `mark` is never null.
 *
 * @param once the message with which a second row of a key ends the run
 */
export function oneByKey(
	frame: Frame,
	name: string,
	keys: readonly KeyColumn[],
	keep: 'first' | 'last',
	mark: string,
	context: FlowContext,
	once?: string,
): readonly Node[] {
	context.needs('from pyspark.sql import Window')
	const window = context.fresh(`${name}_window`)
	const by = list(keys.map(({ column, collation }) => keyText(column, collation)))
	const order = list(orderTexts(orderWithin(keys, frame.order), keep === 'last'))
	const marked = `withColumn(${pyString(mark)}, F.lit(True))`
	const ranked = `withColumn("_rank", F.row_number().over(${window}))`
	const windowed = `${window} = Window.partitionBy(${by}).orderBy(${order})`
	if (once === undefined) return [windowed, assign(name, frame.name, [ranked, 'filter(F.col("_rank") == 1)', marked])]
	return [
		windowed,
		assign(name, frame.name, [ranked, marked]),
		`${name} = ${context.use('ensure')}(${name}, F.col("_rank") > 1, ${pyString(once)})`,
	]
}
