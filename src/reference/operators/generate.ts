import { valueText } from '#model/json-values.ts'
import type { GenerateOperator, Generator } from '#model/reshaping.ts'
import type { DataType } from '#model/types.ts'
import type { Row, Value } from '#model/values.ts'
import { makeDate, makeDecimal, makeTime, makeTimestamp } from '#model/values.ts'
import type { FlowContext, Interpreter } from '../context.ts'
import { withColumns } from '../policies.ts'
import { stop, stopTooLarge } from '../stop.ts'

/** More rows than a test run needs; a real job has no limit. */
const mostRows = 100_000

export const generate: Interpreter<'generate'> = (operator, inputs, context) => {
	const rows: readonly Row[] =
		operator.rows === undefined
			? (inputs['in'] ?? [])
			: Array.from({ length: rowCount(operator, operator.rows, context) }, () => ({}))
	return { out: rows.map((row, index) => withColumns(row, made(operator, BigInt(index)))) }
}

function rowCount(operator: GenerateOperator, rows: number | { readonly parameter: string }, context: FlowContext) {
	if (typeof rows === 'number') return rows
	const value = context.request.parameters.get(rows.parameter) ?? null
	const count = value === null || !/^\s*\d+\s*$/.test(valueText(value)) ? undefined : Number(valueText(value))
	if (count === undefined) return stop(operator.id, `${rows.parameter} is no number of rows`)
	return count > mostRows ? stopTooLarge(operator.id, `it makes ${count} rows`) : count
}

const made = ({ columns }: GenerateOperator, place: bigint): readonly (readonly [string, Value])[] =>
	columns.map(({ name, type, generator }) => [name, valueAt(generator, type, place)])

function valueAt(generator: Generator, type: DataType, place: bigint): Value {
	switch (generator.kind) {
		case 'list':
			return generator.values[Number(place % BigInt(generator.values.length))] ?? null
		case 'repeat': {
			const characters = Array.from(generator.characters)
			return (characters[Number(place % BigInt(characters.length))] ?? '').repeat(generator.length)
		}
		case 'series': {
			const { start, step, period } = generator
			return inUnits(start + step * (period === undefined ? place : place % period), type)
		}
	}
}

function inUnits(count: bigint, type: DataType): Value {
	switch (type.kind) {
		case 'decimal':
			return makeDecimal(count, type.scale)
		case 'float':
			return type.bits === 32 ? Math.fround(Number(count)) : Number(count)
		case 'date':
			return makeDate(Number(count))
		case 'time':
			return makeTime(count)
		case 'timestamp':
			return makeTimestamp(count)
		default:
			return count
	}
}
