import type { Py } from '#languages/python.ts'
import { allOf, anyOf, atom, binary, fn, lit, method, pyString } from '#languages/python.ts'
import type { DimensionColumn, MaintainDimensionOperator } from '#model/dimension.ts'
import { columnBehind, comparedWith } from '#model/dimension.ts'
import { findColumn } from '#model/types.ts'
import type { Node } from '../../text/tree.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { column, list, named, reference, sideColumn, typeText } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { keyCondition, keyText } from './keys.ts'
import { oneByKey } from './one-by-key.ts'
import { carryOrder } from './order.ts'

const mark = '_version'
const change = fn('col', '_change')
const begins = atom('F.col("_change").isin("insert", "version")')

/** A group of columns of the dimension, as one struct: what it holds with a row, and what it held before it. */
interface Group {
	readonly name: string
	readonly columns: readonly DimensionColumn[]
}

/**
 * After each row the dimension has the row's values in the columns that are compared, so the row before of the same key tells
 * what differs; all other columns are those of the last row that began.
 */
export const maintainDimension: Emitter<'maintain-dimension'> = (operator, context) => {
	const frame = context.fresh(`${context.variable(operator, 'out')}_dimension`)
	const lines = compared(operator, frame, context)
	const ports = context.linkedPorts(operator)
	if (ports.length > 1) lines.push(`${frame} = ${frame}.persist()`)
	if (ports.includes('out')) lines.push(rows(operator, frame, context))
	if (ports.includes('changes')) lines.push(changed(operator, frame, context))
	return lines
}

const isKept = (one: DimensionColumn): boolean => comparedWith(one) === undefined

/** Columns that stay as a row began, and those among them that look back at the row before. */
function keptGroups({ columns }: MaintainDimensionOperator): readonly Group[] {
	const kept = columns.filter(isKept)
	const linked = kept.filter(({ value }) => value.kind === 'previous')
	const groups = [
		{ name: '_kept', columns: kept.filter((one) => !linked.includes(one)) },
		{ name: '_linked', columns: linked },
	]
	return groups.filter((group) => group.columns.length > 0)
}

function groupOf(operator: MaintainDimensionOperator, one: DimensionColumn): string {
	return keptGroups(operator).find(({ columns }) => columns.includes(one))?.name ?? '_values'
}

/** The frame with what changes, and with the values before and after. */
function compared(operator: MaintainDimensionOperator, frame: string, context: FlowContext): Node[] {
	const input = context.input(operator, 'in')
	const dimension = context.input(operator, 'dimension')
	const current = context.fresh(`${dimension.name}_current`)
	const keys = operator.keys.map(({ right, collation }) => ({ column: right, collation }))
	const window = context.fresh(`${frame}_window`)
	const by = list(operator.keys.map(({ left, collation }) => keyText(left, collation)))
	const order = list(orderTexts(input.order))
	const own = operator.columns.filter((one) => !isKept(one))
	const values = own.map((one) => aliased(column(columnBehind(one.value)), one.name))
	const stored = (name: string, columns: readonly DimensionColumn[]): string => {
		const fields = columns.map((one) => sideColumn('right', one.name))
		return method(fn('when', sideColumn('right', mark), struct(fields)), 'alias', `${name}_stored`).code
	}
	const groups = keptGroups(operator)
	context.needs('from pyspark.sql import Window')
	return [
		...oneByKey(dimension, current, keys, 'first', mark, context),
		`${window} = Window.partitionBy(${by}).orderBy(${order})`,
		assign(frame, `${input.name}.alias("left")`, [
			`join(${current}.alias("right"), ${keyCondition(operator.keys, false).code}, "left")`,
			`select("left.*", ${[{ name: '_values', columns: own }, ...groups].map((group) => stored(group.name, group.columns)).join(', ')})`,
			`withColumn("_values", ${struct(values).code})`,
			`withColumn("_values_before", ${known(operator, before('_values', window), context).code})`,
			`withColumn("_change", ${changeText(own).code})`,
			...(countsRows(operator) ? [`withColumn("_begun", ${begun(order)})`] : []),
			...groups.flatMap(({ name, columns }) => [
				`withColumn("${name}", ${latest(name, columns, window)})`,
				`withColumn("${name}_before", ${before(name, window).code})`,
			]),
		]),
	]
}

/** A struct of nothing would be null: one field tells at least that there is a row. */
const struct = (fields: readonly Py[]): Py =>
	fn('struct', ...(fields.length === 0 ? [aliased(lit(true), mark)] : fields))

const aliased = (value: Py, name: string): Py =>
	value.code === column(name).code ? value : method(value, 'alias', name)

/** What the row before of the key left, or the dimension held when the run began. */
const before = (name: string, window: string): Py =>
	fn('coalesce', atom(`F.lag("${name}").over(${window})`), fn('col', `${name}_stored`))

/** A row with a null in its key meets none. */
function known(operator: MaintainDimensionOperator, value: Py, context: FlowContext): Py {
	const { schema } = context.link(operator, 'in')
	const nullable = operator.keys.filter(({ left }) => findColumn(schema, left)?.nullable ?? true)
	const there = allOf(nullable.map(({ left }) => method(column(left), 'isNotNull')))
	return there === undefined ? value : fn('when', there, value)
}

function changeText(own: readonly DimensionColumn[]): Py {
	const differs = (role: DimensionColumn['role']): Py | undefined => {
		const tests = own.filter((one) => one.role === role)
		const same = tests.map((one) =>
			method(column(columnBehind(one.value)), 'eqNullSafe', fn('col', `_values_before.${reference(one.name)}`)),
		)
		return anyOf(same.map((test) => atom(`~${test.code}`)))
	}
	let text = fn('when', method(fn('col', '_values_before'), 'isNull'), lit('insert'))
	for (const [role, name] of [
		['versioned', 'version'],
		['overwritten', 'update'],
	] as const) {
		const test = differs(role)
		if (test !== undefined) text = method(text, 'when', test, lit(name))
	}
	return text
}

const countsRows = ({ columns, begun: name }: MaintainDimensionOperator): boolean =>
	name !== undefined || columns.some(({ value }) => value.kind === 'next-key')

const begun = (order: string): string =>
	`F.count(F.when(${begins.code}, True)).over(Window.orderBy(${order}).rowsBetween(Window.unboundedPreceding, Window.currentRow))`

/** The values with which the last row began. */
function latest(name: string, columns: readonly DimensionColumn[], window: string): string {
	const first = fn('when', begins, fn('struct', ...columns.map((one) => aliased(firstValue(one), one.name))))
	const upToHere = `${window}.rowsBetween(Window.unboundedPreceding, Window.currentRow)`
	return fn('coalesce', atom(`F.last(${first.code}, ignorenulls=True).over(${upToHere})`), fn('col', `${name}_stored`))
		.code
}

function firstValue({ value, type }: DimensionColumn): Py {
	const own = column(columnBehind(value))
	if (value.kind === 'column') return own
	if (value.kind === 'next-key') return method(binary('+', own, fn('col', '_begun')), 'cast', typeText(type))
	const earlier = fn('col', `_kept_before.${reference(value.of)}`)
	return method(fn('when', binary('==', change, lit('version')), earlier), 'otherwise', own)
}

/** What a column of the dimension holds with a row, or held before it. */
function held(operator: MaintainDimensionOperator, one: DimensionColumn, when: 'after' | 'before'): Py {
	const own = comparedWith(one)
	if (own !== undefined && when === 'after') return column(own)
	return fn('col', `${groupOf(operator, one)}${when === 'after' ? '' : '_before'}.${reference(one.name)}`)
}

function rows(operator: MaintainDimensionOperator, frame: string, context: FlowContext): Node {
	const name = context.variable(operator, 'out')
	const input = context.input(operator, 'in')
	const taken = operator.take.flatMap(({ name: wanted, column: from }) => {
		const one = operator.columns.find((other) => other.name === from)
		return one === undefined ? [] : [`withColumn(${pyString(wanted)}, ${held(operator, one, 'after').code})`]
	})
	const counted = operator.begun === undefined ? [] : [`withColumn(${pyString(operator.begun)}, F.col("_begun"))`]
	const groups = ['_values', ...keptGroups(operator).map((group) => group.name)]
	const own = groups.flatMap((group) => [`${group}_stored`, group, `${group}_before`])
	const gone = [...own, '_change', ...(countsRows(operator) ? ['_begun'] : [])]
	context.give(operator, 'out', { name, order: context.carries(operator) ? input.order : [], isSorted: false })
	return assign(name, frame, [...taken, ...counted, `drop(${gone.map(pyString).join(', ')})`])
}

/** One row for each that begins or is overwritten, and before it the one that it takes the place of. */
function changed(operator: MaintainDimensionOperator, frame: string, context: FlowContext): Node {
	const name = context.variable(operator, 'changes')
	const { order, copies } = context.carries(operator)
		? carryOrder(context.input(operator, 'in').order, [], () => false)
		: { order: [], copies: [] }
	const kept = copies.map(([copy, from]) => named(column(from), copy))
	const now = operator.columns.map((one) => aliased(held(operator, one, 'after'), one.name))
	if (!operator.columns.some(({ role }) => role === 'versioned')) {
		context.give(operator, 'changes', { name, order, isSorted: false })
		const items = now.map((one, index) => named(one, operator.columns[index]?.name ?? ''))
		return assign(name, frame, ['filter(F.col("_change").isNotNull())', `select(${[...items, ...kept].join(', ')})`])
	}
	const last = operator.columns.map((one) =>
		aliased(one.ended === undefined ? held(operator, one, 'before') : column(one.ended), one.name),
	)
	const both = fn(
		'array',
		fn('when', binary('==', change, lit('version')), fn('struct', ...last)),
		fn('when', method(change, 'isNotNull'), fn('struct', ...now)),
	)
	const place = context.carries(operator) ? `${hidden}_place` : '_place'
	const items = operator.columns.map((one) => named(fn('col', `_row.${reference(one.name)}`), one.name))
	const placed = context.carries(operator) ? [pyString(place)] : []
	context.give(operator, 'changes', {
		name,
		order: context.carries(operator) ? [...order, byHidden(place)] : [],
		isSorted: false,
	})
	return assign(name, frame, [
		`select("*", F.posexplode(F.array_compact(${both.code})).alias("${place}", "_row"))`,
		`select(${[...items, ...kept, ...placed].join(', ')})`,
	])
}
