/**
 * Texts as dates and times. Microsoft gives one format per type, yet its samples cast "11/23/2002" too: the engine parses
 * leniently, by the locale. Taken here: ISO and en-US order, `-` or `/` between, `T` or blanks before the time, AM and PM.
 * With FastParse: YYYYMMDD, YYYY-MM-DD, YYYY-MM and YYYY.
 */
import { daysFromCivil, isCivilDate, MICROS_PER_DAY } from '#model/calendar.ts'
import type { Result } from '#model/values.ts'
import { failure } from '#model/values.ts'
import type { Py } from '../python.ts'
import { fn, lit } from '../python.ts'
import { bind, matches, when } from './spark.ts'

const gap = '[ \t]*'
const clock = '([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.]([0-9]{1,9}))?)?'
const offset = `${gap}([+-])${gap}([0-9]{1,2}):([0-9]{2})`
const us = '([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})'
const iso = '([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})'
const compact = '([0-9]{4})(?:-?([0-9]{2})(?:-?([0-9]{2}))?)?'
const rest = `(?:(?:[ \t]+|T)${clock}(?:${gap}([AaPp])[Mm]|${offset})?)?${gap}$`

const wholeIso = new RegExp(`^${gap}${iso}${rest}`)
const wholeUs = new RegExp(`^${gap}${us}${rest}`)
const wholeFast = new RegExp(`^${gap}${compact}${rest}`)
const wholeTime = new RegExp(`^${gap}${clock}${gap}$`)

const refused = (text: string): Result => failure('conversion', `${JSON.stringify(text)} is no date or time`)

/** Microseconds since 1970-01-01 of a date with or without a time, in UTC; a text with an offset is shifted to it. */
export function readMoment(text: string, fastParse: boolean): bigint | Result {
	const usual = fastParse ? null : wholeUs.exec(text)
	const match = usual ?? (fastParse ? wholeFast : wholeIso).exec(text)
	if (match === null) return refused(text)
	const [first = 0, second = 1, third = 1] = match
		.slice(1, 4)
		.map((part) => (part === undefined ? undefined : Number(part)))
	const civil = usual === null ? { year: first, month: second, day: third } : { year: third, month: first, day: second }
	const time = readClock(match.slice(4, 8), match[8])
	if (!isCivilDate(civil) || time === undefined) return refused(text)
	const zone = match[9] === undefined ? 0n : BigInt(Number(match[10]) * 60 + Number(match[11])) * 60_000_000n
	if (zone > 14n * 3_600_000_000n || Number(match[11] ?? 0) > 59) return refused(text)
	return BigInt(daysFromCivil(civil)) * MICROS_PER_DAY + time + (match[9] === '-' ? zone : -zone)
}

/** Microseconds since midnight of a time of day. */
export function readTime(text: string): bigint | Result {
	const match = wholeTime.exec(text)
	return (match === null ? undefined : readClock(match.slice(1, 5), undefined)) ?? refused(text)
}

function readClock(parts: readonly (string | undefined)[], half: string | undefined): bigint | undefined {
	const [hour = '0', minute = '0', second = '0', fraction = ''] = parts
	if (half !== undefined && (hour === '0' || Number(hour) > 12 || hour === '00' || fraction !== '')) return undefined
	const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0)
	if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
	const micros = BigInt(fraction.slice(0, 6).padEnd(6, '0'))
	return BigInt(hours * 3600 + Number(minute) * 60 + Number(second)) * 1_000_000n + micros
}

/** A TIMESTAMP column by FastParse, null where the text is none. Otherwise the helper `parse_timestamp` does it. */
export function printFastMoment(text: Py): Py {
	return bind(text, (value) => {
		const inOrder = fn('regexp_replace', value, `^${gap}([0-9]{4})([0-9]{2})([0-9]{2})`, '$1-$2-$3')
		const tight = fn('regexp_replace', fn('regexp_replace', inOrder, `${offset}${gap}$`, '$1$2:$3'), '[ \t]+', ' ')
		return fn('try_to_timestamp', when(matches(value, wholeFast.source), fn('trim', tight)))
	})
}

/** Microseconds since midnight as BIGINT, null where the text is no time. */
export function printTime(text: Py): Py {
	const time = bind(text, (value) =>
		when(matches(value, wholeTime.source), fn('trim', fn('translate', value, '\t', ''))),
	)
	return fn('unix_micros', fn('try_to_timestamp', fn('concat', lit('1970-01-01 '), time)))
}
