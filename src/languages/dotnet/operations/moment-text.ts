/** Dates as texts, by .NET format strings in the invariant culture. */
import { civilFromDays, daysFromCivil, isCivilDate, MICROS_PER_DAY, splitMicros } from '#model/calendar.ts'
import type { TimestampValue } from '#model/values.ts'
import { makeTimestamp } from '#model/values.ts'

export const monthNames = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
]
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** Formats of one letter that are a name for a longer one. */
const named: Readonly<Record<string, string>> = {
	d: 'MM/dd/yyyy',
	D: 'dddd, dd MMMM yyyy',
	s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
	u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
	g: 'MM/dd/yyyy HH:mm',
	G: 'MM/dd/yyyy HH:mm:ss',
	t: 'HH:mm',
	T: 'HH:mm:ss',
}

const token = /'[^']*'|"[^"]*"|\\.|y+|M+|d+|H+|h+|m+|s+|f+|t+|./gs
const fields = /^(?:yyyy|yy|M{1,4}|d{1,4}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|t{1,2})$/

const longFormat = (pattern: string): string => (pattern.length === 1 ? (named[pattern] ?? '') : pattern)

export function isMomentFormat(pattern: string): boolean {
	const long = longFormat(pattern)
	return (
		long !== '' &&
		(long.match(token) ?? []).every(
			(part) => !/^[a-zA-Z%]/.test(part) || fields.test(part) || part === 'T' || part === 'Z',
		)
	)
}

/** Formats of digits only that can be read back without a doubt. */
export function isReadable(pattern: string): boolean {
	return (
		isMomentFormat(pattern) &&
		(longFormat(pattern).match(token) ?? []).every(
			(part) =>
				!/^[a-zA-Z]/.test(part) || /^(?:yyyy|M{1,2}|d{1,2}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,6}|tt|T|Z|MMM)$/.test(part),
		)
	)
}

export function formatMoment(value: TimestampValue, pattern: string): string {
	const [day, ofDay] = splitMicros(value.micros)
	const { year, month, day: date } = civilFromDays(day)
	const [hour, minute, second, micros] = [
		Number(ofDay / 3_600_000_000n),
		Number((ofDay / 60_000_000n) % 60n),
		Number((ofDay / 1_000_000n) % 60n),
		Number(ofDay % 1_000_000n),
	]
	const weekday = days[(((day + 4) % 7) + 7) % 7] ?? ''
	const name = monthNames[month - 1] ?? ''
	const texts: Readonly<Record<string, string>> = {
		yyyy: padded(year, 4),
		yy: padded(year % 100, 2),
		MMMM: name,
		MMM: name.slice(0, 3),
		MM: padded(month, 2),
		M: String(month),
		dddd: weekday,
		ddd: weekday.slice(0, 3),
		dd: padded(date, 2),
		d: String(date),
		HH: padded(hour, 2),
		H: String(hour),
		hh: padded(hour % 12 || 12, 2),
		h: String(hour % 12 || 12),
		mm: padded(minute, 2),
		m: String(minute),
		ss: padded(second, 2),
		s: String(second),
		tt: hour < 12 ? 'AM' : 'PM',
		t: hour < 12 ? 'A' : 'P',
	}
	return (longFormat(pattern).match(token) ?? [])
		.map((part) => {
			if (/^f+$/.test(part)) return padded(micros, 6).padEnd(7, '0').slice(0, part.length)
			if (/^['"]/.test(part)) return part.slice(1, -1)
			return part.startsWith('\\') ? part.slice(1) : (texts[part] ?? part)
		})
		.join('')
}

const padded = (value: number, width: number): string => String(value).padStart(width, '0')

const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?)?\s*$/
const american =
	/^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(AM|PM)?)?\s*$/i

/** The two families of texts that packages write: ISO 8601, and month/day/year of the invariant culture. */
export function readMoment(text: string): TimestampValue | undefined {
	const plain = iso.exec(text)
	if (plain !== null) {
		const [, year, month, day, hour, minute, second, fraction] = plain
		return build({ year, month, day, hour, minute, second, fraction })
	}
	const [, month, day, year, hour, minute, second, fraction, half] = american.exec(text) ?? []
	return year === undefined ? undefined : build({ year, month, day, hour, minute, second, fraction, half })
}

/** The moment in UTC of a text that ends in an offset: `2024-05-01 10:00 +1:00`. */
export function readWithOffset(text: string): TimestampValue | undefined {
	const [, plain, sign, hours, minutes] = /^(.*?)\s*([+-])(\d{1,2}):(\d{2})\s*$/.exec(text) ?? []
	const moment = plain === undefined ? undefined : readMoment(plain)
	// .NET takes offsets of up to 14 hours.
	if (moment === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined
	const offset = BigInt(Number(hours) * 60 + Number(minutes)) * 60_000_000n
	return makeTimestamp(moment.micros - (sign === '-' ? -offset : offset))
}

interface Pieces {
	readonly year?: string | undefined
	readonly month?: string | undefined
	readonly day?: string | undefined
	readonly hour?: string | undefined
	readonly minute?: string | undefined
	readonly second?: string | undefined
	readonly fraction?: string | undefined
	readonly half?: string | undefined
}

function build(pieces: Pieces): TimestampValue | undefined {
	const [year, month, day] = [Number(pieces.year ?? 1), Number(pieces.month ?? 1), Number(pieces.day ?? 1)]
	const written = Number(pieces.hour ?? 0)
	const half = pieces.half?.toUpperCase()
	if (half !== undefined && (written < 1 || written > 12)) return undefined
	const hour = half === undefined ? written : (written % 12) + (half === 'PM' ? 12 : 0)
	const [minute, second] = [Number(pieces.minute ?? 0), Number(pieces.second ?? 0)]
	if (!isCivilDate({ year, month, day }) || hour > 23 || minute > 59 || second > 59) return undefined
	const micros = BigInt((pieces.fraction ?? '').slice(0, 6).padEnd(6, '0'))
	return makeTimestamp(
		BigInt(daysFromCivil({ year, month, day })) * MICROS_PER_DAY +
			BigInt(hour * 3600 + minute * 60 + second) * 1_000_000n +
			micros,
	)
}

/** Reads by a format for which {@link isReadable} holds: no more and no less than it says. */
export function readByFormat(text: string, pattern: string): TimestampValue | undefined {
	const names: (keyof Pieces)[] = []
	const group = (name: keyof Pieces, body: string): string => {
		names.push(name)
		return `(${body})`
	}
	const source = (longFormat(pattern).match(token) ?? []).map((part) => {
		const digits = part.length === 1 ? '\\d{1,2}' : `\\d{${part.length}}`
		if (part === 'yyyy') return group('year', '\\d{4}')
		if (part === 'MMM') return group('month', monthNames.map((name) => name.slice(0, 3)).join('|'))
		if (/^M+$/.test(part)) return group('month', digits)
		if (/^d+$/.test(part)) return group('day', digits)
		if (/^[Hh]+$/.test(part)) return group('hour', digits)
		if (/^m+$/.test(part)) return group('minute', digits)
		if (/^s+$/.test(part)) return group('second', digits)
		if (/^f+$/.test(part)) return group('fraction', `\\d{${part.length}}`)
		if (part === 'tt') return group('half', 'AM|PM')
		const literal = /^['"]/.test(part) ? part.slice(1, -1) : part.startsWith('\\') ? part.slice(1) : part
		return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
	})
	const found = new RegExp(`^${source.join('')}$`, 'i').exec(text)
	if (found === null) return undefined
	const pieces = Object.fromEntries(names.map((name, index) => [name, found[index + 1]])) as Pieces
	const byName = monthNames.findIndex((name) => name.slice(0, 3).toLowerCase() === pieces.month?.toLowerCase())
	return build(byName === -1 ? pieces : { ...pieces, month: String(byName + 1) })
}
