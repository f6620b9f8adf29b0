import type { TrxValue } from './trx-run.ts'

type TrxFunction = (...args: readonly (string | number)[]) => TrxValue

const text = (value: string | number | undefined): string => String(value ?? '')

/** Functions of the transform operator (IBM: parallel engine, transform operator reference); `u_` marks the Unicode ones. */
export const functions: Readonly<Record<string, TrxFunction>> = {
	trimc_string: (value, strip, option) =>
		trim(text(value), strip === undefined ? ' ' : text(strip), option === undefined ? 'R' : text(option)),
	trim_trailing: (value) => text(value).replace(/[ \t]+$/, ''),
	upper_case: (value) => text(value).toUpperCase(),
	string_length: (value) => Array.from(text(value)).length,
	right_substring: (value, length) =>
		Number(length) <= 0 ? '' : Array.from(text(value)).slice(-Number(length)).join(''),
	substring_1: (value, start, length) =>
		Array.from(text(value))
			.slice(Number(start) - 1, Number(start) - 1 + Number(length))
			.join(''),
	substring_by_delimiter: (value, delimiter, occurrence) =>
		text(value).split(text(delimiter))[Number(occurrence) - 1] ?? '',
	index_of_substring_basic: (value, part, occurrence) => indexOf(text(value), text(part), Number(occurrence)),
	string_from_date: (value) => text(value),
	date_from_string: (value) => moment(text(value), '%yyyy-%mm-%dd').slice(0, 10),
	date_from_ustring: (value) => moment(text(value), '%yyyy-%mm-%dd').slice(0, 10),
	timestamp_from_string: (value, format) => moment(text(value), format === undefined ? usual : text(format)),
	timestamp_from_ustring: (value, format) => moment(text(value), format === undefined ? usual : text(format)),
	date_from_timestamp: (value) => text(value).slice(0, 10),
	char_from_num: (code) => String.fromCodePoint(Number(code)),
	/** Each character of the third argument that stands in the first becomes the one at its place in the second; without one it goes. */
	replace_substring: (from, to, value) => {
		const [old, fresh] = [Array.from(text(from)), Array.from(text(to))]
		return Array.from(text(value))
			.map((character) => (old.includes(character) ? (fresh[old.indexOf(character)] ?? '') : character))
			.join('')
	},
}

/** `A` strips all, `L` and `T` one side, `R` both sides and repeats inside; the character is a blank unless given. */
function trim(value: string, strip: string, option: string): string {
	const one = strip.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
	if (option.toUpperCase() === 'A') return value.replaceAll(strip, '')
	if (option.toUpperCase() === 'L') return value.replace(new RegExp(`^(?:${one})+`), '')
	if (option.toUpperCase() === 'T') return value.replace(new RegExp(`(?:${one})+$`), '')
	return value
		.replaceAll(new RegExp(`^(?:${one})+|(?:${one})+$`, 'g'), '')
		.replaceAll(new RegExp(`(?:${one})+`, 'g'), strip)
}

function indexOf(value: string, part: string, occurrence: number): number {
	let at = -1
	for (let found = 0; found < occurrence; found += 1) {
		at = value.indexOf(part, at + 1)
		if (at === -1) return 0
	}
	return at + 1
}

/** A text that is no date: the row is rejected, or dropped where no reject link is. */
export class NotConverted extends Error {
	override readonly name = 'NotConverted'
}

const usual = '%yyyy-%mm-%dd %hh:%nn:%ss'
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const parts: Readonly<Record<string, string>> = {
	'%yyyy': '(?<year>\\d{4})',
	'%mmm': `(?<name>${monthNames.join('|')})`,
	'%mm': '(?<month>\\d{1,2})',
	'%dd': '(?<day>\\d{1,2})',
	'%d': '(?<day>\\d{1,2})',
	'%hh': '(?<hour>\\d{1,2})',
	'%nn': '(?<minute>\\d{1,2})',
	'%ss': '(?<second>\\d{1,2})',
}

function moment(value: string, format: string): string {
	const source = format
		.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
		.replaceAll(/%(?:yyyy|mmm|mm|dd|d|hh|nn|ss)/g, (part) => parts[part] ?? part)
	const found = new RegExp(`^${source}$`, 'i').exec(value.trim())?.groups
	if (found === undefined) throw new NotConverted(`${value} is no date of the form ${format}`)
	const named = found['name'] === undefined ? undefined : String(monthNames.indexOf(found['name'].toLowerCase()) + 1)
	const two = (part: string | undefined): string => (part ?? '0').padStart(2, '0')
	const day = `${found['year']}-${two(found['month'] ?? named)}-${two(found['day'])}`
	const time = `${two(found['hour'])}:${two(found['minute'])}:${two(found['second'])}`
	const date = new Date(`${day}T${time}Z`)
	const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
	if (!isReal) throw new NotConverted(`${value} is no day of the calendar`)
	return `${day} ${time}`
}
