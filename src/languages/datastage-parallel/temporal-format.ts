/**
 * Date and time formats of DataStage: `%dd/%mm/%yyyy`, `%hh:%nn:%ss.3`, options as `%(d,s)` (IBM: Date formats, Time formats).
 * This file knows the tags; temporal-text.ts reads and writes by them, temporal-spark.ts prints the same for Spark.
 */

export type FormatField =
	| 'day'
	| 'day-of-year'
	| 'month'
	| 'month-name'
	| 'year'
	| 'year-2'
	| 'weekday-sunday'
	| 'weekday-monday'
	| 'weekday-name'
	| 'week'
	| 'hour'
	| 'hour-12'
	| 'minute'
	| 'second'
	| 'fraction'
	| 'half-day'

export interface FormatTag {
	readonly kind: 'tag'
	readonly field: FormatField
	/** Digits; for names 3 is short, 4 full. */
	readonly width: number
	/** Fewer digits are read too. */
	readonly variable: boolean
	/** Blanks may stand before the number when it is read (option `s`). */
	readonly blanks: boolean
	readonly letters: 'title' | 'upper' | 'lower'
	/** First year of the hundred that two digits stand for. */
	readonly cutoff: number
}
export interface FormatLiteral {
	readonly kind: 'literal'
	readonly text: string
}
export type FormatPart = FormatTag | FormatLiteral

export interface TemporalFormat {
	readonly parts: readonly FormatPart[]
}
export interface FormatProblem {
	readonly problem: string
}

export const DATE_FORMAT = '%yyyy-%mm-%dd'
export const TIME_FORMAT = '%hh:%nn:%ss'
export const TIMESTAMP_FORMAT = '%yyyy-%mm-%dd %hh:%nn:%ss'

const tags: Readonly<Record<string, readonly [FormatField, width: number, variable?: boolean]>> = {
	d: ['day', 2, true],
	dd: ['day', 2],
	ddd: ['day-of-year', 3],
	m: ['month', 2, true],
	mm: ['month', 2],
	mmm: ['month-name', 3],
	mmmm: ['month-name', 4],
	yy: ['year-2', 2],
	yyyy: ['year', 4],
	e: ['weekday-sunday', 1],
	E: ['weekday-monday', 1],
	eee: ['weekday-name', 3],
	eeee: ['weekday-name', 4],
	W: ['week', 2, true],
	WW: ['week', 2],
	h: ['hour', 2, true],
	hh: ['hour', 2],
	H: ['hour-12', 2, true],
	HH: ['hour-12', 2],
	n: ['minute', 2, true],
	nn: ['minute', 2],
	s: ['second', 2, true],
	ss: ['second', 2],
	SSS: ['fraction', 3],
	SSSSSS: ['fraction', 6],
	aa: ['half-day', 2],
}

const tagPattern =
	/^%(?:\(([^(),]+)((?:,[^(),]*)*)\)|(\d{4})?(yyyy|yy|dddd?|dd?|mmmm|mmm|mm?|eeee|eee|e|E|WW?|hh?|HH?|nn?|ss?|SSSSSS|SSS|aa))/

/** Reads a format; text that is no tag stands for itself, `%%` for a per cent sign. */
export function parseFormat(text: string): TemporalFormat | FormatProblem {
	const parts: FormatPart[] = []
	let rest = text
	while (rest !== '') {
		if (!rest.startsWith('%')) {
			const literal = /^[^%]+/.exec(rest)?.[0] ?? ''
			parts.push({ kind: 'literal', text: literal })
			rest = rest.slice(literal.length)
			continue
		}
		if (rest.startsWith('%%')) {
			parts.push({ kind: 'literal', text: '%' })
			rest = rest.slice(2)
			continue
		}
		const match = tagPattern.exec(rest)
		const tag = match && readTag(match[1] ?? `${match[3] ?? ''}${match[4] ?? ''}`, match[2] ?? '')
		if (!match || !tag) return { problem: `the format ${text} has no known tag at "${rest}"` }
		parts.push(tag)
		rest = rest.slice(match[0].length)
		const digits = tag.field === 'second' ? /^\.([1-6])/.exec(rest)?.[1] : undefined
		if (digits === undefined) continue
		parts.push(
			{ kind: 'literal', text: '.' },
			{ ...tag, field: 'fraction', width: Number(digits), variable: false, blanks: false },
		)
		rest = rest.slice(2)
	}
	return { parts }
}

function readTag(name: string, options: string): FormatTag | undefined {
	const cutoff = /^\d{4}(?=yy$)/.exec(name)?.[0]
	const [field, width, variable] = tags[cutoff === undefined ? name : 'yy'] ?? []
	if (field === undefined || width === undefined) return undefined
	const chosen = options.split(',').map((option) => option.trim())
	const blanks = chosen.includes('s')
	return {
		kind: 'tag',
		field,
		width,
		variable: variable === true || blanks || chosen.includes('v'),
		blanks,
		letters: chosen.includes('u') ? 'upper' : chosen.includes('w') ? 'lower' : 'title',
		cutoff: Number(cutoff ?? 1900),
	}
}

export const isProblem = (format: TemporalFormat | FormatProblem): format is FormatProblem => 'problem' in format

/** Can a value of that kind be read by the format: does it name all that the value needs? */
export function readable(format: TemporalFormat, kind: 'date' | 'time' | 'timestamp'): boolean {
	const fields = new Set(format.parts.flatMap((part) => (part.kind === 'tag' ? [part.field] : [])))
	const month = fields.has('month') || fields.has('month-name')
	const year = fields.has('year') || fields.has('year-2')
	const day = year && ((month && fields.has('day')) || (fields.has('day-of-year') && !month && !fields.has('day')))
	const clock = fields.has('hour') || (fields.has('hour-12') && fields.has('half-day'))
	if (fields.has('week') || fields.has('weekday-sunday') || fields.has('weekday-monday')) return false
	return kind === 'date' ? day && !clock : kind === 'time' ? clock && !year : day
}

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
export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const quoted = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')

/** The pattern of one part, without group. Names are known in any letter case. */
export function partPattern(part: FormatPart): string {
	if (part.kind === 'literal') return quoted(part.text)
	switch (part.field) {
		case 'month-name':
			return anyCase(monthNames, part.width)
		case 'weekday-name':
			return anyCase(dayNames, part.width)
		case 'half-day':
			return '[AaPp][Mm]'
		default:
			return part.variable ? `[0-9]{1,${part.width}}` : `[0-9]{${part.width}}`
	}
}

function anyCase(names: readonly string[], width: number): string {
	const spelled = names.map((name) => (width === 3 ? name.slice(0, 3) : name))
	return `(?:${spelled.map((name) => name.replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`)).join('|')})`
}
