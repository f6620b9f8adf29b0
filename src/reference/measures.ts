/** The measures of an aggregate over one group of rows. */
import type { Measure, SpreadFunction } from '#model/operators.ts'
import type { DataType } from '#model/types.ts'
import type { Decimal, Result, Row, Value } from '#model/values.ts'
import { failure, makeDecimal } from '#model/values.ts'
import { compareValues, keyText } from './keys.ts'
import { addDecimals, coerceNumber, divideDecimal, toDecimal, toFloat } from './numbers.ts'

type Present = Exclude<Value, null>

/**
 * Value of one measure. Sums and means are exact for integers and decimals, and added up in arrival order for floats;
 * a result that its column cannot hold is an error.
 */
export function measureGroup(group: readonly Row[], measure: Measure): Result {
	const { column } = measure
	if (column === undefined) return coerceNumber(BigInt(group.length), measure.type)
	const all = group.map((row) => row[column] ?? null)
	const present = all.filter((value): value is Present => value !== null)
	switch (measure.function) {
		case 'count-rows':
			return coerceNumber(BigInt(group.length), measure.type)
		case 'count':
			return coerceNumber(BigInt(present.length), measure.type)
		case 'count-missing':
			return coerceNumber(BigInt(all.length - present.length), measure.type)
		case 'count-distinct':
			return coerceNumber(BigInt(new Set(present.map((value) => keyText(value, measure.collation))).size), measure.type)
		default:
			break
	}
	if (present.length === 0) return measure.whenEmpty
	switch (measure.function) {
		case 'first':
			return coerceNumber(all[0] ?? null, measure.type)
		case 'last':
			return coerceNumber(all.at(-1) ?? null, measure.type)
		case 'min':
		case 'max':
			return coerceNumber(extreme(present, measure), measure.type)
		case 'sum':
			return sum(present, measure.type)
		case 'mean':
			return mean(present, measure.type)
		default:
			return spread(present.map(toFloat), measure.function) ?? measure.whenEmpty
	}
}

/** Adds one value after the other to mean and squares, as Spark does, so that equal values lie nothing apart. */
function spread(values: readonly number[], name: SpreadFunction): number | undefined {
	let mean = 0
	let squares = 0
	for (const [index, value] of values.entries()) {
		const distance = value - mean
		mean += distance / (index + 1)
		squares += distance * (value - mean)
	}
	const variance = values.length < 2 ? undefined : squares / (values.length - 1)
	switch (name) {
		case 'range':
			return Math.max(...values) - Math.min(...values)
		case 'squares':
			return values.reduce((total, value) => total + value * value, 0)
		case 'corrected-squares':
			return squares
		case 'variance':
			return variance
		case 'population-variance':
			return squares / values.length
		case 'deviation':
			return variance === undefined ? undefined : Math.sqrt(variance)
		case 'standard-error':
			return variance === undefined ? undefined : Math.sqrt(variance) / Math.sqrt(values.length)
		case 'variation':
			return variance === undefined || mean === 0 ? undefined : (100 * Math.sqrt(variance)) / mean
	}
}

/** Of equal values (caseless texts) the first that arrived. */
function extreme(values: readonly Present[], measure: Measure): Present {
	const wanted = measure.function === 'min' ? -1 : 1
	return values.reduce((best, value) => (compareValues(value, best, measure.collation) * wanted > 0 ? value : best))
}

function sum(values: readonly Present[], type: DataType): Result {
	const exact = exactSum(values)
	if (exact !== undefined && type.kind !== 'float') return coerceNumber(exact, type)
	return coerceNumber(floatSum(values), type)
}

function mean(values: readonly Present[], type: DataType): Result {
	const exact = exactSum(values)
	if (exact === undefined || type.kind === 'float') return coerceNumber(floatSum(values) / values.length, type)
	if (type.kind === 'decimal') return coerceNumber(divideDecimal(exact, BigInt(values.length), type.scale), type)
	if (type.kind !== 'int') return failure('type', 'a mean needs a numeric column')
	const whole = exact.unscaled / (10n ** BigInt(exact.scale) * BigInt(values.length))
	return coerceNumber(whole, type)
}

const floatSum = (values: readonly Present[]): number =>
	values.reduce<number>((total, value) => total + toFloat(value), 0)

/** Undefined as soon as one value is a float. */
function exactSum(values: readonly Present[]): Decimal | undefined {
	let total = makeDecimal(0n, 0)
	for (const value of values) {
		const exact = toDecimal(value)
		if (exact === undefined) return undefined
		total = addDecimals(total, exact)
	}
	return total
}
