/** The date functions of Visual Basic (Microsoft.VisualBasic.DateAndTime), with weeks that begin on Sunday, as by default. */
import { civilFromDays, daysFromCivil, MAX_DAYS, MICROS_PER_DAY, MIN_DAYS, splitMicros } from '#model/calendar.ts'
import { scriptTypes } from '#model/scripts.ts'
import type { TimestampValue } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'
import { call } from '../../python.ts'
import type { ScriptOperation } from '../operation.ts'
import { asInt, asMoment, asText, raise } from '../runtime.ts'
import { readMoment } from './moment-text.ts'

const { string, int, long, moment, boolean } = scriptTypes

function civil({ micros }: TimestampValue) {
	const [days, ofDay] = splitMicros(micros)
	return { ...civilFromDays(days), days, ofDay }
}

/** 0 for Sunday; day 0 of the calendar is a Thursday. */
const weekdayOf = (days: number): number => (((days + 4) % 7) + 7) % 7

const quarterOf = (month: number): number => Math.floor((month - 1) / 3)

/** Whole units between two moments; what is left over does not count. */
const units: Readonly<Record<string, bigint>> = {
	d: MICROS_PER_DAY,
	y: MICROS_PER_DAY,
	h: 3_600_000_000n,
	n: 60_000_000n,
	s: 1_000_000n,
}

function difference(interval: string, from: TimestampValue, to: TimestampValue): bigint {
	const unit = units[interval]
	if (unit !== undefined) return (to.micros - from.micros) / unit
	const [left, right] = [civil(from), civil(to)]
	const years = right.year - left.year
	switch (interval) {
		case 'yyyy':
			return BigInt(years)
		case 'q':
			return BigInt(years * 4 + quarterOf(right.month) - quarterOf(left.month))
		case 'm':
			return BigInt(years * 12 + right.month - left.month)
		case 'w':
			return (to.micros - from.micros) / MICROS_PER_DAY / 7n
		default: {
			const start = ({ micros }: TimestampValue, { days }: { readonly days: number }): bigint =>
				micros - BigInt(weekdayOf(days)) * MICROS_PER_DAY
			return (start(to, right) - start(from, left)) / MICROS_PER_DAY / 7n
		}
	}
}

function partOf(interval: string, when: TimestampValue): number {
	const { year, month, day, days, ofDay } = civil(when)
	const first = daysFromCivil({ year, month: 1, day: 1 })
	switch (interval) {
		case 'yyyy':
			return year
		case 'q':
			return quarterOf(month) + 1
		case 'm':
			return month
		case 'd':
			return day
		case 'y':
			return days - first + 1
		case 'w':
			return weekdayOf(days) + 1
		case 'ww':
			// The week of 1 January is the first (FirstWeekOfYear.Jan1).
			return Math.floor((days - first + weekdayOf(first)) / 7) + 1
		case 'h':
			return Number(ofDay / 3_600_000_000n)
		case 'n':
			return Number((ofDay / 60_000_000n) % 60n)
		default:
			return Number((ofDay / 1_000_000n) % 60n)
	}
}

/** Months and days beyond their range count on; a year of two digits lies between 1930 and 2029. */
function serial(year: bigint, month: bigint, day: bigint): TimestampValue {
	const full = year < 0n ? raise('ArgumentException', 'A year must not be negative.') : shortYear(year)
	const months = full * 12n + month - 1n
	const days =
		months < 12n || months >= 120_000n
			? Number.NaN
			: daysFromCivil({ year: Number(months / 12n), month: Number(months % 12n) + 1, day: 1 }) + Number(day) - 1
	if (!(days >= MIN_DAYS && days <= MAX_DAYS))
		return raise('ArgumentOutOfRangeException', 'The date is outside of the range of DateTime.')
	return makeTimestamp(BigInt(days) * MICROS_PER_DAY)
}

const shortYear = (year: bigint): bigint => (year > 99n ? year : year < 30n ? 2000n + year : 1900n + year)

export const visualBasicDateOperations: readonly ScriptOperation[] = [
	{
		id: 'Vb.datediff',
		parameters: [string, moment, moment],
		result: long,
		evaluate: ([interval, from, to]) => difference(asText(interval), asMoment(from), asMoment(to)),
		python: ([interval, from, to]) => call('date_difference', interval, from, to),
	},
	{
		id: 'Vb.datepart',
		parameters: [string, moment],
		result: int,
		evaluate: ([interval, when]) => BigInt(partOf(asText(interval), asMoment(when))),
		python: ([interval, when]) => call('date_part', interval, when),
	},
	{
		id: 'Vb.dateserial',
		parameters: [int, int, int],
		result: moment,
		evaluate: ([year, month, day]) => serial(asInt(year), asInt(month), asInt(day)),
		python: ([year, month, day]) => call('date_serial', year, month, day),
	},
	{
		id: 'Vb.isdate',
		parameters: [string],
		result: boolean,
		evaluate: ([text]) => readMoment(asText(text)) !== undefined,
		python: ([text]) => call('is_moment', text),
		differences: ['RG-D081'],
	},
]
