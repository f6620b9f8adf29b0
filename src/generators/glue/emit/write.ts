import type { Py } from '#languages/python.ts'
import { atom, binary, fn, method } from '#languages/python.ts'
import type { OperatorOf } from '#model/operators.ts'
import type { Change } from '#model/places.ts'
import { changeOf, inserts, isInside, makesTable } from '#model/places.ts'
import { findColumn } from '#model/types.ts'
import type { Node } from '../../text/tree.ts'
import { hidden, orderTexts } from '../plan/row-order.ts'
import { column, list } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

/** Gives a frame to a write function, in the order that the source promises; where rows are found by key, each key once. */
export const write: Emitter<'write'> = (operator, context) => {
	const change = changeOf(operator.target)
	const input = context.input(operator, 'in')
	if (change !== undefined && makesTable(operator.target) && !inserts(change)) {
		// The new table has no row that could be found.
		context.output(operator, `${input.name}.limit(0)`)
		return []
	}
	if (change !== undefined) return settled(operator, change, context)
	const first = input.order[0]
	// Loops and lookups take rows in the order in which they arrived, even where no column tells it.
	const isArrival = first === undefined || first.column.startsWith(hidden)
	const source = { id: context.link(operator, 'in').from.operator }
	const isPromised = !isArrival || isInside(operator.target) || context.promises(source)
	const isOrdered = first !== undefined && isPromised && !input.isSorted
	context.output(operator, isOrdered ? `${input.name}.orderBy(${list(orderTexts(input.order))})` : input.name)
	return []
}

/** The source applies rows one by one, so the last of a key counts, or the first where only new rows are inserted. */
function settled(operator: OperatorOf<'write'>, change: Change, context: FlowContext): Node {
	const { mode, keys } = change
	const input = context.input(operator, 'in')
	const name = context.fresh(context.place(operator))
	const window = context.fresh(`${context.place(operator)}_window`)
	context.needs('from pyspark.sql import Window')
	const partition = list(keys.map((key) => keyText(key, 'binary')))
	const order = list(orderTexts(input.order, mode !== 'insert-new'))
	const counts = binary('==', fn('col', '_rank'), atom('1'))
	const nullable = keys.filter((key) => findColumn(operator.schema, key)?.nullable ?? true)
	const tests = nullable.map((key) => method(column(key), inserts(change) ? 'isNull' : 'isNotNull'))
	const filter = tests.reduce<Py>((all, test) => binary(inserts(change) ? '|' : '&', all, test), counts)
	const extra = input.order.filter((key) => key.column.startsWith(hidden)).map((key) => key.column)
	context.output(operator, name)
	return [
		`${window} = Window.partitionBy(${partition}).orderBy(${order})`,
		assign(name, input.name, [
			`withColumn("_rank", F.row_number().over(${window}))`,
			`filter(${filter.code})`,
			`drop(${['_rank', ...extra].map((one) => `"${one}"`).join(', ')})`,
		]),
	]
}
