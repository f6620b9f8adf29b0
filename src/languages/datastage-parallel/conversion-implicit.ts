/**
 * `datastage.implicit`: what the parallel engine does where a value meets another type (IBM: Default and explicit type conversions).
 * Numbers are cut towards zero and saturate, text that is no number gives 0, text is cut to its length.
 * `format`: the date, time or timestamp format (`%dd/%mm/%yyyy`) for conversions between those and text; the default one otherwise.
 */
import { MICROS_PER_DAY, splitMicros } from '#model/calendar.ts'
import { characterCount, sliceCharacters } from '#model/code-points.ts'
import { fromBigint, toNumber } from '#model/decimal.ts'
import { type DataType, type DecimalType, decimal, type IntType, int, intRange, type TypeKind } from '#model/types.ts'
import {
	type Decimal,
	failure,
	makeBinary,
	makeDate,
	makeTime,
	makeTimestamp,
	type Result,
	type Value,
} from '#model/values.ts'
import type { Conversion, ConversionContext, PysparkConversionContext } from '../catalogue.ts'
import { binary, fn, lit, type Py } from '../python.ts'
import { sparkType } from '../spark-types.ts'
import * as numbers from './numbers.ts'
import * as numbersSpark from './numbers-spark.ts'
import { cast } from './spark-text.ts'
import {
	DATE_FORMAT,
	isProblem,
	parseFormat,
	readable,
	type TemporalFormat,
	TIME_FORMAT,
	TIMESTAMP_FORMAT,
} from './temporal-format.ts'
import { dateOfMoment, formatText, microsOfDay, momentOfTime, parseText } from './temporal-spark.ts'
import { formatMoment, type Moment, parseMoment } from './temporal-text.ts'

type Present = Exclude<Value, null>
export type TemporalKind = 'date' | 'time' | 'timestamp'

const targets: Readonly<Record<TypeKind, readonly TypeKind[]>> = {
	string: ['string', 'int', 'decimal', 'float', 'boolean', 'date', 'time', 'timestamp', 'binary'],
	int: ['string', 'int', 'decimal', 'float', 'boolean'],
	decimal: ['string', 'int', 'decimal', 'float', 'boolean'],
	float: ['string', 'int', 'decimal', 'float', 'boolean'],
	boolean: ['string', 'int', 'decimal', 'float', 'boolean'],
	date: ['string', 'date', 'timestamp'],
	time: ['string', 'time'],
	timestamp: ['string', 'timestamp', 'date', 'time'],
	binary: ['binary', 'string'],
	uuid: ['uuid', 'string'],
	vector: [],
	record: [],
}

const usual = { date: DATE_FORMAT, time: TIME_FORMAT, timestamp: TIMESTAMP_FORMAT } as const

/** The format named, or the default one of the kind. @throws Error for a format that lowering must not let through. */
export function temporalFormat(kind: TemporalKind, format: string | undefined): TemporalFormat {
	const parsed = parseFormat(format ?? usual[kind])
	if (isProblem(parsed)) throw new Error(parsed.problem)
	return parsed
}

/** Why the format cannot be used for that kind, if so. */
export function formatProblem(kind: TemporalKind, format: string, use: 'read' | 'write'): string | undefined {
	const parsed = parseFormat(format)
	if (isProblem(parsed)) return parsed.problem
	return use === 'write' || readable(parsed, kind) ? undefined : `the format ${format} does not tell a whole ${kind}`
}

export function momentOf(value: Value): Moment {
	if (typeof value === 'object' && value !== null) {
		if (value.kind === 'date') return { days: value.days, micros: 0n }
		if (value.kind === 'time') return { days: 0, micros: value.micros }
		if (value.kind === 'timestamp') {
			const [days, micros] = splitMicros(value.micros)
			return { days, micros }
		}
	}
	throw new TypeError('a date or time is expected')
}

export function momentValue(moment: Moment, kind: TemporalKind): Value {
	if (kind === 'date') return makeDate(moment.days)
	return kind === 'time' ? makeTime(moment.micros) : makeTimestamp(BigInt(moment.days) * MICROS_PER_DAY + moment.micros)
}

/** Timestamp column of a date, time or timestamp column. */
export const momentText = (value: Py, kind: TypeKind): Py => (kind === 'time' ? momentOfTime(value) : value)

/** Column of that kind from a timestamp column. */
export function fromMoment(moment: Py, kind: TemporalKind): Py {
	return kind === 'date' ? dateOfMoment(moment) : kind === 'time' ? microsOfDay(moment) : moment
}

function cut(text: string, type: DataType): string {
	return type.kind === 'string' && type.length !== undefined && characterCount(text) > type.length
		? sliceCharacters(text, 0, type.length)
		: text
}

function toText(value: Present, { from, format }: ConversionContext): string {
	if (typeof value === 'string') return value
	if (typeof value === 'boolean') return value ? '1' : '0'
	if (typeof value === 'bigint') return value.toString()
	if (typeof value === 'number') return numbers.scientific(value)
	if (value.kind === 'decimal') return decimalText(value, from)
	if (value.kind === 'binary') return Buffer.from(value.hex, 'hex').toString('utf8')
	if (value.kind === 'vector' || value.kind === 'record') throw new TypeError(`a ${value.kind} is no text`)
	return formatMoment(momentOf(value), temporalFormat(value.kind, format))
}

function decimalText(value: Decimal, from: DataType): string {
	const type = from.kind === 'decimal' ? from : decimal(38, 10)
	return `${value.unscaled < 0n ? '-' : ''}${numbers.decimalDigits(value, type)}`
}

function evaluate(value: Present, context: ConversionContext): Result {
	const { to } = context
	switch (to.kind) {
		case 'string':
			return cut(toText(value, context), to)
		case 'int':
			return toInt(value, to)
		case 'decimal':
			return toDecimal(value, to)
		case 'float':
			return to.bits === 32 ? Math.fround(toReal(value)) : toReal(value)
		case 'boolean':
			return typeof value === 'string' ? value !== '' : toReal(value) !== 0
		case 'date':
		case 'time':
		case 'timestamp':
			return toTemporal(value, to.kind, context.format)
		case 'binary':
			return typeof value === 'string' ? makeBinary(Buffer.from(value, 'utf8').toString('hex')) : value
		case 'uuid':
		case 'vector':
		case 'record':
			return value
	}
}

/** The decimal that a value is; only decimals get here as objects. */
const decimalValue = (value: Exclude<Present, string | number>): Decimal =>
	typeof value === 'object' ? (value as Decimal) : fromBigint(BigInt(value))

function toInt(value: Present, to: IntType): bigint {
	if (typeof value === 'string') return numbers.textToInt(value, to)
	if (typeof value === 'number') return numbers.saturateNumber(value, to)
	return numbers.saturate(numbers.decimalToInt(decimalValue(value)), to)
}

function toDecimal(value: Present, to: DecimalType): Result {
	if (typeof value === 'string') return numbers.textToDecimal(value, to)
	return typeof value === 'number' ? numbers.numberToDecimal(value, to) : numbers.fitDecimal(decimalValue(value), to)
}

function toReal(value: Present): number {
	if (typeof value === 'string') return numbers.textToNumber(value)
	return typeof value === 'number' ? value : toNumber(decimalValue(value))
}

function toTemporal(value: Present, kind: TemporalKind, format: string | undefined): Result {
	if (typeof value !== 'string') return momentValue(momentOf(value), kind)
	const moment = parseMoment(value, temporalFormat(kind, format))
	return moment === undefined
		? failure('conversion', `"${value}" is no ${kind} of the format ${format ?? usual[kind]}`)
		: momentValue(moment, kind)
}

function textOf(value: Py, { from, format }: PysparkConversionContext): Py {
	switch (from.kind) {
		case 'boolean':
			return cast(cast(value, 'int'), 'string')
		case 'decimal':
			return numbersSpark.decimalDigits(value, from, '')
		case 'float':
			return numbersSpark.scientific(cast(value, 'double'))
		case 'date':
		case 'time':
		case 'timestamp':
			return formatText(momentText(value, from.kind), temporalFormat(from.kind, format))
		case 'binary':
			return fn('decode', value, 'UTF-8')
		case 'int':
			return cast(value, 'string')
		default:
			return value
	}
}

function cutText(value: Py, { from, to }: PysparkConversionContext): Py {
	if (to.kind !== 'string' || to.length === undefined) return value
	if (from.kind === 'string' && from.length !== undefined && from.length <= to.length) return value
	return fn('substring', value, 1, to.length)
}

function pyspark(value: Py, context: PysparkConversionContext): Py {
	const { from, to } = context
	switch (to.kind) {
		case 'string':
			return cutText(textOf(value, context), context)
		case 'int':
			return intOf(value, from, to)
		case 'decimal':
			return decimalOf(value, from, to)
		case 'float':
			return from.kind === 'string' ? numbersSpark.textToNumber(value, to) : cast(value, sparkType(to).toLowerCase())
		case 'boolean':
			return from.kind === 'boolean' ? value : binary('!=', value, lit(from.kind === 'string' ? '' : 0))
		case 'date':
		case 'time':
		case 'timestamp':
			return temporalOf(value, from, to.kind, context.format)
		case 'binary':
			return cast(value, 'binary')
		case 'uuid':
		case 'vector':
		case 'record':
			return value
	}
}

function intOf(value: Py, from: DataType, to: IntType): Py {
	if (from.kind === 'string') return numbersSpark.textToInt(value, to)
	if (from.kind === 'float') return numbersSpark.numberToInt(value, to)
	if (from.kind === 'decimal') return numbersSpark.decimalToInt(value, from, to)
	return from.kind === 'int' ? numbersSpark.intToInt(value, from, to) : cast(value, sparkType(to).toLowerCase())
}

function decimalOf(value: Py, from: DataType, to: DecimalType): Py {
	if (from.kind === 'string') return numbersSpark.textToDecimal(value, to)
	if (from.kind === 'float') return numbersSpark.numberToDecimal(value, to)
	if (from.kind === 'decimal') return numbersSpark.decimalToDecimal(value, from, to)
	if (from.kind === 'int') return numbersSpark.intToDecimal(value, from, to)
	return numbersSpark.intToDecimal(cast(value, 'int'), int(8), to)
}

function temporalOf(value: Py, from: DataType, kind: TemporalKind, format: string | undefined): Py {
	if (from.kind === 'string') return fromMoment(parseText(value, temporalFormat(kind, format)), kind)
	if (from.kind === kind) return value
	return fromMoment(from.kind === 'time' ? momentOfTime(value) : cast(value, 'timestamp'), kind)
}

/** Whole digits that a number of the type can have. */
function wholeDigits(type: DataType): number {
	if (type.kind === 'decimal') return type.precision - type.scale
	return type.kind === 'int'
		? intRange(type).max.toString().length
		: type.kind === 'boolean'
			? 1
			: Number.POSITIVE_INFINITY
}

export const implicitConversion: Conversion = {
	id: 'datastage.implicit',
	allows: (from, to) => targets[to.kind].includes(from.kind),
	canFail: (from, to) => {
		if (to.kind === 'decimal') return wholeDigits(from) > wholeDigits(to)
		return from.kind === 'string' && (to.kind === 'date' || to.kind === 'time' || to.kind === 'timestamp')
	},
	evaluate: (value, context) => evaluate(value, context),
	pyspark,
	source: 'IBM: Default and explicit type conversions; DataStage semantics observed in engine outputs',
}
