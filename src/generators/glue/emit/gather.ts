import { fn, method, pyString } from '#languages/python.ts'
import type { GatherOperator } from '#model/nesting.ts'
import type { KeyColumn } from '#model/operator-base.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { byHidden, hidden, orderTexts, orderWithin } from '../plan/row-order.ts'
import { column, list, named, reference } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

const position = '_position'
const rows = '_rows'

/** The rows of a key as an array of structs, sorted by where they stood. */
export const gather: Emitter<'gather'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	const carries = context.carries(operator)
	const records = fn('struct', position, ...operator.fields.map((field) => reference(field.name)))
	const all = method(fn('sort_array', fn('collect_list', records)), 'alias', rows)
	const keys = operator.keys.map(groupKey)
	const passes = operator.passes.map((one) => passing(operator, one))
	const firsts = passes.flatMap(({ first }) => first ?? [])
	const vector = `F.transform(${pyString(rows)}, lambda row: row.dropFields(${pyString(position)}))`
	context.give(operator, 'out', { name, order: carries ? [byHidden(hidden)] : [], isSorted: false })
	return assign(name, input.name, [
		`withColumn(${pyString(position)}, F.row_number().over(${windowText(operator, input.order, context)}))`,
		`groupBy(${keys.join(', ')})`,
		`agg(${[all.code, ...firsts, ...(carries ? [`F.min(${pyString(position)}).alias(${pyString(hidden)})`] : [])].join(', ')})`,
		`select(${[
			...passes.map(({ select }) => select),
			`${vector}.alias(${pyString(operator.into)})`,
			...(carries ? [pyString(hidden)] : []),
		].join(', ')})`,
	])
}

/** Places in all rows where something below asks for the order of the keys, otherwise within each key. */
function windowText(operator: GatherOperator, order: RowOrder, context: FlowContext): string {
	context.needs('from pyspark.sql import Window')
	if (context.carries(operator)) return `Window.orderBy(${list(orderTexts(order))})`
	const keys = list(operator.keys.map((key) => keyText(key.column, key.collation)))
	return `Window.partitionBy(${keys}).orderBy(${list(orderTexts(orderWithin(operator.keys, order)))})`
}

const groupKey = (key: KeyColumn, index: number): string =>
	key.collation === 'binary'
		? keyText(key.column, key.collation).code
		: method(keyText(key.column, key.collation), 'alias', `_key_${index}`).code

/** A key that leaves as a column: the grouping column itself, or of several spellings the first. */
function passing({ keys }: GatherOperator, name: string): { readonly select: string; readonly first?: string } {
	const select = named(column(name), name)
	if (keys.some((key) => key.column === name && key.collation === 'binary')) return { select }
	return { select, first: `F.min_by(${pyString(reference(name))}, ${pyString(position)}).alias(${pyString(name)})` }
}
