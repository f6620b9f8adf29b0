/** The code `D[n][separator][options][[modifiers]][E][L]` (IBM: DataStage BASIC, D code: date conversion). */
import { civilFromDays, daysFromCivil, isCivilDate, MAX_DAYS, MIN_DAYS, splitMicros } from '#model/calendar.ts'
import { bind, cast } from '../../datastage-parallel/spark-text.ts'
import { call, fn, lit, type Py } from '../../python.ts'
import { looksNumeric } from '../numbers.ts'
import type { ConversionCode } from './code.ts'

/** Day 0 is 31 December 1967. */
const EPOCH = -732

type Option = 'D' | 'M' | 'MA' | 'MB' | 'Y' | 'W' | 'WA' | 'Q' | 'J'

interface Piece {
	readonly option: Option
	/** Width of a number, filled with zeros on the left or cut on the left (years). */
	readonly width?: number
	/** Letters of a name. */
	readonly letters?: number
	/** The name has small letters after the first. */
	readonly small: boolean
}

interface DateFormat {
	readonly pieces: readonly Piece[]
	readonly separator: string
	/** In which order day, month and year are read. */
	readonly order: 'MDY' | 'DMY' | 'YMD'
}

const shape = /^D(\d)?([^0-9A-Za-z[])?((?:WA|MA|MB|D|M|Y|W|Q|J)*)(?:\[([^\]]*)\])?(E)?(L)?$/i

/** Reads a date code; undefined for what is not translated. */
function readFormat(code: string): DateFormat | undefined {
	const match = shape.exec(code)
	if (match === null) return undefined
	const [, digits, separator, letters = '', modifiers, european, small] = match
	const year = digits === undefined ? 4 : Number(digits)
	const options = (letters.toUpperCase().match(/WA|MA|MB|D|M|Y|W|Q|J/g) ?? []) as readonly Option[]
	const lower = small !== undefined
	if (options.length === 0) {
		if (modifiers !== undefined || year === 0) return undefined
		const order = european === undefined ? 'MDY' : 'DMY'
		return { ...plain(separator, year, order, lower), order }
	}
	const pieces = withModifiers(options, modifiers?.split(',') ?? [], year, lower)
	if (pieces === undefined) return undefined
	return { pieces, separator: separator ?? ' ', order: orderOf(options, european !== undefined) }
}

/** Without options: `01 DEC 1999`, or `12/01/1999` where a separator is given. */
function plain(separator: string | undefined, year: number, order: string, small: boolean) {
	const day: Piece = { option: 'D', width: 2, small }
	const last: Piece = { option: 'Y', width: year, small }
	const named = separator === undefined || separator === ' '
	const month: Piece = named ? { option: 'MB', small } : { option: 'M', width: 2, small }
	const first = named || order === 'DMY' ? [day, month] : [month, day]
	return { pieces: [...first, last], separator: separator ?? ' ' }
}

function orderOf(options: readonly Option[], european: boolean): DateFormat['order'] {
	const letters = options
		.map((option) => option.charAt(0))
		.filter((letter) => 'DMY'.includes(letter))
		.join('')
	if (letters === 'DMY' || letters === 'YMD' || letters === 'MDY') return letters
	return european ? 'DMY' : 'MDY'
}

/** Modifiers stand for the options by position: a width, `A` for a name, `A3` for its first letters, nothing for nothing. */
function withModifiers(
	options: readonly Option[],
	modifiers: readonly string[],
	year: number,
	small: boolean,
): readonly Piece[] | undefined {
	if (modifiers.length > options.length) return undefined
	const pieces = options.map((option, at): Piece | undefined => {
		const modifier = (modifiers[at] ?? '').trim()
		const usual = option === 'Y' && year > 0 ? { width: year } : {}
		if (modifier === '') return { option, small, ...usual }
		if (/^\d$/.test(modifier)) return modifier === '0' ? undefined : { option, small, width: Number(modifier) }
		const name = /^A(\d{0,2})$/i.exec(modifier)
		if (name === null || (option !== 'M' && option !== 'W')) return undefined
		const letters = name[1] === '' ? {} : { letters: Number(name[1]) }
		return { option: option === 'M' ? 'MA' : 'WA', small, ...letters }
	})
	return pieces.includes(undefined) ? undefined : pieces.flatMap((piece) => piece ?? [])
}

const months = 'January February March April May June July August September October November December'.split(' ')
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const weekday = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1

function pieceText(days: number, { option, width, letters, small }: Piece): string {
	const { year, month, day } = civilFromDays(days)
	const name = (full: string | undefined): string => {
		const cut = (full ?? '').slice(0, option === 'MB' ? 3 : letters)
		return small ? cut : cut.toUpperCase()
	}
	if (option === 'MA' || option === 'MB') return name(months[month - 1])
	if (option === 'WA') return name(weekdays[weekday(days) - 1])
	if (option === 'Y')
		return String(year)
			.padStart(Math.max(width ?? 4, 4), '0')
			.slice(-(width ?? 4))
	const number = {
		D: day,
		M: month,
		W: weekday(days),
		Q: Math.ceil(month / 3),
		J: days - daysFromCivil({ year, month: 1, day: 1 }) + 1,
	}[option]
	return String(number).padStart(width ?? 0, '0')
}

function piecePyspark(date: Py, { option, width, letters, small }: Piece): Py {
	const name = (pattern: string): Py => {
		const full = fn('date_format', date, pattern)
		const cut = letters === undefined ? full : fn('left', full, lit(letters))
		return small ? cut : fn('upper', cut)
	}
	if (option === 'MA') return name('MMMM')
	if (option === 'MB') return name('MMM')
	if (option === 'WA') return name('EEEE')
	if (option === 'Y') {
		const full = fn('lpad', cast(fn('year', date), 'string'), Math.max(width ?? 4, 4), '0')
		return width === undefined || width >= 4 ? full : fn('right', full, lit(width))
	}
	const number = {
		D: () => fn('dayofmonth', date),
		M: () => fn('month', date),
		W: () => ({ code: `${fn('weekday', date).code} + 1`, level: 'sum' }) as const,
		Q: () => fn('quarter', date),
		J: () => fn('dayofyear', date),
	}[option]()
	const digits = cast(number, 'string')
	// A number wider than its width keeps its digits.
	return width === undefined || width < 2 || (option === 'J' && width < 3) ? digits : fn('lpad', digits, width, '0')
}

function output(format: DateFormat, text: string): string {
	if (!looksNumeric(text)) return text
	const days = Math.trunc(Number(text)) + EPOCH
	if (days < MIN_DAYS || days > MAX_DAYS) return text
	return format.pieces.map((piece) => pieceText(days, piece)).join(format.separator)
}

function outputPyspark({ pieces, separator }: DateFormat, text: Py): Py {
	const shown = bind(call('day_of_text', text), (date) => {
		const [first, ...others] = pieces.map((piece) => piecePyspark(date, piece))
		if (first === undefined || others.length === 0) return first ?? lit('')
		return fn('concat', first, ...others.flatMap((piece) => (separator === '' ? [piece] : [lit(separator), piece])))
	})
	return fn('coalesce', shown, text)
}

const MONTHS = months.map((month) => month.slice(0, 3).toUpperCase())
const gap = '[^0-9A-Za-z]+'
const loose = '[^0-9A-Za-z]*'
const numbers = { D: '(\\d{1,2})', M: '(\\d{1,2})', Y: '(\\d{4}|\\d{1,2})' } as const

/** The layouts that are read, each with what its groups are. */
function layouts(order: DateFormat['order']): readonly (readonly [string, string])[] {
	const ordered = (letters: string): string =>
		letters
			.split('')
			.map((letter) => numbers[letter as keyof typeof numbers])
			.join(gap)
	const dayMonth = order.replace('Y', '')
	return [
		['(\\d{4})(\\d\\d)(\\d\\d)', 'YMD'],
		['(\\d\\d)(\\d\\d)(\\d\\d)', order],
		[`(\\d{4})${gap}(\\d{1,2})${gap}(\\d{1,2})`, 'YMD'],
		[ordered(order), order],
		[ordered(dayMonth), dayMonth],
		[`(\\d{1,2})${loose}([A-Za-z]{3,9})${loose}(\\d{4}|\\d\\d)`, 'DMY'],
		[`(\\d{4})${loose}([A-Za-z]{3,9})${loose}(\\d{1,2})`, 'YMD'],
		[`([A-Za-z]{3,9})${loose}(\\d{1,2})${gap}(\\d{4}|\\d\\d)`, 'MDY'],
		[`(\\d{1,2})${loose}([A-Za-z]{3,9})`, 'DM'],
	]
}

/** The day number of a date; two digits of a year up to 29 are of this century, a missing year is the current one. */
function input(order: DateFormat['order'], text: string, thisYear: number): string {
	const bare = text.replace(/^ +| +$/g, '')
	for (const [pattern, letters] of layouts(order)) {
		const match = new RegExp(`^${pattern}$`).exec(bare)
		if (match === null) continue
		const part = (letter: string): string | undefined => match[letters.indexOf(letter) + 1]
		const year = letters.includes('Y') ? fullYear(part('Y') ?? '') : thisYear
		const month = monthOf(part('M') ?? '')
		const civil = { year, month, day: Number(part('D')) }
		return isCivilDate(civil) ? String(daysFromCivil(civil) - EPOCH) : ''
	}
	return ''
}

const fullYear = (digits: string): number =>
	digits.length > 2 ? Number(digits) : Number(digits) + (Number(digits) < 30 ? 2000 : 1900)

const monthOf = (text: string): number =>
	/^\d/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3).toUpperCase()) + 1

export function readDateCode(code: string): ConversionCode | undefined {
	const format = readFormat(code)
	if (format === undefined) return undefined
	// A date of which only a part was written has no inverse.
	const readable = !format.pieces.some(({ option }) => ['J', 'W', 'WA', 'Q'].includes(option))
	return {
		output: {
			evaluate: (text) => output(format, text),
			pyspark: (text) => outputPyspark(format, text),
		},
		...(readable && {
			input: {
				evaluate: (text, run) => input(format.order, text, civilFromDays(splitMicros(run.at.micros)[0]).year),
				pyspark: (text, runAt) => call('iconv_date', text, format.order, fn('year', runAt)),
			},
		}),
	}
}
