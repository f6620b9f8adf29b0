/** Time and timestamp functions, and what the run fixes: its clock and names. A time of day wraps at midnight. */
import { civilFromDays, formatDate, formatTime, splitMicros } from '#model/calendar.ts'
import { failure, makeTime, makeTimestamp, type Value } from '#model/values.ts'
import type { Arguments, EvaluateContext, RunFacts } from '../../catalogue.ts'
import { binary, fn, lit, type Py } from '../../python.ts'
import { cast, clamp, count, toCount } from '../spark-text.ts'
import { monthNames } from '../temporal-format.ts'
import { daysOf, daysText, microsOfDayText, offsetDays, offsetText } from './dates.ts'
import {
	dateOf,
	double,
	family,
	floatOf,
	intOf,
	literal,
	optional,
	results,
	textAt,
	textOf,
	timeOf,
	timestampOf,
} from './define.ts'
import {
	big,
	clampSeconds,
	clockMicros,
	clockText,
	DAY,
	divided,
	micros,
	moment,
	momentText,
	secondsText,
	secondsToMicros,
	shiftBy,
	timePart,
	tooFar,
	wrap,
	wrapText,
} from './moments.ts'

/** A text of the run, formatted. */
const runText = (
	of: (run: RunFacts) => string,
	text: (runAt: Py, fact: (name: 'job' | 'project' | 'host' | 'invocation') => Py) => Py,
) => ({
	parameters: [],
	result: results.text,
	evaluate: (_args: Arguments<Value>, { run }: EvaluateContext) => of(run),
	pyspark: (
		_args: Arguments<Py>,
		context: { readonly runAt: Py; readonly runFact: (name: 'job' | 'project' | 'host' | 'invocation') => Py },
	) => text(context.runAt, context.runFact),
})
const wholeSeconds = (run: RunFacts): bigint =>
	run.at.micros - (((run.at.micros % 1_000_000n) + 1_000_000n) % 1_000_000n)
const clock = (run: RunFacts): string => formatTime(wrap(wholeSeconds(run)))
const day = (run: RunFacts): string => formatDate(splitMicros(run.at.micros)[0])

function timeDate(run: RunFacts): string {
	const { year, month, day: date } = civilFromDays(splitMicros(run.at.micros)[0])
	return `${clock(run)} ${String(date).padStart(2, '0')} ${(monthNames[month - 1] ?? '').slice(0, 3)} ${String(year).padStart(4, '0')}`
}

/** Fixed offsets from UTC in hours; daylight saving time has abbreviations of its own. */
const zones: Readonly<Record<string, number>> = {
	UTC: 0,
	GMT: 0,
	WET: 0,
	CET: 1,
	CEST: 2,
	EET: 2,
	EEST: 3,
	BST: 1,
	EST: -5,
	EDT: -4,
	CST: -6,
	CDT: -5,
	MST: -7,
	MDT: -6,
	PST: -8,
	PDT: -7,
	JST: 9,
}

export const timeFunctions = family('IBM: Parallel transform functions, date and time functions', {
	'hours-from-time': timePart(
		(value) => value / 3_600_000_000n,
		results.int8,
		(value) => cast(divided(value, 3_600_000_000n), 'tinyint'),
	),
	'minutes-from-time': timePart(
		(value) => (value / 60_000_000n) % 60n,
		results.int8,
		(value) => cast(binary('%', divided(value, 60_000_000n), lit(60)), 'tinyint'),
	),
	'seconds-from-time': {
		parameters: [timeOf('time')],
		result: results.double,
		evaluate: ([value]) => Number(micros(value) % 60_000_000n) / 1e6,
		pyspark: ([value]) => binary('/', fn('pmod', value, big(60_000_000n)), lit(1_000_000)),
	},
	'microseconds-from-time': timePart(
		(value) => value % 1_000_000n,
		results.int32,
		(value) => cast(fn('pmod', value, big(1_000_000n)), 'int'),
	),
	'midnight-seconds': {
		parameters: [timeOf('time')],
		result: results.double,
		evaluate: ([value]) => Number(micros(value)) / 1e6,
		pyspark: ([value]) => binary('/', value, lit(1_000_000)),
	},
	'seconds-since': {
		parameters: [timestampOf('timestamp'), timestampOf('since')],
		result: results.double,
		evaluate: ([value, since]) => Number(micros(value) - micros(since)) / 1e6,
		pyspark: ([value, since]) =>
			binary('/', binary('-', fn('unix_micros', value), fn('unix_micros', since)), lit(1_000_000)),
	},
	'time-from-components': {
		parameters: [intOf('hours'), intOf('minutes'), intOf('seconds'), intOf('microseconds')],
		result: results.time,
		evaluate: ([hours, minutes, seconds, fraction]) =>
			makeTime(wrap(clockMicros(hours, minutes, BigInt(toCount(seconds)) * 1_000_000n + BigInt(toCount(fraction))))),
		pyspark: ([hours, minutes, seconds, fraction], context) => {
			const start = clockText(count(hours, context, 0), count(minutes, context, 1))
			const rest = binary(
				'+',
				binary('*', cast(count(seconds, context, 2), 'bigint'), big(1_000_000n)),
				count(fraction, context, 3),
			)
			return wrapText(binary('+', start, rest))
		},
	},
	'time-from-midnight-seconds': {
		parameters: [floatOf('seconds')],
		result: results.time,
		canFail: true,
		evaluate: ([seconds]) => {
			const value = secondsToMicros(double(seconds))
			return value === undefined ? tooFar : makeTime(wrap(value))
		},
		pyspark: ([seconds]) => wrapText(secondsText(seconds)),
	},
	'time-offset-by-components': {
		parameters: [timeOf('time'), intOf('hours'), intOf('minutes'), floatOf('seconds')],
		result: results.time,
		canFail: true,
		evaluate: ([value, hours, minutes, seconds]) => {
			const by = secondsToMicros(double(seconds))
			return by === undefined ? tooFar : makeTime(wrap(micros(value) + clockMicros(hours, minutes, by)))
		},
		pyspark: ([value, hours, minutes, seconds], context) =>
			wrapText(
				binary(
					'+',
					binary('+', value, clockText(count(hours, context, 1), count(minutes, context, 2))),
					secondsText(seconds),
				),
			),
	},
	'time-offset-by-seconds': {
		parameters: [timeOf('time'), floatOf('seconds')],
		result: results.time,
		canFail: true,
		evaluate: ([value, seconds]) => {
			const by = secondsToMicros(double(seconds))
			return by === undefined ? tooFar : makeTime(wrap(micros(value) + by))
		},
		pyspark: ([value, seconds]) => wrapText(binary('+', value, secondsText(seconds))),
	},
	'timestamp-from-date-time': {
		parameters: [dateOf('date'), timeOf('time')],
		result: results.timestamp,
		evaluate: ([date, time]) => makeTimestamp(BigInt(daysOf(date)) * DAY + micros(time)),
		pyspark: ([date, time]) => fn('timestamp_micros', binary('+', microsOfDayText(daysText(date)), time)),
	},
	'timestamp-from-time': {
		parameters: [timeOf('time'), dateOf('date')],
		result: results.timestamp,
		evaluate: ([time, date]) => makeTimestamp(BigInt(daysOf(date)) * DAY + micros(time)),
		pyspark: ([time, date]) => fn('timestamp_micros', binary('+', microsOfDayText(daysText(date)), time)),
	},
	'timestamp-from-seconds-since': {
		parameters: [floatOf('seconds'), { ...timestampOf('base'), ...optional }],
		result: results.timestamp,
		canFail: true,
		evaluate: ([seconds, base], { run }) => shiftBy(base === undefined ? run.at.micros : micros(base), seconds),
		pyspark: (args, { runAt }) =>
			momentText(binary('+', fn('unix_micros', args.length > 1 ? args[1] : runAt), secondsText(args[0]))),
	},
	// time_t counts seconds in UTC.
	'timestamp-from-timet': {
		parameters: [intOf('seconds')],
		result: results.timestamp,
		canFail: true,
		evaluate: ([seconds]) => moment((typeof seconds === 'bigint' ? clampSeconds(seconds) : 0n) * 1_000_000n),
		pyspark: ([seconds]) =>
			momentText(
				binary('*', clamp(cast(seconds, 'bigint'), big(-1_000_000_000_000n), big(1_000_000_000_000n)), big(1_000_000n)),
			),
	},
	'timet-from-timestamp': {
		parameters: [timestampOf('timestamp')],
		result: results.int64,
		evaluate: ([value]) => (micros(value) - (((micros(value) % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n,
		pyspark: ([value]) => fn('unix_seconds', value),
	},
	'timestamp-offset-by-components': {
		parameters: [
			timestampOf('timestamp'),
			intOf('years'),
			intOf('months'),
			intOf('days'),
			intOf('hours'),
			intOf('minutes'),
			floatOf('seconds'),
		],
		result: results.timestamp,
		canFail: true,
		evaluate: ([value, years, months, days, hours, minutes, seconds]) => {
			const [date, time] = splitMicros(micros(value))
			const moved = offsetDays(date, toCount(years), toCount(months), toCount(days))
			const by = secondsToMicros(double(seconds))
			return moved === undefined || by === undefined
				? tooFar
				: moment(BigInt(moved) * DAY + time + clockMicros(hours, minutes, by))
		},
		pyspark: ([value, years, months, days, hours, minutes, seconds], context) => {
			const date = offsetText(
				cast(value, 'date'),
				count(years, context, 1),
				count(months, context, 2),
				count(days, context, 3),
			)
			const time = binary(
				'+',
				wrapText(fn('unix_micros', value)),
				clockText(count(hours, context, 4), count(minutes, context, 5)),
			)
			return momentText(binary('+', binary('+', binary('*', date, big(DAY)), time), secondsText(seconds)))
		},
	},
	'timestamp-offset-by-seconds': {
		parameters: [timestampOf('timestamp'), floatOf('seconds')],
		result: results.timestamp,
		canFail: true,
		evaluate: ([value, seconds]) => shiftBy(micros(value), seconds),
		pyspark: ([value, seconds]) => momentText(binary('+', fn('unix_micros', value), secondsText(seconds))),
	},
	'current-time': {
		parameters: [],
		result: results.time,
		evaluate: (_args, { run }) => makeTime(wrap(wholeSeconds(run))),
		pyspark: (_args, { runAt }) => wrapText(fn('unix_micros', fn('date_trunc', 'second', runAt))),
	},
	'current-time-ms': {
		parameters: [],
		result: results.time,
		evaluate: (_args, { run }) => makeTime(wrap(run.at.micros)),
		pyspark: (_args, { runAt }) => wrapText(fn('unix_micros', runAt)),
	},
	'current-timestamp': {
		parameters: [],
		result: results.timestamp,
		evaluate: (_args, { run }) => makeTimestamp(wholeSeconds(run)),
		pyspark: (_args, { runAt }) => fn('date_trunc', 'second', runAt),
	},
	'current-timestamp-ms': {
		parameters: [],
		result: results.timestamp,
		evaluate: (_args, { run }) => run.at,
		pyspark: (_args, { runAt }) => runAt,
	},
	'time-date': runText(timeDate, (runAt) => fn('date_format', runAt, 'HH:mm:ss dd MMM yyyy')),
	'job-start-date': runText(day, (runAt) => fn('date_format', runAt, 'yyyy-MM-dd')),
	'job-start-time': runText(clock, (runAt) => fn('date_format', runAt, 'HH:mm:ss')),
	'job-start-timestamp': runText(
		(run) => `${day(run)} ${clock(run)}`,
		(runAt) => fn('date_format', runAt, 'yyyy-MM-dd HH:mm:ss'),
	),
	'job-name': runText(
		(run) => run.job,
		(_at, fact) => fact('job'),
	),
	'project-name': runText(
		(run) => run.project,
		(_at, fact) => fact('project'),
	),
	'host-name': runText(
		(run) => run.host,
		(_at, fact) => fact('host'),
	),
	'invocation-id': runText(
		(run) => run.invocation,
		(_at, fact) => fact('invocation'),
	),
	'convert-time-zone': {
		parameters: [
			intOf('year'),
			intOf('month'),
			intOf('day'),
			intOf('hour'),
			intOf('minute'),
			intOf('second'),
			textOf('from', literal),
			textOf('to', literal),
		],
		result: (_types, literals) =>
			zones[textAt(literals, 6)] === undefined || zones[textAt(literals, 7)] === undefined
				? { problem: 'the time zones are abbreviations such as UTC, EST, PDT' }
				: results.text(),
		canFail: true,
		evaluate: ([year, month, date, hour, minute, second], { literals }) => {
			const base = offsetDays(0, toCount(year) - 1970, toCount(month) - 1, toCount(date) - 1)
			if (base === undefined) return failure('argument', 'there is no such day')
			const result = moment(
				BigInt(base) * DAY +
					clockMicros(hour, minute, BigInt(toCount(second)) * 1_000_000n) +
					hoursBetween(literals) * 3_600_000_000n,
			)
			if (typeof result !== 'object' || result === null || !('kind' in result) || result.kind !== 'timestamp')
				return result
			return `${formatDate(splitMicros(result.micros)[0])} ${formatTime(wrap(result.micros))}`
		},
		pyspark: ([year, month, date, hour, minute, second], context) => {
			const whole = (part: Py, at: number): Py => cast(count(part, context, at), 'bigint')
			const base = offsetText(
				cast(lit('1970-01-01'), 'date'),
				binary('-', whole(year, 0), lit(1970)),
				binary('-', whole(month, 1), lit(1)),
				binary('-', whole(date, 2), lit(1)),
			)
			const time = binary(
				'+',
				clockText(whole(hour, 3), whole(minute, 4)),
				binary('*', cast(whole(second, 5), 'bigint'), big(1_000_000n)),
			)
			const value = binary(
				'+',
				binary('+', binary('*', base, big(DAY)), time),
				big(hoursBetween(context.literals) * 3_600_000_000n),
			)
			return fn('date_format', momentText(value), 'yyyy-MM-dd HH:mm:ss')
		},
	},
})

const hoursBetween = (literals: readonly (Value | undefined)[]): bigint =>
	BigInt((zones[textAt(literals, 7)] ?? 0) - (zones[textAt(literals, 6)] ?? 0))
