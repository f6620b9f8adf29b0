/** The parts of dates and times that DATEPART, DATEADD and DATEDIFF name. Source: Microsoft, DATEPART (SSIS Expression). */
import { civilFromDays, daysFromCivil, MICROS_PER_DAY, splitMicros } from '#model/calendar.ts'

export const dateParts = [
	'year',
	'quarter',
	'month',
	'dayofyear',
	'day',
	'week',
	'weekday',
	'hour',
	'minute',
	'second',
	'millisecond',
] as const
export type DatePart = (typeof dateParts)[number]

const abbreviations: Readonly<Record<string, DatePart>> = {
	yy: 'year',
	yyyy: 'year',
	qq: 'quarter',
	q: 'quarter',
	mm: 'month',
	m: 'month',
	dy: 'dayofyear',
	y: 'dayofyear',
	dd: 'day',
	d: 'day',
	wk: 'week',
	ww: 'week',
	dw: 'weekday',
	w: 'weekday',
	hh: 'hour',
	mi: 'minute',
	n: 'minute',
	ss: 'second',
	s: 'second',
	ms: 'millisecond',
}

/** The part of a name or abbreviation in any letter case, or undefined. */
export function findDatePart(name: string): DatePart | undefined {
	const lower = name.toLowerCase()
	return (
		dateParts.find((part) => part === lower) ?? (Object.hasOwn(abbreviations, lower) ? abbreviations[lower] : undefined)
	)
}

/** Days since 1970-01-01 of the week's Sunday, and the weekday, Sunday = 1. 1970-01-01 was a Thursday. */
export const weekIndex = (days: number): number => Math.floor((days + 4) / 7)
const weekday = (days: number): number => days + 4 - weekIndex(days) * 7 + 1

const MILLIS = 1000n

/** The part of a point in time. Weeks begin on Sunday, and week 1 holds January 1. */
export function datePart(part: DatePart, micros: bigint): number {
	const [days, ofDay] = splitMicros(micros)
	const { year, month, day } = civilFromDays(days)
	const newYear = daysFromCivil({ year, month: 1, day: 1 })
	switch (part) {
		case 'year':
			return year
		case 'quarter':
			return Math.ceil(month / 3)
		case 'month':
			return month
		case 'dayofyear':
			return days - newYear + 1
		case 'day':
			return day
		case 'week':
			return weekIndex(days) - weekIndex(newYear) + 1
		case 'weekday':
			return weekday(days)
		case 'hour':
			return Number(ofDay / 3_600_000_000n)
		case 'minute':
			return Number((ofDay / 60_000_000n) % 60n)
		case 'second':
			return Number((ofDay / 1_000_000n) % 60n)
		case 'millisecond':
			return Number((ofDay / MILLIS) % 1000n)
	}
}

/** Parts of fixed length in microseconds, for DATEADD and the boundaries of DATEDIFF. */
export const fixedMicros: Readonly<Partial<Record<DatePart, bigint>>> = {
	dayofyear: MICROS_PER_DAY,
	day: MICROS_PER_DAY,
	weekday: MICROS_PER_DAY,
	week: 7n * MICROS_PER_DAY,
	hour: 3_600_000_000n,
	minute: 60_000_000n,
	second: 1_000_000n,
	millisecond: MILLIS,
}

/** Parts that are so many months. */
export const partMonths: Readonly<Partial<Record<DatePart, number>>> = { year: 12, quarter: 3, month: 1 }
