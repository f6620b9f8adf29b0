/** DATEPART, DATEDIFF, DATEADD (an operation for each part) and GETDATE. Arguments are timestamps by then. */
import {
	civilFromDays,
	daysFromCivil,
	daysInMonth,
	formatTimestamp,
	MAX_DAYS,
	MICROS_PER_DAY,
	MIN_DAYS,
	splitMicros,
} from '#model/calendar.ts'
import { int, timestamp } from '#model/types.ts'
import type { TimestampValue, Value } from '#model/values.ts'
import { failure, makeTimestamp } from '#model/values.ts'
import type { Operation } from '../catalogue.ts'
import type { Py } from '../python.ts'
import { atom, binary, fn, lit, method } from '../python.ts'
import { checked } from './arithmetic.ts'
import type { DatePart } from './date-parts.ts'
import { datePart, dateParts, fixedMicros, partMonths, weekIndex } from './date-parts.ts'
import { bind, castTo, when, within } from './spark.ts'

const moment = { kinds: ['timestamp'] } as const
const wrongType = failure('type', 'not a date and time')

const isMoment = (value: Value): value is TimestampValue =>
	typeof value === 'object' && value !== null && value.kind === 'timestamp'

const asDay = (value: Py): Py => method(value, 'cast', 'date')
/** Number of the week that begins on Sunday; 1970-01-01 was a Thursday. */
const printWeek = (value: Py): Py =>
	fn('floor', binary('/', binary('+', fn('unix_date', asDay(value)), lit(4)), lit(7)))

function printPart(part: DatePart, value: Py): Py {
	switch (part) {
		case 'dayofyear':
			return fn('dayofyear', value)
		case 'weekday':
			return fn('dayofweek', value)
		case 'millisecond':
			return method(fn('date_format', value, 'SSS'), 'cast', 'int')
		case 'week': {
			const weeks = binary('-', printWeek(value), printWeek(fn('trunc', value, 'year')))
			return method(binary('+', weeks, lit(1)), 'cast', 'int')
		}
		default:
			return fn(part, value)
	}
}

const partOperations: readonly Operation[] = dateParts.map((part) => ({
	id: `ssis.datepart-${part}`,
	parameters: [{ name: 'date', ...moment }],
	result: () => int(32),
	nulls: 'propagate',
	canFail: false,
	evaluate: ([value]) => (isMoment(value) ? BigInt(datePart(part, value.micros)) : wrongType),
	pyspark: ([value]) => printPart(part, value),
	source: 'Microsoft: DATEPART (SSIS Expression); DAY, MONTH, YEAR (SSIS Expression)',
}))

/** How many boundaries of the part lie before a point in time: the difference of two such numbers is DATEDIFF. */
function boundaries(part: DatePart, micros: bigint): bigint {
	const [days] = splitMicros(micros)
	const { year, month } = civilFromDays(days)
	const months = partMonths[part]
	if (months !== undefined) return BigInt(Math.floor((year * 12 + month - 1) / months))
	if (part === 'week') return BigInt(weekIndex(days))
	const size = fixedMicros[part] ?? 1n
	const before = micros % size
	return (micros - (before < 0n ? before + size : before)) / size
}

function printDifference(part: DatePart, start: Py, end: Py): Py {
	const minus = (value: (side: Py) => Py): Py => binary('-', value(end), value(start))
	switch (part) {
		case 'year':
			return minus((side) => fn('year', side))
		case 'quarter':
			return binary(
				'+',
				binary(
					'*',
					minus((side) => fn('year', side)),
					lit(4),
				),
				minus((side) => fn('quarter', side)),
			)
		case 'month':
			return binary(
				'+',
				binary(
					'*',
					minus((side) => fn('year', side)),
					lit(12),
				),
				minus((side) => fn('month', side)),
			)
		case 'dayofyear':
		case 'day':
		case 'weekday':
			return fn('datediff', end, start)
		case 'week':
			return method(minus(printWeek), 'cast', 'int')
		case 'hour':
			return method(
				binary(
					'/',
					minus((side) => fn('unix_seconds', fn('date_trunc', part, side))),
					lit(3600),
				),
				'cast',
				'int',
			)
		case 'minute': {
			const minutes = binary(
				'/',
				minus((side) => fn('unix_seconds', fn('date_trunc', part, side))),
				lit(60),
			)
			return asInteger(method(minutes, 'cast', 'bigint'))
		}
		case 'second':
			return asInteger(minus((side) => fn('unix_seconds', side)))
		case 'millisecond':
			return asInteger(minus((side) => fn('unix_millis', side)))
	}
}

/** 2^31 seconds are 68 years, so these may overflow. */
const asInteger = (value: Py): Py => castTo(within(value, -(2n ** 31n), 2n ** 31n - 1n), int(32))

const differenceOperations: readonly Operation[] = dateParts.map((part) => ({
	id: `ssis.datediff-${part}`,
	parameters: [
		{ name: 'start', ...moment },
		{ name: 'end', ...moment },
	],
	result: () => int(32),
	nulls: 'propagate',
	canFail: part === 'minute' || part === 'second' || part === 'millisecond',
	evaluate: ([start, end]) =>
		isMoment(start) && isMoment(end)
			? checked(boundaries(part, end.micros) - boundaries(part, start.micros), int(32))
			: wrongType,
	pyspark: ([start, end]) => printDifference(part, start, end),
	source: 'Microsoft: DATEDIFF (SSIS Expression)',
}))

const firstMicros = BigInt(MIN_DAYS) * MICROS_PER_DAY
const lastMicros = BigInt(MAX_DAYS + 1) * MICROS_PER_DAY - 1n

export const inCalendar = (micros: bigint): boolean => micros >= firstMicros && micros <= lastMicros

/** Later by so many months, on the last day of the month where the day does not exist. */
function addMonths(micros: bigint, months: bigint): bigint {
	const [days, ofDay] = splitMicros(micros)
	const { year, month, day } = civilFromDays(days)
	const index = year * 12 + month - 1 + Number(months)
	const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 }
	const last = daysInMonth(target.year, target.month)
	return BigInt(daysFromCivil({ ...target, day: Math.min(day, last) })) * MICROS_PER_DAY + ofDay
}

const shifted = (part: DatePart, micros: bigint, count: bigint): bigint => {
	const months = partMonths[part]
	return months === undefined ? micros + count * (fixedMicros[part] ?? 1n) : addMonths(micros, count * BigInt(months))
}

const unitNames: Readonly<Record<DatePart, string>> = {
	year: 'YEAR',
	quarter: 'MONTH',
	month: 'MONTH',
	dayofyear: 'DAY',
	day: 'DAY',
	weekday: 'DAY',
	week: 'DAY',
	hour: 'HOUR',
	minute: 'MINUTE',
	second: 'SECOND',
	millisecond: 'MILLISECOND',
}
const unitsPer: Readonly<Partial<Record<DatePart, bigint>>> = { quarter: 3n, week: 7n }

/** A written number: the calendar's end can be asked of the date, with a bound that is known. */
function printFixedShift(part: DatePart, count: bigint, value: Py): Py {
	if (count === 0n) return value
	const interval = `INTERVAL ${count * (unitsPer[part] ?? 1n)} ${unitNames[part]}`
	const bound = count > 0n ? lastStart(part, count) : shifted(part, firstMicros, -count)
	const limit = method(lit(formatTimestamp(bound)), 'cast', 'timestamp')
	return bind(value, (date) =>
		when(binary(count > 0n ? '<=' : '>=', date, limit), binary('+', date, fn('expr', interval))),
	)
}

/** The last moment from which the calendar's end is not passed. */
function lastStart(part: DatePart, count: bigint): bigint {
	if (partMonths[part] === undefined) return shifted(part, lastMicros, -count)
	return (
		shifted(part, lastMicros + 1n - MICROS_PER_DAY * 31n, -count + 0n) +
		monthLength(shifted(part, lastMicros + 1n - MICROS_PER_DAY * 31n, -count)) -
		1n
	)
}

function monthLength(firstOfMonth: bigint): bigint {
	const { year, month } = civilFromDays(splitMicros(firstOfMonth)[0])
	return BigInt(daysInMonth(year, month)) * MICROS_PER_DAY
}

/** A number from a column. Beyond `most` of a unit every date leaves the calendar, and arithmetic its range. */
function printShift(part: DatePart, count: Py, value: Py): Py {
	const months = partMonths[part]
	const result =
		months === undefined
			? fn(
					'timestamp_micros',
					binary(
						'+',
						fn('unix_micros', value),
						binary(
							'*',
							method(bounded(part, count), 'cast', 'bigint'),
							fn('lit', atom(String(fixedMicros[part] ?? 1n))),
						),
					),
				)
			: binary(
					'+',
					value,
					atom(
						`F.make_interval(months=${months === 1 ? bounded(part, count).code : binary('*', bounded(part, count), lit(months)).code})`,
					),
				)
	return bind(result, (date) =>
		when(
			method(
				date,
				'between',
				...[firstMicros, lastMicros].map((end) => method(lit(formatTimestamp(end)), 'cast', 'timestamp')),
			),
			date,
		),
	)
}

function bounded(part: DatePart, count: Py): Py {
	const most = mostUnits(part)
	return bind(count, (name) => when(method(name, 'between', Number(-most), Number(most)), name))
}

const mostUnits = (part: DatePart): bigint => {
	const months = partMonths[part]
	if (months !== undefined) return BigInt(Math.floor(120_000 / months))
	const units = (lastMicros - firstMicros) / (fixedMicros[part] ?? 1n) + 1n
	return units < 2n ** 53n ? units : 2n ** 53n
}

const additionOperations: readonly Operation[] = dateParts.map((part) => ({
	id: `ssis.dateadd-${part}`,
	parameters: [
		{ name: 'number', kinds: ['int'] },
		{ name: 'date', ...moment },
	],
	// Always a DT_DBTIMESTAMP: milliseconds.
	result: () => timestamp(3),
	nulls: 'propagate',
	canFail: true,
	evaluate: ([count, value]) => {
		if (typeof count !== 'bigint' || !isMoment(value)) return wrongType
		const most = mostUnits(part)
		const micros =
			count >= -most && count <= most
				? shifted(part, value.micros - (((value.micros % 1000n) + 1000n) % 1000n), count)
				: undefined
		return micros !== undefined && inCalendar(micros)
			? makeTimestamp(micros)
			: failure('overflow', 'the date leaves the calendar')
	},
	pyspark: ([count, value], { literals, types }) => {
		const written = literals[0]
		const from = types[1]
		const date = from?.kind === 'timestamp' && from.digits <= 3 ? value : fn('date_trunc', 'millisecond', value)
		const small = typeof written === 'bigint' && written >= -1000n && written <= 1000n
		return small ? printFixedShift(part, written, date) : printShift(part, count, date)
	},
	source: 'Microsoft: DATEADD (SSIS Expression)',
}))

const clockOperations: readonly Operation[] = ['getdate', 'getutcdate'].map((name) => ({
	id: `ssis.${name}`,
	parameters: [],
	result: () => timestamp(3),
	nulls: 'propagate',
	canFail: false,
	// The run's only clock, in UTC: the engine asks its machine's clock again and again, in local time.
	evaluate: (_args, { run }) => makeTimestamp(run.at.micros - (((run.at.micros % 1000n) + 1000n) % 1000n)),
	pyspark: (_args, { runAt }) => fn('date_trunc', 'millisecond', runAt),
	source: `Microsoft: ${name.toUpperCase()} (SSIS Expression)`,
}))

export const dateOperations: readonly Operation[] = [
	...partOperations,
	...differenceOperations,
	...additionOperations,
	...clockOperations,
]
