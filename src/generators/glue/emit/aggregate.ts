import { literalText } from '#languages/literals.ts'
import type { Py } from '#languages/python.ts'
import { binary, fn, lit, method, pyString } from '#languages/python.ts'
import { foldedColumn } from '#languages/shared/folding.ts'
import type { AggregateOperator, Measure, SpreadFunction } from '#model/operators.ts'
import type { DataType, Schema } from '#model/types.ts'
import { findColumn, text } from '#model/types.ts'
import type { Node } from '../../text/tree.ts'
import type { RowOrder } from '../plan/row-order.ts'
import { orderTexts } from '../plan/row-order.ts'
import { column, list, named, typeText } from './columns.ts'
import type { Emitter, FlowContext, Frame } from './context.ts'
import { assign } from './context.ts'
import { keyText } from './keys.ts'

const position = '_position'

/** One row for each group. Sums of integers and decimals are exact and do not depend on Spark's partitions. */
export const aggregate: Emitter<'aggregate'> = (operator, context) => {
	const input = context.input(operator, 'in')
	const { schema } = context.link(operator, 'in')
	const name = context.variable(operator, 'out')
	const folded = operator.keys.filter(({ collation }) => collation !== 'binary')
	const order: RowOrder = operator.keys.map((key) => ({
		column: key.name,
		direction: 'ascending',
		nulls: 'first',
		collation: key.collation,
	}))
	const lines: Node[] = []
	const base = positioned(operator, input, lines, context)
	const groups = operator.keys.map((key) =>
		key.collation === 'binary'
			? named(column(key.column), key.name)
			: foldedColumn(column(key.column), key.collation).code,
	)
	const measures = operator.measures.map((measure) => measureText(measure, schema))
	const firsts = folded.map((key) => method(fn('min_by', column(key.column), column(position)), 'alias', key.name).code)
	const guards = operator.measures.filter((measure) => isGuarded(measure, schema))
	const counted = operator.keys.length === 0 && !operator.rowForNoInput ? ['F.count(F.lit(1)).alias("_rows")'] : []
	const all = [...firsts, ...measures, ...counted]
	const calls = [
		...(groups.length === 0 ? [] : [`groupBy(${groups.join(', ')})`]),
		`agg(${all.length === 0 ? 'F.count(F.lit(1)).alias("_rows")' : all.join(', ')})`,
		...(counted.length === 0 ? [] : ['filter(F.col("_rows") > 0)', 'drop("_rows")']),
	]
	const isSorted = operator.ordered && context.sorts(operator)
	const selects = [
		...operator.keys.map(({ name: key }) => column(key).code),
		...operator.measures.map((measure) => finalText(measure, schema)),
	]
	const finish =
		guards.length > 0 || folded.length > 0 || operator.measures.length === 0 ? [`select(${selects.join(', ')})`] : []
	const sorting = isSorted ? [`orderBy(${list(orderTexts(order))})`] : []
	context.give(operator, 'out', { name, order, isSorted })
	if (guards.length === 0) return [...lines, assign(name, base, [...calls, ...finish, ...sorting])]
	const summed = context.fresh(`${name}_exact`)
	lines.push(assign(summed, base, calls))
	for (const measure of guards) {
		const held = column(measure.name)
		const lost = binary(
			'&',
			method(held, 'isNotNull'),
			method(tryCast(held, measure.type, wholeDigits(measure, schema)), 'isNull'),
		)
		const message = pyString(
			context.message(operator, `column ${measure.name}: the result does not fit ${typeText(measure.type)}`),
		)
		lines.push(`${summed} = ${context.use('ensure')}(${summed}, ${lost.code}, ${message})`)
	}
	return [...lines, assign(name, summed, [...finish, ...sorting])]
}

/** Measures of the first or last row, and groups of texts that differ, need the place of each row. */
function positioned(operator: AggregateOperator, input: Frame, lines: Node[], context: FlowContext): string {
	const isNeeded =
		operator.keys.some(({ collation }) => collation !== 'binary') ||
		operator.measures.some(({ function: name }) => name === 'first' || name === 'last')
	if (!isNeeded) return input.name
	context.needs('from pyspark.sql import Window')
	const name = context.fresh(`${input.name}_numbered`)
	const keys = operator.keys.map((key) => keyText(key.column, key.collation))
	const window = keys.length === 0 ? 'Window' : `Window.partitionBy(${list(keys)})`
	lines.push(
		`${name} = ${input.name}.withColumn("${position}", F.row_number().over(${window}.orderBy(${list(orderTexts(input.order))})))`,
	)
	return name
}

const inputType = (measure: Measure, schema: Schema): DataType =>
	(measure.column === undefined ? undefined : findColumn(schema, measure.column)?.type) ?? text()

/** Is the exact result wider than its column, so that it is tested before it is converted? */
function isGuarded(measure: Measure, schema: Schema): boolean {
	if (measure.function !== 'sum' && measure.function !== 'mean') return false
	const exact = exactType(measure, inputType(measure, schema))
	return exact !== undefined && !(measure.function === 'sum' && exact === typeText(measure.type))
}

/** Type in which a sum or mean is computed; undefined: Spark's own has the column's type already. */
function exactType(measure: Measure, from: DataType): string | undefined {
	if (measure.type.kind === 'float') return undefined
	if (
		from.kind === 'int' &&
		measure.function === 'sum' &&
		measure.type.kind === 'int' &&
		measure.type.bits === 64 &&
		from.bits < 64
	)
		return undefined
	return from.kind === 'decimal' ? `decimal(38,${from.scale})` : 'decimal(38,0)'
}

function measureText(measure: Measure, schema: Schema): string {
	const value = rawMeasure(measure, schema)
	const isEmpty = measure.whenEmpty === null || measure.function.startsWith('count')
	const full =
		isEmpty || isGuarded(measure, schema) ? value : fn('coalesce', value, literalText(measure.whenEmpty, measure.type))
	return method(full, 'alias', measure.name).code
}

function rawMeasure(measure: Measure, schema: Schema): Py {
	const from = inputType(measure, schema)
	const source = column(measure.column ?? '')
	const typed = (value: Py, has: string): Py =>
		has === typeText(measure.type) ? value : method(value, 'cast', typeText(measure.type))
	switch (measure.function) {
		case 'count-rows':
			return typed(fn('count', lit(1)), 'bigint')
		case 'count':
			return typed(fn('count', source), 'bigint')
		case 'count-missing':
			return typed(fn('count_if', method(source, 'isNull')), 'bigint')
		case 'count-distinct':
			return typed(fn('count_distinct', foldedColumn(source, measure.collation)), 'bigint')
		case 'first':
			return typed(fn('min_by', source, column(position)), typeText(from))
		case 'last':
			return typed(fn('max_by', source, column(position)), typeText(from))
		case 'min':
		case 'max':
			return typed(
				measure.collation === 'binary'
					? fn(measure.function, source)
					: fn(`${measure.function}_by`, source, foldedColumn(source, measure.collation)),
				typeText(from),
			)
		case 'sum':
		case 'mean':
			return total(measure, from, source)
		default:
			return spread(measure.function, typeText(from) === 'double' ? source : method(source, 'cast', 'double'))
	}
}

function spread(name: SpreadFunction, value: Py): Py {
	switch (name) {
		case 'variance':
			return fn('var_samp', value)
		case 'population-variance':
			return fn('var_pop', value)
		case 'deviation':
			return fn('stddev_samp', value)
		case 'standard-error':
			return binary('/', fn('stddev_samp', value), fn('sqrt', fn('count', value)))
		case 'variation':
			return fn('try_divide', binary('*', lit(100), fn('stddev_samp', value)), fn('avg', value))
		case 'corrected-squares':
			return binary('*', fn('var_pop', value), fn('count', value))
		case 'squares':
			return fn('sum', binary('*', value, value))
		case 'range':
			return binary('-', fn('max', value), fn('min', value))
	}
}

function total(measure: Measure, from: DataType, source: Py): Py {
	const name = measure.function === 'sum' ? 'sum' : 'avg'
	if (measure.type.kind === 'float') {
		const double = typeText(from) === 'double' ? source : method(source, 'cast', 'double')
		const value = fn(name, double)
		return measure.type.bits === 64 ? value : method(value, 'cast', 'float')
	}
	const exact = exactType(measure, from)
	return fn(name, exact === undefined ? source : method(source, 'cast', exact))
}

function finalText(measure: Measure, schema: Schema): string {
	if (!isGuarded(measure, schema)) return column(measure.name).code
	const cast = tryCast(column(measure.name), measure.type, wholeDigits(measure, schema))
	const full = measure.whenEmpty === null ? cast : fn('coalesce', cast, literalText(measure.whenEmpty, measure.type))
	return method(full, 'alias', measure.name).code
}

/** Digits before the point that the exact sum or mean can have; Spark gives a mean four more places behind it. */
function wholeDigits(measure: Measure, schema: Schema): number {
	const from = inputType(measure, schema)
	const scale = from.kind === 'decimal' ? from.scale : 0
	return 38 - Math.min(38, measure.function === 'mean' ? scale + 4 : scale)
}

/**
 * The value as that type, null where it does not fit. Spark 3.5 has no `try_cast` for columns; a wide decimal allows the test.
 * A type with room for all digits that the value can have needs none, and its limit would not fit beside the value's places.
 */
function tryCast(value: Py, type: DataType, digits: number): Py {
	const cast = method(value, 'cast', typeText(type))
	if (type.kind === 'decimal') {
		if (type.precision - type.scale >= digits) return cast
		const limit = 10n ** BigInt(type.precision - type.scale)
		return fn('when', binary('<', fn('abs', value), method(lit(String(limit)), 'cast', `decimal(38,0)`)), cast)
	}
	if (type.kind !== 'int') return cast
	const bits = BigInt(type.bits)
	const greatest = type.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n
	const least = type.signed ? -(1n << (bits - 1n)) : 0n
	const number = (bound: bigint): Py => method(lit(String(bound)), 'cast', 'decimal(38,0)')
	return fn('when', method(value, 'between', number(least), number(greatest)), cast)
}
