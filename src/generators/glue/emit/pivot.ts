import { literalText } from '#languages/literals.ts'
import type { Py } from '#languages/python.ts'
import { atom, binary, fn, lit, method, pyString, unary } from '#languages/python.ts'
import { foldedColumn, foldedText } from '#languages/shared/folding.ts'
import type { KeyColumn } from '#model/operator-base.ts'
import type { PivotKey, PivotOperator, PivotTake } from '#model/reshaping.ts'
import type { Schema } from '#model/types.ts'
import { findColumn, text } from '#model/types.ts'
import type { Value } from '#model/values.ts'
import type { Node } from '../../text/tree.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { column, list, named } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

const position = '_position'
const place = '_place'
const run = '_run'

/** One row for each group, its columns taken from rows that stand at a place in it or have a value. */
export const pivot: Emitter<'pivot'> = (operator, context) => {
	const { schema } = context.link(operator, 'in')
	const name = context.variable(operator, 'out')
	const known = knownRows(operator, schema, context)
	const groups = operator.keys.map((key, index) => groupKey(operator, key, index))
	const items = operator.columns.flatMap((one) => {
		const value = takenText(operator, one.take, schema)
		return value === undefined ? [] : [method(value, 'alias', one.name).code]
	})
	const carries = context.carries(operator)
	const { pivotKey } = operator
	const counts =
		pivotKey === undefined
			? []
			: ['F.count(F.lit(1)).alias("_rows")', `${fn('count_distinct', compared(pivotKey)).code}.alias("_values")`]
	const all = [...items, ...counts, ...(carries ? [`F.min("${position}").alias("${hidden}")`] : [])]
	const selects = [
		...operator.columns.map((one) => {
			const key = groupOf(operator, one.take)
			return key === undefined ? named(column(one.name), one.name) : named(column(groups[key]?.name ?? ''), one.name)
		}),
		...(carries ? [pyString(hidden)] : []),
	]
	const grouping = [
		...numbering(operator, context),
		`groupBy(${operator.grouping === 'runs' ? pyString(run) : groups.map(({ code }) => code).join(', ')})`,
		`agg(${all.length === 0 ? 'F.count(F.lit(1)).alias("_rows")' : all.join(', ')})`,
	]
	context.give(operator, 'out', { name, order: carries ? [byHidden(hidden)] : [], isSorted: false })
	if (pivotKey === undefined)
		return [...known.lines, assign(name, known.frame, [...grouping, `select(${selects.join(', ')})`])]
	const grouped = context.fresh(`${name}_grouped`)
	const message = pyString(context.message(operator, `two rows of a group have the same ${pivotKey.column}`))
	return [
		...known.lines,
		assign(grouped, known.frame, grouping),
		`${grouped} = ${context.use('ensure')}(${grouped}, F.col("_rows") != F.col("_values"), ${message})`,
		assign(name, grouped, [`select(${selects.join(', ')})`]),
	]
}

/** What a pivot key compares by. */
const compared = (key: KeyColumn): Py => foldedColumn(column(key.column), key.collation)

function literalOf(value: Value, key: PivotKey, schema: Schema): Py {
	const folded = typeof value === 'string' ? foldedText(value, key.collation) : value
	return literalText(folded, findColumn(schema, key.column)?.type ?? text())
}

/** The rows whose pivot key a column names. */
function knownRows(
	operator: PivotOperator,
	schema: Schema,
	context: FlowContext,
): { readonly frame: string; readonly lines: readonly Node[] } {
	const input = context.input(operator, 'in')
	const { pivotKey } = operator
	if (pivotKey === undefined) return { frame: input.name, lines: [] }
	const values = operator.columns.flatMap(({ take }) => (take.kind === 'value' ? [take.value] : []))
	const texts = [...new Set(values.map((value) => literalOf(value, pivotKey, schema).code))]
	const isKnown = atom(`${compared(pivotKey).code}.isin(${texts.join(', ')})`)
	const frame = context.fresh(`${input.name}_known`)
	if (pivotKey.onUnknown === 'drop') return { frame, lines: [assign(frame, input.name, [`filter(${isKnown.code})`])] }
	const unknown = unary('~', fn('coalesce', isKnown, lit(false)))
	const message = pyString(context.message(operator, `no column is there for the key in ${pivotKey.column}`))
	return { frame, lines: [`${frame} = ${context.use('ensure')}(${input.name}, ${unknown.code}, ${message})`] }
}

/** Columns that tell where a row stands: in all rows, in its group, and which run of equal keys it belongs to. */
function numbering(operator: PivotOperator, context: FlowContext): readonly string[] {
	const input = context.input(operator, 'in')
	const order = list(orderTexts(input.order))
	const keys = list(operator.keys.map((key) => keyText(key.column, key.collation)))
	const isRuns = operator.grouping === 'runs'
	const takes = operator.columns.map(({ take }) => take)
	const calls: string[] = []
	const number = (name: string, window: string): void => {
		context.needs('from pyspark.sql import Window')
		calls.push(`withColumn("${name}", F.row_number().over(${window}))`)
	}
	if (isRuns || context.carries(operator)) number(position, `Window.orderBy(${order})`)
	else if (takes.some((take) => take.kind === 'first' && groupOf(operator, take) === undefined))
		number(position, `Window.partitionBy(${keys}).orderBy(${order})`)
	if (isRuns) {
		const same = operator.keys
			.map((key) => {
				const value = compared(key)
				return `${fn('lag', value).code}.over(Window.orderBy("${position}")).eqNullSafe(${value.code})`
			})
			.join(' & ')
		const starts = `F.when((F.col("${position}") > 1) & ${same}, 0).otherwise(1)`
		calls.push(
			`withColumn("_start", ${starts})`,
			`withColumn("${run}", F.sum("_start").over(Window.orderBy("${position}")))`,
		)
	}
	if (takes.some(({ kind }) => kind === 'place'))
		number(
			place,
			isRuns ? `Window.partitionBy("${run}").orderBy("${position}")` : `Window.partitionBy(${keys}).orderBy(${order})`,
		)
	return calls
}

/** A grouping column, and its name behind the grouping: one that no output column has with another meaning. */
function groupKey(
	operator: PivotOperator,
	key: KeyColumn,
	index: number,
): { readonly code: string; readonly name: string } {
	const clashes = operator.columns.some(
		({ name, take }) => name.toLowerCase() === key.column.toLowerCase() && groupOf(operator, take) !== index,
	)
	const own = `_key_${index}`
	if (key.collation !== 'binary') return { code: method(compared(key), 'alias', own).code, name: own }
	return clashes
		? { code: method(column(key.column), 'alias', own).code, name: own }
		: { code: named(column(key.column), key.column), name: key.column }
}

/** Index of the grouping column that is this very value; undefined where it has to be taken from a row. */
function groupOf(operator: PivotOperator, take: PivotTake): number | undefined {
	if (take.kind !== 'first' || operator.grouping === 'runs') return undefined
	const index = operator.keys.findIndex((key) => key.column === take.column && key.collation === 'binary')
	return index < 0 ? undefined : index
}

function takenText(operator: PivotOperator, take: PivotTake, schema: Schema): Py | undefined {
	const value = column(take.column)
	switch (take.kind) {
		case 'first':
			return groupOf(operator, take) === undefined ? fn('min_by', value, column(position)) : undefined
		case 'place':
			return fn('max', fn('when', binary('==', column(place), atom(String(take.place + 1))), value))
		case 'value': {
			const { pivotKey } = operator
			if (pivotKey === undefined) throw new Error(`${operator.id} goes by value and has no pivot key`)
			return fn('max', fn('when', binary('==', compared(pivotKey), literalOf(take.value, pivotKey, schema)), value))
		}
	}
}
