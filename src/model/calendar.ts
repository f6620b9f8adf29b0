/**
 * Dates and times as text, exactly: proleptic Gregorian calendar, years 0001 to 9999, microseconds, UTC.
 * JavaScript's own `Date` is of no use here: it holds milliseconds, and reads years below 100 as 19xx.
 */

const MICROS_PER_SECOND = 1_000_000n
export const MICROS_PER_DAY = 86_400_000_000n

/** A day of the calendar. `month` and `day` count from 1. */
export interface CivilDate {
	readonly year: number
	readonly month: number
	readonly day: number
}

/** 0001-01-01 and 9999-12-31, the first and last day that every engine of ours can hold. */
export const MIN_DAYS = -719_162
export const MAX_DAYS = 2_932_896

const DAYS_PER_ERA = 146_097

/** Days since 1970-01-01. The calendar is counted in eras of 400 years that begin on 1 March, so leap days come last. */
export function daysFromCivil({ year, month, day }: CivilDate): number {
	const shifted = month <= 2 ? year - 1 : year
	const era = Math.floor(shifted / 400)
	const yearOfEra = shifted - era * 400
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
	return era * DAYS_PER_ERA + dayOfEra - 719_468
}

/** The inverse of {@link daysFromCivil}. */
export function civilFromDays(days: number): CivilDate {
	const shifted = days + 719_468
	const era = Math.floor(shifted / DAYS_PER_ERA)
	const dayOfEra = shifted - era * DAYS_PER_ERA
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
	)
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
	const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
	const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
	}
}

export function isLeapYear(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days of a month that counts from 1; 0 when there is no such month. */
export function daysInMonth(year: number, month: number): number {
	if (month === 2) return isLeapYear(year) ? 29 : 28
	return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

export function isCivilDate({ year, month, day }: CivilDate): boolean {
	return year >= 1 && year <= 9999 && day >= 1 && day <= daysInMonth(year, month)
}

const padded = (value: number | bigint, width: number): string => value.toString().padStart(width, '0')

/** `YYYY-MM-DD`. */
export function formatDate(days: number): string {
	const { year, month, day } = civilFromDays(days)
	return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

/** `HH:MM:SS`, with `.ffffff` only when there is a fraction: trailing zeros say nothing and are left out. */
export function formatTime(micros: bigint): string {
	const seconds = micros / MICROS_PER_SECOND
	const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => padded(part, 2)).join(':')
	const fraction = micros % MICROS_PER_SECOND
	return fraction === 0n ? clock : `${clock}.${padded(fraction, 6).replace(/0+$/, '')}`
}

/** `YYYY-MM-DD HH:MM:SS[.ffffff]`, UTC. */
export function formatTimestamp(micros: bigint): string {
	const [days, ofDay] = splitMicros(micros)
	return `${formatDate(days)} ${formatTime(ofDay)}`
}

/** Microseconds since the epoch as whole days and the microseconds of that day (never negative). */
export function splitMicros(micros: bigint): readonly [days: number, ofDay: bigint] {
	const ofDay = ((micros % MICROS_PER_DAY) + MICROS_PER_DAY) % MICROS_PER_DAY
	return [Number((micros - ofDay) / MICROS_PER_DAY), ofDay]
}

/** Days since 1970-01-01 of a `YYYY-MM-DD`, or undefined when the text is not a day of the calendar. */
export function parseDate(text: string): number | undefined {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
	if (!match) return undefined
	const civil = {
		year: Number(match[1]),
		month: Number(match[2]),
		day: Number(match[3]),
	}
	return isCivilDate(civil) ? daysFromCivil(civil) : undefined
}

/** Microseconds since midnight of a `HH:MM:SS[.ffffff]`, or undefined. No leap seconds, no 24:00:00. */
export function parseTime(text: string): bigint | undefined {
	const match = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?$/.exec(text)
	if (!match) return undefined
	const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])]
	if (hour > 23 || minute > 59 || second > 59) return undefined
	const fraction = BigInt((match[4] ?? '').padEnd(6, '0'))
	return BigInt(hour * 3600 + minute * 60 + second) * MICROS_PER_SECOND + fraction
}

/** Microseconds since the epoch of a `YYYY-MM-DD HH:MM:SS[.ffffff]` (or with `T` between), or undefined. */
export function parseTimestamp(text: string): bigint | undefined {
	const days = parseDate(text.slice(0, 10))
	const time = /^[ T]/.test(text.slice(10)) ? parseTime(text.slice(11)) : undefined
	return days === undefined || time === undefined ? undefined : BigInt(days) * MICROS_PER_DAY + time
}
