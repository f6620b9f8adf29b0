import { literalText } from '#languages/literals.ts'
import type { Py } from '#languages/python.ts'
import { atom, binary, fn, lit, method, pyString } from '#languages/python.ts'
import type { GenerateOperator, Generator } from '#model/reshaping.ts'
import type { DataType } from '#model/types.ts'
import { byHidden, hidden, orderTexts } from '../plan/row-order.ts'
import { column, list, typeText } from './columns.ts'
import type { Emitter, FlowContext } from './context.ts'
import { assign } from './context.ts'

const place = '_place'

/** Rows or columns made out of their number. */
export const generate: Emitter<'generate'> = (operator, context) =>
	operator.rows === undefined ? beside(operator, context) : rows(operator, operator.rows, context)

function rows(operator: GenerateOperator, wanted: number | { readonly parameter: string }, context: FlowContext) {
	const name = context.variable(operator, 'out')
	const count =
		typeof wanted === 'number' ? String(wanted) : asInteger(context.scriptValue('parameter', wanted.parameter).code)
	const number = column('id')
	const items = operator.columns.map(
		(one) => method(valueText(one.generator, one.type, number), 'alias', one.name).code,
	)
	const carries = context.carries(operator)
	if (carries) items.push(method(number, 'alias', hidden).code)
	context.give(operator, 'out', { name, order: carries ? [byHidden(hidden)] : [], isSorted: true })
	return assign(name, `SparkSession.active().range(${count})`, [`select(${items.join(', ')})`])
}

const asInteger = (code: string): string => (code.startsWith('int(') ? code : `int(${code})`)

function beside(operator: GenerateOperator, context: FlowContext) {
	const input = context.input(operator, 'in')
	const name = context.variable(operator, 'out')
	context.needs('from pyspark.sql import Window')
	const entries = operator.columns.map(
		(one) => `${pyString(one.name)}: ${valueText(one.generator, one.type, column(place)).code}`,
	)
	context.give(operator, 'out', { ...input, name, isSorted: false })
	return assign(name, input.name, [
		`withColumn("${place}", F.row_number().over(Window.orderBy(${list(orderTexts(input.order))})) - 1)`,
		entries.length === 1
			? `withColumn(${(entries[0] ?? '').replace(': ', ', ')})`
			: `withColumns({${entries.join(', ')}})`,
		`drop("${place}")`,
	])
}

/** The value of row `number`, which counts from 0. */
function valueText(generator: Generator, type: DataType, number: Py): Py {
	switch (generator.kind) {
		case 'list':
			return listText(
				generator.values.map((value) => literalText(value, type)),
				number,
			)
		case 'repeat': {
			const { characters, length } = generator
			const start = binary('+', binary('%', number, atom(String(Array.from(characters).length))), atom('1'))
			const one = method(lit(characters), 'substr', method(start, 'cast', 'int'), lit(1))
			return length === 1 ? one : fn('repeat', one, length)
		}
		case 'series':
			return inUnits(seriesText(generator, number), type)
	}
}

function listText(values: readonly Py[], number: Py): Py {
	const [only] = values
	if (only !== undefined && values.length === 1) return only
	const index = method(binary('+', binary('%', number, atom(String(values.length))), atom('1')), 'cast', 'int')
	return fn('element_at', fn('array', ...values), index)
}

function seriesText({ start, step, period }: Extract<Generator, { kind: 'series' }>, number: Py): Py {
	const turn = period === undefined ? number : binary('%', number, atom(String(period)))
	const steps = step === 1n ? turn : binary('*', turn, atom(String(step)))
	if (start === 0n) return steps
	return binary(start < 0n ? '-' : '+', steps, atom(String(start < 0n ? -start : start)))
}

function inUnits(count: Py, type: DataType): Py {
	switch (type.kind) {
		case 'decimal': {
			const whole = method(count, 'cast', 'decimal(20,0)')
			const unit = method(lit(`0.${'1'.padStart(type.scale, '0')}`), 'cast', `decimal(${type.scale + 1},${type.scale})`)
			return method(type.scale === 0 ? whole : binary('*', whole, unit), 'cast', typeText(type))
		}
		case 'date':
			return fn('date_add', method(lit('1970-01-01'), 'cast', 'date'), method(count, 'cast', 'int'))
		case 'timestamp':
			return fn('timestamp_micros', count)
		default:
			return method(count, 'cast', typeText(type))
	}
}
