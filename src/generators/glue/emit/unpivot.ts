import { literalText } from '#languages/literals.ts'
import type { Py } from '#languages/python.ts'
import { atom, fn, lit, method, pyString } from '#languages/python.ts'
import type { UnpivotedRow, UnpivotOperator } from '#model/reshaping.ts'
import type { Schema } from '#model/types.ts'
import { findColumn } from '#model/types.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { byHidden, hidden } from '../plan/row-order.ts'
import { column, named, reference, typeText } from './columns.ts'
import type { Emitter } from './context.ts'
import { assign } from './context.ts'
import { carryOrder } from './order.ts'

const item = '_row'

/** Each row as several: an array of structs, taken apart again. */
export const unpivot: Emitter<'unpivot'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const { schema } = context.link(operator, 'in')
	const name = context.variable(operator, 'out')
	const structs = operator.rows.map((row, place) => structText(operator, row, place, schema))
	const all = fn('array', ...structs)
	const kept =
		operator.nulls === 'keep' ? all : fn('filter', all, atom(`lambda row: ~(${operator.made.map(isNull).join(' & ')})`))
	// An empty array leaves one row without values, as the source does.
	const rows = fn(operator.nulls === 'keep' ? 'posexplode' : 'posexplode_outer', kept)
	const passes = (column: string): boolean => operator.passes.includes(column)
	const carried = context.carries(operator) ? carryOrder(input.order, [], passes) : { order: [], copies: [] }
	const last = `${hidden}_${item.slice(1)}_${name}`
	const order: RowOrder = context.carries(operator) ? [...carried.order, byHidden(last)] : []
	const passing = operator.passes.map((one) => named(column(one), one))
	const copies = carried.copies.map(([copy, from]) => named(column(from), copy))
	const fields = [
		...operator.made.map((one) => one.name),
		...(operator.key === undefined ? [] : [operator.key.name]),
		...(operator.index === undefined ? [] : [operator.index]),
	].map((field) => method(fn('col', `${item}.${reference(field)}`), 'alias', field).code)
	const place = context.carries(operator) ? [pyString(last)] : []
	context.give(operator, 'out', { name, order, isSorted: input.isSorted })
	return assign(name, input.name, [
		`select("*", ${rows.code}.alias(${pyString(context.carries(operator) ? last : '_place')}, "${item}"))`,
		`select(${[...passing, ...fields, ...copies, ...place].join(', ')})`,
	])
}

const isNull = ({ name }: { readonly name: string }): string => `row[${pyString(name)}].isNull()`

function structText(operator: UnpivotOperator, row: UnpivotedRow, place: number, schema: Schema): Py {
	const fields = operator.made.map((target, index) => {
		const source = row.from[index] ?? null
		const wanted = typeText(target.type)
		const type = source === null ? undefined : findColumn(schema, source)?.type
		const value = source === null ? literalText(null, target.type) : column(source)
		const typed = type === undefined || typeText(type) === wanted ? value : method(value, 'cast', wanted)
		return source === target.name && typed === value ? value : method(typed, 'alias', target.name)
	})
	const { key, index } = operator
	if (key !== undefined) fields.push(method(literalText(row.key, key.type), 'alias', key.name))
	if (index !== undefined) fields.push(method(lit(place), 'alias', index))
	return fn('struct', ...fields)
}
