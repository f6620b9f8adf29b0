/** Points in time. There is no time zone: the clock of the machine is that of the run, in UTC (RG-D004). */
import {
	civilFromDays,
	daysFromCivil,
	daysInMonth,
	isCivilDate,
	MAX_DAYS,
	MICROS_PER_DAY,
	MIN_DAYS,
	splitMicros,
} from '#model/calendar.ts'
import type { ScriptType } from '#model/scripts.ts'
import { listOf, scriptTypes } from '#model/scripts.ts'
import type { TimestampValue } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import type { Py } from '../../python.ts'
import { atom, binary, call } from '../../python.ts'
import type { Member, ScriptOperation } from '../operation.ts'
import { fixed, instance } from '../operation.ts'
import type { ScriptValue } from '../runtime.ts'
import { asFloat, asInt, asList, asMoment, asText, raise } from '../runtime.ts'
import { tried } from './conversions.ts'
import { formatMoment, isMomentFormat, isReadable, readByFormat, readMoment } from './moment-text.ts'

const { moment, int, double, string } = scriptTypes

/** The calendar ends with the year 9999. */
export const inCalendar = (micros: bigint): TimestampValue => {
	const [days] = splitMicros(micros)
	if (days < MIN_DAYS || days > MAX_DAYS)
		return raise('ArgumentOutOfRangeException', 'The date and time are outside of the range of DateTime.')
	return makeTimestamp(micros)
}

function define(
	id: string,
	parameters: readonly ScriptType[],
	result: ScriptType,
	evaluate: ScriptOperation['evaluate'],
	python: ScriptOperation['python'],
	rest: Partial<ScriptOperation> = {},
): ScriptOperation {
	return { id: `DateTime.${id}`, parameters, result, evaluate, python, ...rest }
}

function civil(value: TimestampValue) {
	const [days, ofDay] = splitMicros(value.micros)
	return { ...civilFromDays(days), days, ofDay }
}

const within = (part: Py): string => (part.level === 'atom' ? part.code : `(${part.code})`)

const parts: readonly Member[] = [
	{ name: 'Year', value: (when: TimestampValue) => civil(when).year, python: 'year' },
	{ name: 'Month', value: (when: TimestampValue) => civil(when).month, python: 'month' },
	{ name: 'Day', value: (when: TimestampValue) => civil(when).day, python: 'day' },
	{ name: 'Hour', value: (when: TimestampValue) => Number(civil(when).ofDay / 3_600_000_000n), python: 'hour' },
	{
		name: 'Minute',
		value: (when: TimestampValue) => Number((civil(when).ofDay / 60_000_000n) % 60n),
		python: 'minute',
	},
	{ name: 'Second', value: (when: TimestampValue) => Number((civil(when).ofDay / 1_000_000n) % 60n), python: 'second' },
].map(({ name, value, python }) =>
	instance(
		'DateTime',
		name,
		define(
			name,
			[moment],
			int,
			([when]) => BigInt(value(asMoment(when))),
			([when]) => atom(`${within(when)}.${python}`),
			name === 'Hour' || name === 'Minute' || name === 'Second'
				? {}
				: { column: (args, apply) => apply(`ssis.datepart-${python}`, args) },
		),
	),
)

/** Adds months, keeping the day where the month has it. */
function addMonths(value: TimestampValue, months: bigint): TimestampValue {
	const { year, month, day, ofDay } = civil(value)
	const count = BigInt(year * 12 + month - 1) + months
	const [fullYear, fullMonth] = [Number(count / 12n), Number(count % 12n) + 1]
	if (count < 12n || fullYear > 9999)
		return raise('ArgumentOutOfRangeException', 'The added value leaves the range of DateTime.')
	const days = daysFromCivil({ year: fullYear, month: fullMonth, day: Math.min(day, daysInMonth(fullYear, fullMonth)) })
	return makeTimestamp(BigInt(days) * MICROS_PER_DAY + ofDay)
}

/** .NET rounds what is added to the millisecond (.NET Framework: DateTime.AddDays). */
const rounded = (amount: number, microsPerUnit: number): bigint => {
	const milliseconds = amount * (microsPerUnit / 1000)
	return BigInt(Math.trunc(milliseconds + (milliseconds < 0 ? -0.5 : 0.5))) * 1000n
}

const additions: readonly Member[] = [
	...[
		{ name: 'AddDays', unit: 86_400_000_000, python: 'days' },
		{ name: 'AddHours', unit: 3_600_000_000, python: 'hours' },
		{ name: 'AddMinutes', unit: 60_000_000, python: 'minutes' },
		{ name: 'AddSeconds', unit: 1_000_000, python: 'seconds' },
		{ name: 'AddMilliseconds', unit: 1000, python: 'milliseconds' },
	].map(({ name, unit, python }) =>
		instance(
			'DateTime',
			name,
			define(
				name,
				[moment, double],
				moment,
				([when, amount]) => inCalendar(asMoment(when).micros + rounded(asFloat(amount), unit)),
				([when, amount]) =>
					binary('+', when, atom(`timedelta(${python}=${amount.code.replace(/^(-?\d+)\.0$/, '$1')})`)),
			),
		),
	),
	instance(
		'DateTime',
		'AddMonths',
		define(
			'AddMonths',
			[moment, int],
			moment,
			([when, months]) => addMonths(asMoment(when), asInt(months)),
			([when, months]) => call('add_months', when, months),
		),
	),
	instance(
		'DateTime',
		'AddYears',
		define(
			'AddYears',
			[moment, int],
			moment,
			([when, years]) => addMonths(asMoment(when), asInt(years) * 12n),
			([when, years]) => call('add_months', when, binary('*', years, atom('12'))),
		),
	),
	instance(
		'DateTime',
		'Date',
		define(
			'Date',
			[moment],
			moment,
			([when]) => makeTimestamp(BigInt(civil(asMoment(when)).days) * MICROS_PER_DAY),
			([when]) => call('midnight', when),
		),
	),
	instance(
		'DateTime',
		'DayOfYear',
		define(
			'DayOfYear',
			[moment],
			int,
			([when]) => {
				const { year, days } = civil(asMoment(when))
				return BigInt(days - daysFromCivil({ year, month: 1, day: 1 }) + 1)
			},
			([when]) => atom(`${within(when)}.timetuple().tm_yday`),
		),
	),
]

const notMoment = (): never => raise('FormatException', 'String was not recognized as a valid DateTime.')

/** Options of operations whose second argument is a format to read by. */
const readable: Partial<ScriptOperation> = {
	literals: [1],
	refuses: ([, pattern]) =>
		typeof pattern === 'string' && isReadable(pattern)
			? undefined
			: `the date format ${JSON.stringify(pattern)} is not understood`,
}

/** By the first format that fits. */
function readByAny(text: string, patterns: ScriptValue | undefined): TimestampValue | undefined {
	for (const pattern of asList(patterns).items) {
		const found = readByFormat(text, asText(pattern))
		if (found !== undefined) return found
	}
	return undefined
}

const now = (name: string, python: Py, evaluate: ScriptOperation['evaluate']): Member =>
	fixed(
		'DateTime',
		name,
		define(name, [], moment, evaluate, () => python, { differences: ['RG-D004'] }),
	)

const statics: readonly Member[] = [
	now('Now', call('run_moment', atom('params')), (_args, { run }) => run.at),
	now('UtcNow', call('run_moment', atom('params')), (_args, { run }) => run.at),
	now('Today', call('midnight', call('run_moment', atom('params'))), (_args, { run }) =>
		makeTimestamp(BigInt(civil(run.at).days) * MICROS_PER_DAY),
	),
	fixed(
		'DateTime',
		'MinValue',
		define(
			'MinValue',
			[],
			moment,
			() => makeTimestamp(BigInt(MIN_DAYS) * MICROS_PER_DAY),
			() => atom('datetime.min'),
		),
	),
	fixed(
		'DateTime',
		'Parse',
		define(
			'Parse',
			[string],
			moment,
			([text]) => readMoment(asText(text)) ?? notMoment(),
			([text]) => call('read_moment', text),
			{ differences: ['RG-D081'] },
		),
	),
	fixed(
		'DateTime',
		'ParseExact',
		define(
			'ParseExact',
			[string, string],
			moment,
			([text, pattern]) => readByFormat(asText(text), asText(pattern)) ?? notMoment(),
			([text, pattern]) => call('read_moment', text, pattern),
			readable,
		),
	),
	fixed(
		'DateTime',
		'ParseExact',
		define(
			'ParseExact(many)',
			[string, listOf(string)],
			moment,
			([text, patterns]) => readByAny(asText(text), patterns) ?? notMoment(),
			([text, patterns]) => call('read_moment_by_any', text, patterns),
		),
	),
	fixed(
		'DateTime',
		'TryParseExact',
		define(
			'TryParseExact(many)',
			[string, listOf(string)],
			moment,
			([text, patterns]) => tried(() => readByAny(asText(text), patterns) ?? notMoment()),
			([text, patterns]) => call('attempt', atom('read_moment_by_any'), text, patterns),
		),
	),
	fixed(
		'DateTime',
		'DaysInMonth',
		define(
			'DaysInMonth',
			[int, int],
			int,
			([year, month]) => BigInt(daysInMonth(Number(asInt(year)), Number(asInt(month)))),
			([year, month]) => atom(`calendar.monthrange(${year.code}, ${month.code})[1]`),
		),
	),
	fixed(
		'DateTime',
		'TryParse',
		define(
			'TryParse',
			[string],
			moment,
			([text]) => tried(() => readMoment(asText(text)) ?? notMoment()),
			([text]) => call('attempt', atom('read_moment'), text),
			{ differences: ['RG-D081'] },
		),
	),
	fixed(
		'DateTime',
		'TryParseExact',
		define(
			'TryParseExact',
			[string, string],
			moment,
			([text, pattern]) => tried(() => readByFormat(asText(text), asText(pattern)) ?? notMoment()),
			([text, pattern]) => call('attempt', atom('read_moment'), text, pattern),
			readable,
		),
	),
]

const texts: readonly Member[] = [
	instance(
		'DateTime',
		'ToString',
		define(
			'ToString',
			[moment],
			string,
			([when]) => formatMoment(asMoment(when), 'MM/dd/yyyy HH:mm:ss'),
			([when]) => call('format_moment', when, atom('"MM/dd/yyyy HH:mm:ss"')),
			{ differences: ['RG-D081'] },
		),
	),
	...(
		[
			['ToShortDateString', 'MM/dd/yyyy'],
			['ToLongDateString', 'dddd, dd MMMM yyyy'],
			['ToShortTimeString', 'HH:mm'],
			['ToLongTimeString', 'HH:mm:ss'],
		] as const
	).map(([name, pattern]) =>
		instance(
			'DateTime',
			name,
			define(
				name,
				[moment],
				string,
				([when]) => formatMoment(asMoment(when), pattern),
				([when]) => call('format_moment', when, pattern),
				{ differences: ['RG-D081'] },
			),
		),
	),
	instance(
		'DateTime',
		'ToString',
		define(
			'ToString(string)',
			[moment, string],
			string,
			([when, pattern]) => formatMoment(asMoment(when), asText(pattern)),
			([when, pattern]) => call('format_moment', when, pattern),
			{
				literals: [1],
				refuses: ([, pattern]) =>
					typeof pattern === 'string' && isMomentFormat(pattern)
						? undefined
						: `the date format ${JSON.stringify(pattern)} is not understood`,
				differences: ['RG-D081'],
			},
		),
	),
]

const microseconds = (millis: Py | undefined): Py => binary('*', millis ?? atom('0'), atom('1000'))

/** `new DateTime(y, M, d)`, with hours, minutes and seconds, and with milliseconds. */
const makings: readonly Member[] = [3, 6, 7].map((count) =>
	fixed(
		'DateTime',
		'new',
		define(
			`new(${count})`,
			Array.from({ length: count }, () => int),
			moment,
			(args) => {
				const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = args.map((one) =>
					Number(asInt(one)),
				)
				if (
					!isCivilDate({ year, month, day }) ||
					hour < 0 ||
					hour > 23 ||
					minute < 0 ||
					minute > 59 ||
					second < 0 ||
					second > 59 ||
					milli < 0 ||
					milli > 999
				) {
					return raise(
						'ArgumentOutOfRangeException',
						'Year, Month, and Day parameters describe an un-representable DateTime.',
					)
				}
				return makeTimestamp(
					BigInt(daysFromCivil({ year, month, day })) * MICROS_PER_DAY +
						BigInt(hour * 3600 + minute * 60 + second) * 1_000_000n +
						BigInt(milli) * 1000n,
				)
			},
			(args) => call('datetime', ...args.slice(0, 6).slice(0, count), ...(count > 6 ? [microseconds(args[6])] : [])),
		),
	),
)

export const momentMembers: readonly Member[] = [...parts, ...additions, ...statics, ...texts, ...makings]
