/** Reads and writes dates, times and timestamps by a DataStage format. */
import { civilFromDays, daysFromCivil, daysInMonth, isCivilDate, isLeapYear, MICROS_PER_DAY } from '#model/calendar.ts'
import { dayNames, type FormatTag, monthNames, partPattern, type TemporalFormat } from './temporal-format.ts'

/** A day and the microseconds of that day. */
export interface Moment {
	readonly days: number
	readonly micros: bigint
}

const padded = (value: number, tag: FormatTag): string => String(value).padStart(tag.variable ? 1 : tag.width, '0')

const yearDay = (days: number): number => days - daysFromCivil({ year: civilFromDays(days).year, month: 1, day: 1 }) + 1

/** Weekday of a day, Sunday is 0. */
export const weekday = (days: number): number => (((days + 4) % 7) + 7) % 7

function isoWeek(days: number): number {
	const thursday = days - ((weekday(days) + 6) % 7) + 3
	return Math.floor((yearDay(thursday) - 1) / 7) + 1
}

/** The text of a moment. */
export function formatMoment(moment: Moment, format: TemporalFormat): string {
	return format.parts.map((part) => (part.kind === 'literal' ? part.text : formatTag(moment, part))).join('')
}

function formatTag({ days, micros }: Moment, tag: FormatTag): string {
	const { year, month, day } = civilFromDays(days)
	const seconds = Number(micros / 1_000_000n)
	const hour = Math.floor(seconds / 3600)
	switch (tag.field) {
		case 'day':
			return padded(day, tag)
		case 'day-of-year':
			return padded(yearDay(days), tag)
		case 'month':
			return padded(month, tag)
		case 'month-name':
			return name(monthNames[month - 1] ?? '', tag)
		case 'year':
			return padded(year, tag)
		case 'year-2':
			return padded(year % 100, tag)
		case 'weekday-sunday':
			return padded(weekday(days) + 1, tag)
		case 'weekday-monday':
			return padded(((weekday(days) + 6) % 7) + 1, tag)
		case 'weekday-name':
			return name(dayNames[weekday(days)] ?? '', tag)
		case 'week':
			return padded(isoWeek(days), tag)
		case 'hour':
			return padded(hour, tag)
		case 'hour-12':
			return padded(((hour + 11) % 12) + 1, tag)
		case 'minute':
			return padded(Math.floor(seconds / 60) % 60, tag)
		case 'second':
			return padded(seconds % 60, tag)
		case 'fraction':
			return String(micros % 1_000_000n)
				.padStart(6, '0')
				.slice(0, tag.width)
		case 'half-day':
			return name(hour < 12 ? 'AM' : 'PM', { ...tag, width: 4, letters: tag.letters === 'lower' ? 'lower' : 'upper' })
	}
}

function name(full: string, tag: FormatTag): string {
	const text = tag.width === 3 ? full.slice(0, 3) : full
	return tag.letters === 'upper' ? text.toUpperCase() : tag.letters === 'lower' ? text.toLowerCase() : text
}

/** The moment that a text gives, or undefined. What the format does not name is the first of its kind: 1970-01-01, 00:00:00. */
export function parseMoment(text: string, format: TemporalFormat): Moment | undefined {
	const tags = format.parts.filter((part) => part.kind === 'tag')
	const pattern = format.parts
		.map((part) => (part.kind === 'literal' ? partPattern(part) : `${part.blanks ? ' *' : ''}(${partPattern(part)})`))
		.join('')
	const match = new RegExp(`^${pattern}$`).exec(text)
	if (!match) return undefined
	const fields = new Map<FormatTag['field'], number>()
	for (const [at, tag] of tags.entries()) fields.set(fieldOf(tag), readTag(match[at + 1] ?? '', tag))
	return momentOf(
		fields,
		tags.some((tag) => tag.field === 'hour-12'),
	)
}

const fieldOf = ({ field }: FormatTag): FormatTag['field'] =>
	field === 'year-2' ? 'year' : field === 'month-name' ? 'month' : field

function readTag(text: string, tag: FormatTag): number {
	switch (tag.field) {
		case 'month-name':
			return monthNames.findIndex((month) => month.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1
		case 'weekday-name':
			return dayNames.findIndex((day) => day.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase())
		case 'half-day':
			return text.toLowerCase() === 'pm' ? 1 : 0
		case 'fraction':
			return Number(text.padEnd(6, '0'))
		case 'year-2': {
			const year = tag.cutoff - (tag.cutoff % 100) + Number(text)
			return year < tag.cutoff ? year + 100 : year
		}
		default:
			return Number(text)
	}
}

function momentOf(fields: ReadonlyMap<FormatTag['field'], number>, twelve: boolean): Moment | undefined {
	const days = dayOf(fields)
	if (days === undefined) return undefined
	const named = fields.get('weekday-name')
	if (named !== undefined && named !== weekday(days)) return undefined
	const [minute, second] = [fields.get('minute') ?? 0, fields.get('second') ?? 0]
	let hour = fields.get('hour') ?? 0
	if (twelve) {
		const clock = fields.get('hour-12') ?? 12
		if (clock < 1 || clock > 12) return undefined
		hour = (clock % 12) + 12 * (fields.get('half-day') ?? 0)
	}
	if (hour > 23 || minute > 59 || second > 59) return undefined
	const micros = BigInt(hour * 3600 + minute * 60 + second) * 1_000_000n + BigInt(fields.get('fraction') ?? 0)
	return micros < MICROS_PER_DAY ? { days, micros } : undefined
}

function dayOf(fields: ReadonlyMap<FormatTag['field'], number>): number | undefined {
	const year = fields.get('year') ?? 1970
	const ofYear = fields.get('day-of-year')
	if (ofYear !== undefined) {
		if (year < 1 || ofYear < 1 || ofYear > (isLeapYear(year) ? 366 : 365)) return undefined
		return daysFromCivil({ year, month: 1, day: 1 }) + ofYear - 1
	}
	const civil = { year, month: fields.get('month') ?? 1, day: fields.get('day') ?? 1 }
	return isCivilDate(civil) && civil.day <= daysInMonth(civil.year, civil.month) ? daysFromCivil(civil) : undefined
}
