/** One value from one exact type to another: the rules that all conversions of this language share. */
import { MICROS_PER_DAY, splitMicros } from '#model/calendar.ts'
import { fits, fromBigint, fromNumber, rescale, toNumber } from '#model/decimal.ts'
import type { DataType, DecimalType, FloatType, IntType } from '#model/types.ts'
import { intRange } from '#model/types.ts'
import type { Result, Value } from '#model/values.ts'
import { failure, isError, makeDate, makeTime, makeTimestamp } from '#model/values.ts'
import type { RunFacts } from '../catalogue.ts'
import { checked, isDecimal, tooLarge } from './arithmetic.ts'
import { readMoment, readTime } from './date-text.ts'
import { inCalendar } from './dates.ts'
import { readNumber } from './number-text.ts'
import { toText } from './to-text.ts'
import type { SsisType } from './types.ts'
import { toModel } from './types.ts'

/** 1899-12-30, day 0 of DT_DATE, in days before 1970-01-01. */
export const AUTOMATION_EPOCH = 25_569

export interface ConvertOptions {
	readonly fastParse: boolean
	readonly run: RunFacts
}

/** Converts without cutting texts. A pair that no rule covers is a `type` failure. */
export function convert(value: Exclude<Value, null>, from: SsisType, to: SsisType, options: ConvertOptions): Result {
	const target = toModel(to)
	switch (target.kind) {
		case 'string':
			return toText(value, from)
		case 'uuid':
			return typeof value === 'string' ? readUuid(value) : mismatch
		case 'binary':
			return toBytes(value)
		case 'boolean':
			return toBoolean(value)
		case 'int':
		case 'decimal':
		case 'float':
			return toNumeric(value, target, options)
		case 'date':
		case 'time':
		case 'timestamp':
			return toMoment(value, target, options)
		case 'vector':
		case 'record':
			return mismatch
	}
}

const mismatch = failure('type', 'this conversion does not exist')

const uuidPattern = /^[ \t]*\{?([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})\}?[ \t]*$/

/** GUIDs are held in capitals without braces. */
function readUuid(text: string): Result {
	const match = uuidPattern.exec(text)
	return match?.[1]?.toUpperCase() ?? failure('conversion', `${JSON.stringify(text)} is no GUID`)
}

function toBytes(value: Exclude<Value, null>): Result {
	if (typeof value === 'object' && value.kind === 'binary') return value
	if (typeof value !== 'string') return mismatch
	const hex = value.replace(/^0[xX]/, '')
	if (!/^(?:[0-9A-Fa-f]{2})*$/.test(hex))
		return failure('conversion', `${JSON.stringify(value)} is no hexadecimal text`)
	return { kind: 'binary', hex: hex.toUpperCase() }
}

function toBoolean(value: Exclude<Value, null>): Result {
	if (typeof value === 'boolean') return value
	if (typeof value === 'bigint') return value !== 0n
	if (typeof value === 'number') return value !== 0
	if (isDecimal(value)) return value.unscaled !== 0n
	if (typeof value !== 'string') return mismatch
	const word = value.replace(/^ +| +$/g, '').toLowerCase()
	if (['true', '1', '-1'].includes(word)) return true
	return ['false', '0'].includes(word) ? false : failure('conversion', `${JSON.stringify(value)} is no Boolean`)
}

function toNumeric(
	value: Exclude<Value, null>,
	to: IntType | DecimalType | FloatType,
	options: ConvertOptions,
): Result {
	if (typeof value === 'string') return readNumber(value, to, options.fastParse)
	if (typeof value === 'object' && value.kind === 'timestamp') {
		return toNumeric(Number(value.micros) / Number(MICROS_PER_DAY) + AUTOMATION_EPOCH, to, options)
	}
	// True is -1: all bits set.
	if (typeof value === 'boolean')
		return toNumeric(!value ? 0n : to.kind === 'int' && !to.signed ? intRange(to).max : -1n, to, options)
	if (to.kind === 'float') return toFloat(value, to)
	const exact = typeof value === 'bigint' ? fromBigint(value) : typeof value === 'number' ? fromNumber(value) : value
	if (exact === undefined) return tooLarge(to)
	if (!isDecimal(exact)) return mismatch
	// Whether digits after the point are cut or rounded is not documented; half away from zero is assumed, here alone.
	const result = rescale(exact, to.kind === 'decimal' ? to.scale : 0, 'half-up')
	if (to.kind === 'int') return checked(result.unscaled, to)
	return fits(result, to.precision) ? result : tooLarge(to)
}

function toFloat(value: Exclude<Value, null>, to: FloatType): Result {
	const number = isDecimal(value)
		? toNumber(value)
		: typeof value === 'bigint' || typeof value === 'number'
			? Number(value)
			: undefined
	if (number === undefined) return mismatch
	if (to.bits === 64) return number
	const single = Math.fround(number)
	return Number.isFinite(single) || !Number.isFinite(number) ? single : tooLarge(to)
}

type MomentType = Extract<DataType, { kind: 'date' | 'time' | 'timestamp' }>

function toMoment(value: Exclude<Value, null>, to: MomentType, options: ConvertOptions): Result {
	const micros = microsOf(value, to, options)
	if (typeof micros !== 'bigint') return micros
	if (!inCalendar(micros)) return failure('overflow', 'the date leaves the calendar')
	const [days, ofDay] = splitMicros(micros)
	if (to.kind === 'date') return makeDate(days)
	const step = 10n ** BigInt(6 - to.digits)
	// Digits are removed, not rounded.
	return to.kind === 'time'
		? makeTime(ofDay - (ofDay % step))
		: makeTimestamp(BigInt(days) * MICROS_PER_DAY + ofDay - (ofDay % step))
}

function microsOf(
	value: Exclude<Value, null>,
	to: MomentType,
	{ fastParse, run }: ConvertOptions,
): bigint | Exclude<Result, bigint> {
	if (typeof value === 'string') {
		const read = to.kind === 'time' ? readTime(value) : readMoment(value, fastParse)
		return typeof read === 'bigint' || isError(read) ? read : mismatch
	}
	if (typeof value === 'boolean') return microsOf(value ? -1 : 0, to, { fastParse, run })
	if (typeof value === 'bigint') return microsOf(Number(value), to, { fastParse, run })
	if (isDecimal(value)) return microsOf(toNumber(value), to, { fastParse, run })
	if (typeof value === 'number') return fromDays(value)
	switch (value.kind) {
		case 'date':
			return BigInt(value.days) * MICROS_PER_DAY
		case 'timestamp':
			return value.micros
		case 'time': {
			// A time alone lies on the current day.
			const [today] = splitMicros(run.at.micros)
			return to.kind === 'time' ? value.micros : BigInt(today) * MICROS_PER_DAY + value.micros
		}
		case 'binary':
		case 'vector':
		case 'record':
			return mismatch
	}
}

/** Days since 1899-12-30, the fraction is the time of day. */
function fromDays(days: number): bigint | Exclude<Result, bigint> {
	const micros = Math.floor((days - AUTOMATION_EPOCH) * Number(MICROS_PER_DAY) + 0.5)
	return Math.abs(micros) < 1e18 ? BigInt(micros) : failure('overflow', 'the date leaves the calendar')
}
